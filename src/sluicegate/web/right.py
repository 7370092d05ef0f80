"""Who may do what: pages and the interface refuse in the same words."""

from __future__ import annotations

from starlette.requests import Request

from sluicegate.store.person import Person
from sluicegate.terms.errors import InputError
from sluicegate.web.fault import Refused
from sluicegate.web.settings import Settings


def require_role(person: Person | None, role: str, what: str) -> None:
    """See that somebody may do something.

    Parameters
    ----------
    role : the least that is needed ; what : what was asked, as the refusal names it

    Raises
    ------
    Refused : their role is below it.
    """
    if person is None or not person.may(role):
        found = f"{what!r} asked by {'nobody' if person is None else 'a ' + person.role}"
        raise Refused(403, found=found, expected=f"the role of {role} or above", do="Ask whoever runs this desk.")


def require_network(settings: Settings, what: str) -> None:
    """See that this desk may use the network.

    Raises
    ------
    InputError : it was started without.
    """
    if not settings.network:
        raise InputError("the network is off", where=what, expected="a desk that may use it",
                         do="Whoever runs the desk starts it with --network.")  # fmt: skip


def may(request: Request, role: str) -> bool:
    """Whether who asks has that role or one above, to leave out what they may not do."""
    person: Person | None = request.state.person
    return person is not None and person.may(role)


def reader_of(request: Request) -> str:
    """Whose marks, notes and region these are: on a desk of one `me`, as on the command line."""
    return "me" if request.app.state.settings.mode == "one-person" else str(request.state.person.name)
