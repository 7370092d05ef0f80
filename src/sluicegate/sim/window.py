"""When a control holds a link: its own days, less suspensions, less the days a stricter text of its office rules."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, timedelta

import numpy as np

from sluicegate.scenario import Scenario
from sluicegate.sim.control import Resolved
from sluicegate.sim.network import Floats
from sluicegate.sim.timeline import in_force

Span = tuple[date, date]
"""From a day on, up to a day that is outside."""
FOREVER = date.max
DAY = timedelta(days=1)


def own_days(control: Resolved) -> list[Span]:
    """The spans in which a control holds goods: from effect to end, less its suspensions."""
    spans = [(control.effective_from, control.until or FOREVER)]
    for first, last in control.control.suspended:
        spans = without(spans, (first, min(last, FOREVER - DAY) + DAY))
    return spans


def ruling_days(control: Resolved, others: Sequence[Resolved]) -> list[Span]:
    """Its own days less those on which another text of the same office on the same goods goes before it.

    `others` are the controls on a link in the order they are given, this one among them.
    One office decides on one file: a ban goes before a licence, of two alike the one that took effect last. Quotas and
    rules for goods made abroad are another paper, and are passed besides.
    """
    spans = own_days(control)
    if not _exclusive(control):
        return spans
    order = {id(other): (other.ban, other.effective_from, place) for place, other in enumerate(others)}
    for other in others:
        stricter = order[id(other)] > order[id(control)]
        if stricter and _exclusive(other) and other.origin == control.origin:
            for span in own_days(other):
                spans = without(spans, span)
    return spans


def without(spans: Iterable[Span], hole: Span) -> list[Span]:
    """The spans with the days of a hole taken out."""
    pieces = [piece for first, end in spans
              for piece in ((first, min(end, hole[0])), (max(first, hole[1]), end))]  # fmt: skip
    return [(first, end) for first, end in pieces if first < end]


def share_of_week(scenario: Scenario, spans: Iterable[Span]) -> Floats:
    """(W,) share of each week that lies inside the spans."""
    total = np.zeros(scenario.weeks)
    for first, end in spans:
        start, stop = scenario.week_of(first), np.inf if end == FOREVER else scenario.week_of(end)
        total += in_force(start, stop, scenario.weeks)
    return np.minimum(total, 1)


def in_weeks(scenario: Scenario, first: date, until: date | None) -> Floats:
    """(W,) share of each week from a day on, up to a day that is outside; to the end where there is none."""
    return share_of_week(scenario, [(first, until or FOREVER)])


def declared(scenario: Scenario, effective: float, clearing_weeks: Floats) -> Floats:
    """(W, D) share of each week's shipments already declared at customs when a measure came without notice.

    What is declared on the day of effect clears over the clearing time, evenly less each day (E1).
    """
    start = np.maximum(np.arange(scenario.weeks) - effective, 0)[:, None]
    stop = np.maximum(np.arange(scenario.weeks) + 1 - effective, 0)[:, None]
    weeks = np.where(clearing_weeks > 0, clearing_weeks, 1.0)
    left = np.maximum(1 - start / weeks, 0) ** 2 - np.maximum(1 - stop / weeks, 0) ** 2
    return np.asarray(clearing_weeks / 2 * left)


def _exclusive(control: Resolved) -> bool:
    return control.control.kind != "quota" and control.control.abroad is None
