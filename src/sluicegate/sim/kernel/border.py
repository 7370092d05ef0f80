"""Step 3, compiled: orders free to ship on all links, and on those a border holds what their offices let pass."""

from __future__ import annotations

from typing import Any

from numba import njit

from sluicegate.sim.kernel.cache import BARE
from sluicegate.sim.kernel.lanes import load, pick, store
from sluicegate.sim.kernel.links import WAITS
from sluicegate.sim.kernel.office import let_pass
from sluicegate.sim.kernel.ratio import add


@njit(**BARE)
def border(at: Any, whole: Any, rows: Any, marks: Any, gates: Any, waiting: Any, t: Any) -> None:
    """3. The border: orders are filed or go free; some are granted, some leak, some are withdrawn (E6).

    What makers are asked to ship, home and abroad, is added up on the way (E3, E5).
    """
    for node in range(at.n_N):
        ordered = load(rows, at.ordered + node)
        held = pick(whole, at.node_held + node)
        for e in range(pick(whole, at.node_links + node), held):
            ready = ordered * load(rows, at.share + e)
            if pick(marks, e) & WAITS:
                ready = load(rows, at.backlog + e) + ready
            add(rows, pick(whole, at.link_asks + e), ready)
        for e in range(held, pick(whole, at.node_links + node + 1)):
            h = pick(whole, at.link_held + e)
            store(waiting.orders, h, ordered * load(rows, at.share + e))
            store(waiting.backlog, h, load(rows, at.backlog + e))
    let_pass(gates, waiting, t)
    for h in range(at.n_H):
        e, ready = pick(whole, at.held_link + h), load(waiting.backlog, h)
        store(rows, at.backlog + e, ready)
        add(rows, pick(whole, at.link_asks + e), ready)
    for r in range(at.n_M):
        add(rows, pick(whole, at.link_asks + pick(whole, at.row_link + r)), load(waiting.leaking, r))
