"""Feeds kept: what to ask of each next time, and when."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Connection, Row, delete, insert, select, update

from sluicegate.store.schema import FEED, moment
from sluicegate.terms import NotFoundError


def feeds(connection: Connection) -> list[Row[Any]]:
    """Every feed by folder, title and address."""
    return list(connection.execute(select(FEED).order_by(FEED.c.folder, FEED.c.title, FEED.c.url)))


def put_feed(connection: Connection, url: str, **fields: Any) -> tuple[int, bool]:
    """A feed's number, and whether it is new; what is given of a known one is changed."""
    row = connection.execute(select(FEED.c.id).where(FEED.c.url == url)).first()
    if row is not None:
        given = {k: v for k, v in fields.items() if v is not None}
        if given:
            connection.execute(update(FEED).where(FEED.c.id == row.id).values(**given))
        return int(row.id), False
    values = {"kind": "feed", "folder": "", "private": False, "failures": 0, "added_at": moment()}
    values |= {k: v for k, v in fields.items() if v is not None}
    made = connection.execute(insert(FEED).values(url=url, **values))
    return int(made.inserted_primary_key[0]), True  # type: ignore[index]


def set_feed(connection: Connection, feed_id: int, **fields: Any) -> None:
    """Change what is kept of a feed."""
    connection.execute(update(FEED).where(FEED.c.id == feed_id).values(**fields))


def remove_feed(connection: Connection, name: str) -> Row[Any]:
    """Take a feed out by its number or address; its articles stay.

    Raises
    ------
    NotFoundError : no such feed.
    """
    rows = feeds(connection)
    row = next((r for r in rows if name in (str(r.id), r.url)), None)
    if row is None:
        raise NotFoundError(name, kind="feed", known=[r.url for r in rows], where="news feeds")
    connection.execute(delete(FEED).where(FEED.c.id == row.id))
    return row
