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
    alike,
    anywhere,
    everywhere,
    exp,
    load,
    log1p,
    maximum,
    pick,
    power,
    roundoff,
    store,
    where,
)  # fmt: skip
from sluicegate.sim.kernel.ratio import add, clear, clip, ratio
from sluicegate.sim.kernel.record import note
from sluicegate.sim.twin.ratio import SMOOTHING, TINY

WAITS, DOUBTED = 1, 2
"""What may be marked of a link: orders are left over from before, or it has not been wholly reliable, in some draw."""
NEAR = 1 / 64
"""Reliability nearer to 1 than this is raised to a power by its binomial series (`TERMS` of it)."""


@njit(**BARE)
def links(at: Any, whole: Any, real: Any, rows: Any, marks: Any, waiting: Any, dearer: Any, record: Any, t: Any,
          draw: Any) -> None:  # fmt: skip
    """6., 7. and 9. on links: goods leave and arrive; each origin's pull on next week's orders (E5, E7, E11)."""
    step = load(rows, at.switch_per_week)
    _binomial(at, rows)
    for node in range(at.n_N):
        first, last = pick(whole, at.node_links + node), pick(whole, at.node_links + node + 1)
        if first < last:
            held = pick(whole, at.node_held + node)
            pulls = _ship_free(at, whole, real, rows, marks, dearer, record, t, draw, node, first, held)
            if held < last:
                pulls = pulls + _ship_held(at, whole, real, rows, marks, waiting, dearer, record, t, draw, node, held,
                                           last)  # fmt: skip
            arriving = at.arriving + (t % at.n_Z) * at.n_N + node
            store(rows, at.landed + node, load(rows, arriving))
            store(rows, arriving, step * 0.0)
            _move_shares(at, rows, first, last, step, pulls, at.share_scale + node)


@njit(forceinline=True, **BARE)
def _ship_free(at: Any, whole: Any, real: Any, rows: Any, marks: Any, dearer: Any, record: Any, t: Any, draw: Any,
               node: Any, first: Any, held: Any) -> Any:  # fmt: skip
    """Ship on a node's links that no border holds; the sum of their pulls.

    Most links ship what is ordered and owe nothing: marks say which, so that what they owe is not even looked at.
    """
    ordered, limit = load(rows, at.ordered + node), load(rows, at.order_limit)
    gone, stuck, pulls = load(rows, at.gone + node), load(rows, at.stuck + node), ordered * 0.0
    exports = len(record.codes.exports) > 0
    today, scarce = t % at.n_Z, at.n_E - at.first
    for e in range(first, held):
        mark, failing = pick(marks, e), False
        shipped = order = ordered * load(rows, at.share + e)
        given = pick(whole, at.link_given + e)
        if mark & WAITS or pick(marks, scarce + given):
            ready = load(rows, at.backlog + e) + order
            shipped, left, away = _leave(at, real, rows, e, ready, load(rows, given), limit)
            gone, stuck = gone + away, stuck + left
            failing, mark = anywhere(shipped < order), (mark & DOUBTED) | int(anywhere(left > 0.0))
            marks[e] = mark
        _due(at, rows, at.arriving + node, at.n_N, today + pick(whole, at.link_transit + e), shipped)
        pull = load(rows, pick(whole, at.link_tilt + e)) * pick(real, at.base_share + e)
        pull = _landed(at, rows, dearer, t, e, pull)
        if failing or mark & DOUBTED:
            pull = pull * _shown(at, rows, marks, e, shipped, order, failing)
        store(rows, at.pull + e - first, pull)
        pulls = pulls + pull
        if exports:
            watched = pick(whole, at.link_watched + e)
            if watched >= 0:
                note(record, record.exports, pick(record.codes.exports, watched), t - record.first, draw, shipped)
    store(rows, at.gone + node, gone)
    store(rows, at.stuck + node, stuck)
    return pulls


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
def _due(at: Any, rows: Any, line: Any, lines: Any, week: Any, shipped: Any) -> None:
    """Goods join what one of so many delay lines brings in a week; those of a week stand together."""
    add(rows, line + (week - at.n_Z if week >= at.n_Z else week) * lines, shipped)


@njit(**BARE)
def _binomial(at: Any, rows: Any) -> None:
    """Terms of (1 - g)^tilt over those of g^k, from the first on: the binomial series."""
    tilt = load(rows, at.reliability_tilt)
    term = tilt * 0.0 + 1.0
    for k in range(at.n_B):
        term = term * ((tilt - k) * (-1.0 / (k + 1)))
        store(rows, at.binomial + k, term)


@njit(forceinline=True, **BARE)
def _shown(at: Any, rows: Any, marks: Any, e: Any, exports: Any, order: Any, failing: Any) -> Any:
    """What a link's reliability leaves of its pull, once what it delivered this week has moved it (E11).

    A draw's number is the same whatever the others of its block do: a branch only skips what no draw needs.
    """
    reliability = load(rows, at.reliability + e)
    delivered = alike(order, 1.0)
    if failing:
        delivered = clip(ratio(exports, order), 0.0, 1.0)
    reliability = reliability + (delivered - reliability) * SMOOTHING
    gap = 1.0 - reliability
    sound = gap < roundoff(order)
    reliability = where(sound, 1.0, reliability)
    store(rows, at.reliability + e, reliability)
    marks[e] = (pick(marks, e) & WAITS) | (0 if everywhere(sound) else DOUBTED)
    shown, far = where(sound, 1.0, _near(at, rows, gap)), gap > NEAR
    if anywhere(far):
        shown = where(far, power(reliability, load(rows, at.reliability_tilt)), shown)
    return shown


