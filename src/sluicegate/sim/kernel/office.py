"""Steps 1 and 3, compiled: what the measures cover, and what the borders let through, on the links they hold.

Equations E1, E6 and E6a to E6g of `docs/explanation/simulator.md`. One block of draws; arrays of `kernel.gate`.
"""

from __future__ import annotations

from typing import Any

from numba import njit

from sluicegate.sim.kernel.cache import BARE
from sluicegate.sim.kernel.gate import LONG, QUOTA, SHORT, Gates, Waiting
from sluicegate.sim.kernel.lanes import exp, filled, load, maximum, minimum, pick, store
from sluicegate.sim.kernel.ratio import ratio
from sluicegate.sim.network import Floats


@njit(**BARE)
def cover(g: Gates, q: Waiting, t: int) -> None:
    """1. How much of each row the measures cover this week; what waits at a border that lets go is released (E1)."""
    borders = len(g.form)
    if lets_go(g, t):
        for e in range(len(q.free)):
            store(q.released, e, filled(q.released, 0.0))
    for b in range(borders):
        since = max(t - g.effective[b], 0.0)
        fading = exp(maximum(filled(g.fade, -since) / load(g.fade, b), -600.0))
        hold = load(g.hold, t * borders + b)
        for r in range(g.row_first[b], g.row_first[b + 1]):
            listed = load(g.covered, r)
            held = hold * (listed + (1.0 - listed) * (load(g.over, r) * fading))
            store(q.covered, r, held)
            if not g.holds[t, b]:
                store(q.released, g.link[r], load(q.released, g.link[r]) + pending(g, q, b, r))
                clear(g, q, b, r)


@njit(**BARE)
def lets_go(g: Gates, t: int) -> bool:
    """Whether a border holds nothing this week, so that what may wait at it is released."""
    free = False
    for b in range(len(g.form)):
        free = free or not g.holds[t, b]
    return free


@njit(**BARE)
def pending(g: Gates, q: Waiting, b: int, r: int) -> Any:
    """All that waits in a row."""
    rows = g.row_first[b + 1] - g.row_first[b]
    total = load(q.waiting, r)
    for stage in range(g.stages[b]):
        total = total + load(q.review, g.review_first[b] + stage * rows + r - g.row_first[b])
    if g.form[b] == LONG:
        total = total + load(q.preparing, r) + load(q.returned, r) + load(q.sent_back, r) + load(q.filed, r)
    return total


@njit(**BARE)
def clear(g: Gates, q: Waiting, b: int, r: int) -> None:
    """Nothing waits in a row, and nothing can lapse."""
    rows, i = g.row_first[b + 1] - g.row_first[b], r - g.row_first[b]
    none = filled(q.waiting, 0.0)
    store(q.waiting, r, none)
    for stage in range(g.stages[b]):
        store(q.review, g.review_first[b] + stage * rows + i, none)
    for part in (q.preparing, q.returned, q.sent_back, q.filed, q.spared, q.expired, q.licensed, q.gone):
        store(part, r, none)
    for week in range(g.ring[b]):
        store(q.due, g.due_first[b] + week * rows + i, none)


@njit(**BARE)
def let_pass(g: Gates, q: Waiting, t: int) -> None:
    """3. Orders are filed or go free, border after border; some are granted, leak, or are withdrawn (E6)."""
    released = lets_go(g, t)
    for e in range(len(q.free)):
        orders = load(q.orders, e)
        store(q.free, e, orders + load(q.released, e) if released else orders)
    for p in range(len(q.capacity_left)):
        store(q.capacity_left, p, load(g.capacity, t * len(q.capacity_left) + p))
    for turn in range(len(g.turn_first) - 1):
        first, last = g.turn_first[turn], g.turn_first[turn + 1]
        for b in range(first, last):
            if g.form[b] != SHORT:
                for r in range(g.row_first[b], g.row_first[b + 1]):
                    file(g, q, b, r, t)
        share_capacity(g, q, first, last, t)
        for b in range(first, last):
            if g.form[b] == SHORT:
                let_through_short(g, q, b, t)
            else:
                let_through(g, q, b, t)
        for r in range(g.row_first[first], g.row_first[last]):
            store(q.free, g.link[r], load(q.free, g.link[r]) + (load(q.granted, r) - load(q.declared, r)))
    for e in range(len(q.free)):
        store(q.backlog, e, load(q.backlog, e) + load(q.free, e))
    for b in range(len(g.form)):
        if g.form[b] != SHORT:
            for r in range(g.row_first[b], g.row_first[b + 1]):
                store(q.offered, r, load(q.backlog, g.link[r]))
                store(q.pending, r, pending(g, q, b, r))


