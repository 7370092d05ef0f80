"""How buyers and makers of an input-output table behave."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal, get_args

import numpy as np

from sluicegate.sim.ario.table import Table
from sluicegate.sim.network import Floats
from sluicegate.terms import InputError

Orders = Literal["alternative", "fixed"]


@dataclass(frozen=True)
class Settings:
    """ARIO's parameters (Hallegatte 2014; defaults are those of BoARIO 0.7).

    Parameters
    ----------
    inventory_days : days of use held, for all inputs or by sector; infinite where an input never runs out
    restoration_days : days in which a gap of stock is closed, for all inputs or by sector
    psi : share of the stock aimed at below which production slows
    overproduction_base, overproduction_max : factor on capacity at rest and at most ; overproduction_days : to reach it
    orders : `alternative` leans to origins with capacity, `fixed` keeps the table's shares
    capital_to_value_added : years of value added in an industry's capital
    compatible : copy what only BoARIO does (see `docs/explanation/ario.md`); for comparison
    """

    inventory_days: float | Mapping[str, float] = 90.0
    restoration_days: float | Mapping[str, float] = 60.0
    psi: float = 0.8
    overproduction_base: float = 1.0
    overproduction_max: float = 1.25
    overproduction_days: float = 365.0
    orders: Orders = "alternative"
    capital_to_value_added: float = 4.0
    days_per_year: float = 365.0
    compatible: bool = False

    def __post_init__(self) -> None:
        wrong = [
            f"{name} is {value}, not {wanted}"
            for name, value, good, wanted in (
                ("psi", self.psi, 0 < self.psi <= 1, "above 0 and at most 1"),
                ("overproduction_base", self.overproduction_base, self.overproduction_base >= 1, "1 or more"),
                ("overproduction_max", self.overproduction_max, self.overproduction_max >= self.overproduction_base,
                 "at least the base"),
                ("overproduction_days", self.overproduction_days, self.overproduction_days > 0, "above 0"),
                ("capital_to_value_added", self.capital_to_value_added, self.capital_to_value_added > 0, "above 0"),
                ("days_per_year", self.days_per_year, self.days_per_year > 0, "above 0"),
            )
            if not good
        ]  # fmt: skip
        if self.orders not in get_args(Orders):
            wrong.append(f"orders is {self.orders!r}, not {' or '.join(get_args(Orders))}")
        if wrong:
            raise InputError("; ".join(wrong), where="ARIO settings", expected="numbers in range", do="Mend them.")

    def stock_days(self, table: Table) -> Floats:
        """(sectors,) days of use held; a stock must outlast a day, so anything up to one day counts as two."""
        days = _by_sector(self.inventory_days, table, "inventory_days")
        return np.where(days <= 1, 2.0, days)

    def restoration(self, table: Table) -> Floats:
        """(sectors,) share of a gap closed in a day."""
        return 1 / _by_sector(self.restoration_days, table, "restoration_days")


def _by_sector(given: float | Mapping[str, float], table: Table, what: str) -> Floats:
    """(sectors,) one number or one for each sector, above zero."""
    if isinstance(given, Mapping):
        lacking = [s for s in table.sectors if s not in given]
        unknown = [s for s in given if s not in table.sectors]
        if lacking or unknown:
            found = f"{what}: no number for {lacking or 'nothing'}; unknown sectors {unknown or 'none'}"
            raise InputError(found, where="ARIO settings", expected="one number for each sector", do="Mend the list.")
        values = np.array([float(given[s]) for s in table.sectors])
    else:
        values = np.full(len(table.sectors), float(given))
    if not (values > 0).all():
        raise InputError(f"{what} is {values.min():g}", where="ARIO settings", expected="days above 0", do="Mend it.")
    return values
