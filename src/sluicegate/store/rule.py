"""Alert rules and what they hit."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import Connection, Row, delete, insert, select, update

from sluicegate.store.schema import ARTICLE, CLAIM, HIT, RULE, moment
from sluicegate.terms import InputError, NotFoundError


def rules(connection: Connection) -> list[Row[Any]]:
    """Every rule by name."""
    return list(connection.execute(select(RULE).order_by(RULE.c.name)))


def rule_named(connection: Connection, name: str) -> Row[Any]:
    """A rule by its name.

    Raises
    ------
    NotFoundError : no such rule.
    """
    found = {r.name: r for r in rules(connection)}
    if name not in found:
        raise NotFoundError(name, kind="rule", known=found, where="news alerts")
    return found[name]


def put_rule(connection: Connection, name: str, wish: Mapping[str, Any], *, reader: str, webhook: str | None) -> int:
    """Keep a rule; its number.

    Raises
    ------
    InputError : a rule of that name is there.
    """
    if name in {r.name for r in rules(connection)}:
        raise InputError(f"there is a rule {name!r}", where="--add", expected="a name that is free",
                         do="Choose another, or remove that one first.")  # fmt: skip
    made = connection.execute(insert(RULE).values(name=name, wish=dict(wish), reader=reader, webhook=webhook,
                                                  made_at=moment()))  # fmt: skip
    return int(made.inserted_primary_key[0])  # type: ignore[index]


def remove_rule(connection: Connection, name: str) -> None:
    """Take a rule out with its hits; raises as `rule_named`."""
    connection.execute(delete(RULE).where(RULE.c.id == rule_named(connection, name).id))


def put_hits(connection: Connection, rule_id: int, hits: Sequence[tuple[int, float | None]]) -> int:
    """Record claims that a rule hits, with the exposure; those on record stay. How many are new."""
    query = select(HIT.c.claim_id).where(HIT.c.rule_id == rule_id, HIT.c.claim_id.in_([c for c, _ in hits]))
    known = set(connection.execute(query).scalars())
    rows = [{"rule_id": rule_id, "claim_id": c, "exposure": e, "at": moment()} for c, e in hits if c not in known]
    if rows:
        connection.execute(insert(HIT), rows)
    return len(rows)


def hits_of(connection: Connection, rule_ids: Sequence[int], *, since: str | None = None, unsent: bool = False,
            limit: int = 200) -> list[Row[Any]]:  # fmt: skip
    """What rules hit, the newest first: hit, claim and article."""
    query = (select(HIT, RULE.c.name, RULE.c.webhook, CLAIM.c.document, CLAIM.c.gone_in, CLAIM.c.article_id,
                    ARTICLE.c.title, ARTICLE.c.publisher, ARTICLE.c.published, ARTICLE.c.url, ARTICLE.c.source_class)
             .join(RULE, RULE.c.id == HIT.c.rule_id).join(CLAIM, CLAIM.c.id == HIT.c.claim_id)
             .join(ARTICLE, ARTICLE.c.id == CLAIM.c.article_id).where(HIT.c.rule_id.in_(rule_ids))
             .order_by(HIT.c.at.desc(), HIT.c.claim_id.desc()).limit(limit))  # fmt: skip
    if since:
        query = query.where(HIT.c.at > since)
    if unsent:
        query = query.where(HIT.c.sent_at.is_(None))
    return list(connection.execute(query))


def mark_sent(connection: Connection, rule_id: int, claim_ids: Sequence[int]) -> None:
    """Record that hits went out by webhook."""
    mine = (HIT.c.rule_id == rule_id) & HIT.c.claim_id.in_(claim_ids)
    connection.execute(update(HIT).where(mine).values(sent_at=moment()))
