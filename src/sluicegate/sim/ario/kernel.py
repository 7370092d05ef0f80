"""One run of ARIO, compiled: the order matrix is never stored, so a day reads the table once.

An order is z0_ij rho_i g_sj with one g for each input sector s of a buyer j (A8), so sums over orders are sums over
the table. Equations A1 to A8 in `docs/explanation/ario.md`.

Lanes are neighbouring industries here, not draws: an array of industries has a row for every sixteen, the last filled
up with industries that make and buy nothing. The table stands in the order in which it is read: for an input and
sixteen buyers, the sellers by region; what it is read for a second time is then in the nearest cache.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from numba import njit

from sluicegate.sim.kernel.cache import BARE, kept
from sluicegate.sim.kernel.lanes import (
    anywhere,
    both,
    each,
    either,
    everywhere,
    filled,
    load,
    maximum,
    minimum,
    store,
    total,
    where,
)  # fmt: skip

CLOSE, NEAR = 1e-5, 1e-8  # numpy's allclose, which two of BoARIO's gates go by

with kept():

    @njit(cache=True, error_model="numpy", **BARE)
    def run(z: Any, a: Any, aim: Any, least: Any, y: Any, x0: Any, real: Any, endless: Any, restore: Any, base: Any,
            most: Any, pace: Any, lost: Any, lean: Any, compatible: Any, works: Any, work: Any, scratch: Any,
            results: Any, stock: Any, other: Any) -> bool:  # fmt: skip
        """Advance a table over T days and write what is asked for; whether stocks at the end are in `other`.

        Parameters
        ----------
        z : (sectors x R x regions, 16) sales a day, R rows of buyers, in the order of `table_in_rows`
        a, aim, least : (sectors x R, 16) input a unit of output; the same times the days held, and times those below
            which production slows, 0 where it never does
        y, x0, real : (R, 16) final demand, output a day, 1 where an industry is
        endless, restore : (sectors,) ; base, most, pace : as in `Settings`, pace a day
        lost : (T x R, 16) share of capacity lost, rebuilding apart ; lean : orders lean to capacity
        compatible : BoARIO's gates ; works : whether anything is rebuilt ; work : `Work` ; scratch : `Scratch`
        results : `Results`, (T x R, 16) each ; stock, other : (sectors x R, 16) at the start, and room
        """
        v, rows, ns = scratch, y.shape[0], endless.shape[0]
        days, nothing, one, swapped = lost.shape[0] // rows, filled(y, 0.0), filled(y, 1.0), False
        for s in range(ns):
            for r in range(rows):
                store(v.g, s * rows + r, one)
                _sell(z, v, s, r, one)
            _close(v, s, ns)
        for t in range(days):
            if works:
                _commission(t, work, compatible)
                _lost(t, lost, work, v.lost_flat)
            for r in range(rows):
                asked = load(work.rows, r)
                demand = load(v.sales, r) + load(y, r) + asked
                x, alpha, none = load(v.x, r), load(v.over, r), demand <= 0.0
                inverse = where(none, one, demand)
                if t > 1:  # A2
                    scarce = where(none, nothing, (demand - x) / inverse)
                    still = where(either(scarce > 0.0, scarce < 0.0), nothing, (base - alpha) * pace)
                    alpha = maximum(alpha + (most - alpha) * scarce * pace + still, 1.0)
                    store(v.over, r, alpha)
                gone = load(v.lost, r) if works else load(lost, t * rows + r)
                able = load(x0, r) * (1.0 - gone) * alpha  # A1
                goal = minimum(demand, able)  # A3
                x = goal
                for s in range(ns):  # A4
                    if not endless[s]:
                        need, held = goal * load(least, s * rows + r), load(stock, s * rows + r)
                        short = both(held < need, need > 0.0)
                        if anywhere(short):
                            x = where(short, minimum(x, goal * (held / where(short, need, one))), x)
                share = where(none, nothing, x / inverse)  # A5
                store(v.ship, r, load(v.rho, r) * share)
                store(v.x, r, x)
                store(v.demand, r, demand)
                store(v.able, r, able)
                store(v.goal, r, goal)
                k = t * rows + r
                store(results.production, k, x)
                store(results.overproduction, k, alpha)
                store(results.demand, k, demand)
                store(results.unmet, k, load(y, r) * (1.0 - share))
                store(results.rebuilt, k, asked * share)
                if lean:
                    usual = load(x0, r)
                    store(v.rho, r, where(usual > 0.0, able / where(usual > 0.0, usual, one), one))
            if works:
                _build(t, work, v.x_flat, v.demand_flat)
                for r in range(rows):
                    store(v.goal, r, minimum(load(v.sales, r) + load(y, r) + load(work.rows, r), load(v.able, r)))
            moved, short_of = _trade(z, a, aim, real, endless, restore, v, stock, other, compatible)
            if moved or not compatible:
                stock, other, swapped = other, stock, not swapped
            elif not moved:
                short_of = _short(a, aim, real, endless, v.goal, stock)
            if compatible and not (moved and short_of):
                _again(z, a, aim, endless, restore, v, stock, short_of)
        return swapped


@njit(error_model="numpy", forceinline=True, **BARE)
def _trade(z: Any, a: Any, aim: Any, real: Any, endless: Any, restore: Any, v: Any, stock: Any, other: Any,
           compatible: Any) -> Any:  # fmt: skip
    """A6 to A8 in one reading of the table; says whether stocks moved and whether any is short, by `allclose`.

    Four rows of buyers at a time, so that each seller's numbers and sum are read once for all of them.
    """
    ns, rows = endless.shape[0], v.x.shape[0]
    nr, none = z.shape[0] // (ns * rows), filled(z, 0.0)
    v.gates[:] = False
    for s in range(ns):
        for r in range(0, rows - 3, 4):
            a0 = a1 = a2 = a3 = z0 = z1 = z2 = z3 = none
            first = (s * rows + r) * nr
            for q in range(nr):
                shipped, share = each(v.ship, q * ns + s, z), each(v.rho, q * ns + s, z)
                sold = load(z, first + 4 * q)
                a0, z0 = a0 + sold * shipped, z0 + sold * share
                sold = load(z, first + 4 * q + 1)
                a1, z1 = a1 + sold * shipped, z1 + sold * share
                sold = load(z, first + 4 * q + 2)
                a2, z2 = a2 + sold * shipped, z2 + sold * share
                sold = load(z, first + 4 * q + 3)
                a3, z3 = a3 + sold * shipped, z3 + sold * share
            g0 = _order(a, aim, real, endless, restore, v, stock, other, compatible, s, r, a0, z0)
            g1 = _order(a, aim, real, endless, restore, v, stock, other, compatible, s, r + 1, a1, z1)
            g2 = _order(a, aim, real, endless, restore, v, stock, other, compatible, s, r + 2, a2, z2)
            g3 = _order(a, aim, real, endless, restore, v, stock, other, compatible, s, r + 3, a3, z3)
            for q in range(nr):
                k = first + 4 * q
                asked = load(v.sums, q) + load(z, k) * g0 + load(z, k + 1) * g1
                store(v.sums, q, asked + load(z, k + 2) * g2 + load(z, k + 3) * g3)
        for r in range(rows - rows % 4, rows):
            came = offered = none
            first, step = _place(v, s, r)
            for q in range(nr):
                sold = load(z, first + step * q)
                came = came + sold * each(v.ship, q * ns + s, z)
                offered = offered + sold * each(v.rho, q * ns + s, z)
            g = _order(a, aim, real, endless, restore, v, stock, other, compatible, s, r, came, offered)
            _sell(z, v, s, r, g)
        _close(v, s, ns)
    return v.gates[0], v.gates[1]


@njit(error_model="numpy", forceinline=True, **BARE)
def _order(a: Any, aim: Any, real: Any, endless: Any, restore: Any, v: Any, stock: Any, other: Any, compatible: Any,
           s: Any, r: Any, came: Any, offered: Any) -> Any:  # fmt: skip
    """The stock of one input of a row of buyers, and what is ordered per unit the table holds (A6, A7)."""
    k = s * v.x.shape[0] + r
    came, use = came * load(v.g, k), load(v.x, r) * load(a, k)
    want = use
    if compatible:
        if not everywhere(_near(came, use)):
            v.gates[0] = True
        store(v.offered, k, offered)
    if endless[s]:
        if anywhere(both(load(v.goal, r) * load(a, k) <= 0.0, load(real, r) > 0.0)):
            v.gates[1] = True
    else:
        held, wished = load(stock, k) + (came - use), load(v.goal, r) * load(aim, k)
        store(other, k, held)
        if compatible and not everywhere(_near(held, wished)):
            v.gates[1] = True
        want = want + maximum(wished - held, 0.0) * restore[s]
    g = _over(want, offered)
    store(v.g, k, g)
    return g


@njit(error_model="numpy", forceinline=True, **BARE)
def _sell(z: Any, v: Any, s: Any, r: Any, g: Any) -> None:
    """Add what sixteen buyers order of an input to the sums of its sellers."""
    first, step = _place(v, s, r)
    for q in range(v.sums.shape[0]):
        store(v.sums, q, load(v.sums, q) + load(z, first + step * q) * g)


@njit(error_model="numpy", forceinline=True, **BARE)
def _place(v: Any, s: Any, r: Any) -> Any:
    """Where the table has an input's sellers to a row of buyers, and the step from one seller to the next."""
    rows, nr = v.x.shape[0], v.sums.shape[0]
    tile = r - r % 4
    return (s * rows + tile) * nr + r % 4, min(4, rows - tile)


