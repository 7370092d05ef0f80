"""Where the user's own things lie: kept runs, imported figures."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from pathlib import Path

_PRIVATE: ContextVar[Path | None] = ContextVar("private", default=None)


def home() -> Path:
    """The folder of runs and imports: `SLUICEGATE_HOME`, else the user's data folder."""
    base = os.environ.get("SLUICEGATE_HOME")
    if base:
        return Path(base)
    data = os.environ.get("XDG_DATA_HOME")
    return (Path(data) if data else Path.home() / ".local" / "share") / "sluicegate"


def caches() -> tuple[Path, ...]:
    """Folders for what can be made again, the best first: the user's cache, else a place in `home()`."""
    own = os.environ.get("XDG_CACHE_HOME")
    return (Path(own) if own else Path.home() / ".cache") / "sluicegate", home() / "cache"


def private() -> Path:
    """Where runs are kept that only one person may see; `home()` unless `kept_apart` says otherwise."""
    return _PRIVATE.get() or home()


@contextmanager
def kept_apart(folder: Path | None) -> Iterator[None]:
    """Keep runs in a folder of one person, in this thread and until the block ends; None for where all are kept."""
    before = _PRIVATE.set(folder)
    try:
        yield
    finally:
        _PRIVATE.reset(before)
