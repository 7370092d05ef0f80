"""Where compiled code is kept: a folder named by what it was compiled from, so that an edit is never missed.

Folders of other states of the sources are removed when they are neither among the newest nor used lately. Compiling
takes half a minute to two, once; a line on standard error says so while it lasts.
"""

from __future__ import annotations

import hashlib
import os
import shutil
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Final

import numba
from numba.core import event

from sluicegate.terms.home import caches

NEWEST: Final = 3
"""Folders that stay, however long they have not been used."""
DAY: Final = 24 * 3600.0
BARE: Final = {"nogil": True, "_nrt": False}
"""How our kernels are compiled: outside Python's lock, and without counting references to the arrays they are
handed, which took half of the time: each small function they are written in counted each of its arrays, in and out."""
COMPILING: Final = "compiling the simulator for this machine; this takes half a minute to two minutes, and only once"


@contextmanager
def kept() -> Iterator[None]:
    """Functions defined inside with `cache=True` keep their machine code in `folder()`.

    Numba itself only looks at the file a function stands in; the digest looks at all that it calls.
    """
    before, numba.config.CACHE_DIR = numba.config.CACHE_DIR, str(folder())
    try:
        yield
    finally:
        numba.config.CACHE_DIR = before


def folder() -> Path:
    """The folder for this state of the sources, one a user; a temporary one where nothing may be written."""
    name = f"kernel-{digest()}"
    for base in caches():
        try:
            (base / name).mkdir(parents=True, exist_ok=True)
            os.utime(base / name)
        except OSError:
            continue
        sweep(base)
        return base / name
    return Path(tempfile.mkdtemp(prefix=name))


def sweep(base: Path) -> None:
    """Remove the folders that are not among the newest few and that no process has opened for a day."""
    try:
        used = sorted(((path.stat().st_mtime, path) for path in base.glob("kernel-*")), reverse=True)
    except OSError:
        return
    for when, path in used[NEWEST:]:
        if when < time.time() - DAY:
            shutil.rmtree(path, ignore_errors=True)


def digest() -> str:
    """Twelve hex digits of the sources of the kernel and of the twin's constants it takes over."""
    here = Path(__file__).parent
    seen = hashlib.sha256()
    for path in sorted([*here.glob("*.py"), *(here.parent / "twin").glob("*.py")]):
        seen.update(path.name.encode() + b"\0" + path.read_bytes())
    return seen.hexdigest()[:12]


class _Said(event.Listener):  # type: ignore[misc]
    """Says once a process that our code is being compiled, which numba only does when it is not kept yet."""

    def __init__(self) -> None:
        self.said = False

    def on_start(self, event: Any) -> None:
        compiled = event.data["dispatcher"].py_func.__module__
        if compiled.startswith("sluicegate.") and not self.said:
            self.said = True
            print(COMPILING, file=sys.stderr, flush=True)

    def on_end(self, event: Any) -> None:
        """Nothing to say."""


event.register("numba:compile", _Said())
