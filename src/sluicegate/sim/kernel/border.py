"""Step 3, compiled: orders free to ship on all links, and on those a border holds what their offices let pass."""

from __future__ import annotations

from typing import Any

from numba import njit

from sluicegate.sim.kernel.cache import BARE
from sluicegate.sim.kernel.lanes import load, store
from sluicegate.sim.kernel.office import let_pass
from sluicegate.sim.kernel.ratio import add


@njit(**BARE)
def border(at: Any, whole: Any, rows: Any, gates: Any, waiting: Any, t: Any) -> None:
    """3. The border: orders are filed or go free; some are granted, some leak, some are withdrawn (E6).

    What makers are asked to ship, home and abroad, is added up on the way (E3, E5).
    """
    for node in range(at.n_N):
        ordered = load(rows, at.ordered + node)
        for e in range(whole[at.node_links + node], whole[at.node_links + node + 1]):
            order = ordered * load(rows, at.share + e)
            held = whole[at.link_held + e]
            if held >= 0:
                store(waiting.orders, held, order)
                store(waiting.backlog, held, load(rows, at.backlog + e))
            else:
                _ask(at, whole, rows, e, load(rows, at.backlog + e) + order)
    let_pass(gates, waiting, t)
    for held in range(at.n_H):
        _ask(at, whole, rows, whole[at.held_link + held], load(waiting.backlog, held))
    for r in range(at.n_M):
        e = whole[at.row_link + r]
        node = whole[at.link_node + e]
        add(rows, at.abroad + whole[at.link_origin + e], load(waiting.leaking, r))
        add(rows, at.gone + node, load(waiting.withdrawn, r))
        add(rows, at.stuck + node, load(waiting.pending, r))


@njit(forceinline=True, **BARE)
def _ask(at: Any, whole: Any, rows: Any, e: Any, ready: Any) -> None:
    """Orders of a link that are free to ship are asked of its maker."""
    store(rows, at.backlog + e, ready)
    side = at.home if whole[at.link_home + e] else at.abroad
    add(rows, side + whole[at.link_origin + e], ready)
