"""Who may come in: names this desk answers to, people and tokens, requests from other sites, sizes.

In order, for every request: the Host is ours, the path is open or somebody is known, what changes something comes
from a page of ours (or carries a token that no other site can send), and the body is bounded.
"""

from __future__ import annotations

import time
from collections.abc import Awaitable, Callable
from typing import Any
from urllib.parse import parse_qsl, quote, urlencode, urlsplit

from sqlalchemy import Engine
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from sluicegate.store.audit import note
from sluicegate.store.person import one_person
from sluicegate.store.session import Session, close_session, open_session, session_of, token_person
from sluicegate.terms.day import day_of
from sluicegate.web.fault import Refused, answer_to
from sluicegate.web.form_token import FIELD, HEADER, matches
from sluicegate.web.settings import Settings
from sluicegate.web.startup_token import StartupToken

LARGEST_BODY = 2_500_000
"""Bytes of one request; the longest file a person may keep and some air."""
REMEMBERED = 5.0
"""Seconds for which a session is not looked up again."""
OPEN = ("/static/", "/healthz", "/login", "/sw.js", "/manifest.webmanifest", "/favicon.ico", "/offline")
"""What needs nobody signed in: nothing of it shows an answer."""
SAFE = {"GET", "HEAD", "OPTIONS"}


class Guard:
    """Lets a request pass with `request.state` filled, or answers it."""

    def __init__(self, app: ASGIApp, *, settings: Settings, engine: Engine) -> None:
        self.app, self.settings, self.engine = app, settings, engine
        self.startup = StartupToken(settings.token)
        self._known: dict[str, tuple[float, Session]] = {}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on, or turn it away."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        request = Request(scope, receive)
        state = scope.setdefault("state", {})
        state |= {"person": None, "as_of": None, "form_token": None}
        try:
            answered = await self._checked(request, state)
            if answered is None:
                receive = await self._body(request, state, receive)
        except Exception as error:
            answered = answer_to(request, error)
        await (self.app if answered is None else answered)(scope, receive, send)

    async def _checked(self, request: Request, state: dict[str, Any]) -> Response | None:
        """None to let it pass; fills the state."""
        if not self.settings.knows_host(request.headers.get("host", "")):
            raise Refused(400, found="a Host that is not this desk", do="Open the address the desk printed.",
                          expected="a name given with --name")  # fmt: skip
        if request.method == "GET" and "token" in request.query_params and self.settings.mode == "one-person":
            return await run_in_threadpool(self._exchange, request)
        await self._who(request, state)
        open_path = request.url.path.startswith(OPEN)
        if state["person"] is None and not open_path:
            return self._turned_away(request)
        if request.method not in SAFE or (request.url.path.startswith("/api/") and not state["bearer"]):
            _require_own_site(request)
        if request.method not in SAFE and request.url.path.startswith("/api/") and not state["bearer"]:
            raise Refused(403, found="a change asked for with a cookie", expected="`Authorization: Bearer TOKEN`",
                          do="Make a token on the page of your account.")  # fmt: skip
        if day := request.query_params.get("as_of"):
            state["as_of"] = day_of(day, "as_of")
        return None

    async def _who(self, request: Request, state: dict[str, Any]) -> None:
        state["bearer"] = False
        kind, _, secret = request.headers.get("authorization", "").partition(" ")
        if secret:
            state["bearer"] = True
            person = await run_in_threadpool(self._by_token, secret.strip()) if kind.casefold() == "bearer" else None
            if person is None:
                raise Refused(401, found="a token that is unknown, over or withdrawn")
            state["person"] = person
            return
        if cookie := request.cookies.get(cookie_name(self.settings)):
            session = self._remembered(cookie) or await run_in_threadpool(self._looked_up, cookie)
            if session is not None:
                state |= {"person": session.person, "form_token": session.form_token}

    def _by_token(self, secret: str) -> Any:
        if self.settings.mode == "one-person" and self.startup.is_same(secret):
            return one_person(self.engine)
        return token_person(self.engine, secret)

    def _remembered(self, secret: str) -> Session | None:
        until, session = self._known.get(secret, (0.0, None))
        return session if until > time.monotonic() else None

    def _looked_up(self, secret: str) -> Session | None:
        session = session_of(self.engine, secret)
        if len(self._known) > 10_000:
            self._known.clear()
        if session is None:
            self._known.pop(secret, None)
        else:
            self._known[secret] = (time.monotonic() + REMEMBERED, session)
        return session

    def forget(self) -> None:
        """Look every session up again: one was closed, or somebody's role changed."""
        self._known.clear()

    def _exchange(self, request: Request) -> Response:
        """Take the start-up token once, and give a cookie for it."""
        secret = request.query_params["token"]
        rest = urlencode([(k, v) for k, v in request.query_params.multi_items() if k != "token"])
        back = RedirectResponse(request.url.path + (f"?{rest}" if rest else ""), 303)
        cookie = request.cookies.get(cookie_name(self.settings))
        if cookie and session_of(self.engine, cookie) is not None:
            return back
        if not self.startup.take(secret):
            note(self.engine, "start-up token", address=address_of(request), allowed=False)
            raise Refused(403, found="a start-up token that is wrong or already used", expected="the one just printed",
                          do="Start the desk again and open the address it prints.")  # fmt: skip
        person = one_person(self.engine)
        set_session(back, self.settings, open_session(self.engine, person))
        note(self.engine, "start-up token", person_id=person.id, address=address_of(request))
        return back

    def _turned_away(self, request: Request) -> Response:
        if request.url.path.startswith("/api/") or self.settings.mode == "one-person":
            do = "Open the address that the desk printed when it started, or send `Authorization: Bearer TOKEN`."
            raise Refused(401, do=do if self.settings.mode == "one-person" else None)
        asked = request.url.path + (f"?{request.url.query}" if request.url.query else "")
        return RedirectResponse(f"/login?next={quote(asked, safe='')}", 303)

    async def _body(self, request: Request, state: dict[str, Any], receive: Receive) -> Receive:
        """Read a bounded body, and see that a form carries its token; returns it to be read again."""
        if request.method in SAFE:
            return receive
        body = await _bounded(request)
        if not state["bearer"] and state["person"] is not None:
            given = request.headers.get(HEADER) or await _field(request.scope, body)
            if not matches(given, state["form_token"] or ""):
                raise Refused(403, found="a form without its token", expected="a form of this desk",
                              do="Go back, load the page again and send the form again.")  # fmt: skip
        return _replayed(body, receive)


