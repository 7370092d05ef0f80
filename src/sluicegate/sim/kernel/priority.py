"""Step 7, compiled, of uses that are served first: what they take from the others after all had their even share."""

from __future__ import annotations

from typing import Any

from numba import njit

from sluicegate.sim.kernel.cache import BARE
from sluicegate.sim.kernel.lanes import load, maximum, minimum, pick, store, where
from sluicegate.sim.kernel.ratio import add, clear
from sluicegate.sim.twin.ratio import TINY


@njit(**BARE)
def before_arrival(at: Any, whole: Any, rows: Any) -> None:
    """Keep the stocks of those among whom somebody is served first, so that what arrives can be told."""
    for v in range(at.n_V):
        store(rows, at.even + v, load(rows, at.stock + pick(whole, at.ranked_slot + v)))


@njit(**BARE)
def serve_first(at: Any, whole: Any, real: Any, rows: Any, supply: Any, t: Any) -> None:
    """Each rank takes what it lacks of what it is due from all that come after it, as far as it goes first (E7a)."""
    clear(rows, at.yielded, at.n_X)
    for v in range(at.n_V):
        _due(at, whole, real, rows, v)
    for g in range(at.n_G):
        weight = pick(real, at.allocation_weight + t * at.n_G + g)
        if weight > 0.0:
            share = load(rows, at.allocation_share + g) * weight
            for rank in range(pick(whole, at.allocation_lowest + g)):
                _take(at, whole, rows, g, rank, share)
            _hand_over(at, whole, real, rows, g, supply, t)


@njit(**BARE)
def _due(at: Any, whole: Any, real: Any, rows: Any, v: Any) -> None:
    """What came by the even share, and what is due: need, and a part of what the normal stock lacked, a week ago."""
    s = pick(whole, at.ranked_slot + v)
    held, need = load(rows, at.even + v), load(rows, at.need + s)
    store(rows, at.even + v, load(rows, at.stock + s) - held)
    if s < at.n_F:
        held = held + load(rows, at.activity + pick(whole, at.slot_owner + s)) * pick(real, at.slot_coef + s)
    due = need + (need * load(rows, at.cover + s) - held) / load(rows, at.order_weeks)
    store(rows, at.due + v, maximum(due, 0.0))
    store(rows, at.gained + v, need * 0.0)


@njit(**BARE)
def _take(at: Any, whole: Any, rows: Any, g: Any, rank: Any, share: Any) -> None:
    """One rank takes from all that come after it."""
    first, last = pick(whole, at.allocation_slots + g), pick(whole, at.allocation_slots + g + 1)
    asked = there = share * 0.0
    for v in range(first, last):
        have = load(rows, at.even + v) + load(rows, at.gained + v)
        if pick(whole, at.slot_rank + v) == rank:
            asked = asked + maximum(load(rows, at.due + v) - have, 0.0)
        elif pick(whole, at.slot_rank + v) > rank:
            there = there + have
    taken = where(asked > TINY, where(there > TINY, share * minimum(asked, there), 0.0), 0.0)
    up, down = taken / where(asked > TINY, asked, 1.0), taken / where(there > TINY, there, 1.0)
    for v in range(first, last):
        have = load(rows, at.even + v) + load(rows, at.gained + v)
        if pick(whole, at.slot_rank + v) == rank:
            add(rows, at.gained + v, maximum(load(rows, at.due + v) - have, 0.0) * up)
        elif pick(whole, at.slot_rank + v) > rank:
            add(rows, at.gained + v, (have * down) * -1.0)


@njit(**BARE)
def _hand_over(at: Any, whole: Any, real: Any, rows: Any, g: Any, supply: Any, t: Any) -> None:
    """Stocks, what is on order and what came from a second source, after some gave way; and what these yielded."""
    first, last = pick(whole, at.allocation_slots + g), pick(whole, at.allocation_slots + g + 1)
    node = pick(whole, at.allocation_node + g)
    arrived = load(rows, at.landed + node) + supply[t, node]
    some = arrived > TINY
    second = where(some, supply[t, node] / where(some, arrived, 1.0), 0.0)
    own = total = arrived * 0.0
    for v in range(first, last):
        more = maximum(load(rows, at.gained + v) * (1.0 - second), 0.0)
        own = own + minimum(more, load(rows, at.on_order + pick(whole, at.ranked_slot + v)))
        total = total + more
    some = total > TINY
    part = where(some, own / where(some, total, 1.0), 0.0)
    for v in range(first, last):
        s, gained = pick(whole, at.ranked_slot + v), load(rows, at.gained + v)
        more, left = gained * (1.0 - second), load(rows, at.on_order + s)
        store(rows, at.on_order + s, left - where(more > 0.0, minimum(more, left), more * part))
        add(rows, at.stock + s, gained)
        if pick(whole, at.node_supplied + node):
            add(rows, at.second + s, gained * second)
        even, use = load(rows, at.even + v), max(pick(real, at.node_use + node), TINY)
        fair = minimum(even, arrived * (pick(real, at.slot_use + s) / use))
        add(rows, at.yielded + pick(whole, at.ranked_user + v), maximum(fair - even - gained, 0.0))
