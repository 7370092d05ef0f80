"""The library: feeds, articles, claims and what people did with them; full text of titles and bodies."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

_BODY = "coalesce({row}spaced, substr({row}text, {row}body_start + 1, {row}body_end - {row}body_start))"
_SQLITE = (
    f"CREATE VIEW article_words (id, title, body) AS SELECT id, title, {_BODY.format(row='')} FROM article",
    "CREATE VIRTUAL TABLE article_index USING fts5(title, body, content='article_words', content_rowid='id', "
    "tokenize='porter unicode61 remove_diacritics 2')",
    "CREATE TRIGGER article_insert AFTER INSERT ON article BEGIN INSERT INTO article_index (rowid, title, body) "
    f"VALUES (new.id, new.title, {_BODY.format(row='new.')}); END",
    "CREATE TRIGGER article_delete AFTER DELETE ON article BEGIN INSERT INTO article_index (article_index, rowid, "
    f"title, body) VALUES ('delete', old.id, old.title, {_BODY.format(row='old.')}); END",
    "CREATE TRIGGER article_update AFTER UPDATE OF title, text, body_start, body_end, spaced ON article BEGIN "
    "INSERT INTO article_index (article_index, rowid, title, body) "
    f"VALUES ('delete', old.id, old.title, {_BODY.format(row='old.')}); "
    f"INSERT INTO article_index (rowid, title, body) VALUES (new.id, new.title, {_BODY.format(row='new.')}); END",
)
_LONGEST = 250_000
"""Characters of a body that PostgreSQL indexes: a vector of words may take a megabyte."""
_POSTGRES = (
    "ALTER TABLE article ADD COLUMN words tsvector GENERATED ALWAYS AS ("
    "setweight(to_tsvector('english', left(coalesce(title, ''), 2000)), 'A') || "
    f"setweight(to_tsvector('english', left({_BODY.format(row='')}, {_LONGEST})), 'B')) STORED",
    "CREATE INDEX article_index ON article USING gin (words)",
)

_TABLES = (
    "topic",
    "note",
    "mention",
    "hit",
    "decision",
    "revision",
    "moved",
    "mark",
    "claim",
    "band",
    "article",
    "rule",
    "reader",
    "feed",
    "event",
)
"""As they may be removed: what refers to another goes before it."""


def upgrade() -> None:
    """Make the tables."""
    op.create_table(
        "event",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("type", sa.Text(), nullable=False),
        sa.Column("actor", sa.Text(), nullable=False),
        sa.Column("day", sa.Text(), nullable=False),
        sa.Column("materials", sa.JSON(), nullable=False),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("event_key", "event", ["type", "actor", "day"], unique=False)
    op.create_table(
        "feed",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("url", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("title", sa.Text()),
        sa.Column("folder", sa.Text(), nullable=False),
        sa.Column("source_class", sa.Text()),
        sa.Column("private", sa.Boolean(), nullable=False),
        sa.Column("etag", sa.Text()),
        sa.Column("modified", sa.Text()),
        sa.Column("fetched_at", sa.Text()),
        sa.Column("next_at", sa.Text()),
        sa.Column("failures", sa.Integer(), nullable=False),
        sa.Column("problem", sa.Text()),
        sa.Column("added_at", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("url"),
    )
    op.create_table(
        "reader",
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("region", sa.Text()),
        sa.Column("language", sa.Text()),
        sa.Column("looked_at", sa.Text()),
        sa.PrimaryKeyConstraint("name"),
    )
    op.create_table(
        "rule",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("reader", sa.Text(), nullable=False),
        sa.Column("wish", sa.JSON(), nullable=False),
        sa.Column("webhook", sa.Text()),
        sa.Column("made_at", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("name"),
    )
    op.create_table(
        "article",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("url", sa.Text()),
        sa.Column("title", sa.Text()),
        sa.Column("publisher", sa.Text()),
        sa.Column("published", sa.Text()),
        sa.Column("published_at", sa.Text()),
        sa.Column("language", sa.Text(), nullable=False),
        sa.Column("source_class", sa.Text(), nullable=False),
        sa.Column("voice", sa.Text(), nullable=False),
        sa.Column("feed_id", sa.Integer()),
        sa.Column("captured_at", sa.Text()),
        sa.Column("added_at", sa.Text(), nullable=False),
        sa.Column("changed_at", sa.Text(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("digest", sa.Text(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("body_start", sa.Integer(), nullable=False),
        sa.Column("body_end", sa.Integer(), nullable=False),
        sa.Column("spaced", sa.Text()),
        sa.Column("summary", sa.JSON(), nullable=False),
        sa.Column("related", sa.JSON(), nullable=False),
        sa.Column("notes", sa.JSON(), nullable=False),
        sa.Column("signature", sa.LargeBinary()),
        sa.Column("copy_of", sa.Integer()),
        sa.ForeignKeyConstraint(["copy_of"], ["article.id"], ondelete="SET NULL"),
        sa.ForeignKeyConstraint(["feed_id"], ["feed.id"], ondelete="SET NULL"),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("key"),
    )
    op.create_index("article_added", "article", ["added_at"], unique=False)
    op.create_index("article_copy", "article", ["copy_of"], unique=False)
    op.create_index("article_digest", "article", ["digest"], unique=False)
    op.create_index("article_published", "article", ["published"], unique=False)
    op.create_table(
        "band",
        sa.Column("value", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("article_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["article_id"], ["article.id"], ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("value", "article_id"),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "claim",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("article_id", sa.Integer(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("gone_in", sa.Integer()),
        sa.Column("type", sa.Text(), nullable=False),
        sa.Column("status", sa.Text(), nullable=False),
        sa.Column("day", sa.Text(), nullable=False),
        sa.Column("voice", sa.Text(), nullable=False),
        sa.Column("confidence", sa.Float(), nullable=False),
        sa.Column("event_id", sa.Integer()),
        sa.Column("document", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(["article_id"], ["article.id"], ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["event_id"], ["event.id"], ondelete="SET NULL"),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("claim_article", "claim", ["article_id"], unique=False)
    op.create_index("claim_event", "claim", ["event_id"], unique=False)
    op.create_index("claim_type", "claim", ["type", "day"], unique=False)
    op.create_table(
        "mark",
        sa.Column("reader", sa.Text(), nullable=False),
        sa.Column("article_id", sa.Integer(), nullable=False),
        sa.Column("read_at", sa.Text()),
        sa.Column("starred_at", sa.Text()),
        sa.Column("hidden_at", sa.Text()),
        sa.ForeignKeyConstraint(["article_id"], ["article.id"], ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("reader", "article_id"),
    )
    op.create_table(
        "moved",
        sa.Column("article_id", sa.Integer(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("run", sa.Text(), nullable=False),
        sa.Column("numbers", sa.JSON(), nullable=False),
        sa.Column("at", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["article_id"], ["article.id"], ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("article_id"),
    )
    op.create_table(
        "revision",
        sa.Column("article_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("seen_at", sa.Text(), nullable=False),
        sa.Column("replaced_at", sa.Text(), nullable=False),
        sa.Column("title", sa.Text()),
        sa.Column("published", sa.Text()),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("body_start", sa.Integer(), nullable=False),
        sa.Column("body_end", sa.Integer(), nullable=False),
        sa.Column("change", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(["article_id"], ["article.id"], ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("article_id", "number"),
    )
    op.create_table(
        "decision",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("claim_id", sa.Integer(), nullable=False),
        sa.Column("verdict", sa.Text(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("reader", sa.Text(), nullable=False),
        sa.Column("at", sa.Text(), nullable=False),
        sa.Column("entry", sa.JSON()),
        sa.Column("undone_at", sa.Text()),
        sa.Column("undone_by", sa.Text()),
        sa.ForeignKeyConstraint(["claim_id"], ["claim.id"], ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("decision_claim", "decision", ["claim_id"], unique=False)
    op.create_table(
        "hit",
        sa.Column("rule_id", sa.Integer(), nullable=False),
        sa.Column("claim_id", sa.Integer(), nullable=False),
        sa.Column("at", sa.Text(), nullable=False),
        sa.Column("exposure", sa.Float()),
        sa.Column("sent_at", sa.Text()),
        sa.ForeignKeyConstraint(["claim_id"], ["claim.id"], ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["rule_id"], ["rule.id"], ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("rule_id", "claim_id"),
    )
    op.create_index("hit_at", "hit", ["at"], unique=False)
    op.create_table(
        "mention",
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("value", sa.Text(), nullable=False),
        sa.Column("claim_id", sa.Integer(), nullable=False),
        sa.Column("article_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["article_id"], ["article.id"], ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["claim_id"], ["claim.id"], ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("kind", "value", "claim_id"),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "topic",
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("value", sa.Text(), nullable=False),
        sa.Column("article_id", sa.Integer(), nullable=False),
        sa.Column("weight", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["article_id"], ["article.id"], ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("kind", "value", "article_id"),
        sqlite_with_rowid=False,
    )
    op.create_index("topic_article", "topic", ["article_id"], unique=False)
    op.create_index("mention_article", "mention", ["article_id"], unique=False)
    op.create_table(
        "note",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("article_id", sa.Integer(), nullable=False),
        sa.Column("claim_id", sa.Integer()),
        sa.Column("reader", sa.Text(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("at", sa.Text(), nullable=False),
        sa.Column("removed_at", sa.Text()),
        sa.ForeignKeyConstraint(["article_id"], ["article.id"], ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["claim_id"], ["claim.id"], ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("note_article", "note", ["article_id"], unique=False)
    for statement in _SQLITE if op.get_context().dialect.name == "sqlite" else _POSTGRES:
        op.execute(statement)


def downgrade() -> None:
    """Remove the tables."""
    if op.get_context().dialect.name == "sqlite":
        op.execute("DROP VIEW article_words")
        op.execute("DROP TABLE article_index")
    for name in _TABLES:
        op.drop_table(name)
