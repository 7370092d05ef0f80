"""A user's input-output table, and the file that says its unit and which of its sectors our industries are."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from sluicegate.sim.ario.iosystem import unit_name
from sluicegate.sim.ario.settings import Settings
from sluicegate.sim.ario.system import read_system
from sluicegate.sim.ario.table import Table
from sluicegate.sim.concordance import ELSEWHERE, are_goods, regions_of, sectors_of
from sluicegate.sim.downstream import Cell
from sluicegate.terms import InputError, NotFoundError
from sluicegate.terms.mapping import read_mapping
from sluicegate.world import World

FIELDS = ("unit", "usd_per_unit", "year", "places", "industries", "inventory_days")
START = "unit: M.EUR"
STOCK_DAYS = 30.0
"""Days of goods that buyers hold where the map names no other."""


@dataclass(frozen=True)
class Mapped:
    """A table, how its buyers behave, where our lines are in it, and 2024 USD in a unit of it."""

    table: Table
    settings: Settings
    cells: dict[str, tuple[Cell, ...]]
    usd_per_unit: float


def read_map(world: World, table: str | None, mapping: str | None) -> Mapped:
    """A table as `KIND:PATH`, and what its map says of it.

    The map is YAML: `unit` and `usd_per_unit` always; `year`, where a folder has several; `places` (place: region or
    regions), `industries` (industry: sector) and `inventory_days` where they are to differ from `sim.concordance`. A
    place in neither takes the regions of `ROW`; a line without region or sector is left out.

    Raises
    ------
    InputError : one of the two is missing, the map lacks a field or has another, or differs from the table's unit or
        year.
    NotFoundError : a place or industry that the world lacks, a region or sector that the table lacks.
    """
    if table is None or mapping is None:
        raise InputError("a table without a map" if table else "a map without a table", where="--table, --map",
                         expected="both or none", do="Name both.")  # fmt: skip
    told = _told(Path(mapping))
    kind, _, path = table.partition(":")
    found = read_system(Path(path) if path else None, kind, told.get("year"))
    if unit_name(told["unit"]) != found.unit:
        raise InputError(f"unit {told['unit']}, and the table is in {found.unit}", where=mapping,
                         expected="the unit of the table", do="Mend `unit`, and `usd_per_unit` with it.")  # fmt: skip
    days = _stock_days(told.get("inventory_days", {}), found, mapping)
    return Mapped(found, Settings(inventory_days=days, restoration_days=30.0), _cells(world, told, found, mapping),
                  float(told["usd_per_unit"]))  # fmt: skip


def _cells(world: World, told: Mapping[str, Any], table: Table, where: str) -> dict[str, tuple[Cell, ...]]:
    regions: dict[str, Any] = {**regions_of(world.places.index, table.regions), **told.get("places", {})}
    sectors: dict[str, Any] = {**sectors_of(world.industries.index, table.sectors), **told.get("industries", {})}
    _require_known(told.get("places", {}), world.places.index, "place", where)
    _require_known(told.get("industries", {}), world.industries.index, "industry", where)
    cells: dict[str, tuple[Cell, ...]] = {}
    for line, row in world.lines[["place", "industry"]].iterrows():
        where_it_is = _several(regions.get(row["place"], regions.get(ELSEWHERE)))
        sector = sectors.get(row["industry"])
        if where_it_is and sector is not None:
            for region in where_it_is:
                table.place(region, str(sector))
            cells[str(line)] = tuple((region, str(sector)) for region in where_it_is)
    return cells


def _several(regions: Any) -> tuple[str, ...]:
    if regions is None:
        return ()
    return tuple(map(str, regions)) if isinstance(regions, Sequence) and not isinstance(regions, str) else (
        str(regions),)  # fmt: skip


def _require_known(named: Mapping[str, Any], known: Collection[str], kind: str, where: str) -> None:
    for name in named:
        if name not in known:
            raise NotFoundError(str(name), kind=kind, known=map(str, known), where=where)


def _stock_days(told: Any, table: Table, where: str) -> float | dict[str, float]:
    """One number for all, or one for each sector: what is no good that can be held never runs out.

    Raises
    ------
    InputError : no number above 0.
    NotFoundError : a sector that the table lacks.
    """
    if not isinstance(told, dict):
        return _days(told, where)
    _require_known(told, table.sectors, "sector", where)
    goods = are_goods(table.sectors)
    days = {s: STOCK_DAYS if goods.get(s, True) else np.inf for s in table.sectors}
    return {**days, **{str(s): _days(value, where) for s, value in told.items()}}


def _days(value: Any, where: str) -> float:
    if isinstance(value, bool) or not isinstance(value, int | float) or not value > 0:
        raise InputError(f"inventory_days is {value!r}", where=where, expected="days above 0, or .inf",
                         do="Mend the map.")  # fmt: skip
    return float(value)


def _text(path: Path) -> str:
    try:
        return path.read_text("utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise InputError(f"cannot read it ({error})", where=str(path), expected="a YAML file",
                         do="Name the map's file.") from error  # fmt: skip


def _told(path: Path) -> dict[str, Any]:
    told = read_mapping(_text(path), where=str(path), fields=", ".join(FIELDS), start=START)
    wrong = [f"no {name}" for name in FIELDS[:2] if name not in told]
    wrong += [f"unknown field {name}" for name in told if name not in FIELDS]
    wrong += [f"{name} is no list of names" for name in ("places", "industries")
              if name in told and not isinstance(told[name], dict)]  # fmt: skip
    rate, year = told.get("usd_per_unit", 1), told.get("year", 2000)
    if isinstance(rate, bool) or not isinstance(rate, int | float) or not 0 < rate < np.inf:
        wrong.append(f"usd_per_unit is {rate!r}")
    if isinstance(year, bool) or not isinstance(year, int):
        wrong.append(f"year is {year!r}")
    if "unit" in told and not isinstance(told["unit"], str):
        wrong.append(f"unit is {told['unit']!r}")
    if wrong:
        raise InputError("; ".join(wrong), where=str(path), expected=f"the fields {', '.join(FIELDS)}",
                         do="Mend the map; the how-to of input-output tables shows one.")  # fmt: skip
    return told
