"""The least time of some repeats: preemption and cold caches only add."""

from __future__ import annotations

import time
from collections.abc import Callable

REPEATS = 3


def least(work: Callable[[], object], clock: Callable[[], float] = time.process_time, repeats: int = REPEATS) -> float:
    """Seconds of the quickest repeat, by a clock of the `time` module."""
    found = []
    for _ in range(repeats):
        begun = clock()
        work()
        found.append(clock() - begun)
    return min(found)