@njit(**BARE)
def file(g: Gates, q: Waiting, b: int, r: int, t: int) -> None:
    """Put a row's orders of the week at the head of its queue, under a quota or in the long form (E6a)."""
    filed = load(q.covered, r) * (g.part[r] * load(q.free, g.link[r]))
    store(q.declared, r, filed)
    if g.form[b] == QUOTA:
        store(q.waiting, r, load(q.waiting, r) + filed)
    else:
        at = t * g.level.shape[1] + g.tier[r]
        spared = load(g.general, at) * filed
        ready = wait_of_one(g, q.preparing, r, filed - spared, g.wait[t, g.tier[r], 0])
        registered = load(g.registered, at) * ready
        back = wait_of_one(g, q.returned, r, load(q.sent_back, r), g.wait[t, g.tier[r], 1])
        store(q.spared, r, spared + registered)
        store(q.filed, r, (load(q.filed, r) + (ready - registered)) + back)
        store(q.sent_back, r, filled(q.sent_back, 0.0))


@njit(**BARE)
def wait_of_one(g: Gates, queue: Floats, r: int, entering: Any, law: int) -> Any:
    """What leaves a wait of one stage this week (E6b)."""
    old = load(queue, r)
    new = old * load(g.stay, law) + entering * load(g.join, law)
    store(queue, r, new)
    return maximum((old + entering) - new, 0.0)


@njit(**BARE)
def share_capacity(g: Gates, q: Waiting, first: int, last: int, t: int) -> None:
    """What share of what lies before the office each pool takes up this week (E6c)."""
    for p in range(len(q.capacity_left)):
        asked = filled(q.capacity_left, 0.0)
        for b in range(first, last):
            if g.pool[b] == p:
                total = filled(q.filed, 0.0)
                for r in range(g.row_first[b], g.row_first[b + 1]):
                    total = total + load(q.filed, r)
                asked = asked + load(g.working, t * len(g.form) + b) * total * g.per_contract[b]
        left = load(q.capacity_left, p)
        share = minimum(1.0, ratio(left, asked))
        store(q.pool_share, p, share)
        store(q.capacity_left, p, left - asked * share)


@njit(**BARE)
def let_through(g: Gates, q: Waiting, b: int, t: int) -> None:
    """What a border grants, leaks and loses to withdrawal this week, under a quota or in the long form (E6)."""
    if g.form[b] == QUOTA:
        use_quota(g, q, b, t)
    if g.form[b] == LONG:
        for r in range(g.row_first[b], g.row_first[b + 1]):
            use_licences(g, q, r)
    for r in range(g.row_first[b], g.row_first[b + 1]):
        refused = filled(q.waiting, 0.0)
        if g.form[b] == LONG:
            lapse(g, q, b, r, t)
            refused = decide(g, q, b, r, t)
        granted = load(q.granted, r)
        stopped = maximum(load(q.covered, r) * g.flow[r] - granted, 0.0)
        waiting = load(q.waiting, r)
        leaked = minimum(waiting, load(g.leak, t * g.leak.shape[1] + g.tier[r]) * stopped)
        store(q.waiting, r, waiting - leaked)
        store(q.leaking, r, load(q.leaking, r) + leaked)
        store(q.withdrawn, r, refused + withdraw(g, q, b, r, load(g.limit, g.rule[t, g.tier[r]]) * g.flow[r]))


