"""One's own account: language and region, password, sessions, tokens for programs, and what was done with it."""

from __future__ import annotations

from datetime import UTC, datetime

from fastapi import APIRouter
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from sluicegate.desk.library import marking
from sluicegate.desk.page.block import Block, Entry, Note, words
from sluicegate.desk.page.document import named_place
from sluicegate.store.audit import note as audit
from sluicegate.store.audit import trail
from sluicegate.store.person import SHORTEST_PASSWORD, change_person, signed_in
from sluicegate.store.session import add_token, close_sessions, close_token, open_session, tokens_of
from sluicegate.terms import InputError, NotFoundError
from sluicegate.terms.language import languages, load_language
from sluicegate.web.fault import Refused
from sluicegate.web.guard import address_of, end_session, set_session
from sluicegate.web.pages.cells import note, table_of, text_cell
from sluicegate.web.pages.form import Field, Form
from sluicegate.web.pages.show import show
from sluicegate.web.pages.view import Group, View
from sluicegate.web.reader import keep_language, language_of
from sluicegate.web.right import reader_of

router = APIRouter(include_in_schema=False)

_SHOWN = 20


@router.get("/account")
def account(request: Request) -> Response:
    """Who one is on this desk, and the forms that change it."""
    return show(request, _view(request))


def _view(request: Request, secret: str = "", problem: str = "") -> View:
    person, many = request.state.person, request.app.state.settings.mode == "many"
    region = marking.reader_profile(request.app.state.engine, reader=reader_of(request)).get("region")
    opening = (
        Entry("You are", words(person.name, strong=True), (words(person.role),)),
        Entry("Region", words(named_place(region) if region else "not named")),
        Entry("Language", words(language_of(request).name)),
    )
    groups = [
        Group("token", "Tokens for programs", _tokens(request, secret)),
        Group("region", "Language and region", (_region(request, region),)),
    ]
    if many:
        groups.append(Group("password", "Password", (_password(),)))
    groups += [Group("out", "Sign out", _out(many)), Group("trail", "What was done lately", (_trail(request),))]
    return View("Your account", tuple(groups), opening=opening, twin="/api/v1/me", problem=problem)


def _tokens(request: Request, secret: str) -> tuple[Block | Form, ...]:
    found = tokens_of(request.app.state.engine, request.state.person)
    rows = [[text_cell(t.name, strong=True), text_cell(_day(t.made_at)), text_cell(_day(t.ends_at) or "withdrawn")]
            for t in found]  # fmt: skip
    parts: list[Block | Form] = [note("A program sends its token in a header, Authorization: Bearer TOKEN; it may "
                                      "then do what you may.")]  # fmt: skip
    if secret:
        parts += [note("Your new token. It is shown this once:"), Note(words(secret, strong=True))]
    parts.append(table_of(("Token", "Made", "Holds until"), rows) if rows else note("None yet."))
    make = (Field("name", "What it is for", required=True),
            Field("days", "Days it holds", "number", low=1, high=3650, step="1",
                  help="Until withdrawn where empty."))  # fmt: skip
    parts.append(Form("/account/tokens", "Make a token", make))
    if found:
        options = tuple((str(t.id), f"{t.name}, {_day(t.made_at)}") for t in found)
        parts.append(Form("/account/tokens/withdraw", "Withdraw it", (
            Field("token", "Token", "select", options=options),), compact=True))  # fmt: skip
    return tuple(parts)


def _region(request: Request, region: str | None) -> Form:
    options = tuple((code, load_language(code).name) for code in languages())
    return Form("/account/reader", "Keep", (
        Field("language", "Language", "select", language_of(request).code, options=options),
        Field("region", "Region", value=region or "",
              help="A country's code or name: what it depends on goes first under “for you”. Empty to forget it."),
    ))  # fmt: skip


def _password() -> Form:
    return Form("/account/password", "Change it", (
        Field("old", "The one you have", "password", required=True),
        Field("new", "The new one", "password", required=True,
              help=f"{SHORTEST_PASSWORD} characters or more. Every other browser is signed out."),
        Field("again", "Once more", "password", required=True),
    ))  # fmt: skip


def _out(many: bool) -> tuple[Block | Form, ...]:
    how = ("Signing in again needs your password." if many else
           "This desk lets nobody else in. To come back, start it again and open the address it prints.")  # fmt: skip
    return (
        note(how),
        Form("/logout", "Sign out here", compact=True, note="Pages kept for reading offline are removed too."),
        Form("/account/everywhere", "Sign out everywhere", compact=True, note="Tokens of programs go on."),
    )


