"""Step 7, compiled, on the buyers of a node; what happens to links on the way is in `links.py`."""

from __future__ import annotations

from typing import Any

from numba import njit

from sluicegate.sim.kernel.cache import BARE
from sluicegate.sim.kernel.lanes import load, maximum, minimum, pick, store, where
from sluicegate.sim.kernel.priority import before_arrival, serve_first
from sluicegate.sim.kernel.ratio import add, clip
from sluicegate.sim.twin.ratio import TINY


@njit(**BARE)
def transit(at: Any, whole: Any, real: Any, rows: Any, supply: Any, t: Any) -> None:
    """7. Transit: what arrives is shared among a node's buyers by what they have on order, some first (E7)."""
    before_arrival(at, whole, rows)
    for node in range(at.n_N):
        first, last = pick(whole, at.node_slots + node), pick(whole, at.node_slots + node + 1)
        second = supply[t, node]
        ordered, gone = load(rows, at.landed + node), load(rows, at.gone + node)
        supplied = pick(whole, at.node_supplied + node) > 0
        if last == first + 1:  # all of it is this buyer's
            _arrive(at, whole, rows, first, ordered * 0.0 + 1.0, ordered, ordered * 0.0 + second, gone, supplied)
            continue
        on_order = ordered * 0.0
        for k in range(first, last):
            on_order = on_order + load(rows, at.on_order + pick(whole, at.node_slot + k))
        some = on_order > TINY
        each = where(some, 1.0 / where(some, on_order, 1.0), 0.0)
        called_for = clip(on_order - ordered, 0.0, second)
        base = pick(real, at.node_use + node)
        for k in range(first, last):
            s = pick(whole, at.node_slot + k)
            even = pick(real, at.slot_use + s) / (base if base > 0 else 1.0)
            part = where(some, load(rows, at.on_order + s) * each, even)
            brought = part * called_for + (second - called_for) * even
            _arrive(at, whole, rows, k, part, ordered, brought, gone, supplied)
    serve_first(at, whole, real, rows, supply, t)


@njit(forceinline=True, **BARE)
def _arrive(at: Any, whole: Any, rows: Any, k: Any, part: Any, ordered: Any, brought: Any, gone: Any,
            supplied: Any) -> None:  # fmt: skip
    """A buyer's part of what arrives joins its stock, and with what was turned away is no longer on order."""
    s = pick(whole, at.node_slot + k)
    add(rows, at.stock + s, part * ordered + brought)
    store(rows, at.on_order + s, maximum(load(rows, at.on_order + s) - part * (ordered + gone), 0.0))
    if supplied:
        store(rows, at.second + s, brought)


@njit(**BARE)
def offtake(at: Any, rows: Any, wanted: Any, t: Any) -> None:
    """Payers take what makers have left, up to what they promised (E22)."""
    for node in range(at.n_N):
        pool = load(rows, at.pool + node)
        taken = minimum(pool, wanted[t, node]) if wanted[t, node] > 0.0 else pool * 0.0
        store(rows, at.pool + node, pool - taken)
        store(rows, at.taken + node, taken)
