"""Articles kept: found by address or text, put in, given a new text, found again as copies of one another."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from sqlalchemy import Connection, Row, bindparam, delete, insert, select, update

from sluicegate.store.schema import ARTICLE, BAND, REVISION
from sluicegate.terms import NotFoundError

Fields = Mapping[str, Any]
_TEXTS = ("title", "published", "text", "body_start", "body_end")
_PUT, _PUT_BANDS = insert(ARTICLE), insert(BAND)
_BY_KEY = select(ARTICLE).where(ARTICLE.c.key == bindparam("of_key"))
_BY_TEXT = select(ARTICLE).where(ARTICLE.c.digest == bindparam("of_digest")).order_by(ARTICLE.c.id)
_SHARING = (
    select(ARTICLE.c.id, ARTICLE.c.signature, ARTICLE.c.voice, ARTICLE.c.source_class)
    .where(ARTICLE.c.id.in_(select(BAND.c.article_id).where(BAND.c.value.in_(bindparam("values", expanding=True)))))
    .order_by(ARTICLE.c.id)
)
"""Statements of every article that is kept, built once: building them took longer than running them."""


def article_row(connection: Connection, article_id: int) -> Row[Any]:
    """An article by its number.

    Raises
    ------
    NotFoundError : no such article.
    """
    row = connection.execute(select(ARTICLE).where(ARTICLE.c.id == article_id)).first()
    if row is None:
        known = connection.execute(select(ARTICLE.c.id).order_by(ARTICLE.c.id.desc()).limit(8)).scalars()
        raise NotFoundError(str(article_id), kind="article", known=map(str, known), where="news")
    return row


def known_as(connection: Connection, key: str, digest: str, *, by_text: bool) -> Row[Any] | None:
    """The article of an address, else of the very text where `by_text`."""
    row = connection.execute(_BY_KEY, {"of_key": key}).first()
    if row is None and by_text:
        row = connection.execute(_BY_TEXT, {"of_digest": digest}).first()
    return row


def put_article(connection: Connection, fields: Fields) -> int:
    """Put an article in; its number."""
    return int(connection.execute(_PUT, dict(fields)).inserted_primary_key[0])  # type: ignore[index]


def put_bands(connection: Connection, article_id: int, values: Iterable[int]) -> None:
    """Make an article findable by its bands."""
    rows = [{"value": v, "article_id": article_id} for v in dict.fromkeys(values)]
    if rows:
        connection.execute(_PUT_BANDS, rows)


def sharing_bands(connection: Connection, values: Sequence[int]) -> list[tuple[int, bytes, str, str]]:
    """Articles that share a band: number, signature, voice and class; the oldest first."""
    return [tuple(row) for row in connection.execute(_SHARING, {"values": list(values)})]


def revise(connection: Connection, row: Row[Any], fields: Fields, *, change: Any, at: str) -> int:
    """Give an article a new text; the former one is kept. The new revision's number."""
    former = {name: getattr(row, name) for name in _TEXTS}
    connection.execute(insert(REVISION).values(article_id=row.id, number=row.revision, seen_at=row.changed_at,
                                               replaced_at=at, change=change, **former))  # fmt: skip
    number = int(row.revision) + 1
    connection.execute(update(ARTICLE).where(ARTICLE.c.id == row.id)
                       .values(revision=number, changed_at=at, **fields))  # fmt: skip
    connection.execute(delete(BAND).where(BAND.c.article_id == row.id))
    return number


def revisions_of(connection: Connection, article_id: int) -> list[Row[Any]]:
    """Former texts of an article, the oldest first."""
    query = select(REVISION).where(REVISION.c.article_id == article_id).order_by(REVISION.c.number)
    return list(connection.execute(query))


def copies_of(connection: Connection, article_id: int) -> list[Row[Any]]:
    """Articles that copy this one: number, publisher, url, published."""
    query = select(ARTICLE.c.id, ARTICLE.c.publisher, ARTICLE.c.url, ARTICLE.c.published)
    return list(connection.execute(query.where(ARTICLE.c.copy_of == article_id).order_by(ARTICLE.c.id)))
