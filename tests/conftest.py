"""A folder for the runs tests keep; a toy world of four places that stands still, and a way to ask it a what-if."""

from __future__ import annotations

import importlib.util
import shutil
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import hypothesis
import pandas as pd
import pytest
from sqlalchemy import Engine, create_engine, text

from sluicegate.scenario import Control, ParameterChange, Scenario
from sluicegate.sim import Result, simulate
from sluicegate.store.database import open_database
from sluicegate.terms.parameter import Parameter
from sluicegate.world import World, load_world

hypothesis.settings.register_profile("repeatable", derandomize=True)
hypothesis.settings.load_profile("repeatable")  # the same examples in every run: a red test is red for everybody

YEAR = 365.25 / 7  # weeks
START = date(2024, 1, 1)
CALM = {
    "order weeks": 4, "order limit": 2, "pool cover weeks": 2, "pool weeks": 4, "switch per week": 0.002,
    "price tilt": 0.4, "reliability tilt": 0.5, "home preference": 0.6, "hoarding": 0.3, "overtime": 0.06,
    "cover: maker": 4, "cover: line": 6, "theta": 0.6, "thrift": 0.05, "thrift, weeks": 26, "demand elasticity": 0.05,
}  # fmt: skip

# process, product, t per t of activity (inputs negative)
RECIPES = [
    ("mining", "ore", 1.0), ("separation", "ore", -1.0), ("separation", "cerium oxide", 0.5),
    ("separation", "neodymium oxide", 0.25), ("making", "neodymium oxide", -0.5), ("making", "magnet", 1.0),
    ("extraction", "gallium, low purity", 1.0),
]  # fmt: skip
# process, place, activity and capacity in t a week
PRODUCERS = [
    ("mining", "CHN", 100, 130), ("mining", "USA", 20, 26), ("separation", "CHN", 110, 140),
    ("separation", "JPN", 10, 13), ("making", "CHN", 40, 60), ("making", "JPN", 15, 20), ("making", "DEU", 5, 7),
    ("extraction", "CHN", 6, 9), ("extraction", "JPN", 1, 1.3),
]  # fmt: skip
# industry, place, product, t a week, criticality
USES = [
    ("cars", "CHN", "magnet", 20, "critical"), ("cars", "JPN", "magnet", 14, "critical"),
    ("cars", "DEU", "magnet", 14, "critical"), ("cars", "USA", "magnet", 10, "critical"),
    ("radar", "USA", "magnet", 2, "critical"), ("radar", "USA", "gallium, low purity", 3, "critical"),
    ("chips", "JPN", "gallium, low purity", 2, "critical"), ("chips", "CHN", "gallium, low purity", 2, "critical"),
    ("glass", "CHN", "cerium oxide", 20, "replaceable"), ("glass", "USA", "cerium oxide", 15, "important"),
    ("glass", "JPN", "cerium oxide", 5, "critical"),
]  # fmt: skip
# product, origin, destination, t a week, weeks under way
FLOWS = [
    ("ore", "CHN", "CHN", 100, 0), ("ore", "USA", "CHN", 10, 5), ("ore", "USA", "JPN", 10, 4),
    ("neodymium oxide", "CHN", "CHN", 20, 0), ("neodymium oxide", "CHN", "JPN", 5, 1),
    ("neodymium oxide", "CHN", "DEU", 2.5, 6), ("neodymium oxide", "JPN", "JPN", 2.5, 0),
    ("cerium oxide", "CHN", "CHN", 20, 0), ("cerium oxide", "CHN", "USA", 15, 4), ("cerium oxide", "JPN", "JPN", 5, 0),
    ("magnet", "CHN", "CHN", 20, 0), ("magnet", "CHN", "DEU", 8, 5), ("magnet", "CHN", "USA", 11, 4),
    ("magnet", "CHN", "JPN", 1, 1), ("magnet", "JPN", "JPN", 13, 0), ("magnet", "JPN", "DEU", 1, 5),
    ("magnet", "JPN", "USA", 1, 3), ("magnet", "DEU", "DEU", 5, 0), ("gallium, low purity", "CHN", "CHN", 2, 0),
    ("gallium, low purity", "CHN", "USA", 3, 4), ("gallium, low purity", "CHN", "JPN", 1, 1),
    ("gallium, low purity", "JPN", "JPN", 1, 0),
]  # fmt: skip
PRICES = {"ore": 5, "cerium oxide": 1, "neodymium oxide": 60, "magnet": 80, "gallium, low purity": 400}
QUANTILES = {
    "cover: maker": ("lognormal", 2, 4, 8), "cover: line": ("lognormal", 3, 6, 12),
    "theta": ("logitnormal", 0.3, 0.6, 0.9), "thrift": ("logitnormal", 0.02, 0.1, 0.3),
    "thrift, weeks": ("lognormal", 13, 26, 52),
}  # fmt: skip


