"""The questions `news list`, `news show`, `news related` and `news timeline`: what the library holds."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from functools import lru_cache
from typing import Any

from sqlalchemy import Connection, Engine, Row, Select, bindparam, select

from sluicegate.desk.library.region import pairs_of
from sluicegate.desk.library.standing import standing
from sluicegate.desk.number import Document
from sluicegate.news.topic import hashtag
from sluicegate.store.article import article_row, copies_of, revisions_of
from sluicegate.store.claim import claims_of, naming
from sluicegate.store.decision import standing as standing_decisions
from sluicegate.store.reader import marks_of, notes_on, profile
from sluicegate.store.schema import ARTICLE, CLAIM, EVENT, MOVED, TOPIC
from sluicegate.store.shelf import LINE, Wish, count_claims, count_copies, shelf, topics_on
from sluicegate.terms import InputError
from sluicegate.terms.language import Language, load_language

MOST = 500
"""Articles of one list."""
RELATED = 8
_SHARED_EVENT = 5.0
_MOVED = select(MOVED).where(MOVED.c.article_id.in_(bindparam("articles", expanding=True)))
_WEIGHTS = {"material": 2.0, "organisation": 1.5, "place": 0.5}


def list_articles(engine: Engine, wish: Wish | None = None, *, reader: str = "me", for_you: bool = False,
                  language: str = "en", limit: int = 50, offset: int = 0) -> Document:  # fmt: skip
    """The `news list` document: articles the newest first.

    Parameters
    ----------
    for_you : only what names the reader's region or something it depends on

    Raises
    ------
    InputError : a limit out of range; `for_you` for a reader without a region.
    """
    if not 1 <= limit <= MOST or offset < 0:
        raise InputError(f"{limit} from {offset}", where="limit", expected=f"1 to {MOST}, from 0 on",
                         do="Ask for fewer at a time.")  # fmt: skip
    with engine.connect() as connection:
        wish = _for_region(wish or Wish(), connection, reader) if for_you else wish or Wish()
        rows, total = shelf(connection, wish, reader=reader, limit=limit, offset=offset)
        return {"articles": article_lines(connection, rows, language=language), "total": total, "offset": offset,
                "limit": limit, "region": wish.region}  # fmt: skip


def show(engine: Engine, article_id: int, *, reader: str = "me", language: str = "en") -> Document:
    """The `news show` document: an article with its claims and how each stands, related stories, notes and changes.

    Raises
    ------
    NotFoundError : no such article.
    """
    with engine.connect() as connection:
        row = article_row(connection, article_id)
        rows = claims_of(connection, article_id)
        decided = standing_decisions(connection, [r.id for r in rows])
        told = load_language(language)
        return {
            "id": row.id,
            "article": article_document(row),
            "source_class": row.source_class,
            "age": told.ago(row.published_at, datetime.now(UTC)) if row.published_at else _age(row, told),
            "related": row.related,
            "summary": row.summary,
            "claims": [claim_line(r, decided.get(r.id)) | {"standing": standing(connection, r)} for r in rows],
            "topics": _topics(topics_on(connection, [row.id]).get(row.id, [])),
            "stories": _related(connection, row, language=language),
            "copies": [dict(c._mapping) for c in copies_of(connection, row.copy_of or row.id) if c.id != row.id],
            "copy_of": row.copy_of,
            "revisions": [_revision(r) for r in revisions_of(connection, row.id)],
            "notes": [note_line(n) for n in notes_on(connection, [row.id])],
            "marks": marks_of(connection, reader, row.id),
            "moved": _moved(connection, [row.id]).get(row.id),
            "reading_notes": row.notes,
        }


def related(engine: Engine, article_id: int, *, language: str = "en") -> Document:
    """Stories of the library on the article's topic, the nearest first, each with its age; raises as `show`."""
    with engine.connect() as connection:
        row = article_row(connection, article_id)
        return {"id": row.id, "stories": _related(connection, row, language=language), "on_its_page": row.related}


