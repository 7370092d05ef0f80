"""Writing files whole or not at all."""

from __future__ import annotations

import errno
import os
import platform
import shutil
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path

from sluicegate.terms.errors import InputError

NOTHING_WRITTEN = "Free some space or name another place; nothing was written."


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
    with staged(folder, at=at) as staging:
        for name, content in contents.items():
            (staging / name).write_bytes(content.encode() if isinstance(content, str) else content)
    return list(paths.values())


def made_folder(folder: Path, *, do: str = "Name another folder.") -> Path:
    """The folder, made if it was not there.

    Raises
    ------
    InputError : it cannot be made.
    """
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise InputError(f"cannot make it ({error.strerror})", where=str(folder), expected="a folder we may write",
                         do=do) from error  # fmt: skip
    return folder


@contextmanager
def new_folder(folder: Path) -> Iterator[Path]:
    """A folder to be filled, made if it was not there, and then taken away again where that fails.

    Raises
    ------
    InputError : it cannot be made.
    """
    there = folder.is_dir()
    made_folder(folder)
    try:
        yield folder
    except BaseException:
        if not there:
            with suppress(OSError):  # something else is in it by now
                folder.rmdir()
        raise


def require_place(path: Path) -> None:
    """See, before long work, that a file or folder can be written there.

    Raises
    ------
    InputError : it cannot.
    """
    folder = path.parent if path.suffix or not path.exists() else path
    if path.suffix and path.is_dir():
        raise InputError("a folder", where=str(path), expected="the name of a file", do="Name another file.")
    if not path.suffix and path.is_file():
        raise InputError("a file", where=str(path), expected="a folder", do="Name another folder, or a file as run.nc.")
    with staged(folder, at=path):
        pass


@contextmanager
def staged(folder: Path, *, at: Path | None = None, do: str = NOTHING_WRITTEN) -> Iterator[Path]:
    """A folder to write files in; when the block ends well they are put into `folder`, else nothing is left.

    For files too large to hold in memory; `write_together` serves the others.

    Parameters
    ----------
    at : the place a message names; the folder by default ; do : what it says can be done

    Raises
    ------
    InputError : no room, no permission, no such folder; nothing half-written is left.
    """
    try:
        _sweep(folder)
        with tempfile.TemporaryDirectory(dir=folder, prefix=f"{_mine()}-", ignore_cleanup_errors=True) as staging:
            yield Path(staging)
            files = sorted(Path(staging).iterdir())
            for file in files:
                _synced(file)
            for file in files:
                file.replace(folder / file.name)
    except OSError as error:
        raise InputError(
            f"cannot write ({reason(error)})",
            where=str(at or folder),
            expected="a folder with room and permission to write",
            do=do,
        ) from error


def require_left(folder: Path, more: int) -> None:
    """See, before so many bytes are written by a library that does not take a full disk well, that there is room.

    Raises
    ------
    OSError : there is not, as if it had been tried (ENOSPC).
    """
    if shutil.disk_usage(folder).free < more:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))


def reason(error: OSError) -> str:
    """What went wrong, in the system's few words where it has any."""
    return os.strerror(error.errno) if error.errno else str(error)


def _mine(process: int | None = None) -> str:
    """What the staging folders of a process of this machine are called."""
    return f".writing-{platform.node() or 'here'}-{os.getpid() if process is None else process}"


def _sweep(folder: Path) -> None:
    """Remove what killed processes of this machine left half-written; nobody else's."""
    start = _mine(0).removesuffix("0")
    for left in folder.glob(f"{start}*-*"):
        process = left.name.removeprefix(start).partition("-")[0]
        if process.isdigit() and not _alive(int(process)):
            shutil.rmtree(left, ignore_errors=True)


def _alive(process: int) -> bool:
    """Whether a process runs; taken for alive where the system does not say."""
    if os.name != "posix":
        return True
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    except OSError:
        return True
    return True


def _synced(path: Path) -> None:
    """See a written file on the disk."""
    with path.open("rb") as file:
        os.fsync(file.fileno())
