"""Step 8, compiled."""

from __future__ import annotations

from typing import Any

from numba import njit

from sluicegate.sim.kernel.cache import BARE
from sluicegate.sim.kernel.lanes import anywhere, exp, load, maximum, minimum, pick, store
from sluicegate.sim.kernel.ratio import add, clip, ratio

PLENTY = 1e300
"""Spare stock of a line that needs nothing critical: no limit."""


@njit(**BARE)
def use(at: Any, whole: Any, real: Any, rows: Any, saving: Any, t: Any) -> None:
    """8. Use: a line runs at full rate until a critical input is gone; lost output may be caught up (E8)."""
    for s in range(at.n_F):
        store(rows, at.need + s, load(rows, at.wanted + pick(whole, at.slot_owner + s)) * pick(real, at.slot_coef + s))
    _buy(at, whole, rows)
    overtime, survival = load(rows, at.overtime), load(rows, at.backlog_survival)
    for c in range(at.n_L):
        first, last = pick(whole, at.class_slots + c), pick(whole, at.class_slots + c + 1)
        running, spare, lost = overtime * 0.0 + 1.0, overtime * 0.0 + PLENTY, load(rows, at.lost + c)
        behind = anywhere(lost > 0.0)
        _needs(at, whole, real, rows, saving, t, first, last)
        for s in range(first, last):
            need, stock, fill = load(rows, at.need + s), load(rows, at.stock + s), overtime * 0.0 + 1.0
            if behind or anywhere(stock < need):  # elsewhere all of it can run, and nothing is to be caught up
                have = ratio(stock, need)
                fill = minimum(have, 1.0)
                critical = pick(real, at.slot_critical + s)
                running = minimum(running, 1.0 - (1.0 - fill) * critical)
                if critical > 0.0:
                    spare = minimum(spare, have - 1.0)
            store(rows, at.fill + s - at.n_F, fill)
            wish = minimum(need, pick(real, at.slot_use + s))
            add(rows, at.wish + pick(whole, at.slot_area + s), wish)
            add(rows, at.had + pick(whole, at.slot_area + s), minimum(fill * need, wish))
        if behind:
            running = running + clip(spare, 0.0, minimum(overtime, lost))
        store(rows, at.running + c, running)
        store(rows, at.lost + c, maximum(lost + 1.0 - running, 0.0) * survival)
        for s in range(first, last):
            stock = load(rows, at.stock + s)
            used = minimum(load(rows, at.need + s) * running, stock)
            store(rows, at.used + s - at.n_F, used)
            returned = load(rows, at.recycled + pick(whole, at.slot_area + s)) * used
            store(rows, at.stock + s, stock + (returned - used))


@njit(**BARE)
def _buy(at: Any, whole: Any, rows: Any) -> None:
    """What pressed lines buy as the next stage abroad (E23)."""
    for q in range(at.n_Q):
        s = pick(whole, at.stage_slot + q)
        spent = clip(load(rows, at.pressure + s) * 2.0 / load(rows, at.stage_weeks + q) - 1.0, 0.0, 1.0)
        store(rows, at.staged + s, load(rows, at.stage_ceiling + q) * spent)


@njit(forceinline=True, **BARE)
def _need(at: Any, whole: Any, real: Any, rows: Any, saving: Any, t: Any, s: Any) -> Any:
    """What a line class would use this week: less by thrift, nothing for half the time, and by price (E9)."""
    if not pick(whole, at.slot_saves + s):
        return load(rows, at.overtime) * 0.0 + pick(real, at.slot_use + s)
    price = load(rows, at.price + pick(whole, at.slot_area + s)) + load(rows, at.taxed + pick(whole, at.slot_node + s))
    shrunk = exp((load(rows, at.elasticity + s) * price) * -1.0)
    if saving[t, s] > 0.0 or anywhere(load(rows, at.pressure + s) > 0.0):
        shrunk = ((1.0 - _saved(at, rows, saving, t, s)) * shrunk) * (1.0 - load(rows, at.staged + s))
    return shrunk * pick(real, at.slot_use + s)


@njit(forceinline=True, **BARE)
def _saved(at: Any, rows: Any, saving: Any, t: Any, s: Any) -> Any:
    """Share of use that thrift saves (E9), under pressure or as somebody arranged before."""
    spent = clip(load(rows, at.pressure + s) * 2.0 / load(rows, at.thrift_weeks + s) - 1.0, 0.0, 1.0)
    return load(rows, at.thrift_ceiling + s) * maximum(spent, saving[t, s])


@njit(forceinline=True, **BARE)
def _needs(at: Any, whole: Any, real: Any, rows: Any, saving: Any, t: Any, first: Any, last: Any) -> None:
    """What each slot of a line class would use, with what it must supply in place of another product (E20)."""
    for s in range(first, last):
        store(rows, at.need + s, _need(at, whole, real, rows, saving, t, s))
    for s in range(first, last):
        if pick(whole, at.moves_to + s) >= 0 and pick(whole, at.slot_saves + s):
            saved = _saved(at, rows, saving, t, s) * pick(real, at.slot_use + s)
            add(rows, at.need + pick(whole, at.moves_to + s), load(rows, at.moves + s) * saved)
