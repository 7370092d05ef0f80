"""The question `news since`: what changed since the reader last looked, and which numbers it moved."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from sqlalchemy import Connection, Engine, select

from sluicegate.desk.library.alerting import alerts
from sluicegate.desk.library.region import pairs_of
from sluicegate.desk.library.showing import article_lines, decision_line
from sluicegate.desk.number import Document
from sluicegate.store.decision import decisions
from sluicegate.store.reader import profile, set_profile
from sluicegate.store.schema import ARTICLE, MOVED, REVISION, moment
from sluicegate.store.shelf import Wish, shelf
from sluicegate.store.writer import writing

FIRST_LOOK = timedelta(days=7)
"""How far back the first look of a reader goes."""
_MOST = 100


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


def _moved(connection: Connection, start: str) -> list[Document]:
    """Numbers that briefs made since then say an article moved."""
    query = (select(MOVED, ARTICLE.c.title).join(ARTICLE, ARTICLE.c.id == MOVED.c.article_id)
             .where(MOVED.c.at > start).order_by(MOVED.c.at.desc()).limit(_MOST))  # fmt: skip
    return [{"article": r.article_id, "title": r.title, "run": r.run, "numbers": r.numbers, "at": r.at}
            for r in connection.execute(query)]  # fmt: skip
