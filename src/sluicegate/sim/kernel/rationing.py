"""Step 6, compiled: what a maker has is shared among orders free to ship."""

from __future__ import annotations

from typing import Any

from numba import njit

from sluicegate.sim.kernel.cache import BARE
from sluicegate.sim.kernel.lanes import anywhere, everywhere, load, minimum, roundoff, store, where
from sluicegate.sim.kernel.ratio import clip, ratio


@njit(**BARE)
def rationing(at: Any, rows: Any, marks: Any) -> None:
    """6. Rationing: what a maker has is shared among orders free to ship, home first by preference (E5).

    What leaves is known here, and each link finds its own in `links.py`; what was asked is cleared for the next week.
    Marked is which orders are not all met, at home and abroad.
    """
    preference = load(rows, at.home_preference)
    for node in range(at.n_N):
        home, abroad = load(rows, at.home + node), load(rows, at.abroad + node)
        pool, nothing = load(rows, at.pool + node), home * 0.0
        first = rest = nothing + 1.0
        enough = pool >= home + abroad
        if not everywhere(enough):
            even = minimum(ratio(pool, home + abroad), 1.0)
            before = even + preference * (minimum(ratio(pool, home), 1.0) - even)
            first = where(enough, 1.0, _whole(before))
            rest = where(enough, 1.0, _whole(clip(ratio(pool - first * home, abroad), 0.0, 1.0)))
        store(rows, at.first + node, first)
        store(rows, at.rest + node, rest)
        store(rows, at.pool + node, (pool - first * home) - rest * abroad)
        marks[at.n_E + node], marks[at.n_E + at.n_N + node] = anywhere(first < 1.0), anywhere(rest < 1.0)
        store(rows, at.home + node, nothing)
        store(rows, at.abroad + node, nothing)


@njit(forceinline=True, **BARE)
def _whole(share: Any) -> Any:
    """A share that is 1 but for rounding is 1: what is short is the pool's."""
    return where(1.0 - share < roundoff(share), 1.0, share)
