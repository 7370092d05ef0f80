"""Writing files whole or not at all."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Mapping
from pathlib import Path

from sluicegate.terms import InputError


def write_whole(path: Path, content: bytes | str) -> None:
    """Write a file in one step: it is there in full, or as it was before.

    Raises
    ------
    InputError : no room, no permission, no such folder; nothing half-written is left.
    """
    write_together(path.parent, {path.name: content})


def write_together(folder: Path, contents: Mapping[str, bytes | str]) -> list[Path]:
    """Write files that belong together: all of them are written beside their places before the first is put there.

    Raises
    ------
    InputError : no room, no permission, no such folder; nothing half-written is left.
    """
    paths = {name: folder / name for name in contents}
    at = folder if len(contents) > 1 else next(iter(paths.values()), folder)
    try:
        with tempfile.TemporaryDirectory(dir=folder, prefix=".writing-", ignore_cleanup_errors=True) as staging:
            for name, content in contents.items():
                _flushed(Path(staging) / name, content.encode() if isinstance(content, str) else content)
            for name, path in paths.items():
                (Path(staging) / name).replace(path)
    except OSError as error:
        raise InputError(
            f"cannot write ({error.strerror or error})",
            where=str(at),
            expected="a folder with room and permission to write",
            do="Free some space or name another place; nothing was written.",
        ) from error
    return list(paths.values())


def _flushed(path: Path, data: bytes) -> None:
    """Write bytes and see them on the disk."""
    with path.open("wb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())
