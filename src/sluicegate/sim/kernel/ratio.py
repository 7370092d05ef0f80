"""What is had over what is asked, on lanes, and other small things the steps share."""

from __future__ import annotations

from typing import Any

from numba import njit

from sluicegate.sim.kernel.cache import BARE
from sluicegate.sim.kernel.lanes import alike, load, maximum, minimum, store, where
from sluicegate.sim.twin.ratio import TINY


@njit(forceinline=True, **BARE)
def ratio(have: Any, asked: Any) -> Any:
    """What is had over what is asked; 1 where nothing is asked."""
    some = asked > TINY
    return where(some, have / where(some, asked, 1.0), 1.0)


@njit(forceinline=True, **BARE)
def clip(x: Any, low: Any, high: Any) -> Any:
    """Lanes held between two bounds."""
    return minimum(maximum(x, low), high)


@njit(forceinline=True, **BARE)
def add(rows: Any, row: Any, lanes: Any) -> None:
    """Add lanes to a row."""
    store(rows, row, load(rows, row) + lanes)


@njit(forceinline=True, **BARE)
def clear(rows: Any, start: Any, count: Any) -> None:
    """Set a run of rows to zero."""
    if count:
        nothing = alike(load(rows, start), 0.0)
        for row in range(start, start + count):
            store(rows, row, nothing)
