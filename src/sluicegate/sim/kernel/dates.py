"""What a scenario changes from outside, as the compiled week reads it."""

from __future__ import annotations

from collections import namedtuple

import numpy as np

from sluicegate.sim.network import Ints
from sluicegate.sim.promise import Promised
from sluicegate.sim.timeline import Timeline

FIELDS = ("outage", "extra_capacity", "stock_weeks", "new_supply", "saving", "quota", "cost")
BY_LINK = ("duty", "landed")
PROMISED = ("floor", "offtake")
Dated = namedtuple("Dated", (*FIELDS, *PROMISED, *BY_LINK))  # type: ignore[misc]
"""Arrays (week, item), the same in every draw; as in `Timeline` and `Promised`."""


def dated(timeline: Timeline, promise: Promised, link_order: Ints) -> Dated:
    """The timeline and what is promised as a named tuple of contiguous arrays; links in the order of the plan."""
    found = [getattr(timeline, name) for name in FIELDS] + [getattr(promise, name) for name in PROMISED]
    by_link = [getattr(timeline, name) for name in BY_LINK]
    found += [array[:, link_order] if array.size else array for array in by_link]
    return Dated(*(np.ascontiguousarray(array, dtype=np.float64) for array in found))
