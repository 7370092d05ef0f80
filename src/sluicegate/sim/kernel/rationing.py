"""Step 6, compiled: what a maker has is shared among orders free to ship."""

from __future__ import annotations

from typing import Any

from numba import njit

from sluicegate.sim.kernel.cache import BARE
from sluicegate.sim.kernel.lanes import load, minimum, store
from sluicegate.sim.kernel.ratio import clip, ratio


@njit(**BARE)
def rationing(at: Any, rows: Any) -> None:
    """6. Rationing: what a maker has is shared among orders free to ship, home first by preference (E5).

    What leaves is known here, and each link finds its own in `links.py`; what was asked is cleared for the next week.
    """
    preference = load(rows, at.home_preference)
    for node in range(at.n_N):
        home, abroad = load(rows, at.home + node), load(rows, at.abroad + node)
        pool = load(rows, at.pool + node)
        even = minimum(ratio(pool, home + abroad), 1.0)
        first = even + preference * (minimum(ratio(pool, home), 1.0) - even)
        left = pool - first * home
        rest = clip(ratio(left, abroad), 0.0, 1.0)
        store(rows, at.first + node, first)
        store(rows, at.rest + node, rest)
        store(rows, at.pool + node, left - rest * abroad)
        store(rows, at.home + node, home * 0.0)
        store(rows, at.abroad + node, home * 0.0)
