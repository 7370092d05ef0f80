"""What a place's treasury takes on goods that leave it: value-added tax not refunded, and export duty, by date."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any, Literal, get_args

import pandas as pd

from sluicegate.terms import InputError
from sluicegate.world.reference import NamedNumbers
from sluicegate.world.table import cited, numbers, read_table, records

Kind = Literal["value-added tax", "tax refund", "export duty"]
KINDS: tuple[str, ...] = get_args(Kind)
ALL = "all"
"""What stands in place of products for a levy on all goods of the place."""


@dataclass(frozen=True)
class Levy:
    """A rate from a day on, until the next one of its kind on the same goods.

    Parameters
    ----------
    products : names; empty for all goods
    rate : share of the price without tax (tax and refund), or of the price with tax (duty)
    parameter : uncertain input the rate is multiplied by; empty for none
    """

    place: str
    products: tuple[str, ...]
    kind: str
    effective_from: date
    rate: float
    parameter: str = ""

    def on(self, place: str, product: str) -> bool:
        """Whether it is laid on a place's goods of a kind."""
        return self.place == place and (not self.products or product in self.products)


def load_levies(names: NamedNumbers, as_of: date | None = None, overlay: Path | None = None) -> pd.DataFrame:
    """Levies known at a date.

    Returns
    -------
    place, products (names separated by semicolons, or `all`), levy, effective_from (date), rate, parameter, known_on
    (date), label, reason, refs.

    Raises
    ------
    InputError : a kind of levy that does not exist, or a day that is none.
    """
    table = read_table("levies", overlay)
    table["refs"] = cited(table, ["rate"], names)
    table["rate"] = numbers(table, "rate", names, where="levies.csv")
    if unknown := sorted(set(table["levy"]) - set(KINDS)):
        raise InputError(f"levy {', '.join(unknown)}", where="levies.csv", expected=", ".join(KINDS),
                         do="Use one of them.")  # fmt: skip
    for column in ("effective_from", "known_on"):
        table[column] = [_day(text) for text in table[column]]
    known = [as_of is None or day <= as_of for day in table["known_on"]]
    return table[known].reset_index(drop=True)


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise InputError(f"{text!r}", where="levies.csv", expected="a day, 2015-05-01", do="Mend it.") from error


def levies_of(table: pd.DataFrame, as_of: date | None = None) -> list[Levy]:
    """The rows of `load_levies` known by a day; none of a world made without the table."""
    return [
        Levy(row["place"], () if row["products"] == ALL else tuple(row["products"].split(";")), row["levy"],
             row["effective_from"], float(row["rate"]), row["parameter"])
        for row in records(table) if as_of is None or row["known_on"] <= as_of
    ]  # fmt: skip


def export_factor(levies: Iterable[Levy], place: str, product: str, day: date, inputs: Mapping[str, Any]) -> Any:
    """What leaves a place costs at its border, over its price inside without tax: (1 + tax - refund) (1 + duty).

    Exports bear no tax where the place has no row of it, or where it has no row of a refund: the rule of value-added
    taxes is to tax goods where they are used. A refund is never more than the tax.

    Parameters
    ----------
    inputs : values of the uncertain inputs that rates name, numbers or arrays of draws; what is not there counts as 1
    """
    known = list(levies)
    tax, refund, duty = (_rate(known, place, product, kind, day, inputs) for kind in KINDS)
    kept = 0.0 if tax is None or refund is None else tax - refund
    return (1 + (kept + abs(kept)) / 2) * (1 + (0.0 if duty is None else duty))


def _rate(levies: Iterable[Levy], place: str, product: str, kind: str, day: date,
          inputs: Mapping[str, Any]) -> Any:  # fmt: skip
    """The rate of the last levy of a kind to take effect; None where there is none."""
    own = [x for x in levies if x.kind == kind and x.effective_from <= day and x.on(place, product)]
    if not own:
        return None
    last = max(own, key=lambda x: (x.effective_from, bool(x.products)))
    return last.rate * inputs[last.parameter] if last.parameter in inputs else last.rate
