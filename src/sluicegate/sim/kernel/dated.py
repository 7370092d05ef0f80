"""Step 1, compiled: what the measures cover this week, and what the week before left is cleared away."""

from __future__ import annotations

from typing import Any

from numba import njit

from sluicegate.sim.kernel.lanes import alike, exp, load, store
from sluicegate.sim.kernel.ratio import add, clear


@njit(nogil=True)
def dated_changes(at: Any, whole: Any, real: Any, rows: Any, t: Any) -> None:
    """1. Dated changes take effect (E1); prices of the week as factors."""
    clear(rows, at.home, at.n_N)
    clear(rows, at.abroad, at.n_N)
    clear(rows, at.landed, at.n_N)
    clear(rows, at.gone, at.n_N)
    clear(rows, at.stuck, at.n_N)
    clear(rows, at.extra, at.n_N)
    clear(rows, at.surge, at.n_N)
    clear(rows, at.wish, at.n_A)
    clear(rows, at.had, at.n_A)
    clear(rows, at.kept, at.n_A)
    tilt = load(rows, at.price_tilt)
    for a in range(at.n_A):
        price = load(rows, at.price + a)
        store(rows, at.exp_price + a, exp(price))
        store(rows, at.tilt + a, exp((tilt * price) * -1.0))
    for m in range(at.n_M):
        b = whole[at.hold_border + m]
        until = real[at.border_until + b]
        if until <= t:
            _release(at, whole, rows, m, b)
        effective = real[at.border_effective + b]
        in_force = min(max(t + 1 - effective, 0.0), 1.0) * min(max(until - t, 0.0), 1.0)
        covered = load(rows, at.covered + m)
        if in_force == 0.0:
            store(rows, at.held_now + m, covered * 0.0)
        else:
            faded = exp(alike(covered, -max(t - effective, 0.0)) / load(rows, at.fade_weeks + b))
            over = load(rows, at.overcomplied + m) * faded
            store(rows, at.held_now + m, (covered + (1.0 - covered) * over) * in_force)


@njit(nogil=True)
def _release(at: Any, whole: Any, rows: Any, m: Any, b: Any) -> None:
    """A measure is lifted: what waits may be shipped."""
    review = at.review + whole[at.hold_review + m]
    stages = whole[at.border_stages + b]
    waiting = load(rows, at.waiting + m)
    for k in range(stages):
        waiting = waiting + load(rows, review + k)
    add(rows, at.backlog + whole[at.hold_link + m], waiting)
    clear(rows, review, stages)
    clear(rows, at.waiting + m, 1)