@njit(forceinline=True, **BARE)
def _near(at: Any, rows: Any, gap: Any) -> Any:
    """(1 - gap)^tilt by its series, terms in pairs so that few wait for others (Estrin's scheme)."""
    k, two = at.binomial, gap * gap
    low = (load(rows, k) + load(rows, k + 1) * gap) + (load(rows, k + 2) + load(rows, k + 3) * gap) * two
    k += 4
    high = (load(rows, k) + load(rows, k + 1) * gap) + (load(rows, k + 2) + load(rows, k + 3) * gap) * two
    return (low + high * (two * two)) * gap + 1.0


@njit(forceinline=True, **BARE)
def _ship_held(at: Any, whole: Any, real: Any, rows: Any, marks: Any, waiting: Any, dearer: Any, record: Any, t: Any,
               draw: Any, node: Any, held: Any, last: Any) -> Any:  # fmt: skip
    """Ship on a node's links under a border; the sum of their pulls."""
    ordered, limit = load(rows, at.ordered + node), load(rows, at.order_limit)
    gone, stuck, pulls = load(rows, at.gone + node), load(rows, at.stuck + node), ordered * 0.0
    today, recorded = t % at.n_Z, len(record.codes.exports) > 0
    arrivals, leaks = len(record.codes.held_imports) > 0, record.leaked_share.shape[0] > 0
    for e in range(held, last):
        given = load(rows, pick(whole, at.link_given + e))
        shipped, left, away = _leave(at, real, rows, e, load(rows, at.backlog + e), given, limit)
        gone, stuck = gone + away, stuck + left
        late = pick(whole, at.link_late + e) if arrivals else -1
        due = today + pick(whole, at.link_transit + e)
        _due(at, rows, at.arriving + node, at.n_N, due, shipped)
        if late >= 0:
            _due(at, rows, at.ring + late, at.n_D, due, shipped)
        exports = shipped
        for m in range(pick(whole, at.link_holds + e), pick(whole, at.link_holds + e + 1)):
            row = pick(whole, at.hold_row + m)
            leaking = load(waiting.leaking, row)
            leaked = given * leaking
            store(waiting.leaking, row, leaking - leaked)
            stuck = stuck + (leaking - leaked)
            due = today + pick(whole, at.hold_late + m)
            _due(at, rows, at.arriving + node, at.n_N, due, leaked)
            if late >= 0:
                _due(at, rows, at.ring + late, at.n_D, due, leaked)
            exports = exports + leaked
        if leaks:
            add(rows, at.leaked + pick(whole, at.link_product + e), exports - shipped)
            add(rows, at.left + pick(whole, at.link_product + e), exports)
        order = ordered * load(rows, at.share + e)
        pull = load(rows, pick(whole, at.link_tilt + e)) * pick(real, at.base_share + e)
        failing = anywhere(exports < order)
        if failing or pick(marks, e) & DOUBTED:
            pull = pull * _shown(at, rows, marks, e, exports, order, failing)
        pull = _landed(at, rows, dearer, t, e, pull)
        store(rows, at.pull + e - pick(whole, at.node_links + node), pull)
        pulls = pulls + pull
        watched = pick(whole, at.link_watched + e)
        if watched >= 0 and recorded:
            note(record, record.exports, pick(record.codes.exports, watched), t - record.first, draw, exports)
        if late >= 0:
            here = at.ring + today * at.n_D + late
            code = pick(record.codes.held_imports, late)
            note(record, record.held_imports, code, t - record.first, draw, load(rows, here))
            store(rows, here, gone * 0.0)
    store(rows, at.gone + node, gone)
    store(rows, at.stuck + node, stuck)
    return pulls


@njit(forceinline=True, **BARE)
def _move_shares(at: Any, rows: Any, first: Any, last: Any, step: Any, pulls: Any, scaled: Any) -> None:
    """Shares of origins move towards their pulls, which add up to `pulls`, within a limit (E11).

    They are not divided by their sum, which would take a sweep of its own: the node's scale says what of.
    """
    part, even = _one_over(pulls)
    shares, back, scale = step * 0.0, step * -1.0, load(rows, scaled)
    for e in range(first, last):
        share = load(rows, at.share + e) * scale
        aim = load(rows, at.pull + e - first) * part + even
        share = share + clip(aim - share, back, step)
        store(rows, at.share + e, share)
        shares = shares + share
    some = shares > TINY
    store(rows, scaled, where(some, 1.0 / where(some, shares, 1.0), 1.0))
    if not everywhere(some):
        for e in range(first, last):
            store(rows, at.share + e, where(some, load(rows, at.share + e), 1.0))


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
        total, scale = load(rows, at.order_limit) * 0.0, load(rows, at.share_scale + node)
        for e in range(pick(whole, at.node_links + node), pick(whole, at.node_links + node + 1)):
            if duty[t, e] != 0.0:
                total = total + load(rows, at.share + e) * math.expm1(duty[t, e])
        store(rows, at.taxed + node, log1p(total * scale))


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
                e = pick(whole, at.row_link + r)
                node = pick(whole, at.link_node + e)
                share = load(rows, at.share + e) * load(rows, at.share_scale + node)
                part = load(gates.covered, r) * (share * gates.part[r])
                add(rows, at.extra + node, part * load(gates.frontload, b) * along)
                add(rows, at.surge + node, part * (load(gates.surge, b) - 1.0))


@njit(forceinline=True, **BARE)
def _landed(at: Any, rows: Any, dearer: Any, t: Any, e: Any, pull: Any) -> Any:
    """A link's pull where duties or export levies change what its goods cost on arrival."""
    if dearer.shape[1] and dearer[t, e] != 0.0:
        pull = pull * exp(load(rows, at.price_tilt) * (dearer[t, e] * -1.0))
    return pull
