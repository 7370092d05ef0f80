"""Who may use a desk of many: added, their role or password changed, let in no more. For admins."""

from __future__ import annotations

from fastapi import APIRouter
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from sluicegate.desk.page.block import words
from sluicegate.desk.people import add_somebody, change_somebody, list_people
from sluicegate.store.person import ROLES, SHORTEST_PASSWORD
from sluicegate.terms import InputError
from sluicegate.web.pages.cells import note, table_of, text_cell
from sluicegate.web.pages.form import Field, Form
from sluicegate.web.pages.show import show
from sluicegate.web.pages.view import Group, View
from sluicegate.web.right import require_role

router = APIRouter(include_in_schema=False)

_MAY = {"reader": "reads, marks and notes", "analyst": "also runs the model and decides on claims",
        "admin": "also changes people and the figures of this desk"}  # fmt: skip


@router.get("/people")
def listed(request: Request) -> Response:
    """Everybody who may sign in."""
    require_role(request.state.person, "admin", "desk people")
    return show(request, _view(request))


def _view(request: Request, problem: str = "") -> View:
    found = list_people(request.app.state.engine)["people"]
    roles = tuple((role, f"{role}: {_MAY[role]}") for role in ROLES)
    rows = [[text_cell(p["name"], strong=True), text_cell(p["role"], _MAY[p["role"]]), text_cell(p["language"]),
             text_cell(p["region"])] for p in found]  # fmt: skip
    table = table_of(("Name", "Role", "Language", "Region"), rows)
    if request.app.state.settings.mode == "one-person":
        alone = note("This desk is for one person, on this machine. Start it with --many for people who sign in.")
        groups = [Group("people", "Who may use this desk", (alone, table))]
    else:
        add = Form("/people", "Add", (
            Field("name", "Name", required=True, help="Letters, digits and . _ @ + -"),
            Field("password", "Password", "password", required=True,
                  help=f"{SHORTEST_PASSWORD} characters or more; tell it them in person, they change it."),
            Field("role", "Role", "select", "reader", options=roles),
        ))  # fmt: skip
        change = Form("/people/change", "Change", (
            Field("name", "Who", "select", options=tuple((p["name"], p["name"]) for p in found)),
            Field("role", "Role", "select", options=(("", "as it is"), *roles)),
            Field("password", "New password", "password", help="As it is where empty."),
            Field("closed", "Let them in no more", "check"),
        ), note="Where they are signed in, they are signed out.")  # fmt: skip
        groups = [Group("people", "Who may use this desk", (table,)), Group("add", "Add somebody", (add,)),
                  Group("change", "Change somebody", (change,))]  # fmt: skip
    return View("People of this desk", tuple(groups), above=words("Account", link="/account"), problem=problem,
                data={"people": found}, twin="/api/v1/desk/people/list")  # fmt: skip


@router.post("/people")
async def add(request: Request) -> Response:
    """Add somebody."""
    require_role(request.state.person, "admin", "desk people add")
    form = await request.form()
    name, password, role = (str(form.get(key) or "") for key in ("name", "password", "role"))

    def done() -> Response:
        try:
            add_somebody(request.app.state.engine, name, password, role, by=request.state.person)
        except InputError as error:
            return show(request, _view(request, str(error)), status=422)
        return RedirectResponse("/people", 303)

    return await run_in_threadpool(done)


@router.post("/people/change")
async def change(request: Request) -> Response:
    """Change somebody; where they are signed in, that ends."""
    require_role(request.state.person, "admin", "desk people change")
    form = await request.form()
    name, password, role = (str(form.get(key) or "") for key in ("name", "password", "role"))
    closed = True if form.get("closed") else None

    def done() -> Response:
        try:
            change_somebody(request.app.state.engine, name, role=role or None, password=password or None,
                            closed=closed, by=request.state.person)  # fmt: skip
        except InputError as error:
            return show(request, _view(request, str(error)), status=422)
        return RedirectResponse("/people", 303)

    answered = await run_in_threadpool(done)
    request.app.state.guard.forget()
    return answered
