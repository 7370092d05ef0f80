"""One writer at a time, so that what it reads is what it changes."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy import Connection, Engine, text

_LIBRARY = 7_140_001
"""Our number among PostgreSQL's advisory locks."""


@contextmanager
def writing(engine: Engine) -> Iterator[Connection]:
    """A transaction that no other writer of the library runs beside; undone when the block fails."""
    with engine.begin() as connection:
        if connection.dialect.name == "sqlite":
            connection.exec_driver_sql("BEGIN IMMEDIATE")  # a later upgrade from reader to writer would not wait
        else:
            connection.execute(text("SELECT pg_advisory_xact_lock(:n)"), {"n": _LIBRARY})
        yield connection
