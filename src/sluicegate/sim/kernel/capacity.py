"""Step 2, compiled."""

from __future__ import annotations

from typing import Any

from numba import njit

from sluicegate.sim.kernel.cache import BARE
from sluicegate.sim.kernel.lanes import load, maximum, minimum, pick, store
from sluicegate.sim.kernel.supply import entering, grade


@njit(**BARE)
def capacity(at: Any, whole: Any, real: Any, rows: Any, outage: Any, extra: Any, quota: Any, t: Any) -> None:
    """2. Capacity: what runs, is brought back or is new, less outages and idling, within quota and ore (E2)."""
    for i in range(at.n_I):
        base = pick(real, at.activity0 + i)
        idle = maximum(load(rows, at.capacity + i) - base, 0.0)
        running = load(rows, at.restart + i) * idle + (base + extra[t, i])
        running = running * (1.0 - load(rows, at.closed + i)) + entering(at, whole, real, rows, t, i)
        can = minimum(running * (1.0 - outage[t, i]), quota[t, i])
        if pick(whole, at.producer_depletes + i):
            left = maximum(pick(real, at.reserves + i) - load(rows, at.extracted + i), 0.0)
            can = minimum(can * grade(at, real, rows, i), left)
        store(rows, at.can + i, can)
