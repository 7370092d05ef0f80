"""Step 9, compiled, on the buyers; the choice of origins is in `links.py`."""

from __future__ import annotations

from typing import Any

from numba import njit

from sluicegate.sim.kernel.cache import BARE
from sluicegate.sim.kernel.lanes import anywhere, load, pick, store
from sluicegate.sim.kernel.ratio import add, clip, ratio


@njit(**BARE)
def orders(at: Any, whole: Any, real: Any, rows: Any, stock_weeks: Any, t: Any) -> None:
    """9. Orders: replace use, move stock to target, within a limit (E10)."""
    rate, limit = 1.0 / load(rows, at.order_weeks), load(rows, at.order_limit)
    for node in range(at.n_N):
        first, last = pick(whole, at.node_slots + node), pick(whole, at.node_slots + node + 1)
        on_order = ordered = rate * 0.0
        for k in range(first, last):
            on_order = on_order + load(rows, at.on_order + pick(whole, at.node_slot + k))
        moving, stuck = rate * 0.0 + 1.0, load(rows, at.stuck + node)
        if anywhere(stuck > 0.0):
            moving = clip(1.0 - ratio(stuck, on_order), 0.0, 1.0)
        extra = load(rows, at.extra + node)
        most = limit * (load(rows, at.surge + node) + 1.0)
        for k in range(first, last):
            s = pick(whole, at.node_slot + k)
            use, stock, mine = pick(real, at.slot_use + s), load(rows, at.stock + s), load(rows, at.on_order + s)
            need, second, usual = load(rows, at.need + s), rate * 0.0, load(rows, at.cover + s)
            if pick(whole, at.node_supplied + node):
                second = load(rows, at.second + s)
            if s >= at.n_F:
                second = second + load(rows, at.recycled + pick(whole, at.slot_area + s)) * load(
                    rows, at.used + s - at.n_F
                )
            cover = usual * (load(rows, at.hoard + s) + 1.0) + extra + stock_weeks[t, s]
            under_way = (use - second) * pick(real, at.node_transit + node)
            position = need * cover + under_way - stock - mine * moving
            order = clip(need - second + position * rate, 0.0, most * use)
            store(rows, at.on_order + s, mine + order)
            ordered = ordered + order
            add(rows, at.kept + pick(whole, at.slot_area + s), stock)
            add(rows, at.feared + pick(whole, at.slot_area + s), (cover - usual) * use)
        store(rows, at.ordered + node, ordered * load(rows, at.share_scale + node))
