"""One sweep over the links, node by node of destination: what steps 6, 7 and 9 do to a link while it is in cache.

Shipping, the delay line and the choice of origins touch the same few numbers of a link. Three sweeps would
read them three times from a farther cache; none of the three needs what the others do to other links. What is
written out in functions here is compiled in one piece: handing twenty arrays on costs as much as shipping.
"""

from __future__ import annotations

import math
from typing import Any

from numba import njit

from sluicegate.sim.kernel.cache import BARE
from sluicegate.sim.kernel.lanes import alike, anywhere, either, exp, load, log, log1p, maximum, put, store
from sluicegate.sim.kernel.ratio import add, clip, ratio
from sluicegate.sim.twin.ratio import SMOOTHING

LEAST = 1e-300
DEEPEST = -700.0
"""A power of a reliability below e^DEEPEST counts as that."""


@njit(**BARE)
def links(at: Any, whole: Any, real: Any, rows: Any, waiting: Any, dearer: Any, record: Any, t: Any, draw: Any) -> None:
    """6., 7. and 9. on links: goods leave and arrive; each origin's pull on next week's orders (E5, E7, E11)."""
    step = load(rows, at.switch_per_week)
    for node in range(at.n_N):
        first, last = whole[at.node_links + node], whole[at.node_links + node + 1]
        if first == last:
            continue
        ordered = load(rows, at.ordered + node)
        landed, gone, stuck = load(rows, at.landed + node), load(rows, at.gone + node), load(rows, at.stuck + node)
        for e in range(first, last):
            came, away, stuck = _ship(at, whole, real, rows, waiting, record, t, draw, e, ordered, stuck)
            landed, gone = landed + came, gone + away
        store(rows, at.landed + node, landed)
        store(rows, at.gone + node, gone)
        store(rows, at.stuck + node, stuck)
        total = _pulls(at, whole, real, rows, dearer, t, first, last)
        shares = step * 0.0
        for e in range(first, last):
            share = load(rows, at.share + e)
            share = share + clip(ratio(load(rows, at.pull + e), total) - share, step * -1.0, step)
            store(rows, at.share + e, share)
            shares = shares + share
        for e in range(first, last):
            store(rows, at.share + e, ratio(load(rows, at.share + e), shares))


@njit(forceinline=True, **BARE)
def _ship(at: Any, whole: Any, real: Any, rows: Any, waiting: Any, record: Any, t: Any, draw: Any, e: Any,
          ordered: Any, stuck: Any) -> Any:  # fmt: skip
    """Ship on one link; gives what lands, what is turned away, and what is stuck with what stays behind here."""
    origin, flow = whole[at.link_origin + e], real[at.link_flow + e]
    given = load(rows, (at.first if whole[at.link_home + e] else at.rest) + origin)
    backlog = load(rows, at.backlog + e)
    shipped = given * backlog
    left = backlog - shipped
    away = maximum(left - load(rows, at.order_limit) * flow, 0.0)
    left = left - away
    store(rows, at.backlog + e, left)
    ring, length = at.ring + whole[at.ring_start + e], whole[at.ring_length + e]
    add(rows, ring + (t + whole[at.link_transit + e]) % length, shipped)
    exports = shipped
    if whole[at.link_holds + e] < whole[at.link_holds + e + 1]:
        leaked, stuck = _held(at, whole, rows, waiting, t, e, given, stuck)
        exports = exports + leaked
        add(rows, at.left + whole[at.link_product + e], exports)
    landed = load(rows, ring + t % length)
    store(rows, ring + t % length, landed * 0.0)
    add(rows, at.pool + origin, exports * -1.0)
    watched = whole[at.link_watched + e]
    if watched >= 0:
        weeks, draws = record.exports.shape[1], record.exports.shape[2]
        place = (watched * weeks + t - record.first) * draws + draw
        if record.exports.shape[0]:
            put(record.exports, place, exports)
        if record.imports.shape[0]:
            put(record.imports, place, landed)
    met = clip(ratio(exports, ordered * load(rows, at.share + e)), 0.0, 1.0)
    reliability = load(rows, at.reliability + e)
    store(rows, at.reliability + e, reliability + (met - reliability) * SMOOTHING)
    return landed, away, stuck + left


