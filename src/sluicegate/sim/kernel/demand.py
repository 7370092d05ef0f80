"""Step 4, compiled."""

from __future__ import annotations

from typing import Any

from numba import njit

from sluicegate.sim.kernel.cache import BARE
from sluicegate.sim.kernel.lanes import alike, load, maximum, minimum, pick, store
from sluicegate.sim.kernel.ratio import add
from sluicegate.sim.twin.ratio import SMOOTHING, TINY


@njit(**BARE)
def demand_on_producers(at: Any, whole: Any, real: Any, rows: Any, offtake: Any, t: Any) -> None:
    """4. Demand on producers: orders free to ship, and the gap in the maker's own stock, basket-weighted (E3)."""
    cover, rate = load(rows, at.pool_cover_weeks), 1.0 / load(rows, at.pool_weeks)
    for i in range(at.n_I):
        asked = _asked(at, whole, real, rows, i, cover, rate, offtake, t) * pick(real, at.activity0 + i)
        activity = minimum(asked, load(rows, at.can + i))
        wanted = load(rows, at.wanted + i)
        store(rows, at.asked + i, asked)
        store(rows, at.activity + i, activity)
        add(rows, at.wanted + i, (activity - wanted) * SMOOTHING)


@njit(forceinline=True, **BARE)
def _asked(at: Any, whole: Any, real: Any, rows: Any, i: Any, cover: Any, rate: Any, offtake: Any, t: Any) -> Any:
    """What is asked of a maker over what it makes in the base year, by the worth of what it makes (E3)."""
    first, last = pick(whole, at.producer_outputs + i), pick(whole, at.producer_outputs + i + 1)
    if last == first + 1:  # whatever it is worth
        node = pick(whole, at.output_node + pick(whole, at.producer_output + first))
        return _ratio(at, real, rows, node, cover, rate, offtake, t)
    worth_met = worth = cover * 0.0
    for k in range(first, last):
        r = pick(whole, at.producer_output + k)
        value = load(rows, at.exp_price + pick(whole, at.output_area + r)) * pick(real, at.output_worth + r)
        worth = worth + value
        node = pick(whole, at.output_node + r)
        worth_met = worth_met + value * _ratio(at, real, rows, node, cover, rate, offtake, t)
    return worth_met / worth


@njit(forceinline=True, **BARE)
def _ratio(at: Any, real: Any, rows: Any, node: Any, cover: Any, rate: Any, offtake: Any, t: Any) -> Any:
    """What is asked of a node over what its makers send in the base year; 1 where they send nothing."""
    base = pick(real, at.node_base + node)
    if base <= TINY:
        return alike(cover, 1.0)
    gap = (cover * pick(real, at.pool0 + node) - load(rows, at.pool + node)) * rate
    asked = load(rows, at.home + node) + load(rows, at.abroad + node) + gap + offtake[t, node]
    return maximum(asked, 0.0) * (1.0 / base)