def _require_own_site(request: Request) -> None:
    """Refuse what another site's page sends, by what browsers say of it.

    Raises
    ------
    Refused : it came from another site.
    """
    site = request.headers.get("sec-fetch-site")
    origin = request.headers.get("origin")
    foreign = site not in {None, "same-origin", "none"} or (
        origin is not None and urlsplit(origin).netloc != request.headers.get("host", "")
    )
    if foreign:
        raise Refused(403, found="a request from another site", expected="one from a page of this desk",
                      do="Open the desk itself and ask there.")  # fmt: skip


async def _bounded(request: Request) -> bytes:
    """The body.

    Raises
    ------
    Refused : it is larger than is taken, whatever its header says.
    """
    parts, size = [], 0
    async for part in request.stream():
        size += len(part)
        if size > LARGEST_BODY:
            raise Refused(413, found=f"more than {LARGEST_BODY:,} bytes", expected=f"at most {LARGEST_BODY:,}")
        parts.append(part)
    return b"".join(parts)


async def _field(scope: Scope, body: bytes) -> str:
    """The token in a form's body; empty where there is none or it cannot be read."""
    kind = Request(scope).headers.get("content-type", "").partition(";")[0].strip().casefold()
    if kind == "application/x-www-form-urlencoded":
        return dict(parse_qsl(body.decode("utf-8", "replace"))).get(FIELD, "")
    if kind != "multipart/form-data":
        return ""
    form = await Request(dict(scope), _replayed(body, _nothing)).form(max_files=8, max_fields=500)
    found = form.get(FIELD, "")
    await form.close()
    return found if isinstance(found, str) else ""


async def _nothing() -> Message:
    return {"type": "http.disconnect"}


def _replayed(body: bytes, receive: Receive) -> Callable[[], Awaitable[Message]]:
    sent = False

    async def again() -> Message:
        nonlocal sent
        if sent:
            return await receive()
        sent = True
        return {"type": "http.request", "body": body, "more_body": False}

    return again


def cookie_name(settings: Settings) -> str:
    """The session's cookie; on plain http it carries the port, which browsers do not tell apart."""
    return "__Host-desk" if settings.tls else f"desk-{settings.port}"


def set_session(response: Response, settings: Settings, secret: str) -> None:
    """Give a browser its session."""
    response.set_cookie(cookie_name(settings), secret, max_age=14 * 24 * 3600, path="/", httponly=True, samesite="lax",
                        secure=settings.tls)  # fmt: skip


def end_session(request: Request, response: Response, settings: Settings, engine: Engine) -> None:
    """Take a browser's session away, here and in the database."""
    if secret := request.cookies.get(cookie_name(settings)):
        close_session(engine, secret)
    response.delete_cookie(cookie_name(settings), path="/", httponly=True, samesite="lax", secure=settings.tls)


def address_of(request: Request) -> str | None:
    """Where a request comes from, for the audit trail."""
    return request.client.host if request.client else None