@njit(error_model="numpy", forceinline=True, **BARE)
def _close(v: Any, s: Any, ns: Any) -> None:
    """What each seller of an input is asked for, and its sums emptied."""
    for q in range(v.sums.shape[0]):
        v.sales_flat[q * ns + s] = total(load(v.sums, q)) * v.rho_flat[q * ns + s]
        store(v.sums, q, filled(v.sums, 0.0))


@njit(error_model="numpy", forceinline=True, **BARE)
def _over(want: Any, offered: Any) -> Any:
    """What is ordered of what is on offer; nothing where nothing is."""
    none = offered <= 0.0
    return where(none, want * 0.0, want / where(none, want * 0.0 + 1.0, offered))


@njit(error_model="numpy", forceinline=True, **BARE)
def _near(x: Any, y: Any) -> Any:
    """Where two numbers are one to `allclose`."""
    far, size = x - y, maximum(y, y * -1.0)
    return maximum(far, far * -1.0) <= size * CLOSE + NEAR


@njit(error_model="numpy", **BARE)
def _short(a: Any, aim: Any, real: Any, endless: Any, goal: Any, stock: Any) -> Any:
    """Whether stocks differ from what is aimed at, by `allclose` over the whole table."""
    rows = goal.shape[0]
    for s in range(endless.shape[0]):
        for r in range(rows):
            k = s * rows + r
            if endless[s]:  # infinity times nothing is no number, and so not close
                if anywhere(both(load(goal, r) * load(a, k) <= 0.0, load(real, r) > 0.0)):
                    return True
            elif not everywhere(_near(load(stock, k), load(goal, r) * load(aim, k))):
                return True
    return False


