"""The tables of the library: feeds, articles with their earlier texts, claims, and what readers did with them.

Moments are ISO text in UTC to the microsecond, which sorts as time does; days are ISO text as an article gives them.
"""

from __future__ import annotations

from datetime import UTC, datetime

from sqlalchemy import (
    JSON,
    BigInteger,
    Boolean,
    Column,
    Float,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    Table,
    Text,
)

LIBRARY = MetaData()

MOMENT, NAME, ADDRESS = Text, Text, Text
"""Nothing is cut by a column: what is too long is cut, and said, before it comes here."""

FEED = Table(
    "feed", LIBRARY,
    Column("id", Integer, primary_key=True),
    Column("url", ADDRESS, nullable=False, unique=True),
    Column("kind", NAME, nullable=False),             # feed or page
    Column("title", Text),
    Column("folder", Text, nullable=False),           # of the outline it came from; empty without
    Column("source_class", NAME),                     # as the user says; None to tell by publisher and address
    Column("private", Boolean, nullable=False),       # may lie on the user's own network
    Column("etag", Text),
    Column("modified", Text),
    Column("fetched_at", MOMENT),
    Column("next_at", MOMENT),                        # not to be asked before
    Column("failures", Integer, nullable=False),      # in a row
    Column("problem", Text),                          # of the last attempt
    Column("added_at", MOMENT, nullable=False),
)  # fmt: skip

ARTICLE = Table(
    "article", LIBRARY,
    Column("id", Integer, primary_key=True),
    Column("key", ADDRESS, nullable=False, unique=True),  # canonical address, or a hash of the text
    Column("url", ADDRESS),
    Column("title", Text),
    Column("publisher", Text),
    Column("published", Text),                        # a day
    Column("published_at", MOMENT),                   # where the time of day is known
    Column("language", NAME, nullable=False),
    Column("source_class", NAME, nullable=False),
    Column("voice", NAME, nullable=False),            # whose word it is: the agency of a wire story, else the publisher
    Column("feed_id", Integer, ForeignKey("feed.id", ondelete="SET NULL")),
    Column("captured_at", MOMENT),                    # when the page was fetched; None when not known
    Column("added_at", MOMENT, nullable=False),
    Column("changed_at", MOMENT, nullable=False),     # when its present text came
    Column("revision", Integer, nullable=False),
    Column("digest", Text, nullable=False),     # of title and body
    Column("text", Text, nullable=False),
    Column("body_start", Integer, nullable=False),
    Column("body_end", Integer, nullable=False),
    Column("spaced", Text),                           # the body with its Chinese and Japanese characters apart
    Column("summary", JSON, nullable=False),
    Column("related", JSON, nullable=False),
    Column("notes", JSON, nullable=False),
    Column("signature", LargeBinary),                 # MinHash of the body; None for a copy
    Column("copy_of", Integer, ForeignKey("article.id", ondelete="SET NULL")),
    Index("article_added", "added_at"),
    Index("article_published", "published"),
    Index("article_digest", "digest"),
)  # fmt: skip

REVISION = Table(
    "revision", LIBRARY,
    Column("article_id", Integer, ForeignKey("article.id", ondelete="CASCADE"), primary_key=True),
    Column("number", Integer, primary_key=True),
    Column("seen_at", MOMENT, nullable=False),
    Column("replaced_at", MOMENT, nullable=False),
    Column("title", Text),
    Column("published", Text),
    Column("text", Text, nullable=False),
    Column("body_start", Integer, nullable=False),
    Column("body_end", Integer, nullable=False),
    Column("change", JSON, nullable=False),           # what the next text made of it
)  # fmt: skip

BAND = Table(
    "band", LIBRARY,
    Column("value", BigInteger, primary_key=True, autoincrement=False),
    Column("article_id", Integer, ForeignKey("article.id", ondelete="CASCADE"), primary_key=True),
    sqlite_with_rowid=False,
)  # fmt: skip

EVENT = Table(
    "event", LIBRARY,
    Column("id", Integer, primary_key=True),
    Column("type", NAME, nullable=False),
    Column("actor", NAME, nullable=False),            # place codes, sorted and joined
    Column("day", NAME, nullable=False),              # of its first claim: a day, or a partial date
    Column("materials", JSON, nullable=False),
    Index("event_key", "type", "actor", "day"),
)  # fmt: skip

