"""Many runs of ARIO at once, compiled: one number a draw in every operation, the table shared by all.

Industries stand sector by sector, so that the sellers of one input are neighbours. For four buyers of an input at a
time the table is read twice, the second time from the nearest cache: once for what arrives and for what is on offer,
once for the orders that follow; all sums in between stay in registers.
"""

from __future__ import annotations

from typing import Any

from numba import njit

from sluicegate.sim.kernel.cache import BARE, kept
from sluicegate.sim.kernel.lanes import each, either, filled, load, maximum, minimum, store, where

OVER, MADE, WANT, BOUND, ROWS = 0, 1, 2, 3, 4
"""Rows an industry has for itself, all of one kind together: overproduction, output, output wanted, and the most its
stocks allow times psi. Beside them pairs of rows, share shipped and lean, and the orders that come in."""
MOST, PACE, CALM, HOW = 0, 1, 2, 3
"""Rows of what differs by draw: overproduction at most, its pace a day, and one over psi."""
FREE = 1e30
"""A bound that does not bind."""

with kept():

    @njit(cache=True, error_model="numpy", **BARE)
    def run_block(z: Any, a: Any, aim: Any, most_a_stock: Any, unbound: Any, y: Any, x0: Any, endless: Any,
                  restore: Any, how: Any, base: Any, lean: Any, hit: Any, losses: Any, lost: Any,
                  every: Any, stock: Any, g: Any, own: Any, pair: Any, asked: Any, output: Any,
                  unmet: Any) -> None:  # fmt: skip
        """Advance one block of draws over T days; equations as in `kernel.run`, without rebuilding and gates.

        Parameters
        ----------
        z : (sectors x N / 4 x regions x 4,) sales a day by input sector, four buyers, region of origin and buyer
        a, aim : (sectors, N) input a unit of output, and the same times the days of it that are held
        most_a_stock, unbound : (sectors, N) output a stock allows is stock times the one, over psi, plus the other
        restore : (sectors, LANES) share of a gap of stock closed in a day ; how : (HOW, LANES) by draw ; base : as in
            `Settings`
        hit : (N,) which of the losses befalls an industry, -1 for none
        lost : (T x losses, LANES) share of capacity lost
        every : days in a row of the results
        stock, g : (sectors x N, LANES) ; own : (ROWS x N, LANES) ; pair : (2 x N, LANES) ; asked : (N, LANES)
        output, unmet : (rows x N, LANES) sums over the days of a row
        """
        n = a.shape[1]
        days = lost.shape[0] // losses
        nothing, one = filled(own, 0.0), filled(own, 1.0)
        most, pace, calm = load(how, MOST), load(how, PACE), load(how, CALM)
        for t in range(days):
            row = (t // every) * n
            for i in range(n):
                offered = load(pair, 2 * i + 1)
                demand = load(asked, i) * offered + each(y, i, own)
                x, alpha = load(own, MADE * n + i), load(own, OVER * n + i)
                none = demand <= 0.0
                inverse = where(none, nothing, one / where(none, one, demand))
                if t > 1:  # A2
                    scarce = (demand - x) * inverse
                    still = where(either(scarce > 0.0, scarce < 0.0), nothing, (base - alpha) * pace)
                    alpha = maximum(alpha + (most - alpha) * scarce * pace + still, 1.0)
                    store(own, OVER * n + i, alpha)
                able = alpha
                if hit[i] >= 0:
                    able = (1.0 - load(lost, t * losses + hit[i])) * alpha
                wanted = minimum(demand, able * each(x0, i, own))  # A1, A3
                x = minimum(wanted, load(own, BOUND * n + i) * calm)  # A4
                share = x * inverse  # A5
                store(own, WANT * n + i, wanted)
                store(own, MADE * n + i, x)
                store(own, BOUND * n + i, filled(own, FREE))
                store(pair, 2 * i, offered * share)
                if lean:
                    store(pair, 2 * i + 1, able)
                store(asked, i, nothing)
                store(output, row + i, load(output, row + i) + x)
                store(unmet, row + i, load(unmet, row + i) + (1.0 - share) * each(y, i, own))
            _trade(z, a, aim, most_a_stock, unbound, endless, restore, stock, g, own, pair, asked)


@njit(error_model="numpy", forceinline=True, **BARE)
def _trade(z: Any, a: Any, aim: Any, most_a_stock: Any, unbound: Any, endless: Any, restore: Any, stock: Any, g: Any,
           own: Any, pair: Any, asked: Any) -> None:  # fmt: skip
    """What arrives, stocks, and next day's orders, for four buyers at a time so that rows of sellers are read once."""
    ns, n = a.shape
    nr = z.shape[0] // (ns * n)
    none = filled(own, 0.0)
    for s in range(ns):
        for j in range(0, n, 4):
            a0 = a1 = a2 = a3 = z0 = z1 = z2 = z3 = none
            first = (s * n + j) * nr
            for q in range(nr):
                shipped, offered = load(pair, 2 * (s * nr + q)), load(pair, 2 * (s * nr + q) + 1)
                k = first + 4 * q
                c = each(z, k, own)
                a0, z0 = a0 + shipped * c, z0 + offered * c
                c = each(z, k + 1, own)
                a1, z1 = a1 + shipped * c, z1 + offered * c
                c = each(z, k + 2, own)
                a2, z2 = a2 + shipped * c, z2 + offered * c
                c = each(z, k + 3, own)
                a3, z3 = a3 + shipped * c, z3 + offered * c
            g0 = _order(a, aim, most_a_stock, unbound, endless, restore, stock, g, own, s, j, a0, z0)
            g1 = _order(a, aim, most_a_stock, unbound, endless, restore, stock, g, own, s, j + 1, a1, z1)
            g2 = _order(a, aim, most_a_stock, unbound, endless, restore, stock, g, own, s, j + 2, a2, z2)
            g3 = _order(a, aim, most_a_stock, unbound, endless, restore, stock, g, own, s, j + 3, a3, z3)
            for q in range(nr):
                k = first + 4 * q
                more = load(asked, s * nr + q) + g0 * each(z, k, own) + g1 * each(z, k + 1, own)
                store(asked, s * nr + q, more + g2 * each(z, k + 2, own) + g3 * each(z, k + 3, own))


@njit(error_model="numpy", forceinline=True, **BARE)
def _order(a: Any, aim: Any, most_a_stock: Any, unbound: Any, endless: Any, restore: Any, stock: Any, g: Any,
           own: Any, s: Any, j: Any, come: Any, offered: Any) -> Any:  # fmt: skip
    """The stock of one input of one buyer, and what is ordered per unit the table holds (A6, A7)."""
    n = a.shape[1]
    k = s * n + j
    wish = load(own, MADE * n + j) * each(a, k, own)
    if not endless[s]:
        held = load(stock, k) + come * load(g, k) - wish
        store(stock, k, held)
        wish = wish + maximum(load(own, WANT * n + j) * each(aim, k, own) - held, 0.0) * load(restore, s)
        bound = held * each(most_a_stock, k, own) + each(unbound, k, own)
        store(own, BOUND * n + j, minimum(load(own, BOUND * n + j), bound))
    none = offered <= 0.0
    order = where(none, filled(own, 0.0), wish / where(none, filled(own, 1.0), offered))
    store(g, k, order)
    return order
