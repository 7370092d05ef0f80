"""How a claim stands among the others: who else says so, who says otherwise, and whether the overlay may take it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

from sqlalchemy import Connection, Row

from sluicegate.desk.library.keeping import claim_of
from sluicegate.desk.number import Document
from sluicegate.news.standing import is_official
from sluicegate.store.claim import in_event

PERSON, OFFICIAL, INDEPENDENT = "a person", "an official source", "two independent sources"
"""Reasons for which the lasting overlay takes a claim."""
APART = 0.1
"""Two amounts of one unit that differ by more, as a share of the larger, contradict one another."""
_SAYS_SO = {"asserted", "claimed"}


def standing(connection: Connection, row: Row[Any]) -> Document:
    """Support, contradiction and the reason for which the overlay may take a claim without a person; None without."""
    rows = in_event(connection, row.event_id) if row.event_id is not None else [row]
    support = [r for r in rows if r.id != row.id and _agrees(row, r)]
    against = [r for r in rows if r.id != row.id and _contradicts(row, r)]
    voices = sorted(voices_of([row_with(rows, row), *support]))
    return {
        "event": row.event_id,
        "support": [_other(r) for r in support],
        "contradiction": [_other(r) for r in against],
        "independent_sources": len(voices),
        "voices": voices,
        "may_be_taken": reason_to_take(row_with(rows, row), voices, contradicted=bool(against)),
    }


def row_with(rows: Sequence[Row[Any]], row: Row[Any]) -> Row[Any]:
    """The row of an event that is this claim's, which also has its article."""
    return next((r for r in rows if r.id == row.id), row)


def voices_of(rows: Sequence[Row[Any]]) -> set[str]:
    """The independent voices that say so, one an article.

    Copies add none, nor do unknown publishers, blogs, and whoever uses the very words of another.
    """
    by_article: dict[int, list[Row[Any]]] = {}
    for row in rows:
        if row.voice and row.status in _SAYS_SO and getattr(row, "source_class", "press") != "blog":
            by_article.setdefault(getattr(row, "copy_of", None) or row.article_id, []).append(row)
    found: set[str] = set()
    said: set[str] = set()
    for claims in sorted(by_article.values(), key=len):
        fresh = next((c for c in claims if c.voice not in found and _words(c) not in said), None)
        said |= {_words(c) for c in claims}
        found |= {fresh.voice} if fresh else set()
    return found


def _words(row: Row[Any]) -> str:
    return " ".join(re.findall(r"\w+", str(row.document["quote"]).casefold()))


def reason_to_take(row: Row[Any], voices: Sequence[str], *, contradicted: bool) -> str | None:
    """Why the overlay may take a claim that nobody accepted; None where only a person may."""
    if row.status not in _SAYS_SO or contradicted or row.gone_in is not None:
        return None
    if getattr(row, "source_class", "") == "official" and row.status == "asserted":
        return OFFICIAL
    if row.status == "claimed" and is_official(claim_of(row.document)):
        return OFFICIAL
    return INDEPENDENT if len(voices) >= 2 else None


def _agrees(one: Row[Any], other: Row[Any]) -> bool:
    return (one.status == "negated") == (other.status == "negated") and not _apart(one, other)


def _contradicts(one: Row[Any], other: Row[Any]) -> bool:
    denied = {one.status, other.status} & _SAYS_SO and "negated" in {one.status, other.status}
    return bool(denied) or _apart(one, other)


def _apart(one: Row[Any], other: Row[Any]) -> bool:
    """Whether they give amounts of the same unit on the same material that differ."""
    if not set(one.document["materials"]) & set(other.document["materials"]):
        return False
    ours = {a["unit"]: float(a["value"]) for a in one.document["amounts"]}
    theirs = {a["unit"]: float(a["value"]) for a in other.document["amounts"]}
    pairs = [(ours[u], theirs[u]) for u in ours.keys() & theirs.keys()]
    return any(abs(a - b) > APART * max(abs(a), abs(b)) for a, b in pairs)


def _other(row: Row[Any]) -> Document:
    return {"claim": row.id, "article": row.article_id, "publisher": row.publisher, "source_class": row.source_class,
            "voice": row.voice, "copy": row.copy_of is not None, "status": row.status, "quote": row.document["quote"],
            "amounts": row.document["amounts"], "published": row.published, "url": row.url}  # fmt: skip
