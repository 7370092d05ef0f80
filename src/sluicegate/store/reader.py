"""Readers: their region and language, what they read, starred and hid, their notes, and when they last looked."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Connection, Row, insert, select, update

from sluicegate.store.schema import MARK, NOTE, READER, moment
from sluicegate.terms import NotFoundError

MARKS = {"read": "read_at", "starred": "starred_at", "hidden": "hidden_at"}


def profile(connection: Connection, reader: str) -> dict[str, Any]:
    """A reader's region, language and last look; None for what was never said."""
    row = connection.execute(select(READER).where(READER.c.name == reader)).first()
    return dict(row._mapping) if row else {"name": reader, "region": None, "language": None, "looked_at": None}


def set_profile(connection: Connection, reader: str, **values: str | None) -> None:
    """Change what is kept of a reader."""
    known = connection.execute(select(READER.c.name).where(READER.c.name == reader)).first()
    if known is None:
        connection.execute(insert(READER).values(name=reader))
    if values:
        connection.execute(update(READER).where(READER.c.name == reader).values(**values))


def set_mark(connection: Connection, reader: str, article_id: int, mark: str, *, on: bool) -> None:
    """Set or take away one of `MARKS`."""
    mine = (MARK.c.reader == reader) & (MARK.c.article_id == article_id)
    if connection.execute(select(MARK.c.reader).where(mine)).first() is None:
        connection.execute(insert(MARK).values(reader=reader, article_id=article_id))
    connection.execute(update(MARK).where(mine).values({MARKS[mark]: moment() if on else None}))


def marks_of(connection: Connection, reader: str, article_id: int) -> dict[str, bool]:
    """Which marks a reader set on an article."""
    row = connection.execute(
        select(MARK).where(MARK.c.reader == reader, MARK.c.article_id == article_id)
    ).first()  # fmt: skip
    return {name: row is not None and getattr(row, column) is not None for name, column in MARKS.items()}


def put_note(connection: Connection, reader: str, article_id: int, claim_id: int | None, text: str) -> int:
    """Keep a note on an article or on one of its claims; its number."""
    made = connection.execute(insert(NOTE).values(reader=reader, article_id=article_id, claim_id=claim_id, text=text,
                                                  at=moment()))  # fmt: skip
    return int(made.inserted_primary_key[0])  # type: ignore[index]


def notes_on(connection: Connection, article_ids: Sequence[int]) -> list[Row[Any]]:
    """Notes of every reader on articles, the oldest first, without removed ones."""
    query = select(NOTE).where(NOTE.c.article_id.in_(article_ids), NOTE.c.removed_at.is_(None)).order_by(NOTE.c.id)
    return list(connection.execute(query))


def remove_note(connection: Connection, reader: str, note_id: int) -> None:
    """Take a reader's own note away.

    Raises
    ------
    NotFoundError : the reader has no such note.
    """
    mine = (NOTE.c.id == note_id) & (NOTE.c.reader == reader) & NOTE.c.removed_at.is_(None)
    if connection.execute(update(NOTE).where(mine).values(removed_at=moment())).rowcount == 0:
        known = connection.execute(select(NOTE.c.id).where(NOTE.c.reader == reader, NOTE.c.removed_at.is_(None)))
        raise NotFoundError(str(note_id), kind="note", known=map(str, known.scalars()), where="news note")
