"""Step 6, compiled: what a maker has is shared among orders free to ship."""

from __future__ import annotations

from typing import Any

from numba import njit

from sluicegate.sim.kernel.cache import BARE
from sluicegate.sim.kernel.lanes import load, minimum, store
from sluicegate.sim.kernel.ratio import clip, ratio


@njit(**BARE)
def rationing(at: Any, rows: Any) -> None:
    """6. Rationing: what a maker has is shared among orders free to ship, home first by preference (E5)."""
    preference = load(rows, at.home_preference)
    for node in range(at.n_N):
        home, abroad = load(rows, at.home + node), load(rows, at.abroad + node)
        pool = load(rows, at.pool + node)
        even = minimum(ratio(pool, home + abroad), 1.0)
        first = even + preference * (minimum(ratio(pool, home), 1.0) - even)
        store(rows, at.first + node, first)
        store(rows, at.rest + node, clip(ratio(pool - first * home, abroad), 0.0, 1.0))