def timeline(engine: Engine, material: str, *, place: str | None = None, limit: int = 200) -> Document:
    """What is told of a material, event by event, the latest first."""
    query: Select[Any] = (
             select(EVENT.c.id, EVENT.c.type, EVENT.c.actor, EVENT.c.day, CLAIM.c.id.label("claim"), CLAIM.c.status,
                    CLAIM.c.voice, CLAIM.c.article_id, CLAIM.c.document)
             .join(CLAIM, CLAIM.c.event_id == EVENT.c.id)
             .where(CLAIM.c.gone_in.is_(None))
             .order_by(EVENT.c.day.desc(), EVENT.c.id, CLAIM.c.id))  # fmt: skip
    query = naming(query, ["material"], [material])
    if place:
        query = naming(query, ["actor", "target"], [place])
    events: dict[int, Document] = {}
    with engine.connect() as connection:
        for row in connection.execute(query.limit(20 * limit)):
            event = events.setdefault(row.id, {
                "event": row.id, "day": row.day, "type": row.type, "actor": row.document["actor"],
                "status": row.status, "quote": row.document["quote"], "claims": [], "articles": [], "voices": set(),
            })  # fmt: skip
            event["claims"].append(row.claim)
            event["voices"] |= {row.voice} - {""}
            event["articles"] += [row.article_id] if row.article_id not in event["articles"] else []
    rows = [{**e, "voices": sorted(e["voices"])} for e in list(events.values())[:limit]]
    return {"material": material, "place": place, "events": rows, "left_out": max(0, len(events) - limit)}


def article_document(row: Row[Any]) -> Document:
    """An article as the contract has it, from its row."""
    return {"title": row.title, "publisher": row.publisher, "published": row.published, "url": row.url,
            "language": row.language, "text": row.text, "body": row.text[row.body_start : row.body_end],
            "body_start": row.body_start, "body_end": row.body_end}  # fmt: skip


def claim_line(row: Row[Any], decision: Row[Any] | None) -> Document:
    """A claim as the contract has it, with its number on record and the decision that stands."""
    return {**row.document, "number": row.id, "article": row.article_id, "event": row.event_id, "day": row.day,
            "voice": row.voice, "decision": decision_line(decision) if decision else None}  # fmt: skip


def decision_line(row: Row[Any]) -> Document:
    """A decision with what came of it."""
    return {"id": row.id, "claim": row.claim_id, "verdict": row.verdict, "reason": row.reason, "reader": row.reader,
            "at": row.at, "entry": row.entry, "undone_at": row.undone_at, "undone_by": row.undone_by}  # fmt: skip


def note_line(row: Row[Any]) -> Document:
    """A note on an article, or on a claim of it."""
    return {"id": row.id, "article": row.article_id, "claim": row.claim_id, "reader": row.reader, "text": row.text,
            "at": row.at}  # fmt: skip


def article_lines(connection: Connection, rows: Sequence[Row[Any]], *, language: str = "en") -> list[Document]:
    """Articles as a list shows them."""
    ids = [r.id for r in rows]
    claims, copies = count_claims(connection, ids), count_copies(connection, ids)
    topics, moved = topics_on(connection, ids), _moved(connection, ids)
    told, now = load_language(language), datetime.now(UTC)
    return [
        {"id": r.id, "ref": f"news:{r.id}", "title": r.title, "publisher": r.publisher, "published": r.published,
         "age": told.ago(r.published_at, now) if r.published_at else _age(r, told), "added_at": r.added_at,
         "changed_at": r.changed_at, "revision": r.revision, "source_class": r.source_class, "language": r.language,
         "url": r.url, "lead": r.summary[0]["text"] if r.summary else None, "claims": claims.get(r.id, 0),
         "copies": copies.get(r.id, 0), "copy_of": r.copy_of, "topics": _topics(topics.get(r.id, [])),
         "moved": moved.get(r.id), **_marks(r)}
        for r in rows
    ]  # fmt: skip