def toy_world() -> World:
    """Ore, two oxides from one separation, magnets from one of them, and gallium, in four places."""
    producers = pd.DataFrame(PRODUCERS, columns=["process", "place", "activity", "capacity"])
    producers.index = pd.Index(producers["process"] + "|" + producers["place"], name="producer")
    uses = pd.DataFrame(USES, columns=["industry", "place", "product", "use", "criticality"])
    uses["line"] = uses["industry"] + "|" + uses["place"]
    recipes = pd.DataFrame(RECIPES, columns=["process", "product", "t_per_t"])
    recipes["role"] = recipes["t_per_t"].map(lambda x: "input" if x < 0 else "output")
    flows = pd.DataFrame(FLOWS, columns=["product", "origin", "destination", "flow", "transit_weeks"])
    prices = pd.Series(PRICES, dtype=float)
    lines = uses[["line", "industry", "place"]].drop_duplicates().set_index("line")
    empty = pd.DataFrame()
    return World(
        as_of=None,
        products=pd.DataFrame({"price_outside_usd_per_kg": prices, "price_inside_usd_per_kg": prices * 0.9}),
        processes=empty,
        recipes=recipes.assign(t_per_t=recipes["t_per_t"].abs()),
        composition=empty,
        producers=producers.assign(
            activity_t_per_yr=producers["activity"] * YEAR, capacity_t_per_yr=producers["capacity"] * YEAR,
            restart_weeks=13.0, cover_parameter="cover: maker",
        ),
        industries=empty,
        lines=lines.assign(value_added_musd_per_yr=20_000.0, value_added_parameter=""),
        uses=uses.assign(use_t_per_yr=uses["use"] * YEAR, theta_parameter="theta", cover_parameter="cover: line",
                         thrift_parameter="thrift"),
        flows=flows.assign(flow_t_per_yr=flows["flow"] * YEAR),
        surplus=empty,
        places=pd.DataFrame({"gdp_musd": [18e6, 4.5e6, 4e6, 28e6]}, index=["CHN", "DEU", "JPN", "USA"]),
        anchors=empty,
        balance=empty,
        parameters=[Parameter(n, k, *q, "x", "judgement", "toy") for n, (k, *q) in QUANTILES.items()],
    )  # fmt: skip


def _day(week: float) -> date:
    """The day a number of weeks after the start."""
    return START + timedelta(days=round(7 * week))


def _control(*products: str, week: float = 10, until: float | None = None, kind: str = "ban", share: Any = 1.0,
             notice: float | None = None, **more: Any) -> Control:  # fmt: skip
    """A control of China from a week on, without notice unless it is announced some weeks before."""
    return Control(
        kind=kind, effective_from=_day(week), until=None if until is None else _day(until),
        announced_on=None if notice is None else _day(week - notice),
        **({"name": "the measure", "origin": "CHN", "products": dict.fromkeys(products, share)} | more),
    )  # fmt: skip


def _scenario(*controls: Control, weeks: int = 80, fixed: dict[str, float] | None = None, **events: Any) -> Scenario:
    """A what-if on the toy world, with some uncertain inputs held at one value."""
    held = {n: ParameterChange(p05=v, p50=v, p95=v, reason="test") for n, v in (fixed or {}).items()}
    given = {"name": "toy", "title": "toy", "start": START, "weeks": weeks, "as_of": date(2026, 11, 23),
             "controller": "CHN", "target": "USA", "controls": controls, "parameters": held}  # fmt: skip
    return Scenario(**(given | events))


