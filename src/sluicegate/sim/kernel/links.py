"""One sweep over the links, node by node of destination: what steps 6, 7 and 9 do to a link while it is in cache.

Shipping, the delay line and the choice of origins touch the same few numbers of a link. Three sweeps would
read them three times from a farther cache; none of the three needs what the others do to other links. What is
written out in functions here is compiled in one piece: handing twenty arrays on costs as much as shipping.

A node's links that no border holds stand first. Their goods need no place of their own on the way: they are added to
what reaches the node in the week they are due. A link under a border has a delay line of its own, since what leaks
takes longer, and what arrives over it is recorded beside what leaves.
"""

from __future__ import annotations

import math
from typing import Any

from numba import njit

from sluicegate.sim.kernel.cache import BARE
from sluicegate.sim.kernel.lanes import (
    anywhere,
    either,
    exp,
    first_bit,
    load,
    log1p,
    maximum,
    pick,
    power,
    store,
    where,
)  # fmt: skip
from sluicegate.sim.kernel.ratio import add, clear, clip, ratio
from sluicegate.sim.kernel.record import note
from sluicegate.sim.twin.ratio import SMOOTHING, TINY

BITS = 62
"""Links whose marks fit one whole number."""


@njit(**BARE)
def links(at: Any, whole: Any, real: Any, rows: Any, waiting: Any, dearer: Any, record: Any, t: Any, draw: Any) -> None:
    """6., 7. and 9. on links: goods leave and arrive; each origin's pull on next week's orders (E5, E7, E11)."""
    step = load(rows, at.switch_per_week)
    for node in range(at.n_N):
        first, last = pick(whole, at.node_links + node), pick(whole, at.node_links + node + 1)
        if first < last:
            held = pick(whole, at.node_held + node)
            _ship_free(at, whole, real, rows, dearer, record, t, draw, node, first, held)
            if held < last:
                _ship_held(at, whole, real, rows, waiting, dearer, record, t, draw, node, held, last)
            _move_shares(at, rows, first, last, step)


@njit(forceinline=True, **BARE)
def _ship_free(at: Any, whole: Any, real: Any, rows: Any, dearer: Any, record: Any, t: Any, draw: Any, node: Any,
               first: Any, held: Any) -> None:  # fmt: skip
    """Ship on a node's links that no border holds.

    Which of them are not wholly reliable is marked first, and those are gone through afterwards: nobody can foretell
    which they are, and a branch foretold wrongly costs as much as the rest of a link.
    """
    ordered, limit, tilt = load(rows, at.ordered + node), load(rows, at.order_limit), load(rows, at.reliability_tilt)
    gone = stuck = ordered * 0.0
    recorded = record.exports.shape[0] + record.sums.shape[0] > 0
    way, length = at.arriving + node * at.n_T, at.n_T
    today = t % length
    for begin in range(first, held, BITS):
        end, marked = min(begin + BITS, held), 0
        for e in range(begin, end):
            order = ordered * load(rows, at.share + e)
            ready, given = load(rows, at.backlog + e) + order, load(rows, pick(whole, at.link_given + e))
            shipped, left, away = _leave(at, real, rows, e, ready, given, limit)
            gone, stuck = gone + away, stuck + left
            _due(rows, way, length, today + pick(whole, at.link_transit + e), shipped)
            pull = load(rows, pick(whole, at.link_tilt + e)) * pick(real, at.base_share + e)
            store(rows, at.pull + e - first, _landed(at, rows, dearer, t, e, pull))
            store(rows, at.shipped + e - first, shipped)
            store(rows, at.order + e - first, order)
            failed = anywhere(either(shipped < order, load(rows, at.reliability + e) < 1.0))
            marked |= int(failed) << (e - begin)
            if recorded:
                note(record.exports, record, pick(whole, at.link_watched + e), t - record.first, draw, shipped)
        while marked != 0:
            e = begin + first_bit(marked)
            marked &= marked - 1
            shipped, order = load(rows, at.shipped + e - first), load(rows, at.order + e - first)
            shown = _shown(at, rows, e, shipped, order, tilt)
            store(rows, at.pull + e - first, load(rows, at.pull + e - first) * shown)
    store(rows, at.gone + node, gone)
    store(rows, at.stuck + node, stuck)
    store(rows, at.landed + node, load(rows, way + today))
    store(rows, way + today, gone * 0.0)


@njit(forceinline=True, **BARE)
def _leave(at: Any, real: Any, rows: Any, e: Any, ready: Any, given: Any, limit: Any) -> Any:
    """What a maker ships of the orders ready on a link, what stays, and what is turned away (E5)."""
    shipped = given * ready
    left = ready - shipped
    away = maximum(left - limit * pick(real, at.link_flow + e), 0.0)
    left = left - away
    store(rows, at.backlog + e, left)
    return shipped, left, away


@njit(forceinline=True, **BARE)
def _due(rows: Any, line: Any, length: Any, week: Any, shipped: Any) -> None:
    """Goods join what a delay line of so many rows brings in a week, counted on from its first row."""
    add(rows, line + (week - length if week >= length else week), shipped)


@njit(forceinline=True, **BARE)
def _shown(at: Any, rows: Any, e: Any, exports: Any, order: Any, tilt: Any) -> Any:
    """What a link's reliability leaves of its pull, once what it delivered this week has moved it (E11)."""
    reliability = load(rows, at.reliability + e)
    reliability = reliability + (clip(ratio(exports, order), 0.0, 1.0) - reliability) * SMOOTHING
    store(rows, at.reliability + e, reliability)
    return power(reliability, tilt)