def _marks(row: Row[Any]) -> Document:
    return {name: getattr(row, f"{name}_at", None) is not None for name in ("read", "starred", "hidden")}


def _age(row: Row[Any], told: Language) -> str | None:
    """How old a story is by the day alone; None where the day is unknown."""
    if row.published is None:
        return None
    return _days_ago(told, (datetime.now(UTC).date() - date.fromisoformat(row.published)).days)


@lru_cache(maxsize=4_096)
def _days_ago(told: Language, days: int) -> str:
    return told.span(timedelta(days=-days)) if days else told.text("today")


def _topics(found: Iterable[tuple[str, str, int]]) -> list[Document]:
    return [{"kind": kind, "value": value, "hashtag": hashtag(value)} for kind, value, _ in found]


def _moved(connection: Connection, article_ids: Sequence[int]) -> dict[int, Document]:
    """Which numbers a kept brief of each article moved."""
    return {r.article_id: {"run": r.run, "numbers": r.numbers, "of_revision": r.revision, "at": r.at}
            for r in connection.execute(_MOVED, {"articles": list(article_ids)})}  # fmt: skip


def _revision(row: Row[Any]) -> Document:
    return {"number": row.number, "seen_at": row.seen_at, "replaced_at": row.replaced_at, "title": row.title,
            "published": row.published, "change": row.change}  # fmt: skip


def _for_region(wish: Wish, connection: Connection, reader: str) -> Wish:
    region = profile(connection, reader)["region"]
    if region is None:
        raise InputError("no region", where="for you", expected="a reader who named a region",
                         do="Name one: `sluicegate news reader --region DE`.")  # fmt: skip
    return replace(wish, region=region, pairs=pairs_of(region))


def _related(connection: Connection, row: Row[Any], *, language: str) -> list[Document]:
    """Other stories by events and topics in common; copies of one another count once."""
    near = _scores(connection, row)
    ids = sorted(near, key=lambda i: (-near[i], -i))[: 5 * RELATED]
    rows = {r.id: r for r in connection.execute(select(*LINE).where(ARTICLE.c.id.in_(ids)))}
    kept = [rows[i] for i in ids if rows[i].copy_of is None and i != row.copy_of][:RELATED]
    told, now = load_language(language), datetime.now(UTC)
    return [{"id": r.id, "title": r.title, "publisher": r.publisher, "published": r.published, "url": r.url,
             "age": told.ago(r.published_at, now) if r.published_at else _age(r, told), "score": round(near[r.id], 2)}
            for r in kept]  # fmt: skip


def _scores(connection: Connection, row: Row[Any]) -> dict[int, float]:
    """How near each other article is: events shared, then rare topics before common ones."""
    scores: dict[int, float] = {}
    mine = select(CLAIM.c.event_id).where(CLAIM.c.article_id == row.id, CLAIM.c.gone_in.is_(None))
    shared = select(CLAIM.c.article_id).where(CLAIM.c.event_id.in_(mine), CLAIM.c.gone_in.is_(None)).distinct()
    for other in connection.execute(shared.limit(500)).scalars():
        scores[other] = _SHARED_EVENT
    topics = connection.execute(select(TOPIC).where(TOPIC.c.article_id == row.id)).all()
    for topic in topics:
        same = (TOPIC.c.kind == topic.kind) & (TOPIC.c.value == topic.value)
        others = connection.execute(
            select(TOPIC.c.article_id).where(same).order_by(TOPIC.c.article_id.desc()).limit(400)
        ).scalars()  # fmt: skip
        found = list(others)
        for other in found:
            scores[other] = scores.get(other, 0.0) + _WEIGHTS[topic.kind] * (1.0 if len(found) < 400 else 0.6)
    scores.pop(row.id, None)
    materials = {t.value for t in topics if t.kind == "material"}
    return {a: s for a, s in scores.items() if s >= (_WEIGHTS["material"] if materials else 1.0)}
