"""The questions `desk people add|list|change`: who may use a desk of many, and as what."""

from __future__ import annotations

from sqlalchemy import Engine

from sluicegate.desk.number import Document
from sluicegate.store.audit import note
from sluicegate.store.person import ONLY, Person, add_person, change_person, people
from sluicegate.store.session import close_sessions
from sluicegate.terms import InputError


def add_somebody(engine: Engine, name: str, password: str, role: str = "reader", *,
                 by: Person | None = None) -> Document:  # fmt: skip
    """Add somebody who signs in with a password.

    Parameters
    ----------
    by : who adds them, for the audit trail; None from the command line

    Raises
    ------
    InputError : the name is taken or none, the password too short. NotFoundError : no such role.
    """
    person = add_person(engine, name, password, role)
    note(engine, "person: add", person_id=by.id if by else None, subject=f"{name}, {role}")
    return person_document(person)


def list_people(engine: Engine) -> Document:
    """Who may sign in, by name."""
    return {"people": [person_document(p) for p in people(engine)]}


def change_somebody(engine: Engine, name: str, *, role: str | None = None, password: str | None = None,
                    closed: bool | None = None, by: Person | None = None) -> Document:  # fmt: skip
    """Change a role or password, or close an account; what they are signed in with ends.

    Raises
    ------
    NotFoundError : no such person or role.
    InputError : the password is too short; the last admin would close or step down.
    """
    _keep_one_admin(engine, name, role, closed)
    person = change_person(engine, name, role=role, password=password, closed=closed)
    close_sessions(engine, person)
    note(engine, "person: change", person_id=by.id if by else None, subject=name)
    return person_document(person)


def _keep_one_admin(engine: Engine, name: str, role: str | None, closed: bool | None) -> None:
    steps_down = closed or (role is not None and role != "admin")
    admins = [p.name for p in people(engine) if p.role == "admin" and p.name != ONLY]
    if steps_down and admins == [name]:
        raise InputError(f"{name!r} is the only admin", where="name", expected="a desk with an admin",
                         do="Make somebody else admin first.")  # fmt: skip


def person_document(person: Person) -> Document:
    """Somebody as JSON, without the password."""
    return {"name": person.name, "role": person.role, "language": person.language, "region": person.region}
