"""A brief on a kept article, and the numbers it moved on record."""

from __future__ import annotations

from datetime import date
from typing import Any

from sqlalchemy import Connection, Engine, Row, delete, insert

from sluicegate.desk.answer import DRAWS, SEED
from sluicegate.desk.brief import brief_reading
from sluicegate.desk.claims import claims_document
from sluicegate.desk.number import Document
from sluicegate.news import Article, Reading, Related, extract_claims
from sluicegate.sim.run import Progress
from sluicegate.store.article import article_row
from sluicegate.store.schema import MOVED, moment
from sluicegate.store.writer import writing
from sluicegate.terms import InputError

PREFIX = "news:"
"""What the name of a kept article begins with."""


def article_number(name: str) -> int:
    """The number in `news:12`.

    Raises
    ------
    InputError : anything else.
    """
    said = name.removeprefix(PREFIX)
    if not said.isdecimal() or len(said) > 12:
        raise InputError(f"{name[:60]!r}", where="SOURCE", expected="news: and an article's number",
                         do="See `sluicegate news list`.")  # fmt: skip
    return int(said)


def brief_article(engine: Engine, article_id: int, *, as_of: date | None = None, draws: int = DRAWS, seed: int = SEED,
                  progress: Progress | None = None) -> Document:  # fmt: skip
    """The `brief` document of a kept article; which numbers it moved is kept with it.

    Raises
    ------
    NotFoundError : no such article.
    """
    with engine.connect() as connection:
        row = article_row(connection, article_id)
    reading = kept_reading(row)
    document = brief_reading(f"{PREFIX}{article_id}", reading, list(extract_claims(reading.article)), as_of=as_of,
                             draws=draws, seed=seed, progress=progress)  # fmt: skip
    with writing(engine) as connection:
        _record(connection, row, document)
    return document


def claims_of_article(engine: Engine, article_id: int, *, as_of: date | None = None) -> Document:
    """The `claims` document of a kept article; raises NotFoundError."""
    with engine.connect() as connection:
        reading = kept_reading(article_row(connection, article_id))
    day = as_of or reading.article.published or date.today()
    return claims_document(reading, list(extract_claims(reading.article)), day)


def kept_reading(row: Row[Any]) -> Reading:
    """The reading that an article was kept from."""
    day = date.fromisoformat(row.published) if row.published else None
    article = Article(row.title, row.publisher, day, row.url, row.language, row.text, row.body_start, row.body_end)
    return Reading(article, tuple(Related(**r) for r in row.related), tuple(row.notes))


def _record(connection: Connection, row: Row[Any], document: Document) -> None:
    connection.execute(delete(MOVED).where(MOVED.c.article_id == row.id))
    connection.execute(insert(MOVED).values(article_id=row.id, revision=row.revision, numbers=document["moved"],
                                            run=document["provenance"]["run"], at=moment()))  # fmt: skip
