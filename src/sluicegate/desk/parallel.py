"""Independent runs on all cores: the same results in the same order, on one process or more."""

from __future__ import annotations

import multiprocessing
import os
import sys
import warnings
from collections.abc import Callable, Sequence
from concurrent.futures import ProcessPoolExecutor
from typing import Any, TypeVar

Item = TypeVar("Item")
Found = TypeVar("Found")

_work: tuple[Callable[[Any], Any], Sequence[Any]] | None = None


def each(work: Callable[[Item], Found], items: Sequence[Item]) -> list[Found]:
    """`[work(item) for item in items]`, on as many processes as there are cores.

    Processes are forked, so that `work` may use large arrays without copying them; where the system
    cannot fork, or has one core, it is a plain loop. An exception of `work` comes through.
    """
    global _work
    cores = min(len(os.sched_getaffinity(0)) if sys.platform == "linux" else 1, len(items))
    if cores < 2:
        return [work(item) for item in items]
    _work = (work, items)
    try:
        with warnings.catch_warnings():
            # Python 3.12 warns of forks beside threads; ours have ended by now
            warnings.simplefilter("ignore", DeprecationWarning)
            with ProcessPoolExecutor(cores, mp_context=multiprocessing.get_context("fork")) as pool:
                return list(pool.map(_one, range(len(items))))
    finally:
        _work = None


def _one(index: int) -> Any:
    assert _work is not None
    work, items = _work
    return work(items[index])
