"""A person's own files: companies, projects, scenarios, articles. Every question names whose they are."""

from __future__ import annotations

import re
import secrets
import time
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Engine, Row, func, select, update

from sluicegate.store.desk_tables import FILE
from sluicegate.terms.errors import InputError, NotFoundError

KINDS = ("company", "project", "scenario", "article")
LARGEST = 1_000_000
"""Bytes of one file."""
MOST = 200
"""Files of one person."""
_NAME = re.compile(r"[\w][\w .()+-]{0,79}")


@dataclass(frozen=True)
class OwnFile:
    """A file of somebody's; times are seconds since 1970."""

    id: str
    kind: str
    name: str
    content: bytes
    made_at: float
    changed_at: float


def keep_file(engine: Engine, person_id: int, kind: str, name: str, content: bytes) -> OwnFile:
    """Keep a file; one of the same kind and name gives way.

    Raises
    ------
    InputError : no such kind, not a name, too large, or too many.
    """
    _check(kind, name, content)
    now = time.time()
    mine = (FILE.c.person_id == person_id) & (FILE.c.kind == kind) & (FILE.c.name == name)
    with engine.begin() as connection:
        changed = connection.execute(update(FILE).where(mine).values(content=content, changed_at=now)).rowcount
        if not changed:
            held = connection.execute(select(func.count()).select_from(FILE).where(FILE.c.person_id == person_id))
            if held.scalar_one() >= MOST:
                raise InputError(f"{MOST} files", where="your files", expected="fewer", do="Remove some first.")
            connection.execute(FILE.insert().values(
                id=secrets.token_hex(8), person_id=person_id, kind=kind, name=name, content=content, made_at=now,
                changed_at=now))  # fmt: skip
        return _file(connection.execute(select(FILE).where(mine)).one())


def files_of(engine: Engine, person_id: int, kind: str | None = None) -> list[OwnFile]:
    """A person's files, the last changed first."""
    query = select(FILE).where(FILE.c.person_id == person_id).order_by(FILE.c.changed_at.desc(), FILE.c.id)
    if kind is not None:
        query = query.where(FILE.c.kind == kind)
    with engine.connect() as connection:
        return [_file(row) for row in connection.execute(query)]


def file_of(engine: Engine, person_id: int, file_id: str) -> OwnFile:
    """One of a person's own files.

    Raises
    ------
    NotFoundError : the person has no such file, whoever else may.
    """
    with engine.connect() as connection:
        row = connection.execute(select(FILE).where(FILE.c.id == file_id, FILE.c.person_id == person_id)).one_or_none()
    if row is None:
        raise NotFoundError(file_id[:40], kind="file", known=[], where="your files")
    return _file(row)


def remove_file(engine: Engine, person_id: int, file_id: str) -> bool:
    """Remove one of a person's own files; whether there was one."""
    with engine.begin() as connection:
        gone = connection.execute(FILE.delete().where(FILE.c.id == file_id, FILE.c.person_id == person_id))
        return gone.rowcount == 1


def _check(kind: str, name: str, content: bytes) -> None:
    if kind not in KINDS:
        raise NotFoundError(kind[:40], kind="kind of file", known=KINDS, where="kind")
    if not _NAME.fullmatch(name):
        raise InputError(f"{name[:80]!r}", where="name", do="Mend it.",
                         expected="1 to 80 letters, digits, spaces and . ( ) + - _")  # fmt: skip
    if len(content) > LARGEST:
        raise InputError(f"{len(content):,} bytes", where=name, expected=f"at most {LARGEST:,}", do="Shorten it.")


def _file(row: Row[Any]) -> OwnFile:
    return OwnFile(row.id, row.kind, row.name, bytes(row.content), row.made_at, row.changed_at)