@njit(**BARE)
def let_through_short(g: Gates, q: Waiting, b: int, t: int) -> None:
    """What a border in the short form grants, leaks and loses to withdrawal this week."""
    for r in range(g.row_first[b], g.row_first[b + 1]):
        granted, declared, withdrawn, left = short_form(g, q, b, r, t, load(q.free, g.link[r]))
        store(q.declared, r, declared)
        store(q.granted, r, granted)
        store(q.withdrawn, r, withdrawn)
        store(q.pending, r, left)


@njit(forceinline=True, **BARE)
def short_form(g: Gates, q: Waiting, b: int, r: int, t: int, free: Any) -> Any:
    """A row in the short form, from filing to withdrawal: a share of each stage moves on, the level passes (E6).

    Each number of the row is read and written once, as most of the time at borders is spent here. Given back is what is
    granted, what is filed of the orders `free` on its link, what is withdrawn, and what is pending after that.
    """
    first, tier = pick(g.row_first, b), pick(g.tier, r)
    rows, at = pick(g.row_first, b + 1) - first, pick(g.review_first, b) + r - first
    rule = pick(g.rule, t * g.rule.shape[1] + tier)
    rate, entry = load(g.working, t * len(g.form) + b) * load(g.pass_rate, rule), pick(g.entry, rule)
    listed, base = load(q.covered, r), pick(g.flow, r)
    declared = listed * (pick(g.part, r) * free)
    moved = pending = newest = declared * 0.0
    for stage in range(pick(g.stages, b)):
        here = load(q.review, at + stage * rows)
        if stage == entry:
            here = here + declared
        onward = rate * here
        here = (here - onward) + moved
        moved, pending = onward, pending + here
        store(q.review, at + stage * rows, here)
        if stage == 0:
            newest = here
    waiting, flow = load(q.waiting, r) + moved, listed * base
    granted = minimum(waiting, load(g.level, t * g.level.shape[1] + tier) * flow)
    waiting = waiting - granted
    leaked = minimum(waiting, load(g.leak, t * g.leak.shape[1] + tier) * maximum(flow - granted, 0.0))
    waiting = waiting - leaked
    over = maximum((waiting + pending) - load(g.limit, rule) * base, 0.0)
    gone = minimum(over, waiting)  # decided applications first, then the newest
    late = minimum(over - gone, newest)
    store(q.review, at, newest - late)
    store(q.waiting, r, waiting - gone)
    store(q.leaking, r, load(q.leaking, r) + leaked)
    return granted, declared, gone + late, (waiting - gone) + (pending - late)


@njit(**BARE)
def use_quota(g: Gates, q: Waiting, b: int, t: int) -> None:
    """A quota: first come, by what is asked, or each row its part (E6g)."""
    first, last = g.row_first[b], g.row_first[b + 1]
    asked = filled(q.waiting, 0.0)
    for r in range(first, last):
        if g.renews[t, b]:
            store(q.left, r, filled(q.left, g.quota[r]))
        asked = asked + load(q.waiting, r)
    common = minimum(1.0, ratio(load(q.left, first), asked))
    used = filled(q.waiting, 0.0)
    for r in range(first, last):
        waiting = load(q.waiting, r)
        granted = waiting * common if g.shared[b] else minimum(waiting, load(q.left, r))
        used = used + granted
        store(q.waiting, r, waiting - granted)
        store(q.granted, r, granted)
    for r in range(first, last):
        taken = used if g.shared[b] else load(q.granted, r)
        store(q.left, r, maximum(load(q.left, r) - taken, 0.0))


@njit(**BARE)
def use_licences(g: Gates, q: Waiting, r: int) -> None:
    """What left a link used licences of all of its rows evenly; counted before any of them lapses (E6e)."""
    licensed, gone = load(q.licensed, r), load(q.gone, r)
    left = 1.0 - minimum(1.0, ratio(load(q.backlog, g.link[r]), load(q.offered, r)))
    store(q.gone, r, gone + (licensed - gone) * left)


