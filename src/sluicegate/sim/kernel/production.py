"""Step 5, compiled."""

from __future__ import annotations

from typing import Any

from numba import njit

from sluicegate.sim.kernel.cache import BARE
from sluicegate.sim.kernel.lanes import anywhere, load, minimum, pick, store
from sluicegate.sim.kernel.ratio import add


@njit(**BARE)
def production(at: Any, whole: Any, real: Any, rows: Any) -> None:
    """5. Production: at the wanted rate until an input is gone; outputs come in fixed shares (E4)."""
    for i in range(at.n_I):
        wanted = load(rows, at.activity + i)
        activity = wanted
        first, last = pick(whole, at.producer_slots + i), pick(whole, at.producer_slots + i + 1)
        for s in range(first, last):
            coef = pick(real, at.slot_coef + s)
            stock = load(rows, at.stock + s)
            feed = wanted * coef
            if anywhere(stock < feed):
                activity = minimum(activity, stock / coef)
            wish = minimum(feed, pick(real, at.slot_use + s))
            add(rows, at.wish + pick(whole, at.slot_area + s), wish)
            add(rows, at.had + pick(whole, at.slot_area + s), minimum(minimum(feed, stock), wish))
        store(rows, at.activity + i, activity)
        for s in range(first, last):
            add(rows, at.stock + s, (activity * pick(real, at.slot_coef + s)) * -1.0)
        for k in range(pick(whole, at.producer_outputs + i), pick(whole, at.producer_outputs + i + 1)):
            r = pick(whole, at.producer_output + k)
            node = pick(whole, at.output_node + r)
            add(rows, at.pool + node, activity * (pick(real, at.output_coef + r) * pick(real, at.node_sold + node)))
