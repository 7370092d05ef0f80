"""The question `news add`: one article into the library."""

from __future__ import annotations

from datetime import UTC, datetime

from sqlalchemy import Engine

from sluicegate.desk.library.alerting import apply_rules
from sluicegate.desk.library.keeping import Kept, Story, keep, story_of
from sluicegate.desk.library.showing import show
from sluicegate.desk.number import Document
from sluicegate.news import load_source, read_article
from sluicegate.news.source import Source
from sluicegate.store.writer import writing


def add(engine: Engine, source: str, *, network: bool = False, reader: str = "me") -> Document:
    """Take one article in: a file, a URL (only with `network`) or `-` for standard input.

    Raises
    ------
    InputError : the source cannot be read as an article; nothing is kept.
    """
    return add_source(engine, load_source(source, network=network), reader=reader)


def add_text(engine: Engine, text: str, *, url: str | None = None, reader: str = "me") -> Document:
    """Take in an article that was pasted, as text or HTML.

    Raises
    ------
    InputError : nothing in it reads as an article.
    """
    source = Source(text.encode("utf-8", "replace"), "pasted text", url, "utf-8", None, datetime.now(UTC))
    return add_source(engine, source, reader=reader)


def add_source(engine: Engine, source: Source, *, reader: str = "me") -> Document:
    """Take in what was read of a source: the `news add` document."""
    reading = read_article(source)
    kept = keep_stories(engine, [story_of(reading, captured=source.captured)])[0]
    return {"outcome": kept.outcome, "change": kept.change.as_json() if kept.change else None,
            **show(engine, kept.article_id, reader=reader)}  # fmt: skip


def keep_stories(engine: Engine, stories: list[Story], *, at: datetime | None = None) -> list[Kept]:
    """Take stories in together: all of them are kept, or none; alert rules see their new claims."""
    with writing(engine) as connection:
        kept = [keep(connection, story, at=at) for story in stories]
        apply_rules(connection, [c for k in kept for c in k.claims])
    return kept