CLAIM = Table(
    "claim", LIBRARY,
    Column("id", Integer, primary_key=True),
    Column("article_id", Integer, ForeignKey("article.id", ondelete="CASCADE"), nullable=False),
    Column("revision", Integer, nullable=False),      # of the article, in which it first stood
    Column("gone_in", Integer),                       # revision in which it no longer stands
    Column("type", NAME, nullable=False),
    Column("status", NAME, nullable=False),
    Column("day", NAME, nullable=False),
    Column("voice", NAME, nullable=False),
    Column("confidence", Float, nullable=False),
    Column("event_id", Integer, ForeignKey("event.id", ondelete="SET NULL")),
    Column("document", JSON, nullable=False),         # the claim as the contract has it
    Index("claim_article", "article_id", "gone_in"),
    Index("claim_said", "type", "status", "gone_in", "article_id"),  # lists by type of claim read nothing else
    Index("claim_event", "event_id"),
    Index("claim_type", "type", "day"),
)  # fmt: skip

MENTION = Table(
    "mention", LIBRARY,
    Column("kind", NAME, primary_key=True),           # material, actor, target, organisation
    Column("value", NAME, primary_key=True),
    Column("claim_id", Integer, ForeignKey("claim.id", ondelete="CASCADE"), primary_key=True),
    Column("article_id", Integer, ForeignKey("article.id", ondelete="CASCADE"), nullable=False),
    Index("mention_article", "article_id"),
    sqlite_with_rowid=False,
)  # fmt: skip

TOPIC = Table(
    "topic", LIBRARY,
    Column("kind", NAME, primary_key=True),           # material, place, organisation
    Column("value", NAME, primary_key=True),
    Column("article_id", Integer, ForeignKey("article.id", ondelete="CASCADE"), primary_key=True),
    Column("weight", Integer, nullable=False),        # how often it is named
    Index("topic_article", "article_id"),
    sqlite_with_rowid=False,
)  # fmt: skip

DECISION = Table(
    "decision", LIBRARY,
    Column("id", Integer, primary_key=True),
    Column("claim_id", Integer, ForeignKey("claim.id", ondelete="CASCADE"), nullable=False),
    Column("verdict", NAME, nullable=False),          # accepted or rejected
    Column("reason", NAME, nullable=False),           # a person, an official source, two independent sources
    Column("reader", NAME, nullable=False),
    Column("at", MOMENT, nullable=False),
    Column("entry", JSON),                            # what it became in the overlay; None for nothing
    Column("undone_at", MOMENT),
    Column("undone_by", NAME),
    Index("decision_claim", "claim_id"),
)  # fmt: skip

READER = Table(
    "reader", LIBRARY,
    Column("name", NAME, primary_key=True),
    Column("region", NAME),                           # place code: what `for you` means
    Column("language", NAME),
    Column("looked_at", MOMENT),
)  # fmt: skip

MARK = Table(
    "mark", LIBRARY,
    Column("reader", NAME, primary_key=True),
    Column("article_id", Integer, ForeignKey("article.id", ondelete="CASCADE"), primary_key=True),
    Column("read_at", MOMENT),
    Column("starred_at", MOMENT),
    Column("hidden_at", MOMENT),
)  # fmt: skip

NOTE = Table(
    "note", LIBRARY,
    Column("id", Integer, primary_key=True),
    Column("article_id", Integer, ForeignKey("article.id", ondelete="CASCADE"), nullable=False),
    Column("claim_id", Integer, ForeignKey("claim.id", ondelete="CASCADE")),  # None: on the article
    Column("reader", NAME, nullable=False),
    Column("text", Text, nullable=False),
    Column("at", MOMENT, nullable=False),
    Column("removed_at", MOMENT),
    Index("note_article", "article_id"),
)  # fmt: skip

RULE = Table(
    "rule", LIBRARY,
    Column("id", Integer, primary_key=True),
    Column("name", NAME, nullable=False, unique=True),
    Column("reader", NAME, nullable=False),
    Column("wish", JSON, nullable=False),             # types, materials, places, least exposure
    Column("webhook", ADDRESS),
    Column("made_at", MOMENT, nullable=False),
)  # fmt: skip

HIT = Table(
    "hit", LIBRARY,
    Column("rule_id", Integer, ForeignKey("rule.id", ondelete="CASCADE"), primary_key=True),
    Column("claim_id", Integer, ForeignKey("claim.id", ondelete="CASCADE"), primary_key=True),
    Column("at", MOMENT, nullable=False),
    Column("exposure", Float),                        # share; None where the rule does not ask
    Column("sent_at", MOMENT),                        # by webhook
    Index("hit_at", "at"),
)  # fmt: skip

MOVED = Table(
    "moved", LIBRARY,
    Column("article_id", Integer, ForeignKey("article.id", ondelete="CASCADE"), primary_key=True),
    Column("revision", Integer, nullable=False),
    Column("run", NAME, nullable=False),              # key of the kept run
    Column("numbers", JSON, nullable=False),
    Column("at", MOMENT, nullable=False),
)  # fmt: skip


def moment(at: datetime | None = None) -> str:
    """A moment as the tables hold it; now without one."""
    return (at or datetime.now(UTC)).astimezone(UTC).isoformat(timespec="microseconds")
