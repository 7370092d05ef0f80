"""The tables of the desk as they are now; `migrations` says how they came to be. Times are seconds since 1970."""

from __future__ import annotations

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    Float,
    ForeignKey,
    Integer,
    LargeBinary,
    MetaData,
    Table,
    Text,
    UniqueConstraint,
)

DESK = MetaData()


def _person(*, required: bool = True) -> Column[int]:
    return Column("person_id", Integer, ForeignKey("desk_person.id"), nullable=not required, index=required)


PERSON = Table(
    "desk_person", DESK,
    Column("id", Integer, primary_key=True, autoincrement=True),
    Column("name", Text, nullable=False, unique=True),
    Column("password", Text),
    Column("role", Text, nullable=False),
    Column("language", Text, nullable=False),
    Column("region", Text),
    Column("made_at", Float, nullable=False),
    Column("closed_at", Float),
)  # fmt: skip
"""People; `password` is an argon2 hash, absent for the one person of a desk of one."""

SESSION = Table(
    "desk_session", DESK,
    Column("token_hash", Text, primary_key=True),
    _person(),
    Column("form_token", Text, nullable=False),
    Column("made_at", Float, nullable=False),
    Column("ends_at", Float, nullable=False),
)  # fmt: skip
"""Who is signed in; only the hash of a cookie is kept."""

TOKEN = Table(
    "desk_token", DESK,
    Column("id", Integer, primary_key=True, autoincrement=True),
    _person(),
    Column("name", Text, nullable=False),
    Column("token_hash", Text, nullable=False, unique=True),
    Column("made_at", Float, nullable=False),
    Column("ends_at", Float),
    Column("closed_at", Float),
)  # fmt: skip
"""Tokens for programs; only their hashes are kept."""

FILE = Table(
    "desk_file", DESK,
    Column("id", Text, primary_key=True),
    _person(),
    Column("kind", Text, nullable=False),
    Column("name", Text, nullable=False),
    Column("content", LargeBinary, nullable=False),
    Column("made_at", Float, nullable=False),
    Column("changed_at", Float, nullable=False),
    UniqueConstraint("person_id", "kind", "name"),
)  # fmt: skip
"""A person's own companies, projects, scenarios and articles."""

DOCUMENT = Table(
    "desk_document", DESK,
    Column("hash", Text, primary_key=True),
    Column("content", LargeBinary, nullable=False),
    Column("made_at", Float, nullable=False),
)  # fmt: skip
"""Answers by the hash of their JSON, compressed; who may see one is decided by the jobs that made it."""

JOB = Table(
    "desk_job", DESK,
    Column("id", Text, primary_key=True),
    _person(),
    Column("kind", Text, nullable=False),
    Column("arguments", Text, nullable=False),
    Column("private", Boolean, nullable=False),
    Column("key", Text, nullable=False, index=True),
    Column("state", Text, nullable=False, index=True),
    Column("cancel", Boolean, nullable=False),
    Column("percent", Float),
    Column("message", Text, nullable=False),
    Column("revision", Integer, nullable=False),
    Column("attempts", Integer, nullable=False),
    Column("worker", Text),
    Column("seed", BigInteger),
    Column("model_version", Text, nullable=False),
    Column("dataset_version", Text, nullable=False),
    Column("document", Text, ForeignKey("desk_document.hash")),
    Column("error", Text),
    Column("made_at", Float, nullable=False),
    Column("started_at", Float),
    Column("beat_at", Float),
    Column("ended_at", Float),
)  # fmt: skip
"""Heavy work: what was asked, how far it is, what came of it."""

AUDIT = Table(
    "desk_audit", DESK,
    Column("id", Integer, primary_key=True, autoincrement=True),
    Column("at", Float, nullable=False, index=True),
    _person(required=False),
    Column("action", Text, nullable=False),
    Column("subject", Text),
    Column("address", Text),
    Column("allowed", Boolean, nullable=False),
)  # fmt: skip
"""Who did what when."""
