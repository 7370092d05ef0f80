"""Independent runs on all cores: the same results in the same order, on one process or more."""

from __future__ import annotations

import multiprocessing
import os
import sys
import warnings
from collections.abc import Callable, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
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
                return [_taken(found) for found in pool.map(_one, range(len(items)))]
    finally:
        _work = None


@dataclass(frozen=True)
class _Raised:
    """An exception on its way between processes; one with named arguments cannot be pickled as it is."""

    kind: type[Exception]
    arguments: tuple[Any, ...]
    fields: dict[str, Any]


def _one(index: int) -> Any:
    assert _work is not None
    work, items = _work
    try:
        return work(items[index])
    except Exception as error:
        return _Raised(type(error), error.args, vars(error))


def _taken(found: Any) -> Any:
    if not isinstance(found, _Raised):
        return found
    error = found.kind.__new__(found.kind, *found.arguments)
    vars(error).update(found.fields)
    raise error
