"""The desk: people, sessions, tokens, files, jobs and their documents, the audit trail; times in seconds since 1970."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

_PERSON = "desk_person.id"


def upgrade() -> None:
    """Make the tables."""
    _people()
    _work()
    op.create_table(
        "desk_audit",
        sa.Column("id", sa.Integer, primary_key=True, autoincrement=True),
        sa.Column("at", sa.Float, nullable=False, index=True),
        sa.Column("person_id", sa.Integer, sa.ForeignKey(_PERSON)),
        sa.Column("action", sa.Text, nullable=False),
        sa.Column("subject", sa.Text),
        sa.Column("address", sa.Text),
        sa.Column("allowed", sa.Boolean, nullable=False),
    )


def _people() -> None:
    op.create_table(
        "desk_person",
        sa.Column("id", sa.Integer, primary_key=True, autoincrement=True),
        sa.Column("name", sa.Text, nullable=False, unique=True),
        sa.Column("password", sa.Text),
        sa.Column("role", sa.Text, nullable=False),
        sa.Column("language", sa.Text, nullable=False),
        sa.Column("region", sa.Text),
        sa.Column("made_at", sa.Float, nullable=False),
        sa.Column("closed_at", sa.Float),
    )
    op.create_table(
        "desk_session",
        sa.Column("token_hash", sa.Text, primary_key=True),
        sa.Column("person_id", sa.Integer, sa.ForeignKey(_PERSON), nullable=False, index=True),
        sa.Column("form_token", sa.Text, nullable=False),
        sa.Column("made_at", sa.Float, nullable=False),
        sa.Column("ends_at", sa.Float, nullable=False),
    )
    op.create_table(
        "desk_token",
        sa.Column("id", sa.Integer, primary_key=True, autoincrement=True),
        sa.Column("person_id", sa.Integer, sa.ForeignKey(_PERSON), nullable=False, index=True),
        sa.Column("name", sa.Text, nullable=False),
        sa.Column("token_hash", sa.Text, nullable=False, unique=True),
        sa.Column("made_at", sa.Float, nullable=False),
        sa.Column("ends_at", sa.Float),
        sa.Column("closed_at", sa.Float),
    )


def _work() -> None:
    op.create_table(
        "desk_file",
        sa.Column("id", sa.Text, primary_key=True),
        sa.Column("person_id", sa.Integer, sa.ForeignKey(_PERSON), nullable=False, index=True),
        sa.Column("kind", sa.Text, nullable=False),
        sa.Column("name", sa.Text, nullable=False),
        sa.Column("content", sa.LargeBinary, nullable=False),
        sa.Column("made_at", sa.Float, nullable=False),
        sa.Column("changed_at", sa.Float, nullable=False),
        sa.UniqueConstraint("person_id", "kind", "name"),
    )
    op.create_table(
        "desk_document",
        sa.Column("hash", sa.Text, primary_key=True),
        sa.Column("content", sa.LargeBinary, nullable=False),
        sa.Column("made_at", sa.Float, nullable=False),
    )
    op.create_table(
        "desk_job",
        sa.Column("id", sa.Text, primary_key=True),
        sa.Column("person_id", sa.Integer, sa.ForeignKey(_PERSON), nullable=False, index=True),
        sa.Column("kind", sa.Text, nullable=False),
        sa.Column("arguments", sa.Text, nullable=False),
        sa.Column("private", sa.Boolean, nullable=False),
        sa.Column("key", sa.Text, nullable=False, index=True),
        sa.Column("state", sa.Text, nullable=False, index=True),
        sa.Column("cancel", sa.Boolean, nullable=False),
        sa.Column("percent", sa.Float),
        sa.Column("message", sa.Text, nullable=False),
        sa.Column("revision", sa.Integer, nullable=False),
        sa.Column("attempts", sa.Integer, nullable=False),
        sa.Column("worker", sa.Text),
        sa.Column("seed", sa.BigInteger),
        sa.Column("model_version", sa.Text, nullable=False),
        sa.Column("dataset_version", sa.Text, nullable=False),
        sa.Column("document", sa.Text, sa.ForeignKey("desk_document.hash")),
        sa.Column("error", sa.Text),
        sa.Column("made_at", sa.Float, nullable=False),
        sa.Column("started_at", sa.Float),
        sa.Column("beat_at", sa.Float),
        sa.Column("ended_at", sa.Float),
    )


def downgrade() -> None:
    """Remove the tables."""
    for name in ("desk_audit", "desk_job", "desk_document", "desk_file", "desk_token", "desk_session", "desk_person"):
        op.drop_table(name)
