"""What one side can hold against the other: tariffs, goods it withholds, and what each would cost both."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Literal

from sluicegate.terms import InputError
from sluicegate.terms.parameter import Parameter
from sluicegate.terms.worked_out import worked_out
from sluicegate.world.anchor import load_anchors, named_numbers
from sluicegate.world.overlay import Stamp, stamp
from sluicegate.world.reference import figure_ids
from sluicegate.world.table import number, read_table, records

Action = Literal["tariff", "withheld", "none"]
NEEDED: dict[str, tuple[str, ...]] = {
    "tariff": ("imports", "peak rate", "elasticity", "value added abroad", "sold elsewhere"),
    "withheld": ("stake", "cover weeks", "halving weeks", "sales", "value added at home", "sold elsewhere"),
    "none": (),
}  # fmt: skip
"""The quantities each kind of lever must have."""


@dataclass(frozen=True)
class Lever:
    """One lever of one side.

    Parameters
    ----------
    name, by, against : what it is, who can use it, whom it hurts
    action : a tariff, goods withheld, or none: no figure of what it costs was found, so that it is absent, not zero
    what, lacking : in words; why there is no figure, else empty
    inputs : by quantity, as `NEEDED` lists them
    """

    name: str
    by: str
    against: str
    action: Action
    what: str
    lacking: str
    inputs: dict[str, Parameter]

    @property
    def known(self) -> bool:
        """Whether there are figures to count it by."""
        return self.action != "none"


def load_levers(overlay: Path | None = None) -> dict[str, Lever]:
    """Every lever by name, those without figures too; a user's own rows laid over ours.

    Raises
    ------
    InputError : a lever that lacks a quantity, or a row that states no distribution.
    """
    return _loaded(overlay, stamp())


@lru_cache(maxsize=4)
def _loaded(overlay: Path | None, own: Stamp) -> dict[str, Lever]:
    if overlay is None and not own:
        return worked_out("levers", ("world", "terms"), lambda: _from_tables(None))
    return _from_tables(overlay)


def _from_tables(overlay: Path | None) -> dict[str, Lever]:
    inputs = _inputs(overlay)
    found = {}
    for row in records(read_table("levers", overlay)):
        own = inputs.get(row["lever"], {})
        if lacking := [q for q in NEEDED[row["action"]] if q not in own]:
            raise InputError(f"no {' and no '.join(lacking)} of {row['lever']}", where="lever_inputs.csv",
                             expected=", ".join(NEEDED[row["action"]]), do="Add the rows.")  # fmt: skip
        found[row["lever"]] = Lever(row["lever"], row["by"], row["against"], row["action"], row["description"],
                                    "" if row["action"] != "none" else row["reason"], own)  # fmt: skip
    return found


def _inputs(overlay: Path | None) -> dict[str, dict[str, Parameter]]:
    """Quantities by lever."""
    names = named_numbers(load_anchors(overlay))
    found: dict[str, dict[str, Parameter]] = {}
    for row in records(read_table("lever_inputs", overlay)):
        where = f"lever_inputs.csv, {row['lever']}, {row['quantity']}"
        low, mid, high = (number(row[q], row["refs"], names, where=where) for q in ("p05", "p50", "p95"))
        try:
            told = Parameter(f"lever: {row['lever']}, {row['quantity']}", row["kind"], low, mid, high, row["unit"],
                             row["label"], row["reason"], tuple(figure_ids(row["refs"])))  # fmt: skip
        except ValueError as error:
            raise InputError(str(error), where=where, expected="three rising quantiles", do="Mend the row.") from error
        found.setdefault(row["lever"], {})[row["quantity"]] = told
    return found