@njit(forceinline=True, **BARE)
def lapse(g: Gates, q: Waiting, b: int, r: int, t: int) -> None:
    """Licences not used in time lapse and are prepared anew (E6e)."""
    rows, link = g.row_first[b + 1] - g.row_first[b], g.link[r]
    due = g.due_first[b] + (t % g.ring[b]) * rows + r - g.row_first[b]
    licensed, gone = load(q.licensed, r), load(q.gone, r)
    expired = load(q.expired, r) + load(q.due, due)
    late = minimum(minimum(maximum(expired - gone, 0.0), licensed - gone), load(q.backlog, link))
    store(q.expired, r, expired)
    store(q.due, due, filled(q.due, 0.0))
    store(q.gone, r, gone + late)
    store(q.backlog, link, load(q.backlog, link) - late)
    store(q.preparing, r, load(q.preparing, r) + late)


@njit(forceinline=True, **BARE)
def decide(g: Gates, q: Waiting, b: int, r: int, t: int) -> Any:
    """Long form: what is taken up is reviewed, then returned, approved, refused or never decided (E6c, E6d)."""
    tier, at = g.tier[r], t * g.level.shape[1] + g.tier[r]
    working = load(g.working, t * len(g.form) + b)
    filed = load(q.filed, r)
    share = load(q.pool_share, g.pool[b]) if g.pool[b] >= 0 else filled(q.filed, 1.0)
    taken = working * share * filed
    store(q.filed, r, filed - taken)
    out = reviewed(g, q, b, r, taken, working, g.wait[t, tier, 2], g.entry[g.rule[t, tier]])
    back = load(g.returned, at) * out
    store(q.sent_back, r, back)
    decided = out - back
    refused = load(g.refused, at) * decided
    approved = minimum(load(g.level, at) * decided, decided - refused)
    store(q.waiting, r, load(q.waiting, r) + (decided - refused - approved))
    rows = g.row_first[b + 1] - g.row_first[b]
    due = g.due_first[b] + ((t + g.validity[t, tier]) % g.ring[b]) * rows + r - g.row_first[b]
    store(q.due, due, load(q.due, due) + approved)
    store(q.licensed, r, load(q.licensed, r) + approved)
    store(q.granted, r, approved + load(q.spared, r))
    return refused


@njit(**BARE)
def reviewed(g: Gates, q: Waiting, b: int, r: int, entering: Any, working: Any, law: int, entry: int) -> Any:
    """What leaves review this week (E6b); the last stages first, so that each reads what was there before."""
    rows, stages = g.row_first[b + 1] - g.row_first[b], g.stages[b]
    base = g.review_first[b] + r - g.row_first[b]
    total = entering
    left = filled(q.review, 0.0)
    for stage in range(stages - 1, -1, -1):
        old = load(q.review, base + stage * rows)
        total = total + old
        moved = filled(q.review, 0.0)
        for i in range(stage + 1):
            moved = moved + load(q.review, base + i * rows) * load(g.stay, law + stage - i)
        new = old + working * (moved - old)
        if stage >= entry:
            new = new + entering * load(g.join, law + stage - entry)
        store(q.review, base + stage * rows, new)
        left = left + new
    return maximum(total - left, 0.0)


@njit(**BARE)
def withdraw(g: Gates, q: Waiting, b: int, r: int, limit: Any) -> Any:
    """Applications beyond the limit are withdrawn: decided ones first, then the newest."""
    rows = g.row_first[b + 1] - g.row_first[b]
    over = maximum(pending(g, q, b, r) - limit, 0.0)
    gone = take(q.waiting, r, over)
    if g.form[b] == LONG:
        gone = gone + take(q.preparing, r, over - gone)
        gone = gone + take(q.filed, r, over - gone)
    for stage in range(g.stages[b]):
        gone = gone + take(q.review, g.review_first[b] + stage * rows + r - g.row_first[b], over - gone)
    return gone


@njit(**BARE)
def take(part: Floats, row: int, wanted: Any) -> Any:
    """What can be taken of a row, taken."""
    there = load(part, row)
    taken = minimum(wanted, there)
    store(part, row, there - taken)
    return taken
