"""The question `news since`: what changed since the reader last looked, and which numbers it moved."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime, timedelta
from functools import lru_cache
from typing import Any

from sqlalchemy import Connection, Engine, Row, Select, select

from sluicegate.desk.library.alerting import alerts
from sluicegate.desk.library.keeping import claim_of
from sluicegate.desk.library.region import pairs_of
from sluicegate.desk.library.showing import article_lines, decision_line
from sluicegate.desk.number import Document
from sluicegate.desk.version import dataset_version
from sluicegate.news.consequence import consequence
from sluicegate.regime import load_register
from sluicegate.store.decision import decisions
from sluicegate.store.reader import profile, set_profile
from sluicegate.store.schema import ARTICLE, CLAIM, MOVED, REVISION, moment
from sluicegate.store.shelf import Wish, shelf
from sluicegate.store.writer import writing
from sluicegate.world import load_world

FIRST_LOOK = timedelta(days=7)
"""How far back the first look of a reader goes."""
_MOST = 100
_BRIEFED = 20
"""New stories that are held against the register in one look."""
MOVING = ("control_imposed", "control_extended", "control_eased", "control_lifted", "licence_granted")
"""Types of claim that may change the base of a run."""


def since(engine: Engine, *, reader: str = "me", look: bool = True, language: str = "en",
          after: str | None = None) -> Document:  # fmt: skip
    """New and changed stories, alerts, decisions and moved numbers since a reader last looked.

    Parameters
    ----------
    look : whether this counts as looking
    after : a moment (ISO) to look from instead
    """
    now = datetime.now(UTC)
    with engine.connect() as connection:
        who = profile(connection, reader)
        start = after or who["looked_at"] or moment(now - FIRST_LOOK)
        wish = Wish(added_after=start)
        rows, total = shelf(connection, wish, reader=reader, limit=_MOST)
        fresh = [r for r in rows if r.revision == 1]
        document = {
            "since": start,
            "until": moment(now),
            "region": who["region"],
            "new": article_lines(connection, fresh, language=language),
            "new_total": total,
            "for_you": _for_you(connection, start, who["region"], reader),
            "changed": _changed(connection, start),
            "decisions": [decision_line(d) | {"article": d.article_id, "type": d.type, "quote": d.document["quote"],
                                              "withdrawn": d.gone_in is not None}
                          for d in decisions(connection, since=start)],
            "moved": _moved(connection, start),
        }  # fmt: skip
        document["would_move"] = _would_move(connection, [r.id for r in fresh])
    document["alerts"] = alerts(engine, since=start)["alerts"]
    if look:
        with writing(engine) as connection:
            set_profile(connection, reader, looked_at=moment(now))
    return document


def _for_you(connection: Connection, start: str, region: str | None, reader: str) -> list[int] | None:
    """Numbers of the new stories that are news for the reader's region; None where no region is named."""
    if region is None:
        return None
    wish = Wish(added_after=start, region=region, pairs=pairs_of(region))
    return [r.id for r in shelf(connection, wish, reader=reader, limit=_MOST)[0]]


def _changed(connection: Connection, start: str) -> list[Document]:
    """Stories whose text changed, with what became of their claims; `dated` is false for a backdated edit."""
    query = (select(REVISION, ARTICLE.c.title.label("now_title"), ARTICLE.c.publisher, ARTICLE.c.url)
             .join(ARTICLE, ARTICLE.c.id == REVISION.c.article_id).where(REVISION.c.replaced_at > start)
             .order_by(REVISION.c.replaced_at.desc()).limit(_MOST))  # fmt: skip
    return [{"article": r.article_id, "title": r.now_title, "former_title": r.title, "publisher": r.publisher,
             "url": r.url, "at": r.replaced_at, **r.change} for r in connection.execute(query)]  # fmt: skip


def _would_move(connection: Connection, article_ids: list[int]) -> list[Document]:
    """New stories that change the base of a run, by what: a brief of them moves numbers."""
    query: Select[Any] = (
             select(CLAIM.c.article_id, CLAIM.c.document, ARTICLE.c.published, ARTICLE.c.title)
             .join(ARTICLE, ARTICLE.c.id == CLAIM.c.article_id).where(
                 CLAIM.c.article_id.in_(article_ids), CLAIM.c.gone_in.is_(None), CLAIM.c.type.in_(MOVING)))  # fmt: skip
    claims: dict[int, list[str]] = {}
    told: dict[int, Row[Any]] = {}
    for row in connection.execute(query):
        claims.setdefault(row.article_id, []).append(json.dumps(row.document, sort_keys=True))
        told[row.article_id] = row
    found = []
    for number, said in list(claims.items())[:_BRIEFED]:
        day = date.fromisoformat(told[number].published) if told[number].published else datetime.now(UTC).date()
        what = _moves(tuple(said), day, dataset_version())
        if what:
            found.append({"article": number, "title": told[number].title, "what": list(what)})
    return found


@lru_cache(maxsize=512)
def _moves(claims: tuple[str, ...], day: date, _data: str) -> tuple[str, ...]:
    """What claims (as JSON) change in the base of a run on a day; the same as long as the data stays."""
    said = [claim_of(json.loads(text)) for text in claims]
    events = consequence(said, as_of=day, register=load_register(), world=load_world(day)).events
    return tuple(dict.fromkeys(e["what"] for e in events))


def _moved(connection: Connection, start: str) -> list[Document]:
    """Numbers that briefs made since then say an article moved."""
    query = (select(MOVED, ARTICLE.c.title).join(ARTICLE, ARTICLE.c.id == MOVED.c.article_id)
             .where(MOVED.c.at > start).order_by(MOVED.c.at.desc()).limit(_MOST))  # fmt: skip
    return [{"article": r.article_id, "title": r.title, "run": r.run, "numbers": r.numbers, "at": r.at}
            for r in connection.execute(query)]  # fmt: skip