def _trail(request: Request) -> Block:
    found = trail(request.app.state.engine, person_id=request.state.person.id, most=_SHOWN)
    rows = [[text_cell(datetime.fromtimestamp(e.at, UTC).isoformat(sep=" ", timespec="minutes")[:16]),
             text_cell(e.action, "" if e.allowed else "refused"), text_cell(e.subject), text_cell(e.address)]
            for e in found]  # fmt: skip
    return table_of(("When, UTC", "What", "Of", "From"), rows) if rows else note("Nothing yet.")


def _day(seconds: float | None) -> str:
    return "" if seconds is None else datetime.fromtimestamp(seconds, UTC).date().isoformat()


@router.post("/account/tokens")
async def make_token(request: Request) -> Response:
    """Make a token, and show it this once."""
    form = await request.form()
    name, days = str(form.get("name") or ""), str(form.get("days") or "").strip()
    engine, person = request.app.state.engine, request.state.person
    try:
        held = float(days) if days else None
    except ValueError:
        raise InputError(f"{days[:40]!r}", where="days", expected="a number of days", do="Mend it.") from None

    def made() -> Response:
        secret = add_token(engine, person, name, days=held)
        audit(engine, "token: make", person_id=person.id, subject=name)
        return show(request, _view(request, secret))

    return await run_in_threadpool(made)


@router.post("/account/tokens/withdraw")
async def withdraw(request: Request) -> Response:
    """Withdraw one of one's own tokens."""
    number = str((await request.form()).get("token") or "")
    engine, person = request.app.state.engine, request.state.person

    def done() -> None:
        if not number.isdecimal() or len(number) > 9 or not close_token(engine, person, int(number)):
            raise NotFoundError(number[:20], kind="token", known=[], where="your tokens")
        audit(engine, "token: withdraw", person_id=person.id, subject=number)

    await run_in_threadpool(done)
    return RedirectResponse("/account", 303)


@router.post("/account/reader")
async def keep_reader(request: Request) -> Response:
    """Keep language and region."""
    form = await request.form()
    language, region = str(form.get("language") or ""), str(form.get("region") or "").strip()
    engine, person = request.app.state.engine, request.state.person

    def done() -> str:
        code = load_language(language or "en").code
        kept = marking.reader_profile(engine, reader=reader_of(request), region=region, language=code)
        change_person(engine, person.name, language=code, region=kept["region"])
        return code

    code = await run_in_threadpool(done)
    request.app.state.guard.forget()
    back = RedirectResponse("/account", 303)
    keep_language(back, code)
    return back


@router.post("/account/password")
async def change_password(request: Request) -> Response:
    """A new password, for who knows the old one; every session ends, and this browser gets a new one."""
    form = await request.form()
    old, new, again = (str(form.get(key) or "") for key in ("old", "new", "again"))
    state, person = request.app.state, request.state.person
    if state.settings.mode != "many":
        raise Refused(404)
    for who in (f"from {address_of(request)}", f"as {person.name.casefold()}"):
        state.tries.require(who)

    def done() -> Response:
        if signed_in(state.engine, person.name, old) is None:
            audit(state.engine, "password: change", person_id=person.id, allowed=False)
            return show(request, _view(request, problem="The password you have is another."), status=422)
        if new != again:
            return show(request, _view(request, problem="The new one was written in two ways."), status=422)
        change_person(state.engine, person.name, password=new)
        close_sessions(state.engine, person)
        audit(state.engine, "password: change", person_id=person.id)
        response = RedirectResponse("/account", 303)
        set_session(response, state.settings, open_session(state.engine, person))
        return response

    answered: Response = await run_in_threadpool(done)
    state.guard.forget()
    return answered


@router.post("/account/everywhere")
def everywhere(request: Request) -> Response:
    """End every session of this person."""
    state, person = request.app.state, request.state.person
    response = RedirectResponse("/login" if state.settings.mode == "many" else "/", 303)
    close_sessions(state.engine, person)
    end_session(request, response, state.settings, state.engine)
    state.guard.forget()
    response.headers["clear-site-data"] = '"cache", "storage"'
    audit(state.engine, "sign out everywhere", person_id=person.id, address=address_of(request))
    return response
