"""Step 3, compiled: the border on the links it holds, and orders free to ship on all."""

from __future__ import annotations

from typing import Any

from numba import njit

from sluicegate.sim.kernel.lanes import load, maximum, minimum, store
from sluicegate.sim.kernel.ratio import add, clip


@njit(nogil=True)
def border(at: Any, whole: Any, real: Any, rows: Any, level: Any, t: Any) -> None:
    """3. The border: orders are filed or go free; some are granted, some leak, some are withdrawn (E6).

    What makers are asked to ship, home and abroad, is added up on the way (E3, E5).
    """
    for node in range(at.n_N):
        ordered = load(rows, at.ordered + node)
        for e in range(whole[at.node_links + node], whole[at.node_links + node + 1]):
            order = ordered * load(rows, at.share + e)
            first, last = whole[at.link_holds + e], whole[at.link_holds + e + 1]
            if first < last:
                ready = _at_border(at, whole, real, rows, level, t, e, node, order)
            else:
                ready = load(rows, at.backlog + e) + order
                store(rows, at.backlog + e, ready)
            side = at.home if whole[at.link_home + e] else at.abroad
            add(rows, side + whole[at.link_origin + e], ready)


@njit(nogil=True)
def _at_border(at: Any, whole: Any, real: Any, rows: Any, level: Any, t: Any, e: Any, node: Any, order: Any) -> Any:
    """Take a link's order through its offices; gives what may leave the maker, what leaks included."""
    free = order
    first, last = whole[at.link_holds + e], whole[at.link_holds + e + 1]
    for m in range(first, last):
        filed = load(rows, at.held_now + m) * order
        free = free - filed
        add(rows, at.review + whole[at.hold_review + m], filed)
    backlog = load(rows, at.backlog + e) + free
    leaking = order * 0.0
    flow = real[at.link_flow + e]
    for m in range(first, last):
        b = whole[at.hold_border + m]
        _review(at, whole, real, rows, m, b, t)
        waiting = load(rows, at.waiting + m)
        held = load(rows, at.held_now + m) * flow
        granted = minimum(waiting, load(level, t * at.n_tiers + whole[at.hold_tier + m]) * held)
        waiting = waiting - granted
        backlog = backlog + granted
        leaked = minimum(waiting, load(rows, at.leak + b) * maximum(held - granted, 0.0))
        waiting = waiting - leaked
        leaks = load(rows, at.leaking + m) + leaked
        store(rows, at.leaking + m, leaks)
        leaking = leaking + leaks
        _withdraw(at, whole, rows, m, b, node, waiting, flow)
    store(rows, at.backlog + e, backlog)
    return backlog + leaking


@njit(nogil=True)
def _review(at: Any, whole: Any, real: Any, rows: Any, m: Any, b: Any, t: Any) -> None:
    """Move applications through the stages: each week a share passes on, once the office has started."""
    starts = load(rows, at.office_start + b) + real[at.border_effective + b]
    working = clip((t + 1.0) - starts, 0.0, 1.0) * load(rows, at.pass_rate + b)
    review, stages = at.review + whole[at.hold_review + m], whole[at.border_stages + b]
    for stage in range(stages - 1, -1, -1):
        pending = load(rows, review + stage)
        moved = working * pending
        store(rows, review + stage, pending - moved)
        add(rows, review + stage + 1 if stage + 1 < stages else at.waiting + m, moved)


@njit(nogil=True)
def _withdraw(at: Any, whole: Any, rows: Any, m: Any, b: Any, node: Any, waiting: Any, flow: Any) -> None:
    """Withdraw applications pending beyond the limit: decided ones first, then the newest."""
    review = at.review + whole[at.hold_review + m]
    reviewed = load(rows, review)
    newest = reviewed
    for k in range(1, whole[at.border_stages + b]):
        reviewed = reviewed + load(rows, review + k)
    limit = (load(rows, at.pending_limit + b) + load(rows, at.review_weeks + b)) * flow
    over = maximum(waiting + reviewed - limit, 0.0)
    decided = minimum(over, waiting)
    taken = minimum(over - decided, newest)
    store(rows, at.waiting + m, waiting - decided)
    store(rows, review, newest - taken)
    add(rows, at.gone + node, decided + taken)
    add(rows, at.stuck + node, (reviewed - taken) + (waiting - decided))