@pytest.fixture(scope="session", autouse=True)
def home(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """Runs are kept in a folder of the test process, and what is printed is as wide wherever the tests run."""
    folder = tmp_path_factory.mktemp("home")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("SLUICEGATE_HOME", str(folder))
        patch.setenv("COLUMNS", "100")
        yield folder


@pytest.fixture(scope="session")
def toy() -> World:
    return toy_world()


@pytest.fixture(scope="session")
def bundled() -> World:
    return load_world()


@pytest.fixture(scope="session")
def calm() -> dict[str, float]:
    """One value for each uncertain input of the toy world, so that closed forms hold."""
    return dict(CALM)


@pytest.fixture(scope="session")
def day() -> Callable[..., date]:
    return _day


@pytest.fixture(scope="session")
def control() -> Callable[..., Control]:
    return _control


@pytest.fixture(scope="session")
def scenario() -> Callable[..., Scenario]:
    return _scenario


@pytest.fixture(scope="session")
def ask(toy: World) -> Callable[..., Result]:
    """Run a what-if on the toy world: `ask(control("magnet"), fixed={...}, draws=4)`."""

    def run(*controls: Control, draws: int = 4, seed: int = 1, world: World = toy, like: Any = None,
            **how: Any) -> Result:  # fmt: skip
        return simulate(_scenario(*controls, **how), world, draws=draws, seed=seed, like=like, threads=1)

    return run


@pytest.fixture(scope="session")
def row() -> Callable[[Result, str, str], int]:
    """The row of `Result.uses` of a line's product."""

    def find(result: Result, line: str, product: str) -> int:
        uses = result.uses
        return int(uses.index[(uses["line"] == line) & (uses["product"] == product)][0])

    return find


def _beside(name: str) -> Any:
    """A module of the tests' own folder, which is no package."""
    spec = importlib.util.spec_from_file_location(name, Path(__file__).parent / f"{name}.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


_EMPTY = """
DO $$ DECLARE found record; held boolean; BEGIN
  FOR found IN SELECT tablename FROM pg_tables WHERE schemaname = 'public' AND tablename <> 'alembic_version' LOOP
    EXECUTE format('SELECT EXISTS (SELECT 1 FROM %I)', found.tablename) INTO held;
    IF held THEN EXECUTE format('TRUNCATE %I CASCADE', found.tablename); END IF;
  END LOOP;
  FOR found IN SELECT sequencename FROM pg_sequences WHERE last_value IS NOT NULL LOOP
    EXECUTE format('ALTER SEQUENCE %I RESTART', found.sequencename);
  END LOOP;
END $$"""
"""Every row gone and every number free again: a tenth of what a new database costs."""
_OTHERS = """
SELECT pg_terminate_backend(pid) FROM pg_stat_activity
WHERE datname = current_database() AND pid <> pg_backend_pid()"""


@pytest.fixture(scope="session")
def postgres() -> Iterator[Callable[[], AbstractContextManager[str]]]:
    """The addresses of empty databases on one server, each used again once it is emptied; skips where there is none."""
    beside = _beside("postgres")
    free: list[str] = []
    made: list[str] = []
    with beside.server() as address:
        if address is None:
            pytest.skip(beside.why_not() or "no PostgreSQL")
        place = address.rsplit("/", 1)[0]
        admin = create_engine(_by_driver(address), isolation_level="AUTOCOMMIT")

        @contextmanager
        def empty() -> Iterator[str]:
            if not free:
                made.append(f"sluicegate_test_{len(made)}")
                free.append(made[-1])
                with admin.connect() as connection:
                    connection.execute(text(f"DROP DATABASE IF EXISTS {made[-1]}"))
                    connection.execute(text(f"CREATE DATABASE {made[-1]}"))
                open_database(f"{place}/{made[-1]}").dispose()
            name = free.pop()
            yield f"{place}/{name}"
            _emptied(f"{place}/{name}")
            free.append(name)

        yield empty
        with admin.connect() as connection:
            for name in made:
                connection.execute(text(f"DROP DATABASE {name} WITH (FORCE)"))
        admin.dispose()


pytest_sessionfinish = _beside("skipped").pytest_sessionfinish


def _emptied(address: str) -> None:
    engine = create_engine(_by_driver(address))
    with engine.begin() as connection:
        connection.execute(text(_OTHERS))
        connection.execute(text(_EMPTY))
    engine.dispose()


def _by_driver(address: str) -> str:
    return address.replace("postgresql://", "postgresql+pg8000://")


@pytest.fixture(scope="session")
def empty_sqlite(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A database file in its present form, to copy."""
    path = tmp_path_factory.mktemp("empty") / "desk.db"
    engine = open_database(f"sqlite:///{path}")
    with engine.connect() as connection:
        connection.execute(text("PRAGMA wal_checkpoint(TRUNCATE)"))
    engine.dispose()
    return path


KINDS = ("sqlite", "postgresql")
"""The engines the desk keeps its tables in; what reads or writes them is tested on both."""
Fresh = Callable[[str, Path], AbstractContextManager[str]]


@pytest.fixture(scope="session")
def fresh(request: pytest.FixtureRequest) -> Fresh:
    """The address of an empty database in its present form: `fresh("postgresql", folder)`."""

    @contextmanager
    def empty(kind: str, folder: Path) -> Iterator[str]:
        if kind == "sqlite":
            shutil.copy(request.getfixturevalue("empty_sqlite"), folder / "desk.db")
            yield f"sqlite:///{folder / 'desk.db'}"
        else:
            with request.getfixturevalue("postgres")() as address:
                yield address

    return empty


@pytest.fixture(params=KINDS)
def address(request: pytest.FixtureRequest, fresh: Fresh, tmp_path: Path) -> Iterator[str]:
    """The address of an empty database, on SQLite and on PostgreSQL."""
    with fresh(request.param, tmp_path) as found:
        yield found


@pytest.fixture
def database(address: str) -> Iterator[Engine]:
    """An empty database in its present form, on SQLite and on PostgreSQL."""
    engine = open_database(address)
    yield engine
    engine.dispose()


@pytest.fixture
def on_sqlite(fresh: Fresh, tmp_path: Path) -> Iterator[Engine]:
    """An empty database on SQLite alone, for what only a file does and what computes long."""
    folder = tmp_path / "on-sqlite"
    folder.mkdir()
    with fresh("sqlite", folder) as found:
        engine = open_database(found)
        yield engine
        engine.dispose()


@pytest.fixture
def server() -> Iterator[Any]:
    """A server on this machine that answers as it is told, badly where it is told so."""
    found = _beside("server").Server()
    yield found
    found.close()
