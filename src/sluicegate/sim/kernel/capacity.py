"""Step 2, compiled."""

from __future__ import annotations

from typing import Any

from numba import njit

from sluicegate.sim.kernel.lanes import load, maximum, minimum, store


@njit(nogil=True)
def capacity(at: Any, real: Any, rows: Any, outage: Any, extra: Any, quota: Any, t: Any) -> None:
    """2. Capacity: what runs, plus idle capacity brought back, plus new plants, less outages, within quota (E2)."""
    for i in range(at.n_I):
        base = real[at.activity0 + i]
        idle = maximum(load(rows, at.capacity + i) - base, 0.0)
        running = load(rows, at.restart + i) * idle + (base + extra[t, i])
        store(rows, at.can + i, minimum(running * (1.0 - outage[t, i]), quota[t, i]))
