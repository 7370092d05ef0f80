"""What follows from shipped files alone, kept between processes: worked out once, then read.

A file is named by a digest of all it follows from, so that no edit of data or code is missed, and begins with a digest
of its own content: a damaged one counts as none. Where nothing can be written it is worked out each time.
"""

from __future__ import annotations

import hashlib
import os
import pickle
import platform
from collections.abc import Callable
from contextlib import suppress
from functools import cache
from importlib.metadata import version
from pathlib import Path
from typing import Final, TypeVar

from sluicegate.terms.errors import InputError
from sluicegate.terms.home import caches
from sluicegate.terms.writing import write_whole

T = TypeVar("T")
NEWEST: Final = 60
"""Files that stay; those not used for longest are removed."""
LIBRARIES: Final = ("numpy", "pandas", "pyarrow", "pydantic", "scipy")
"""What is kept is made of their objects."""


def worked_out(name: str, folders: tuple[str, ...], make: Callable[[], T]) -> T:
    """What `make` gives, from an earlier process where one has kept it.

    Parameters
    ----------
    name : what it is, with all that it depends on beside files
    folders : of the package; what `make` gives follows from the files in them alone, and it asks no network
    """
    at = f"{name}-{digest(*folders)}.pickle"
    places = [base / "worked-out" / at for base in caches()]
    for path in places:
        if (content := _read(path)) is not None:
            found: T = pickle.loads(content)
            return found
    made = make()
    content = pickle.dumps(made, protocol=pickle.HIGHEST_PROTOCOL)
    for path in places:
        with suppress(OSError, InputError):
            path.parent.mkdir(parents=True, exist_ok=True)
            write_whole(path, hashlib.sha256(content).digest() + content)
            break
    with suppress(OSError):
        _sweep(path.parent)
    return made


@cache
def digest(*folders: str) -> str:
    """Twelve hex digits of every file in folders of the package, of Python and of the libraries."""
    package = Path(__file__).parents[1]
    found = hashlib.sha256(repr([platform.python_version(), *map(version, LIBRARIES)]).encode())
    for folder in folders:
        for path in sorted((package / folder).rglob("*")):
            if path.is_file() and path.suffix != ".pyc":
                content = path.read_bytes()
                found.update(f"{path.relative_to(package)} {len(content)}\n".encode() + content)
    return found.hexdigest()[:12]


def _read(path: Path) -> bytes | None:
    """The content of a file of this user's; None where there is none, or it is not whole."""
    try:
        with path.open("rb") as file:  # owner and content of one file, whatever stands at the path meanwhile
            if hasattr(os, "getuid") and os.fstat(file.fileno()).st_uid != os.getuid():
                return None
            whole = file.read()
        os.utime(path)
    except OSError:
        return None
    size = hashlib.sha256().digest_size
    return whole[size:] if hashlib.sha256(whole[size:]).digest() == whole[:size] else None


def _sweep(folder: Path) -> None:
    """Remove all but the files used last."""
    for path in sorted(folder.glob("*.pickle"), key=lambda p: p.stat().st_mtime, reverse=True)[NEWEST:]:
        path.unlink()
