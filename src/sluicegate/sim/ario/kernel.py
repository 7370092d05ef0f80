"""One run of ARIO, compiled: the order matrix is never stored, so a day reads the table once.

An order is z0_ij rho_i g_sj with one g for each input sector s of a buyer j (A8), so sums over orders are sums over
the table. Equations A1 to A8 in `docs/explanation/ario.md`.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from numba import njit

from sluicegate.sim.kernel.cache import kept

CLOSE, NEAR = 1e-5, 1e-8  # numpy's allclose, which two of BoARIO's gates go by

with kept():

    @njit(nogil=True, cache=True, error_model="numpy", fastmath={"contract", "reassoc", "nsz"})
    def run(z: Any, a: Any, y: Any, x0: Any, stock_days: Any, endless: Any, restore: Any, counts: Any, psi: Any,
            base: Any, most: Any, pace: Any, arbitrary: Any, capital: Any, worth: Any, lean: Any, compatible: Any,
            works: Any, maker: Any, owner: Any, event: Any, left: Any, begins: Any, rate: Any, factor: Any,
            scale: Any, production: Any, overproduction: Any, demand: Any, unmet: Any, rebuilt: Any,
            stock: Any) -> None:  # fmt: skip
        """Advance a table over T days and write what is asked for.

        Parameters
        ----------
        z : (sectors, regions, N) sales a day by input sector, region of origin and buyer ; a : (sectors, N) per unit
        y, x0 : (N,) final demand and output a day ; stock_days, endless, restore : (sectors,)
        counts : (sectors, N) whether an input can stop a buyer ; psi, base, most, pace : as in `Settings`, pace a day
        arbitrary : (T, N) share of capacity lost ; capital : (T, N) capital lost that does not wait for rebuilding
        worth : (N,) capital, the table's unit ; lean : orders lean to capacity ; compatible : BoARIO's gates
        works : whether anything is rebuilt; then the entries of work: maker, owner (-1 a household), event, left;
            by event: begins (day), rate (a day), factor ; scale : ten to the decimals kept, 0 for all
        production, overproduction, demand, unmet, rebuilt : (T, N) results ; stock : (sectors, N) at the start and end
        """
        ns, n = a.shape
        g, add, zc, old = np.ones((ns, n)), np.empty((ns, n)), np.empty((ns, n)), np.empty((ns, n))
        over, x, xopt, goal = np.full(n, base), x0.copy(), np.empty(n), np.empty(n)
        d, sales, cap = np.empty(n), np.empty(n), np.empty(n)
        rho, ship, lean_to, loss = np.ones(n), np.empty(n), np.ones(n), np.empty(n)
        work, queued = np.zeros(n), np.zeros(len(left))
        done = np.zeros(len(begins), dtype=np.bool_)
        _sales(z, g, rho, sales)
        for t in range(arbitrary.shape[0]):
            if works:
                _commission(t, maker, event, left, begins, rate, done, compatible, queued, work)
            _lost(t, arbitrary, capital, worth, works, owner, event, left, begins, factor, loss)
            for i in range(n):
                d[i] = sales[i] + y[i] + work[i]
            if t > 1:  # A2
                for i in range(n):
                    scarce = (d[i] - x[i]) / d[i] if d[i] != 0.0 else 0.0
                    change = (most - over[i]) * scarce * pace
                    if scarce == 0.0:
                        change += (base - over[i]) * pace
                    over[i] = max(over[i] + change, 1.0)
            for i in range(n):  # A1, A3
                cap[i] = x0[i] * (1.0 - loss[i]) * over[i]
                xopt[i] = min(d[i], cap[i])
                x[i] = xopt[i]
            for s in range(ns):  # A4
                if not endless[s]:
                    k = psi * stock_days[s]
                    for i in range(n):
                        need = xopt[i] * a[s, i] * k
                        if counts[s, i] and need != 0.0 and stock[s, i] < need:
                            x[i] = min(x[i], xopt[i] * (stock[s, i] / need))
            for i in range(n):  # A5
                share = x[i] / d[i] if d[i] != 0.0 else 0.0
                ship[i] = rho[i] * share
                production[t, i], overproduction[t, i], demand[t, i] = x[i], over[i], d[i]
                unmet[t, i] = y[i] * (1.0 - share)
                rebuilt[t, i] = work[i] * share
                lean_to[i] = cap[i] / x0[i] if lean and x0[i] != 0.0 else 1.0
            if works:
                _build(t, maker, event, left, begins, done, scale, x, d, queued, work)
            for i in range(n):
                goal[i] = min(sales[i] + y[i] + work[i], cap[i])
            for i in range(n):
                rho[i] = lean_to[i]
            moved, short = _trade(z, a, stock_days, endless, restore, x, goal, ship, rho, g, add, zc, stock, old, sales)
            if compatible and not (moved and short):
                if not moved:
                    stock[:] = old
                    short = _short(a, stock_days, endless, goal, stock)
                _again(z, a, stock_days, endless, restore, x, goal, rho, g, zc, stock, short, sales)


@njit(nogil=True, error_model="numpy", fastmath={"contract", "reassoc", "nsz"})
def _sales(z: Any, g: Any, rho: Any, sales: Any) -> None:
    """(N,) orders each industry receives of others."""
    ns, nr, n = z.shape
    for s in range(ns):
        for q in range(nr):
            total = 0.0
            for j in range(n):
                total += z[s, q, j] * g[s, j]
            sales[q * ns + s] = total * rho[q * ns + s]


@njit(nogil=True, error_model="numpy", fastmath={"contract", "reassoc", "nsz"})
def _trade(z: Any, a: Any, stock_days: Any, endless: Any, restore: Any, x: Any, goal: Any, ship: Any, rho: Any,
           g: Any, add: Any, zc: Any, stock: Any, old: Any, sales: Any) -> Any:  # fmt: skip
    """A6 to A8 in one reading of the table; says whether stocks moved and whether any is short, by `allclose`."""
    ns, nr, n = z.shape
    moved = short = False
    for s in range(ns):
        for j in range(n):
            add[s, j], zc[s, j] = 0.0, 0.0
        for q in range(nr):
            u, r = ship[q * ns + s], rho[q * ns + s]
            for j in range(n):
                add[s, j] += z[s, q, j] * u
                zc[s, j] += z[s, q, j] * r
        far = gap = 0
        for j in range(n):
            come, use = add[s, j] * g[s, j], x[j] * a[s, j]
            held = stock[s, j]
            old[s, j] = held
            far += not abs(come - use) <= NEAR + CLOSE * abs(use)
            want = use
            if not endless[s]:
                held += come - use
                stock[s, j] = held
                aim = goal[j] * a[s, j] * stock_days[s]
                gap += not abs(held - aim) <= NEAR + CLOSE * abs(aim)
                want += max(aim - held, 0.0) * restore[s]
            else:
                gap += goal[j] * a[s, j] == 0.0
            g[s, j] = want / zc[s, j] if zc[s, j] != 0.0 else 0.0
        moved, short = moved or far > 0, short or gap > 0
        for q in range(nr):
            total = 0.0
            for j in range(n):
                total += z[s, q, j] * g[s, j]
            sales[q * ns + s] = total * rho[q * ns + s]
    return moved, short


@njit(nogil=True)
def _short(a: Any, stock_days: Any, endless: Any, goal: Any, stock: Any) -> Any:
    """Whether stocks differ from what is aimed at, by `allclose` over the whole table."""
    ns, n = a.shape
    for s in range(ns):
        for j in range(n):
            if endless[s]:
                if goal[j] * a[s, j] == 0.0:
                    return True  # infinity times nothing is no number, and so not close
            else:
                aim = goal[j] * a[s, j] * stock_days[s]
                if not abs(stock[s, j] - aim) <= NEAR + CLOSE * abs(aim):
                    return True
    return False


@njit(nogil=True)
def _again(z: Any, a: Any, stock_days: Any, endless: Any, restore: Any, x: Any, goal: Any, rho: Any, g: Any, zc: Any,
           stock: Any, short: Any, sales: Any) -> None:  # fmt: skip
    """Orders once more where one of BoARIO's gates is shut: stocks that did not move, or a gap that does not count."""
    ns, n = a.shape
    for s in range(ns):
        for j in range(n):
            want = x[j] * a[s, j]
            if short and not endless[s]:
                want += max(goal[j] * a[s, j] * stock_days[s] - stock[s, j], 0.0) * restore[s]
            g[s, j] = want / zc[s, j] if zc[s, j] != 0.0 else 0.0
    _sales(z, g, rho, sales)


