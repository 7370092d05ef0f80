"""Step 1, compiled: what the measures cover this week, and what the week before left is cleared away."""

from __future__ import annotations

from typing import Any

from numba import njit

from sluicegate.sim.kernel.cache import BARE
from sluicegate.sim.kernel.office import cover
from sluicegate.sim.kernel.ratio import clear


@njit(**BARE)
def dated_changes(at: Any, rows: Any, gates: Any, waiting: Any, t: Any) -> None:
    """1. Dated changes take effect (E1)."""
    clear(rows, at.wish, at.n_A)
    clear(rows, at.had, at.n_A)
    clear(rows, at.kept, at.n_A)
    clear(rows, at.feared, at.n_A)
    clear(rows, at.leaked, at.n_P)
    clear(rows, at.left, at.n_P)
    cover(gates, waiting, t)
