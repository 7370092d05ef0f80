"""The audit trail: who did what when, and what was refused."""

from __future__ import annotations

import time
from dataclasses import dataclass

from sqlalchemy import Engine, select

from sluicegate.store.desk_tables import AUDIT, PERSON


@dataclass(frozen=True)
class Entry:
    """One line of the trail; `at` is in seconds since 1970, `person` a name or None where nobody was signed in."""

    at: float
    person: str | None
    action: str
    subject: str | None
    address: str | None
    allowed: bool


def note(engine: Engine, action: str, *, person_id: int | None = None, subject: str | None = None,
         address: str | None = None, allowed: bool = True) -> None:  # fmt: skip
    """Add a line. Never pass a secret as the subject."""
    row = {"at": time.time(), "person_id": person_id, "action": action, "subject": subject and subject[:200],
           "address": address, "allowed": allowed}  # fmt: skip
    with engine.begin() as connection:
        connection.execute(AUDIT.insert().values(row))


def trail(engine: Engine, *, person_id: int | None = None, most: int = 200) -> list[Entry]:
    """The newest lines, of one person or of all."""
    query = select(AUDIT, PERSON.c.name).join_from(AUDIT, PERSON, isouter=True).order_by(AUDIT.c.id.desc()).limit(most)
    if person_id is not None:
        query = query.where(AUDIT.c.person_id == person_id)
    with engine.connect() as connection:
        return [Entry(r.at, r.name, r.action, r.subject, r.address, r.allowed) for r in connection.execute(query)]