@njit(forceinline=True, **BARE)
def _ship_held(at: Any, whole: Any, real: Any, rows: Any, waiting: Any, dearer: Any, record: Any, t: Any, draw: Any,
               node: Any, held: Any, last: Any) -> None:  # fmt: skip
    """Ship on a node's links under a border."""
    ordered, limit, tilt = load(rows, at.ordered + node), load(rows, at.order_limit), load(rows, at.reliability_tilt)
    gone, stuck, landed = load(rows, at.gone + node), load(rows, at.stuck + node), load(rows, at.landed + node)
    length = at.n_Z
    today, leaks = t % length, record.leaked_share.shape[0] > 0
    for e in range(held, last):
        given = load(rows, pick(whole, at.link_given + e))
        shipped, left, away = _leave(at, real, rows, e, load(rows, at.backlog + e), given, limit)
        gone, stuck = gone + away, stuck + left
        line = at.ring + pick(whole, at.link_held + e) * length
        _due(rows, line, length, today + pick(whole, at.link_transit + e), shipped)
        exports = shipped
        for m in range(pick(whole, at.link_holds + e), pick(whole, at.link_holds + e + 1)):
            row = pick(whole, at.hold_row + m)
            leaking = load(waiting.leaking, row)
            leaked = given * leaking
            store(waiting.leaking, row, leaking - leaked)
            gone, stuck = gone + load(waiting.withdrawn, row), stuck + load(waiting.pending, row) + (leaking - leaked)
            _due(rows, line, length, today + pick(whole, at.hold_late + m), leaked)
            exports = exports + leaked
        if leaks:
            add(rows, at.leaked + pick(whole, at.link_product + e), exports - shipped)
            add(rows, at.left + pick(whole, at.link_product + e), exports)
        here = load(rows, line + today)
        store(rows, line + today, here * 0.0)
        landed = landed + here
        order = ordered * load(rows, at.share + e)
        pull = load(rows, pick(whole, at.link_tilt + e)) * pick(real, at.base_share + e)
        pull = _landed(at, rows, dearer, t, e, pull * _shown(at, rows, e, exports, order, tilt))
        store(rows, at.pull + e - pick(whole, at.node_links + node), pull)
        note(record.exports, record, pick(whole, at.link_watched + e), t - record.first, draw, exports)
        note(record.held_imports, record, pick(whole, at.link_late + e), t - record.first, draw, here)
    store(rows, at.gone + node, gone)
    store(rows, at.stuck + node, stuck)
    store(rows, at.landed + node, landed)


@njit(forceinline=True, **BARE)
def _move_shares(at: Any, rows: Any, first: Any, last: Any, step: Any) -> None:
    """Shares of origins move towards their pulls, within a limit (E11)."""
    pulls = step * 0.0
    for e in range(first, last):
        pulls = pulls + load(rows, at.pull + e - first)
    part, even = _one_over(pulls)
    shares, back = step * 0.0, step * -1.0
    for e in range(first, last):
        share = load(rows, at.share + e)
        aim = load(rows, at.pull + e - first) * part + even
        share = share + clip(aim - share, back, step)
        store(rows, at.share + e, share)
        shares = shares + share
    part, even = _one_over(shares)
    for e in range(first, last):
        store(rows, at.share + e, load(rows, at.share + e) * part + even)


@njit(forceinline=True, **BARE)
def _one_over(total: Any) -> Any:
    """Two numbers f and c so that x f + c is x over a total, and 1 where the total is nothing (`ratio`)."""
    some = total > TINY
    return where(some, 1.0 / where(some, total, 1.0), 0.0), where(some, total * 0.0, 1.0)


@njit(**BARE)
def duty_borne(at: Any, whole: Any, rows: Any, duty: Any, t: Any) -> None:
    """What duties add to the log price of all a node orders, by its shares of origins before they move (E8)."""
    if not duty.shape[1]:
        return
    for node in range(at.n_N):
        total = load(rows, at.order_limit) * 0.0
        for e in range(pick(whole, at.node_links + node), pick(whole, at.node_links + node + 1)):
            if duty[t, e] != 0.0:
                total = total + load(rows, at.share + e) * math.expm1(duty[t, e])
        store(rows, at.taxed + node, log1p(total))


@njit(**BARE)
def forestall(at: Any, whole: Any, rows: Any, gates: Any, t: Any) -> None:
    """What buyers bring forward to a day that has been announced, before the shares of origins move (E10)."""
    for b in range(len(gates.form)):
        if gates.announced[b] <= t and t < gates.effective[b] + 1:  # and the week after: nothing more
            clear(rows, at.extra, at.n_N)
            clear(rows, at.surge, at.n_N)
            break
    for b in range(len(gates.form)):
        announced, effective = gates.announced[b], gates.effective[b]
        if announced <= t and t < effective:  # never true without notice: announced is then NaN
            along = min((t + 1 - announced) / (effective - announced), 1.0)
            for r in range(gates.row_first[b], gates.row_first[b + 1]):
                e = whole[at.row_link + r]
                part = load(gates.covered, r) * (load(rows, at.share + e) * gates.part[r])
                node = whole[at.link_node + e]
                add(rows, at.extra + node, part * load(gates.frontload, b) * along)
                add(rows, at.surge + node, part * (load(gates.surge, b) - 1.0))


@njit(forceinline=True, **BARE)
def _landed(at: Any, rows: Any, dearer: Any, t: Any, e: Any, pull: Any) -> Any:
    """A link's pull where duties or export levies change what its goods cost on arrival."""
    if dearer.shape[1] and dearer[t, e] != 0.0:
        pull = pull * exp(load(rows, at.price_tilt) * (dearer[t, e] * -1.0))
    return pull
