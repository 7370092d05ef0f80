"""Step 3, compiled: orders free to ship on all links, and on those a border holds what their offices let pass."""

from __future__ import annotations

from typing import Any

from numba import njit

from sluicegate.sim.kernel.cache import BARE
from sluicegate.sim.kernel.gate import SHORT
from sluicegate.sim.kernel.lanes import load, pick, store
from sluicegate.sim.kernel.links import WAITS
from sluicegate.sim.kernel.office import let_pass, lets_go, short_form
from sluicegate.sim.kernel.ratio import add


@njit(**BARE)
def border(at: Any, whole: Any, rows: Any, marks: Any, gates: Any, waiting: Any, t: Any) -> None:
    """3. The border: orders are filed or go free; some are granted, some leak, some are withdrawn (E6).

    What makers are asked to ship, home and abroad, is added up on the way (E3, E5), and by node of destination what is
    withdrawn and what is stuck in an office (E10). Where every border has the short form, a link passes all of its
    borders at once; a quota and an office with a capacity are shared by links, so that those go border by border.
    """
    together, released = _all_short(gates), lets_go(gates, t)
    for node in range(at.n_N):
        ordered, held = load(rows, at.ordered + node), pick(whole, at.node_held + node)
        for e in range(pick(whole, at.node_links + node), held):
            ready = ordered * load(rows, at.share + e)
            if pick(marks, e) & WAITS:
                ready = load(rows, at.backlog + e) + ready
            add(rows, pick(whole, at.link_asks + e), ready)
        gone = stuck = ordered * 0.0
        for e in range(held, pick(whole, at.node_links + node + 1)):
            h, order = pick(whole, at.link_held + e), ordered * load(rows, at.share + e)
            if together:
                free = order + load(waiting.released, h) if released else order
                withdrawn, left = _pass_borders(at, whole, rows, gates, waiting, e, t, free)
                gone, stuck = gone + withdrawn, stuck + left
            else:
                store(waiting.orders, h, order)
                store(waiting.backlog, h, load(rows, at.backlog + e))
        store(rows, at.gone + node, gone)
        store(rows, at.stuck + node, stuck)
    if not together:
        let_pass(gates, waiting, t)
        _hand_on(at, whole, rows, waiting)


@njit(**BARE)
def _all_short(gates: Any) -> Any:
    """Whether every border has the short form."""
    count = 0
    for form in gates.form:
        count += form == SHORT
    return count == len(gates.form)


@njit(forceinline=True, **BARE)
def _pass_borders(at: Any, whole: Any, rows: Any, gates: Any, waiting: Any, e: Any, t: Any, free: Any) -> Any:
    """One link's orders through its borders, turn by turn; what is withdrawn of them, and what is left pending."""
    gone = stuck = leaking = change = free * 0.0
    turn = -1
    for m in range(pick(whole, at.link_holds + e), pick(whole, at.link_holds + e + 1)):
        r = pick(whole, at.hold_row + m)
        b = pick(gates.border, r)
        if pick(gates.turn, b) != turn:  # those of one turn share what the turns before let through
            turn, free, change = pick(gates.turn, b), free + change, free * 0.0
        granted, declared, withdrawn, left = short_form(gates, waiting, b, r, t, free)
        change = change + (granted - declared)
        gone, stuck, leaking = gone + withdrawn, stuck + left, leaking + load(waiting.leaking, r)
    ready = load(rows, at.backlog + e) + (free + change)
    store(rows, at.backlog + e, ready)
    add(rows, pick(whole, at.link_asks + e), ready + leaking)
    return gone, stuck


@njit(**BARE)
def _hand_on(at: Any, whole: Any, rows: Any, waiting: Any) -> None:
    """What the borders let through, withdrew and left pending, to makers and buyers."""
    for h in range(at.n_H):
        e, ready = pick(whole, at.held_link + h), load(waiting.backlog, h)
        store(rows, at.backlog + e, ready)
        add(rows, pick(whole, at.link_asks + e), ready)
    for r in range(at.n_M):
        e = pick(whole, at.row_link + r)
        node = pick(whole, at.link_node + e)
        add(rows, pick(whole, at.link_asks + e), load(waiting.leaking, r))
        add(rows, at.gone + node, load(waiting.withdrawn, r))
        add(rows, at.stuck + node, load(waiting.pending, r))
