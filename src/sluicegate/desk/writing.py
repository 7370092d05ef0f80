"""Writing files whole or not at all."""

from __future__ import annotations

import os
import tempfile
from contextlib import suppress
from pathlib import Path

from sluicegate.terms import InputError


def write_whole(path: Path, content: bytes | str) -> None:
    """Write a file in one step: it is there in full, or as it was before.

    Raises
    ------
    InputError : no room, no permission, no such folder; nothing half-written is left.
    """
    data = content.encode() if isinstance(content, str) else content
    temporary: str | None = None
    try:
        with tempfile.NamedTemporaryFile(dir=path.parent, prefix=f".{path.name}.", delete=False) as file:
            temporary = file.name
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        Path(temporary).chmod(0o644)
        Path(temporary).replace(path)
    except OSError as error:
        if temporary:
            with suppress(OSError):
                Path(temporary).unlink()
        raise InputError(
            f"cannot write ({error.strerror or error})",
            where=str(path),
            expected="a folder with room and permission to write",
            do="Free some space or name another file; nothing was written.",
        ) from error
