"""Sessions of a browser and tokens of programs; the database holds their hashes only."""

from __future__ import annotations

import hashlib
import secrets
import time
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Engine, select, update

from sluicegate.store.desk_tables import PERSON, SESSION, TOKEN
from sluicegate.store.person import Person
from sluicegate.terms.errors import InputError

SESSION_SECONDS = 14 * 24 * 3600.0
TOKEN_PREFIX = "sluice_"
"""What every token for a program begins with, so that a leaked one can be recognised."""


@dataclass(frozen=True)
class Session:
    """A signed-in browser: who, and the token that its forms carry."""

    person: Person
    form_token: str


@dataclass(frozen=True)
class Token:
    """A program's token, without the token itself; times are seconds since 1970."""

    id: int
    name: str
    made_at: float
    ends_at: float | None


def hash_of(secret: str) -> str:
    """What is kept of a secret: its SHA-256; secrets are 256 random bits, so that no salt is needed."""
    return hashlib.sha256(secret.encode()).hexdigest()


def open_session(engine: Engine, person: Person, *, seconds: float = SESSION_SECONDS) -> str:
    """A new session; returns the cookie's value, which is nowhere else."""
    secret, now = secrets.token_urlsafe(32), time.time()
    row = {"token_hash": hash_of(secret), "person_id": person.id, "form_token": secrets.token_urlsafe(32),
           "made_at": now, "ends_at": now + seconds}  # fmt: skip
    with engine.begin() as connection:
        connection.execute(SESSION.delete().where(SESSION.c.ends_at < now))
        connection.execute(SESSION.insert().values(row))
    return secret


def session_of(engine: Engine, secret: str) -> Session | None:
    """The session of a cookie, None when it is unknown, over, or its person gone."""
    query = (
        select(PERSON, SESSION.c.form_token)
        .join_from(SESSION, PERSON)
        .where(SESSION.c.token_hash == hash_of(secret), SESSION.c.ends_at > time.time(), PERSON.c.closed_at.is_(None))
    )
    with engine.connect() as connection:
        row = connection.execute(query).one_or_none()
    return None if row is None else Session(_person(row), row.form_token)


def close_session(engine: Engine, secret: str) -> None:
    """End a session."""
    with engine.begin() as connection:
        connection.execute(SESSION.delete().where(SESSION.c.token_hash == hash_of(secret)))


def close_sessions(engine: Engine, person: Person) -> None:
    """End every session of a person: the password or the role has changed."""
    with engine.begin() as connection:
        connection.execute(SESSION.delete().where(SESSION.c.person_id == person.id))


def add_token(engine: Engine, person: Person, name: str, *, days: float | None = None) -> str:
    """A token for a program; returned once, never again.

    Raises
    ------
    InputError : the name is empty or too long, or the days are none.
    """
    if not 1 <= len(name.strip()) <= 64:
        raise InputError(f"{name[:80]!r}", where="name", expected="1 to 64 characters", do="Name what it is for.")
    if days is not None and not 0 < days <= 3650:
        raise InputError(f"{days:g} days", where="days", expected="more than 0 and at most 3650", do="Mend it.")
    secret, now = TOKEN_PREFIX + secrets.token_urlsafe(32), time.time()
    row = {"person_id": person.id, "name": name.strip(), "token_hash": hash_of(secret), "made_at": now,
           "ends_at": None if days is None else now + days * 86400}  # fmt: skip
    with engine.begin() as connection:
        connection.execute(TOKEN.insert().values(row))
    return secret


def token_person(engine: Engine, secret: str) -> Person | None:
    """Whose token this is, None when it is unknown, over or withdrawn."""
    alive = TOKEN.c.closed_at.is_(None) & (TOKEN.c.ends_at.is_(None) | (TOKEN.c.ends_at > time.time()))
    query = select(PERSON).join_from(TOKEN, PERSON).where(
        TOKEN.c.token_hash == hash_of(secret), alive, PERSON.c.closed_at.is_(None))  # fmt: skip
    with engine.connect() as connection:
        row = connection.execute(query).one_or_none()
    return None if row is None else _person(row)


def tokens_of(engine: Engine, person: Person) -> list[Token]:
    """A person's tokens that are not withdrawn, the newest first."""
    query = select(TOKEN).where(TOKEN.c.person_id == person.id, TOKEN.c.closed_at.is_(None)).order_by(TOKEN.c.id.desc())
    with engine.connect() as connection:
        return [Token(row.id, row.name, row.made_at, row.ends_at) for row in connection.execute(query)]


def close_token(engine: Engine, person: Person, token_id: int) -> bool:
    """Withdraw one of a person's own tokens; whether there was one."""
    mine = (TOKEN.c.id == token_id) & (TOKEN.c.person_id == person.id) & TOKEN.c.closed_at.is_(None)
    with engine.begin() as connection:
        return connection.execute(update(TOKEN).where(mine).values(closed_at=time.time())).rowcount == 1


def _person(row: Any) -> Person:
    return Person(row.id, row.name, row.role, row.language, row.region)
