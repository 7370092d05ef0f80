"""A company or a project of one's own: sent once, kept for nobody else, asked about from its page."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from sluicegate.desk.exposure import template as company_template
from sluicegate.desk.page.block import Block, words
from sluicegate.desk.project import template as project_template
from sluicegate.store.own_file import file_of, files_of, keep_file, remove_file
from sluicegate.terms import InputError, NotFoundError
from sluicegate.web.pages.answers import asked_before
from sluicegate.web.pages.asking import AS_OF, DRAWS, SEED, ask_form, read_upload
from sluicegate.web.pages.cells import note, table_of, text_cell
from sluicegate.web.pages.form import Field, Form
from sluicegate.web.pages.scenario_choice import scenario_field
from sluicegate.web.pages.show import show
from sluicegate.web.pages.view import Group, View

router = APIRouter(include_in_schema=False)


@dataclass(frozen=True)
class Room:
    """One kind of file: where its pages lie, what is asked of it, and a file to start from."""

    kind: str
    path: str
    title: str
    question: str
    submit: str
    says: str
    fields: tuple[Field, ...] = ()

    def template(self) -> str:
        """A file to start from."""
        return company_template() if self.kind == "company" else project_template()


COMPANY = Room(
    "company",
    "/company",
    "Your company",
    "exposure",
    "How long do its lines run?",
    "Volumes, stocks, suppliers and open applications of one company. Only you can see its file, and what was "
    "computed from it.",
    (scenario_field(), Field("weeks", "Weeks ahead", "number", "52", low=4, high=520, step="1")),
)
_PLAN = (
    scenario_field(),
    Field("budget", "Budget, in the company's currency", "number", "5000000", low=0, step="any", required=True),
    Field("weeks", "Weeks ahead", "number", "52", low=4, high=520, step="1"),
    Field("aversion", "Weight of the worst tenth", "number", "0.5", low=0, high=1, step="any",
          help="0 plans for the mean, 1 for the worst tenth of draws."),
)  # fmt: skip
PROJECT = Room(
    "project",
    "/projects",
    "A project",
    "project",
    "What is it worth?",
    "One plant outside the controller: costs, products, support. Break-even price, value over prices and "
    "confrontations, what support is worth and costs the public.",
)


def _list(request: Request, room: Room) -> Response:
    own = files_of(request.app.state.engine, request.state.person.id, room.kind)
    rows = [[text_cell(f.name, link=f"{room.path}/{f.id}"), text_cell(f"{len(f.content):,} bytes")] for f in own]
    upload = Form(
        room.path,
        "Keep it",
        (
            Field(
                "file",
                "Its file",
                "file",
                accept=".yaml,.yml,.csv" if room.kind == "company" else ".yaml,.yml",
                help="YAML or CSV, at most 1 MB.",
            ),
            Field("name", "or write it here: name", help="Of the file, where it is written below."),
            Field("text", "and text", "area", room.template(), rows=16),
        ),
        upload=True,
    )
    mine: Block = table_of(("File", "Size"), rows) if rows else note("None yet.")
    return show(
        request,
        View(
            room.title,
            (
                Group("own", "Your files", (note(room.says), mine)),
                Group("before", "Asked before", _before(request, room)),
                Group("new", "Another", (upload,)),
            ),
            twin=f"/api/v1/files?kind={room.kind}",
            data={"files": [{"id": f.id, "name": f.name} for f in own]},
        ),
    )


def _before(request: Request, room: Room) -> tuple[Block, ...]:
    asked = asked_before(request, room.question)
    return (asked, note("Plans:"), asked_before(request, "plan company")) if room.kind == "company" else (asked,)


async def _keep(request: Request, room: Room) -> Response:
    async with request.form(max_files=1) as form:
        sent, name, text = form.get("file"), str(form.get("name") or ""), str(form.get("text") or "")
        if sent is not None and not isinstance(sent, str) and sent.filename:
            name, text = sent.filename, (await read_upload(sent))["text"]
    if not text.strip():
        raise InputError("nothing", where="file", expected=f"a {room.kind}'s file", do="Choose a file, or write it.")
    file = keep_file(
        request.app.state.engine, request.state.person.id, room.kind, name or f"{room.kind}.yaml", text.encode()
    )
    return RedirectResponse(f"{room.path}/{file.id}", 303)


def _one(request: Request, room: Room, file_id: str) -> Response:
    file = file_of(request.app.state.engine, request.state.person.id, file_id)
    if file.kind != room.kind:
        raise NotFoundError(file_id[:40], kind=room.kind, known=[], where=room.path)
    form = ask_form(request, room.question, room.submit, room.fields, hidden=(("own", file_id),))
    plan: tuple[Group, ...] = ()
    if room.kind == "company":
        asks = ask_form(request, "plan company", "What should it do?", _PLAN, hidden=(("own", file_id),),
                        more=(replace(DRAWS, value="128"), SEED, AS_OF))  # fmt: skip
        plan = (Group("plan", "What should it do, and by when?", (note(
            "What to order, apply for or qualify under a budget, by which day, and what that turns out to be worth on "
            "draws it was not planned with."), asks)),)  # fmt: skip
    text = file.content.decode("utf-8", "replace")
    change = Form(
        room.path, "Keep the change", (Field("text", "Its text", "area", text, rows=24),), hidden=(("name", file.name),)
    )
    gone = Form(f"{room.path}/{file_id}/remove", "Remove it", compact=True)
    return show(
        request,
        View(
            file.name,
            (
                Group("ask", room.submit, (form,)),
                *plan,
                Group("text", "The file", (change, gone)),
            ),
            above=words(room.title, link=room.path),
            twin=f"/api/v1/files/{file_id}",
        ),
    )


def _remove(request: Request, room: Room, file_id: str) -> Response:
    remove_file(request.app.state.engine, request.state.person.id, file_id)
    return RedirectResponse(room.path, 303)


def _add(room: Room) -> None:
    """The pages of one kind of file."""

    def listed(request: Request) -> Response:
        return _list(request, room)

    async def keep(request: Request) -> Response:
        return await _keep(request, room)

    def one(request: Request, file_id: str) -> Response:
        return _one(request, room, file_id)

    def remove(request: Request, file_id: str) -> Response:
        return _remove(request, room, file_id)

    for path, method, door in (
        ("", "GET", listed),
        ("", "POST", keep),
        ("/{file_id}", "GET", one),
        ("/{file_id}/remove", "POST", remove),
    ):
        made: Any = door
        router.add_api_route(
            room.path + path, made, methods=[method], name=f"{room.kind}{path}-{method}", response_model=None
        )


for _room in (COMPANY, PROJECT):
    _add(_room)
