"""People of a desk: names, roles, passwords as argon2 hashes."""

from __future__ import annotations

import re
import time
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError
from sqlalchemy import Engine, Row, select, update
from sqlalchemy.exc import IntegrityError

from sluicegate.store.desk_tables import PERSON
from sluicegate.terms.errors import InputError, NotFoundError

ROLES = ("reader", "analyst", "admin")
"""In order: each may do what those before it may."""
ONLY = "me"
"""The one person of a desk of one, whom the command line's `news` calls the same."""
SHORTEST_PASSWORD = 12
LONGEST_PASSWORD = 1024
_NAME = re.compile(r"[\w.@+-]{1,64}")
_HASHER = PasswordHasher()


@dataclass(frozen=True)
class Person:
    """Somebody who may use the desk; `role` is one of `ROLES`, `region` an ISO 3166 code or None."""

    id: int
    name: str
    role: str
    language: str
    region: str | None

    def may(self, role: str) -> bool:
        """Whether this person's role is that role or above."""
        return ROLES.index(self.role) >= ROLES.index(role)


def add_person(engine: Engine, name: str, password: str | None, role: str = "reader", *, language: str = "en",
               region: str | None = None) -> Person:  # fmt: skip
    """Add somebody; without a password nobody can sign in as them.

    Raises
    ------
    InputError : the name is taken or not a name, the password too short, or there is no such role.
    """
    if not _NAME.fullmatch(name):
        raise InputError(
            f"{name[:80]!r}", where="name", expected="1 to 64 letters, digits and . _ @ + -", do="Mend it."
        )
    row = {"name": name, "password": None if password is None else _hashed(password), "role": _role(role),
           "language": language, "region": region, "made_at": time.time()}  # fmt: skip
    try:
        with engine.begin() as connection:
            connection.execute(PERSON.insert().values(row))
            return _person(connection.execute(select(PERSON).where(PERSON.c.name == name)).one())
    except IntegrityError:
        raise InputError(f"{name!r} is taken", where="name", expected="a new name", do="Choose another.") from None


def change_person(engine: Engine, name: str, *, password: str | None = None, role: str | None = None,
                  language: str | None = None, region: str | None = None,
                  closed: bool | None = None) -> Person:  # fmt: skip
    """Change what is given of somebody.

    Raises
    ------
    NotFoundError : no such person.
    InputError : the password is too short, or there is no such role.
    """
    values: dict[str, Any] = {"language": language, "region": region}
    values |= {"password": _hashed(password)} if password is not None else {}
    values |= {"role": _role(role)} if role is not None else {}
    values = {key: value for key, value in values.items() if value is not None}
    if closed is not None:
        values["closed_at"] = time.time() if closed else None
    with engine.begin() as connection:
        if values:
            connection.execute(update(PERSON).where(PERSON.c.name == name).values(**values))
        row = connection.execute(select(PERSON).where(PERSON.c.name == name)).one_or_none()
        known = [] if row else connection.execute(select(PERSON.c.name)).scalars().all()
    if row is None:
        raise NotFoundError(name, kind="person", known=known, where="name")
    return _person(row)


def people(engine: Engine) -> list[Person]:
    """Everybody who may sign in, by name."""
    with engine.connect() as connection:
        rows = connection.execute(select(PERSON).where(PERSON.c.closed_at.is_(None)).order_by(PERSON.c.name))
        return [_person(row) for row in rows]


def one_person(engine: Engine) -> Person:
    """The one person of a desk of one, added when it is first asked for."""
    with engine.connect() as connection:
        row = connection.execute(select(PERSON).where(PERSON.c.name == ONLY)).one_or_none()
    return _person(row) if row is not None else add_person(engine, ONLY, None, "admin")


def signed_in(engine: Engine, name: str, password: str) -> Person | None:
    """The person with this name and password, None when there is none; takes as long either way."""
    with engine.connect() as connection:
        row = connection.execute(
            select(PERSON).where(PERSON.c.name == name, PERSON.c.closed_at.is_(None))
        ).one_or_none()
    known = row.password if row is not None and row.password else _nobody()
    try:
        _HASHER.verify(known, password[:LONGEST_PASSWORD])
    except (VerificationError, InvalidHashError):
        return None
    return None if row is None or not row.password else _person(row)


@lru_cache(maxsize=1)
def _nobody() -> str:
    """Compared with where there is no such person, so that an unknown name takes as long as a wrong password."""
    return _HASHER.hash("nobody's password")


def _hashed(password: str) -> str:
    if not SHORTEST_PASSWORD <= len(password) <= LONGEST_PASSWORD:
        raise InputError(f"a password of {len(password)} characters", where="password", do="Choose a longer one.",
                         expected=f"{SHORTEST_PASSWORD} characters or more")  # fmt: skip
    return _HASHER.hash(password)


def _role(role: str) -> str:
    if role not in ROLES:
        raise NotFoundError(role, kind="role", known=ROLES, where="role")
    return role


def _person(row: Row[Any]) -> Person:
    return Person(row.id, row.name, row.role, row.language, row.region)
