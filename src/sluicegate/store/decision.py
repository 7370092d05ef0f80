"""Decisions on claims: who accepted or rejected what, why, what came of it, and what was undone. Nothing is erased."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Connection, Row, insert, select, update

from sluicegate.store.schema import CLAIM, DECISION, moment

ACCEPTED, REJECTED = "accepted", "rejected"


def put_decision(connection: Connection, claim_id: int, verdict: str, *, reason: str, reader: str,
                 entry: Any = None) -> int:  # fmt: skip
    """Record a decision; its number."""
    made = connection.execute(insert(DECISION).values(claim_id=claim_id, verdict=verdict, reason=reason, reader=reader,
                                                      entry=entry, at=moment()))  # fmt: skip
    return int(made.inserted_primary_key[0])  # type: ignore[index]


def set_entry(connection: Connection, decision_id: int, entry: Any) -> None:
    """Record what a decision became in the overlay."""
    connection.execute(update(DECISION).where(DECISION.c.id == decision_id).values(entry=entry))


def undo_decision(connection: Connection, decision_id: int, *, reader: str) -> None:
    """Mark a decision as undone; it stays on record."""
    connection.execute(update(DECISION).where(DECISION.c.id == decision_id)
                       .values(undone_at=moment(), undone_by=reader))  # fmt: skip


def standing(connection: Connection, claim_ids: Sequence[int]) -> dict[int, Row[Any]]:
    """The decision that stands on each claim, of those that have one."""
    query = (select(DECISION).where(DECISION.c.claim_id.in_(claim_ids), DECISION.c.undone_at.is_(None))
             .order_by(DECISION.c.id))  # fmt: skip
    return {row.claim_id: row for row in connection.execute(query)}


def decisions(connection: Connection, *, since: str | None = None, limit: int = 500) -> list[Row[Any]]:
    """Every decision with its claim, the newest first, undone ones too."""
    query = select(DECISION, CLAIM.c.type, CLAIM.c.article_id, CLAIM.c.document, CLAIM.c.gone_in).join(
        CLAIM, CLAIM.c.id == DECISION.c.claim_id)  # fmt: skip
    if since:
        query = query.where((DECISION.c.at > since) | (DECISION.c.undone_at > since))
    return list(connection.execute(query.order_by(DECISION.c.id.desc()).limit(limit)))
