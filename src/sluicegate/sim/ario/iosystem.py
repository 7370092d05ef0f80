"""From a system of pymrio's to a table."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np

from sluicegate.sim.ario.table import Table, from_flows
from sluicegate.sim.network import Floats
from sluicegate.terms import InputError

UNITS = {
    "m.eur": "M.EUR", "million eur": "M.EUR", "mill eur": "M.EUR",
    "m.usd": "M.USD", "million usd": "M.USD", "mill usd": "M.USD", "in millions of us$": "M.USD",
    "000 usd": "k.USD", "k.usd": "k.USD",
}  # fmt: skip
"""What publishers write, and the one name we have for it."""


def unit_name(text: str) -> str:
    """A unit of money as we write it; one that we do not know stays as it is."""
    return UNITS.get(" ".join(text.split()).lower(), text)


def table_of(system: Any, *, unit: str | None = None, year: int | None = None, where: str = "pymrio",
             rename: Mapping[str, str] | None = None) -> Table:  # fmt: skip
    """A table from a pymrio `IOSystem`, regions and sectors in alphabetical order.

    Final demand below zero (stock changes) is taken out of demand and output; flows between industries below zero are
    no flows and are refused.

    Parameters
    ----------
    unit : of the flows; by default what the system says ; rename : regions with another name, by theirs

    Raises
    ------
    InputError : no flows, several units or none, an industry missing in a region, negative flows.
    """
    z, y = system.Z, system.Y
    if z is None and system.A is not None and system.x is not None:
        z = system.A * system.x.iloc[:, 0].reindex(system.A.columns).to_numpy()
    if z is None or y is None:
        raise InputError("a system without Z or Y", where=where, expected="flows and final demand",
                         do="Run `calc_all()` on it first.")  # fmt: skip
    rows, columns = _industries(z.index, rename), _industries(z.columns, rename)
    regions, sectors = (tuple(sorted({name[k] for name in rows})) for k in (0, 1))
    if sorted(rows) != sorted(columns) or sorted(rows) != sorted(_industries(y.index, rename)):
        raise InputError(f"{len(rows):,} industries sell and {len(columns):,} buy, {len(y):,} sell to final demand",
                         where=where, expected="the same industries in Z and Y",
                         do="A file broke off or is of another table: unpack or download it again.")  # fmt: skip
    final = _industries(y.columns, rename)
    flows = _numbers(z, where)[np.ix_(_order(rows), _order(columns))]
    demand = _numbers(y, where)[np.ix_(_order(_industries(y.index, rename)), _order(final))]
    output = None
    if system.x is not None and len(system.x) == len(rows):
        output = system.x.iloc[:, 0].to_numpy(dtype=float)[_order(_industries(system.x.index, rename))]
    return from_flows(regions, sectors, flows, demand, tuple(sorted(final)), output=output, where=where, year=year,
                      unit=unit or _unit(system, where))  # fmt: skip


def _order(names: list[tuple[str, str]]) -> Any:
    return np.array(sorted(range(len(names)), key=names.__getitem__))


def _industries(index: Any, rename: Mapping[str, str] | None) -> list[tuple[str, str]]:
    """Region and sector, or region and category, of each entry."""
    named = rename or {}
    return [(named.get(str(entry[0]), str(entry[0])), str(entry[1])) for entry in index]


def _numbers(frame: Any, where: str) -> Floats:
    try:
        return np.asarray(frame.to_numpy(dtype=float))
    except ValueError as error:
        raise InputError(f"a cell is no number ({error})", where=where, expected="numbers",
                         do="Unpack or download the file again.") from error  # fmt: skip


def _unit(system: Any, where: str) -> str:
    units = [] if system.unit is None else sorted({str(unit) for unit in system.unit.iloc[:, 0]})
    if len(units) != 1:
        raise InputError(f"units {', '.join(units[:6])}" if units else "no unit", where=where,
                         expected="one unit of money for all flows",
                         do="Name a monetary table, not a hybrid one.")  # fmt: skip
    return unit_name(units[0])
