"""Signing in and out."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Form, Request
from starlette.responses import RedirectResponse, Response

from sluicegate.store.audit import note
from sluicegate.store.person import signed_in
from sluicegate.store.session import open_session
from sluicegate.web.fault import Refused
from sluicegate.web.guard import address_of, end_session, set_session
from sluicegate.web.render import page

router = APIRouter(include_in_schema=False)
WRONG = "No such name with this password."
TRIES = 10, 60.0
"""Passwords that may be tried at once, and the seconds in which that many more may be."""


@router.get("/login")
def login(request: Request, next: str = "/") -> Response:  # noqa: A002 - the field's name in the address
    """The form, where there are people to sign in."""
    _require_many(request)
    return page(request, "login.html", next=own_path(next), refused=None)


@router.post("/login")
def log_in(request: Request, name: Annotated[str, Form(max_length=64)], password: Annotated[str, Form(max_length=1024)],
           next: Annotated[str, Form()] = "/") -> Response:  # noqa: A002  # fmt: skip
    """Sign in: any session the browser brought ends, and a new one begins."""
    _require_many(request)
    address = address_of(request)
    for who in (f"from {address}", f"as {name.casefold()}"):
        request.app.state.tries.require(who)
    engine, settings = request.app.state.engine, request.app.state.settings
    person = signed_in(engine, name, password)
    if person is None:
        note(engine, "sign in", subject=name, address=address, allowed=False)
        return page(request, "login.html", status=403, next=own_path(next), refused=WRONG)
    response = RedirectResponse(own_path(next), 303)
    end_session(request, response, settings, engine)
    set_session(response, settings, open_session(engine, person))
    note(engine, "sign in", person_id=person.id, address=address)
    return response


@router.post("/logout")
def log_out(request: Request) -> Response:
    """End the session."""
    response = RedirectResponse("/login" if request.app.state.settings.mode == "many" else "/", 303)
    end_session(request, response, request.app.state.settings, request.app.state.engine)
    request.app.state.guard.forget()
    response.headers["clear-site-data"] = '"cache", "storage"'  # pages kept for reading offline are this person's
    note(request.app.state.engine, "sign out", person_id=request.state.person.id, address=address_of(request))
    return response


def own_path(text: str) -> str:
    """A path of this desk to go to; anything that leads elsewhere becomes the front page."""
    inside = text.startswith("/") and not text.startswith(("//", "/\\")) and all(c.isprintable() for c in text)
    return text if inside else "/"


def _require_many(request: Request) -> None:
    if request.app.state.settings.mode != "many":
        raise Refused(404)
