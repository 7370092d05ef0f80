"""Step 10, compiled."""

from __future__ import annotations

from typing import Any

from numba import njit

from sluicegate.sim.kernel.cache import BARE
from sluicegate.sim.kernel.lanes import anywhere, exp, load, log, log1p, maximum, pick, store, where
from sluicegate.sim.kernel.ratio import add, clip, ratio
from sluicegate.sim.twin.prices import LOWEST_LOG_PRICE
from sluicegate.sim.twin.ratio import SLACK, SMOOTHING


@njit(**BARE)
def prices(at: Any, whole: Any, rows: Any, cost: Any, t: Any) -> None:
    """10. Prices: each area's log price moves towards what unmet need and stocks call for (E12).

    With it its factor, and the factor by which it tilts orders.
    """
    for node in range(at.n_N):
        add(rows, at.kept + pick(whole, at.node_area + node), load(rows, at.pool + node))
    choke, moved = log(load(rows, at.choke_price)), 1.0 / load(rows, at.price_weeks)
    of_choke = -1.0 / choke
    weight, tilt = load(rows, at.stock_price_weight), load(rows, at.price_tilt)
    for a in range(at.n_A):
        elasticity = load(rows, at.price_elasticity + a)
        missing = 1.0 - ratio(load(rows, at.had + a), load(rows, at.wish + a))
        unmet = load(rows, at.unmet + a)
        unmet = unmet + (missing - unmet) * SMOOTHING
        store(rows, at.unmet + a, unmet)
        tight = 1.0 - ratio(load(rows, at.kept + a), load(rows, at.usual_stock + a) + load(rows, at.feared + a))
        call, short = weight * clip(tight, -1.5, 1.0), unmet > SLACK
        if anywhere(short):
            call = call + where(short, (log1p(clip(unmet, 0.0, 0.95) * -1.0) * -1.0) / elasticity, 0.0)
        aim, high = maximum(call, LOWEST_LOG_PRICE), call > 0.0
        if anywhere(high):
            aim = where(high, choke * (1.0 - exp(maximum(call, 0.0) * of_choke)), aim)
        if cost.shape[1]:
            aim = aim + cost[t, a]
        price = load(rows, at.price + a)
        price = price + (aim - price) * moved
        store(rows, at.price + a, price)
        store(rows, at.exp_price + a, exp(price))
        store(rows, at.tilt + a, exp((tilt * price) * -1.0))
