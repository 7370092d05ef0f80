"""A PostgreSQL to test on: the one that SLUICEGATE_TEST_POSTGRES names, else one thrown away after the tests."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

NAMED = "SLUICEGATE_TEST_POSTGRES"
"""Variable with a server's address, `postgresql://USER@HOST:PORT/postgres`, whose user may make databases."""


@contextmanager
def server() -> Iterator[str | None]:
    """The address of a server, None where there is none: `why_not` says why."""
    named = os.environ.get(NAMED)
    if named or why_not():
        yield named or None
        return
    folder = Path(tempfile.mkdtemp(prefix="sluicegate-postgres-"))
    port = _free_port()
    try:
        _as_server("chown", "-R", "postgres", str(folder), only_root=True)
        _as_server(_binary("initdb"), "-D", str(folder / "data"), "-U", "postgres", "-A", "trust", "-E", "UTF8",
                   "--no-sync", "--locale=C.UTF-8")  # fmt: skip
        settings = f"-p {port} -k {folder} -c listen_addresses=127.0.0.1 -c fsync=off -c full_page_writes=off"
        _as_server(_binary("pg_ctl"), "-D", str(folder / "data"), "-w", "-l", str(folder / "log"), "-o", settings,
                   "start")  # fmt: skip
        yield f"postgresql://postgres@127.0.0.1:{port}/postgres"
    finally:
        _as_server(_binary("pg_ctl"), "-D", str(folder / "data"), "-m", "immediate", "stop", check=False)
        shutil.rmtree(folder, ignore_errors=True)


def why_not() -> str | None:
    """Why no server can be had; None where one can."""
    if os.environ.get(NAMED):
        return None
    if not _folder():
        return f"no PostgreSQL is installed, and {NAMED} names no server"
    if os.geteuid() == 0 and not shutil.which("runuser"):
        return "PostgreSQL does not run as root, and there is no runuser"
    return None


def _folder() -> Path | None:
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"))
    on_path = shutil.which("initdb")
    return found[-1].parent if found else Path(on_path).parent if on_path else None


def _binary(name: str) -> str:
    return str((_folder() or Path()) / name)


def _as_server(*command: str, only_root: bool = False, check: bool = True) -> None:
    """Run as a user that may run the server: ourselves, or `postgres` where we are root."""
    before: Sequence[str] = () if os.geteuid() or only_root else ("runuser", "-u", "postgres", "--")
    if only_root and os.geteuid():
        return
    subprocess.run([*before, *command], check=check, capture_output=True, cwd="/", timeout=600)


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
