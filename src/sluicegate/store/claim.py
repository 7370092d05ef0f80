"""Claims kept: put in, withdrawn with a text that changed, joined into events, found by what they name."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, timedelta
from typing import Any

from sqlalchemy import Connection, Row, Select, bindparam, delete, insert, select, update

from sluicegate.store.schema import ARTICLE, CLAIM, EVENT, MENTION
from sluicegate.terms import NotFoundError

DAYS_APART = 3
"""Days within which claims of one type, actor and material are of one event."""
_LONGEST_NAME = 200
MOST = 500
"""Claims of one event that are looked at."""
_PUT, _PUT_EVENT, _PUT_MENTION = insert(CLAIM), insert(EVENT), insert(MENTION)
_EVENTS_NEAR = (
    select(EVENT.c.id, EVENT.c.day, EVENT.c.materials)
    .where(EVENT.c.type == bindparam("of_type"), EVENT.c.actor == bindparam("of_actor"),
           EVENT.c.day.between(bindparam("first"), bindparam("last")))
    .order_by(EVENT.c.id)
)  # fmt: skip
"""Statements of every article that is kept, built once: building them took longer than running them."""


def claim_row(connection: Connection, claim_id: int) -> Row[Any]:
    """A claim by its number.

    Raises
    ------
    NotFoundError : no such claim.
    """
    row = connection.execute(select(CLAIM).where(CLAIM.c.id == claim_id)).first()
    if row is None:
        known = connection.execute(select(CLAIM.c.id).order_by(CLAIM.c.id.desc()).limit(8)).scalars()
        raise NotFoundError(str(claim_id), kind="claim", known=map(str, known), where="news")
    return row


def claims_of(connection: Connection, article_id: int, *, gone: bool = False) -> list[Row[Any]]:
    """The claims of an article's present text in its order; with `gone` also those of former texts."""
    query = select(CLAIM).where(CLAIM.c.article_id == article_id).order_by(CLAIM.c.id)
    rows = connection.execute(query if gone else query.where(CLAIM.c.gone_in.is_(None))).all()
    return sorted(rows, key=lambda r: (r.gone_in or 0, r.document["start"], r.id))


def put_claim(connection: Connection, fields: Mapping[str, Any], mentions: Iterable[tuple[str, str]]) -> int:
    """Put a claim in with what it names; its number."""
    document = fields["document"]
    event = event_of(
        connection, fields["type"], document["actor"], document["target"], document["materials"], fields["day"]
    )
    result = connection.execute(_PUT, {**fields, "event_id": event})
    number = int(result.inserted_primary_key[0])  # type: ignore[index]
    rows = [{"claim_id": number, "article_id": fields["article_id"], "kind": kind, "value": value[:_LONGEST_NAME]}
            for kind, value in mentions]  # fmt: skip
    if rows:
        connection.execute(_PUT_MENTION, rows)
    return number


def withdraw(connection: Connection, claim_ids: Sequence[int], revision: int) -> None:
    """Mark claims that no longer stand since a revision; they stay on record, named by nothing."""
    connection.execute(update(CLAIM).where(CLAIM.c.id.in_(claim_ids)).values(gone_in=revision))
    connection.execute(delete(MENTION).where(MENTION.c.claim_id.in_(claim_ids)))


def restate(connection: Connection, claim_id: int, document: Mapping[str, Any]) -> None:
    """A claim that says the same in a new text, with its new place there."""
    connection.execute(update(CLAIM).where(CLAIM.c.id == claim_id).values(document=dict(document)))


def event_of(connection: Connection, kind: str, actor: Sequence[str], target: Sequence[str], materials: Sequence[str],
             day: str) -> int:  # fmt: skip
    """The event of a claim: same type and actor (the target where nobody acts), a material in common, within days.

    Made where there is none.
    """
    actors = ",".join(sorted(actor)) or (f"to {','.join(sorted(target))}" if target else "")
    first, last = _window(day)
    near = {"of_type": kind, "of_actor": actors, "first": first, "last": last}
    for number, its_day, named in connection.execute(_EVENTS_NEAR, near):
        if _near(its_day, day) and (set(named) & set(materials) or not (named or materials)):
            return int(number)
    made = connection.execute(_PUT_EVENT, {"type": kind, "actor": actors, "day": day, "materials": list(materials)})
    return int(made.inserted_primary_key[0])  # type: ignore[index]


def in_event(connection: Connection, event_id: int) -> list[Row[Any]]:
    """The claims of an event that stand, with their articles: publisher, class, address, day and what it copies."""
    query = (select(CLAIM, ARTICLE.c.title, ARTICLE.c.publisher, ARTICLE.c.source_class, ARTICLE.c.url,
                    ARTICLE.c.published, ARTICLE.c.copy_of)
             .join(ARTICLE, ARTICLE.c.id == CLAIM.c.article_id)
             .where(CLAIM.c.event_id == event_id, CLAIM.c.gone_in.is_(None))
             .order_by(CLAIM.c.id).limit(MOST))  # fmt: skip
    return list(connection.execute(query))


def naming(query: Select[Any], kinds: Sequence[str], values: Sequence[str]) -> Select[Any]:
    """A query of claims narrowed to those that name one of the values in one of the kinds."""
    named = select(MENTION.c.claim_id).where(MENTION.c.kind.in_(kinds), MENTION.c.value.in_(values))
    return query.where(CLAIM.c.id.in_(named))


def _window(day: str) -> tuple[str, str]:
    """Texts between which days near this one lie; a partial date lies alone."""
    try:
        middle = date.fromisoformat(day)
    except ValueError:
        return day, day
    return str(middle - timedelta(DAYS_APART)), str(middle + timedelta(DAYS_APART))


def _near(one: str, other: str) -> bool:
    try:
        return abs(date.fromisoformat(one) - date.fromisoformat(other)) <= timedelta(DAYS_APART)
    except ValueError:
        return one == other