@njit(error_model="numpy", **BARE)
def _again(z: Any, a: Any, aim: Any, endless: Any, restore: Any, v: Any, stock: Any, short: Any) -> None:
    """Orders once more where one of BoARIO's gates is shut: stocks that did not move, or a gap that does not count."""
    ns, rows = endless.shape[0], v.x.shape[0]
    for s in range(ns):
        for r in range(rows):
            k = s * rows + r
            want = load(v.x, r) * load(a, k)
            if short and not endless[s]:
                want = want + maximum(load(v.goal, r) * load(aim, k) - load(stock, k), 0.0) * restore[s]
            g = _over(want, load(v.offered, k))
            store(v.g, k, g)
            _sell(z, v, s, r, g)
        _close(v, s, ns)


@njit(error_model="numpy", **BARE)
def _commission(t: Any, w: Any, compatible: Any) -> None:
    """Demand for rebuilding: a share of what is left. After the last of it BoARIO keeps asking for the unmet rest."""
    active = False
    for v in range(len(w.begins)):
        active = active or (t >= w.begins[v] and not w.done[v])
    if active or not compatible:
        for k in range(len(w.left)):
            v = w.event[k]
            w.queued[k] = w.left[k] * w.rate[v] if t >= w.begins[v] and not w.done[v] else 0.0
    w.flat[:] = 0.0
    for k in range(len(w.left)):
        w.flat[w.maker[k]] += w.queued[k]


@njit(error_model="numpy", **BARE)
def _build(t: Any, w: Any, x: Any, d: Any) -> None:
    """What is built comes off what is left, and off what was asked for today."""
    w.flat[:] = 0.0
    w.some[:] = False
    for k in range(len(w.left)):
        i, v = w.maker[k], w.event[k]
        built = w.queued[k] * (x[i] / d[i]) if d[i] != 0.0 else 0.0
        w.queued[k] -= built
        w.flat[i] += w.queued[k]
        if t >= w.begins[v] and not w.done[v]:
            rest = w.left[k] - built
            if w.scale > 0.0:
                rest = np.rint(rest * w.scale) / w.scale
            w.left[k] = max(rest, 0.0)
            w.some[v] = w.some[v] or w.left[k] > 0.0
    for v in range(len(w.begins)):
        w.done[v] = w.done[v] or (t >= w.begins[v] and not w.some[v])


@njit(error_model="numpy", **BARE)
def _lost(t: Any, arbitrary: Any, w: Any, lost: Any) -> None:
    """Share of capacity lost: the larger of what is arbitrary and of the capital that is gone (A1)."""
    rows = arbitrary.shape[0] // w.capital.shape[0]
    for i in range(len(lost)):
        lost[i] = w.capital[t, i]
    for k in range(len(w.left)):
        if w.owner[k] >= 0 and t > w.begins[w.event[k]]:
            lost[w.owner[k]] += w.left[k] / w.factor[w.event[k]]
    for i in range(len(lost)):
        gone = lost[i] / w.worth[i] if w.worth[i] != 0.0 else 0.0
        lost[i] = max(gone, arbitrary[t * rows + i // arbitrary.shape[1], i % arbitrary.shape[1]])
