"""What a scenario changes from outside, as the compiled week reads it."""

from __future__ import annotations

from collections import namedtuple

import numpy as np

from sluicegate.sim.timeline import Timeline

FIELDS = ("outage", "extra_capacity", "stock_weeks", "new_supply")
Dated = namedtuple("Dated", FIELDS)  # type: ignore[misc]
"""Arrays (week, item), the same in every draw; as in `Timeline`."""


def dated(timeline: Timeline) -> Dated:
    """The timeline as a named tuple of contiguous arrays."""
    return Dated(*(np.ascontiguousarray(getattr(timeline, name), dtype=np.float64) for name in FIELDS))
