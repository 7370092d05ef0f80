"""Many runs of ARIO at once, compiled: one number a draw in every operation, the table shared by all."""

from __future__ import annotations

from typing import Any

from numba import njit

from sluicegate.sim.kernel.cache import kept
from sluicegate.sim.kernel.lanes import either, filled, load, maximum, minimum, store, where

with kept():

    @njit(nogil=True, cache=True, error_model="numpy")
    def run_block(z: Any, a: Any, y: Any, x0: Any, stock_days: Any, endless: Any, restore: Any, counts: Any, psi: Any,
                  base: Any, most: Any, pace: Any, lean: Any, hit: Any, lost: Any, every: Any, stock: Any, g: Any,
                  own: Any, output: Any, unmet: Any) -> None:  # fmt: skip
        """Advance one block of draws over T days; equations as in `kernel.run`, without rebuilding and gates.

        Parameters
        ----------
        z : (sectors x N / 4 x regions x 4,) sales a day by input sector, four buyers, region of origin and buyer
        hit : (N,) which loss befalls an industry, -1 for none ; lost : (T x losses, LANES) share of capacity lost
        every : days in a row of the results
        stock, g : (sectors x N, LANES) ; own : (7 x N, LANES) overproduction, output, wanted output, share shipped,
            lean, demand, next demand
        output, unmet : (rows x N, LANES) sums over the days of a row
        """
        ns, n = a.shape
        days = lost.shape[0] // max(hit.max() + 1, 1)
        losses = hit.max() + 1
        over, made, want, ship, rho, d, new = 0, n, 2 * n, 3 * n, 4 * n, 5 * n, 6 * n
        for t in range(days):
            row = (t // every) * n
            for i in range(n):
                demand, x = load(own, d + i), load(own, made + i)
                alpha = load(own, over + i)
                none = demand <= 0.0
                inverse = where(none, filled(own, 0.0), 1.0 / where(none, filled(own, 1.0), demand))
                if t > 1:
                    scarce = (demand - x) * inverse
                    still = where(either(scarce > 0.0, scarce < 0.0), filled(own, 0.0), (base - alpha) * pace)
                    alpha = maximum(alpha + (most - alpha) * scarce * pace + still, 1.0)
                    store(own, over + i, alpha)
                able = alpha
                if hit[i] >= 0:
                    able = (1.0 - load(lost, t * losses + hit[i])) * alpha
                wanted = minimum(demand, able * x0[i])
                store(own, want + i, wanted)
                x = wanted
                for s in range(ns):
                    if counts[s, i] and not endless[s]:
                        x = minimum(x, load(stock, s * n + i) * (1.0 / (a[s, i] * stock_days[s] * psi)))
                share = x * inverse
                store(own, made + i, x)
                store(own, ship + i, load(own, rho + i) * share)
                if lean:
                    store(own, rho + i, able)
                store(own, new + i, filled(own, 0.0))
                store(output, row + i, load(output, row + i) + x)
                store(unmet, row + i, load(unmet, row + i) + (1.0 - share) * y[i])
            _trade(z, a, stock_days, endless, restore, stock, g, own)
            for i in range(n):
                store(own, d + i, load(own, new + i) * load(own, rho + i) + y[i])


@njit(nogil=True, error_model="numpy")
def _trade(z: Any, a: Any, stock_days: Any, endless: Any, restore: Any, stock: Any, g: Any, own: Any) -> None:
    """What arrives, stocks, and next day's orders, for four buyers at a time so that rows of sellers are read once."""
    ns, n = a.shape
    nr = z.shape[0] // (ns * n)
    none = filled(own, 0.0)
    for s in range(ns):
        for j in range(0, n, 4):
            a0 = a1 = a2 = a3 = z0 = z1 = z2 = z3 = none
            k, u, r = (s * n + j) * nr, 3 * n + s, 4 * n + s
            for _ in range(nr):
                shipped, offered = load(own, u), load(own, r)
                a0, z0 = a0 + shipped * z[k], z0 + offered * z[k]
                a1, z1 = a1 + shipped * z[k + 1], z1 + offered * z[k + 1]
                a2, z2 = a2 + shipped * z[k + 2], z2 + offered * z[k + 2]
                a3, z3 = a3 + shipped * z[k + 3], z3 + offered * z[k + 3]
                k, u, r = k + 4, u + ns, r + ns
            g0 = _order(a, stock_days, endless, restore, stock, g, own, s, j, a0, z0)
            g1 = _order(a, stock_days, endless, restore, stock, g, own, s, j + 1, a1, z1)
            g2 = _order(a, stock_days, endless, restore, stock, g, own, s, j + 2, a2, z2)
            g3 = _order(a, stock_days, endless, restore, stock, g, own, s, j + 3, a3, z3)
            k, i = (s * n + j) * nr, 6 * n + s
            for _ in range(nr):
                store(own, i, load(own, i) + ((g0 * z[k] + g1 * z[k + 1]) + (g2 * z[k + 2] + g3 * z[k + 3])))
                k, i = k + 4, i + ns


@njit(nogil=True, error_model="numpy")
def _order(a: Any, stock_days: Any, endless: Any, restore: Any, stock: Any, g: Any, own: Any, s: Any, j: Any, come: Any,
           offered: Any) -> Any:  # fmt: skip
    """The stock of one input of one buyer, and what is ordered per unit the table holds (A6, A7)."""
    n = a.shape[1]
    k = s * n + j
    use = load(own, n + j) * a[s, j]
    wish = use
    if not endless[s]:
        held = load(stock, k) + come * load(g, k) - use
        store(stock, k, held)
        wish = use + maximum(load(own, 2 * n + j) * (a[s, j] * stock_days[s]) - held, 0.0) * restore[s]
    none = offered <= 0.0
    order = where(none, filled(own, 0.0), wish / where(none, filled(own, 1.0), offered))
    store(g, k, order)
    return order