@njit(nogil=True)
def _commission(t: Any, maker: Any, event: Any, left: Any, begins: Any, rate: Any, done: Any, compatible: Any,
                queued: Any, work: Any) -> None:  # fmt: skip
    """Demand for rebuilding: a share of what is left. After the last of it BoARIO keeps asking for the unmet rest."""
    active = False
    for v in range(len(begins)):
        active = active or (t >= begins[v] and not done[v])
    if active or not compatible:
        for k in range(len(left)):
            v = event[k]
            queued[k] = left[k] * rate[v] if t >= begins[v] and not done[v] else 0.0
    work[:] = 0.0
    for k in range(len(left)):
        work[maker[k]] += queued[k]


@njit(nogil=True)
def _build(t: Any, maker: Any, event: Any, left: Any, begins: Any, done: Any, scale: Any, x: Any, d: Any, queued: Any,
           work: Any) -> None:  # fmt: skip
    """What is built comes off what is left, and off what was asked for today."""
    work[:] = 0.0
    some = np.zeros(len(begins), dtype=np.bool_)
    for k in range(len(left)):
        i, v = maker[k], event[k]
        built = queued[k] * (x[i] / d[i]) if d[i] != 0.0 else 0.0
        queued[k] -= built
        work[i] += queued[k]
        if t >= begins[v] and not done[v]:
            rest = left[k] - built
            if scale > 0.0:
                rest = np.rint(rest * scale) / scale
            left[k] = max(rest, 0.0)
            some[v] = some[v] or left[k] > 0.0
    for v in range(len(begins)):
        done[v] = done[v] or (t >= begins[v] and not some[v])


@njit(nogil=True)
def _lost(t: Any, arbitrary: Any, capital: Any, worth: Any, works: Any, owner: Any, event: Any, left: Any,
          begins: Any, factor: Any, loss: Any) -> None:  # fmt: skip
    """Share of capacity lost: the larger of what is arbitrary and of the capital that is gone (A1)."""
    n = len(worth)
    for i in range(n):
        loss[i] = capital[t, i]
    if works:
        for k in range(len(left)):
            if owner[k] >= 0 and t > begins[event[k]]:
                loss[owner[k]] += left[k] / factor[event[k]]
    for i in range(n):
        loss[i] = max(loss[i] / worth[i] if worth[i] != 0.0 else 0.0, arbitrary[t, i])