@njit(forceinline=True, **BARE)
def _held(at: Any, whole: Any, rows: Any, waiting: Any, t: Any, e: Any, given: Any, stuck: Any) -> Any:
    """What leaks on a link under a border, sent the longer way, and what is stuck with what would leak and cannot."""
    leaked = given * 0.0
    ring, length = at.ring + whole[at.ring_start + e], whole[at.ring_length + e]
    for m in range(whole[at.link_holds + e], whole[at.link_holds + e + 1]):
        row = whole[at.hold_row + m]
        leaking = load(waiting.leaking, row)
        gone = given * leaking
        store(waiting.leaking, row, leaking - gone)
        stuck = stuck + (leaking - gone)
        add(rows, ring + (t + whole[at.hold_late + m]) % length, gone)
        leaked = leaked + gone
    add(rows, at.leaked + whole[at.link_product + e], leaked)
    return leaked, stuck


@njit(**BARE)
def duty_borne(at: Any, whole: Any, rows: Any, duty: Any, t: Any) -> None:
    """What duties add to the log price of all a node orders, by its shares of origins before they move (E8)."""
    if not duty.shape[1]:
        return
    for node in range(at.n_N):
        total = load(rows, at.order_limit) * 0.0
        for e in range(whole[at.node_links + node], whole[at.node_links + node + 1]):
            if duty[t, e] != 0.0:
                total = total + load(rows, at.share + e) * math.expm1(duty[t, e])
        store(rows, at.taxed + node, log1p(total))


@njit(**BARE)
def forestall(at: Any, whole: Any, rows: Any, gates: Any, t: Any) -> None:
    """What buyers bring forward to a day that has been announced, before the shares of origins move (E10)."""
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
def _pulls(at: Any, whole: Any, real: Any, rows: Any, dearer: Any, t: Any, first: Any, last: Any) -> Any:
    """How strongly each link draws orders, and all together; two at a time, as one waits for its logarithm."""
    total = load(rows, at.order_limit) * 0.0
    for e in range(first, last - 1, 2):
        one, other = _pull(at, whole, real, rows, e), _pull(at, whole, real, rows, e + 1)
        pair = load(rows, at.reliability + e), load(rows, at.reliability + e + 1)
        if anywhere(either(pair[0] < 1.0, pair[1] < 1.0)):
            powers = _shown(at, rows, pair[0]), _shown(at, rows, pair[1])
            one, other = one * exp(powers[0]), other * exp(powers[1])
        one, other = _landed(at, rows, dearer, t, e, one), _landed(at, rows, dearer, t, e + 1, other)
        store(rows, at.pull + e, one)
        store(rows, at.pull + e + 1, other)
        total = total + one + other
    if (last - first) % 2:
        pull = _pull(at, whole, real, rows, last - 1) * exp(_shown(at, rows, load(rows, at.reliability + last - 1)))
        pull = _landed(at, rows, dearer, t, last - 1, pull)
        store(rows, at.pull + last - 1, pull)
        total = total + pull
    return total


@njit(forceinline=True, **BARE)
def _pull(at: Any, whole: Any, real: Any, rows: Any, e: Any) -> Any:
    """A link's base share, by landed price (E11)."""
    return load(rows, at.tilt + whole[at.link_area + e]) * real[at.base_share + e]


@njit(forceinline=True, **BARE)
def _landed(at: Any, rows: Any, dearer: Any, t: Any, e: Any, pull: Any) -> Any:
    """A link's pull where duties or export levies change what its goods cost on arrival."""
    if dearer.shape[1] and dearer[t, e] != 0.0:
        pull = pull * exp(load(rows, at.price_tilt) * (dearer[t, e] * -1.0))
    return pull


@njit(forceinline=True, **BARE)
def _shown(at: Any, rows: Any, reliability: Any) -> Any:
    """Log of what a link's reliability takes from its pull (E11); exactly 0 where it always delivered."""
    power = load(rows, at.reliability_tilt) * log(maximum(reliability, LEAST))
    return maximum(power, alike(power, DEEPEST))
