"""The shelf as a reader asks for it: articles narrowed by what they name, what the reader did, and when they came."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import BindParameter, ColumnElement, Connection, Row, Select, and_, bindparam, func, or_, select, tuple_

from sluicegate.store.schema import ARTICLE, CLAIM, MARK, MENTION, TOPIC

_LONG = {"text", "spaced", "related", "notes", "signature", "digest", "key"}
LINE = tuple(c for c in ARTICLE.c if c.name not in _LONG)
"""Columns of an article that a list shows."""
NEWEST = func.coalesce(ARTICLE.c.published_at, ARTICLE.c.published, ARTICLE.c.added_at)
"""What articles are ordered by; `article_newest` and `article_original` of the migrations are indexes of it."""

_AMONG: BindParameter[Any] = bindparam("articles", expanding=True)
_CLAIMS = (
    select(CLAIM.c.article_id, func.count())
    .where(CLAIM.c.article_id.in_(_AMONG), CLAIM.c.gone_in.is_(None))
    .group_by(CLAIM.c.article_id)
)
_COPIES = select(ARTICLE.c.copy_of, func.count()).where(ARTICLE.c.copy_of.in_(_AMONG)).group_by(ARTICLE.c.copy_of)
_TOPICS = select(TOPIC).where(TOPIC.c.article_id.in_(_AMONG)).order_by(TOPIC.c.weight.desc(), TOPIC.c.value)
"""Statements of every list, built once: building them took longer than running them."""


@dataclass(frozen=True)
class Wish:
    """What a reader asks the shelf for; what is empty does not narrow.

    Parameters
    ----------
    materials, places, organisations : one of them is named
    types, statuses : of one of its claims
    classes : of source
    published : first and last day, both inclusive
    added_after : a moment
    unread, starred : as the reader left them
    hidden : also what the reader hid
    copies : also copies of other articles
    region, pairs : for a region: articles that name it, or a claim on a (material, actor) it depends on
    ids : among these alone
    """

    materials: Sequence[str] = ()
    places: Sequence[str] = ()
    organisations: Sequence[str] = ()
    types: Sequence[str] = ()
    statuses: Sequence[str] = ()
    classes: Sequence[str] = ()
    feed_id: int | None = None
    published: tuple[str | None, str | None] = (None, None)
    added_after: str | None = None
    unread: bool = False
    starred: bool = False
    hidden: bool = False
    copies: bool = False
    region: str | None = None
    pairs: Sequence[tuple[str, str]] = ()
    ids: Sequence[int] | None = None


def shelf(
    connection: Connection, wish: Wish, *, reader: str, limit: int, offset: int = 0
) -> tuple[list[Row[Any]], int]:
    """Articles as a reader asked for them, the newest first, with the reader's marks, and how many there are in all."""
    where = [*_conditions(wish), *_of_reader(wish, reader)]
    mine = and_(MARK.c.article_id == ARTICLE.c.id, MARK.c.reader == reader)
    base: Select[Any] = select(*LINE, MARK.c.read_at, MARK.c.starred_at, MARK.c.hidden_at).outerjoin(MARK, mine)
    rows = connection.execute(
        base.where(*where).order_by(NEWEST.desc(), ARTICLE.c.id.desc()).limit(limit).offset(offset)
    )
    if wish.ids is not None:
        return (found := list(rows.all())), len(found)
    counted: Select[Any] = select(func.count()).select_from(ARTICLE).where(*where)
    return list(rows.all()), int(connection.execute(counted).scalar_one())


def count_claims(connection: Connection, article_ids: Sequence[int]) -> dict[int, int]:
    """How many claims stand in each article."""
    return {int(a): int(n) for a, n in connection.execute(_CLAIMS, {"articles": list(article_ids)}).all()}


def count_copies(connection: Connection, article_ids: Sequence[int]) -> dict[int, int]:
    """How many other articles copy each."""
    return {int(a): int(n) for a, n in connection.execute(_COPIES, {"articles": list(article_ids)})}


def topics_on(connection: Connection, article_ids: Sequence[int]) -> dict[int, list[tuple[str, str, int]]]:
    """Kind, value and weight of the topics of each article, the weightiest first."""
    found: dict[int, list[tuple[str, str, int]]] = {}
    for kind, value, article, weight in connection.execute(_TOPICS, {"articles": list(article_ids)}).all():
        found.setdefault(article, []).append((kind, value, weight))
    return found


def _conditions(wish: Wish) -> list[ColumnElement[bool]]:
    first, last = wish.published
    named = [("material", wish.materials), ("place", wish.places), ("organisation", wish.organisations)]
    found = [_on_topic(kind, values) for kind, values in named if values]
    if wish.types or wish.statuses:
        found.append(_claiming(wish.types, wish.statuses))
    if wish.classes:
        found.append(ARTICLE.c.source_class.in_(wish.classes))
    if wish.feed_id is not None:
        found.append(ARTICLE.c.feed_id == wish.feed_id)
    if first:
        found.append(ARTICLE.c.published >= first)
    if last:
        found.append(ARTICLE.c.published <= last)
    if wish.added_after:
        found.append(ARTICLE.c.changed_at > wish.added_after)
    if not wish.copies and wish.ids is None:
        found.append(ARTICLE.c.copy_of.is_(None))
    if wish.ids is not None:
        found.append(ARTICLE.c.id.in_(wish.ids))
    return [*found, *_for_region(wish)]


def _of_reader(wish: Wish, reader: str) -> list[ColumnElement[bool]]:
    """What a reader's marks leave, by the articles that bear them: few, while articles are many."""
    mine = select(MARK.c.article_id).where(MARK.c.reader == reader)
    found: list[ColumnElement[bool]] = []
    if wish.unread:
        found.append(ARTICLE.c.id.not_in(mine.where(MARK.c.read_at.is_not(None))))
    if wish.starred:
        found.append(ARTICLE.c.id.in_(mine.where(MARK.c.starred_at.is_not(None))))
    if not wish.hidden:
        found.append(ARTICLE.c.id.not_in(mine.where(MARK.c.hidden_at.is_not(None))))
    return found


def _on_topic(kind: str, values: Sequence[str]) -> ColumnElement[bool]:
    return ARTICLE.c.id.in_(select(TOPIC.c.article_id).where(TOPIC.c.kind == kind, TOPIC.c.value.in_(values)))


def _claiming(types: Sequence[str], statuses: Sequence[str]) -> ColumnElement[bool]:
    query = select(CLAIM.c.article_id).where(CLAIM.c.gone_in.is_(None))
    if types:
        query = query.where(CLAIM.c.type.in_(types))
    if statuses:
        query = query.where(CLAIM.c.status.in_(statuses))
    return ARTICLE.c.id.in_(query)


def _for_region(wish: Wish) -> list[ColumnElement[bool]]:
    """Articles that name the region, or of which a claim is on something it depends on."""
    if wish.region is None:
        return []
    named = _on_topic("place", [wish.region])
    if not wish.pairs:
        return [named]
    other = MENTION.alias()
    pair = (select(MENTION.c.article_id).join(other, other.c.claim_id == MENTION.c.claim_id)
            .where(MENTION.c.kind == "material", other.c.kind == "actor",
                   tuple_(MENTION.c.value, other.c.value).in_(list(wish.pairs))))  # fmt: skip
    return [or_(named, ARTICLE.c.id.in_(pair))]
