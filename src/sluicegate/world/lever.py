"""What one side can hold against the other: tariffs, goods it withholds, and what each would cost both."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
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
    action : a tariff, goods withheld, or none: no figure of what it costs was found, or was known on the day asked
        about, so that it is absent, not zero
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


def load_levers(overlay: Path | None = None, as_of: date | None = None) -> dict[str, Lever]:
    """Every lever by name, those without figures too; a user's own rows laid over ours.

    Parameters
    ----------
    as_of : of each quantity the row last known on that day is used; a lever of which one was not known has no figures

    Raises
    ------
    InputError : a lever that lacks a quantity, or a row that states no distribution.
    """
    return _loaded(overlay, as_of, stamp())


@lru_cache(maxsize=16)
def _loaded(overlay: Path | None, as_of: date | None, own: Stamp) -> dict[str, Lever]:
    if overlay is None and not own:
        return worked_out(f"levers-{as_of}", ("world", "terms"), lambda: _from_tables(None, as_of))
    return _from_tables(overlay, as_of)


def _from_tables(overlay: Path | None, as_of: date | None) -> dict[str, Lever]:
    inputs = _inputs(overlay)
    found = {}
    for row in records(read_table("levers", overlay)):
        every, action = inputs.get(row["lever"], {}), row["action"]
        if lacking := [q for q in NEEDED[action] if q not in every]:
            raise InputError(f"no {' and no '.join(lacking)} of {row['lever']}", where="lever_inputs.csv",
                             expected=", ".join(NEEDED[action]), do="Add the rows.")  # fmt: skip
        own = {q: last for q, rows in every.items() if (last := _last_known(rows, as_of)) is not None}
        why = row["reason"] if action == "none" else ""
        if late := [q for q in NEEDED[action] if q not in own]:
            first = max(min(p.known_on or date.min for p in every[q]) for q in late)
            action, own, why = "none", {}, f"nothing of its {', '.join(late)} was known on {as_of}, all from {first} on"
        found[row["lever"]] = Lever(row["lever"], row["by"], row["against"], action, row["description"], why, own)
    return found


def _last_known(rows: list[Parameter], as_of: date | None) -> Parameter | None:
    """The row that became known last, of those known on a day; None where none was."""
    known = [p for p in rows if as_of is None or p.known_on is None or p.known_on <= as_of]
    return max(known, key=lambda p: p.known_on or date.min, default=None)


def _inputs(overlay: Path | None) -> dict[str, dict[str, list[Parameter]]]:
    """Quantities by lever, each with all its rows."""
    names = named_numbers(load_anchors(overlay))
    found: dict[str, dict[str, list[Parameter]]] = {}
    for row in records(read_table("lever_inputs", overlay)):
        where = f"lever_inputs.csv, {row['lever']}, {row['quantity']}"
        low, mid, high = (number(row[q], row["refs"], names, where=where) for q in ("p05", "p50", "p95"))
        try:
            told = Parameter(f"lever: {row['lever']}, {row['quantity']}", row["kind"], low, mid, high, row["unit"],
                             row["label"], row["reason"], tuple(figure_ids(row["refs"])),
                             date.fromisoformat(row["known_on"]) if row.get("known_on") else None)  # fmt: skip
        except ValueError as error:
            raise InputError(str(error), where=where, expected="three rising quantiles", do="Mend the row.") from error
        found.setdefault(row["lever"], {}).setdefault(row["quantity"], []).append(told)
    return found
