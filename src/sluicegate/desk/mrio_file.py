"""A user's input-output table, and the file that says which of its sectors our industries are."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from sluicegate.sim.ario.settings import Settings
from sluicegate.sim.ario.system import read_system
from sluicegate.sim.ario.table import Table
from sluicegate.sim.downstream import Cell
from sluicegate.terms import InputError
from sluicegate.terms.mapping import read_mapping
from sluicegate.world import World

FIELDS = ("usd_per_unit", "places", "industries", "inventory_days")
START = "usd_per_unit: 1000000"


def read_map(world: World, table: str | None, mapping: str | None) -> tuple[Table, Settings, dict[str, Cell], float]:
    """A table as `KIND:PATH`, its settings, the cell of each line, and 2024 USD in a unit of it.

    The map is YAML: `usd_per_unit`, `places` (place: region), `industries` (industry: sector), and `inventory_days`.
    A place that is not named takes the region of `ROW`, if that is named; a line without region or sector is left out.

    Raises
    ------
    InputError : one of the two is missing, or the map lacks a field or has another.
    NotFoundError : a region or sector that the table lacks.
    """
    if table is None or mapping is None:
        raise InputError("a table without a map" if table else "a map without a table", where="--table, --map",
                         expected="both or none", do="Name both.")  # fmt: skip
    kind, _, path = table.partition(":")
    found = read_system(Path(path) if path else None, kind)
    told = _told(Path(mapping))
    cells: dict[str, Cell] = {}
    for line, row in world.lines[["place", "industry"]].iterrows():
        region = told["places"].get(row["place"], told["places"].get("ROW"))
        sector = told["industries"].get(row["industry"])
        if region is not None and sector is not None:
            found.place(str(region), str(sector))
            cells[str(line)] = (str(region), str(sector))
    days = told.get("inventory_days", 30.0)
    return found, Settings(inventory_days=days, restoration_days=30.0), cells, float(told["usd_per_unit"])


def _text(path: Path) -> str:
    try:
        return path.read_text("utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise InputError(f"cannot read it ({error})", where=str(path), expected="a YAML file",
                         do="Name the map's file.") from error  # fmt: skip


def _told(path: Path) -> dict[str, Any]:
    told = read_mapping(_text(path), where=str(path), fields=", ".join(FIELDS), start=START)
    wrong = [f"no {name}" for name in FIELDS[:3] if name not in told]
    wrong += [f"unknown field {name}" for name in told if name not in FIELDS]
    wrong += [f"{name} is no list of names" for name in ("places", "industries")
              if name in told and not isinstance(told[name], dict)]  # fmt: skip
    rate = told.get("usd_per_unit", 1)
    if isinstance(rate, bool) or not isinstance(rate, int | float) or not rate > 0:
        wrong.append(f"usd_per_unit is {rate!r}")
    if wrong:
        raise InputError("; ".join(wrong), where=str(path), expected=f"the fields {', '.join(FIELDS)}",
                         do="Mend the map; the how-to of input-output tables shows one.")  # fmt: skip
    return told
