"""Where compiled code is kept: a folder named by what it was compiled from, so that an edit is never missed."""

from __future__ import annotations

import hashlib
import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import numba

from sluicegate.terms.home import home


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
    caches = os.environ.get("XDG_CACHE_HOME")
    own = (Path(caches) if caches else Path.home() / ".cache") / "sluicegate"
    for base in (own, home() / "cache"):
        try:
            (base / name).mkdir(parents=True, exist_ok=True)
        except OSError:
            continue
        return base / name
    return Path(tempfile.mkdtemp(prefix=name))


def digest() -> str:
    """Twelve hex digits of the sources of the kernel and of the twin's constants it takes over."""
    here = Path(__file__).parent
    seen = hashlib.sha256()
    for path in sorted([*here.glob("*.py"), *(here.parent / "twin").glob("*.py")]):
        seen.update(path.name.encode() + b"\0" + path.read_bytes())
    return seen.hexdigest()[:12]
