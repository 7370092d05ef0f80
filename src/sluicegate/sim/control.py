"""A control with what the register knows of it filled in."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from sluicegate.regime import Measure, listings, load_register
from sluicegate.scenario import Control


@dataclass(frozen=True)
class Resolved:
    """A control with its dates and products filled in from the register.

    Parameters
    ----------
    products : listed share of each product's tonnage as low, median, high ; overcomplied : products not
        listed (or only in part) that are held up too
    """

    control: Control
    name: str
    origin: str
    products: dict[str, tuple[float, float, float]]
    overcomplied: frozenset[str]
    destinations: tuple[str, ...]
    announced_on: date | None
    effective_from: date
    until: date | None
    ban: bool


def resolve(control: Control, as_of: date = date.max) -> Resolved:
    """Fill a control in from the register; what the control itself states takes precedence.

    The end of a measure counts when it was known by `as_of`; a suspension is left to the scenario's easings.
    """
    measure = load_register().measure(control.register_id) if control.register_id else None
    listed, overcomplied = _listed(measure) if measure else ({}, frozenset())
    own = {p: s if isinstance(s, tuple) else (s, s, s) for p, s in control.products.items()}
    effective = control.effective_from or (measure.effective_from if measure else None)
    if effective is None:
        raise ValueError(f"{control.register_id} has no date of effect; give `effective_from`")
    places = measure.destinations if measure and measure.destinations != "all" else ()
    return Resolved(
        control=control,
        name=control.name or (measure.id if measure else "control"),
        origin=control.origin or (measure.jurisdiction if measure else ""),
        products=own or listed,
        overcomplied=overcomplied,
        destinations=control.destinations or tuple(places),
        announced_on=control.announced_on or (measure.announced_on if measure else None),
        effective_from=effective,
        until=control.until or (_end(measure, as_of) if measure else None),
        ban=control.kind == "ban" or (measure is not None and measure.kind in ("ban", "halt")),
    )


def _end(measure: Measure, as_of: date) -> date | None:
    """First day on which a measure no longer holds, if that was known by then."""
    known = (measure.end_announced_on or measure.announced_on) <= as_of
    return measure.ends_on + timedelta(days=1) if measure.ends_on and known else None


def _listed(measure: Measure) -> tuple[dict[str, tuple[float, float, float]], frozenset[str]]:
    """Share of each product that a measure lists, the largest where items overlap; and what is over-complied with."""
    found = [x.covered for x in listings(load_register(), measure)]
    products: dict[str, tuple[float, float, float]] = {}
    for c in found:
        products[c.name] = max(products.get(c.name, (0.0, 0.0, 0.0)), (c.low, c.p50, c.high), key=lambda x: x[1])
    return products, frozenset(c.name for c in found if c.overcomplied)
