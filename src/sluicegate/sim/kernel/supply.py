"""Step 11, compiled: makers that stop, investors that come, deposits that run down, scrap that returns."""

from __future__ import annotations

from typing import Any

from numba import njit

from sluicegate.sim.kernel.cache import BARE
from sluicegate.sim.kernel.lanes import alike, anywhere, both, either, exp, load, log, maximum, pick, store, where
from sluicegate.sim.kernel.ratio import add, clip
from sluicegate.sim.state import NEVER
from sluicegate.sim.twin.deposit import LEAST_LEFT


@njit(**BARE)
def supply(at: Any, whole: Any, real: Any, rows: Any, floor: Any, t: Any) -> None:
    """Mothballing, investment, extraction and scrap of a week (E16 to E19, E21)."""
    expect = 1.0 / load(rows, at.expectation_weeks)
    for i in range(at.n_I):
        value = _basket(at, whole, real, rows, floor, t, i)
        cost = load(rows, at.variable_cost)
        if pick(whole, at.producer_depletes + i):
            cost = cost / grade(at, real, rows, i)
            add(rows, at.extracted + i, load(rows, at.activity + i))
        _mothball(at, rows, at.closed + i, value, cost, i)
        expected = load(rows, at.expected + i)
        expected = expected + (value - expected) * expect
        store(rows, at.expected + i, expected)
        for j in range(pick(whole, at.producer_entrants + i), pick(whole, at.producer_entrants + i + 1)):
            _mothball(at, rows, at.entrant_closed + j, value, load(rows, at.entrant_cost + j), i)
            if t >= pick(real, at.entrant_earliest + j):
                _decide(at, rows, t, j, expected)
    _collect(at, rows)


@njit(forceinline=True, **BARE)
def _basket(at: Any, whole: Any, real: Any, rows: Any, floor: Any, t: Any, i: Any) -> Any:
    """Value of a maker's basket over the base year's, no product below the price promised for it (E16)."""
    first, last = pick(whole, at.producer_outputs + i), pick(whole, at.producer_outputs + i + 1)
    if last == first + 1:
        return _paid(at, whole, rows, floor, t, pick(whole, at.producer_output + first))
    worth = load(rows, at.variable_cost) * 0.0
    base = 0.0
    for k in range(first, last):
        r = pick(whole, at.producer_output + k)
        worth = worth + _paid(at, whole, rows, floor, t, r) * pick(real, at.output_worth + r)
        base += pick(real, at.output_worth + r)
    return worth * (1.0 / base)


@njit(forceinline=True, **BARE)
def _paid(at: Any, whole: Any, rows: Any, floor: Any, t: Any, r: Any) -> Any:
    """Price of an output over the base year's, no lower than what is promised."""
    price = load(rows, at.exp_price + pick(whole, at.output_area + r))
    return maximum(price, pick(floor, t * at.n_N + pick(whole, at.output_node + r)))


@njit(**BARE)
def grade(at: Any, real: Any, rows: Any, i: Any) -> Any:
    """Grade over the base year's: the share of reserves left, to a power (E21)."""
    left = maximum(1.0 - load(rows, at.extracted + i) / pick(real, at.reserves + i), LEAST_LEFT)
    return exp(load(rows, at.grade_power) * log(left))


@njit(forceinline=True, **BARE)
def _mothball(at: Any, rows: Any, row: Any, value: Any, cost: Any, i: Any) -> None:
    """Close or reopen a part of a maker or entrant (E17)."""
    closed, low = load(rows, row), value < cost
    if anywhere(either(low, closed > 0.0)):
        down, up = 1.0 / load(rows, at.mothball_weeks), -1.0 / load(rows, at.restart_weeks + i)
        store(rows, row, clip(closed + where(low, down, up), 0.0, 1.0))


@njit(**BARE)
def _decide(at: Any, rows: Any, t: Any, j: Any, expected: Any) -> None:
    """An entrant is decided once what is expected pays, if finance and permits come (E18)."""
    begin = load(rows, at.begin + j)
    wanted = both(expected >= load(rows, at.entrant_incentive + j), load(rows, at.entrant_go + j) > 0.0)
    starts = maximum(load(rows, at.entrant_lead + j) + (t + 1.0), load(rows, at.entrant_start + j))
    store(rows, at.begin + j, where(both(wanted, begin >= NEVER), starts, begin))


@njit(forceinline=True, **BARE)
def entering(at: Any, whole: Any, real: Any, rows: Any, t: Any, i: Any) -> Any:
    """T of activity a week of a producer's entrants: ramping up, less what idles (E18)."""
    total = load(rows, at.variable_cost) * 0.0
    for j in range(pick(whole, at.producer_entrants + i), pick(whole, at.producer_entrants + i + 1)):
        ramp = clip(((t + 1.0) - load(rows, at.begin + j)) / pick(real, at.entrant_ramp + j), 0.0, 1.0)
        total = total + ramp * (1.0 - load(rows, at.entrant_closed + j)) * pick(real, at.entrant_capacity + j)
    return total


@njit(**BARE)
def _collect(at: Any, rows: Any) -> None:
    """The share of use that comes back moves to what the price pays for (E19)."""
    ceiling, rate = load(rows, at.recycling_ceiling), 1.0 / load(rows, at.recycling_weeks)
    elasticity = load(rows, at.recycling_elasticity)
    for a in range(at.n_A):
        dear = maximum(load(rows, at.price + a), alike(ceiling, 0.0))
        aim, recycled = ceiling * (1.0 - exp(elasticity * dear * -1.0)), load(rows, at.recycled + a)
        store(rows, at.recycled + a, recycled + (aim - recycled) * rate)
