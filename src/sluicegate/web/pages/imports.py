"""One's own figures, laid over the world: what was taken in, another file, and taking one out again."""

from __future__ import annotations

from typing import Any

from fastapi import APIRouter
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from sluicegate.desk.intake import list_imports, remove_import
from sluicegate.desk.page.block import Block
from sluicegate.store.audit import note as audit
from sluicegate.terms import InputError
from sluicegate.terms.slug import slug
from sluicegate.web.pages.asking import read_upload
from sluicegate.web.pages.cells import NONE, note, table_of, text_cell
from sluicegate.web.pages.form import Field, Form, filled
from sluicegate.web.pages.show import show
from sluicegate.web.pages.view import Group, View
from sluicegate.web.question import ask_here, question_of
from sluicegate.web.right import may, require_role

router = APIRouter(include_in_schema=False)

_FORMS = (("", "as its header says"), ("tidy", "figures in our columns"), ("chain", "rows of the chain"),
          ("baci", "BACI of CEPII"), ("comtrade", "a download of UN Comtrade"))  # fmt: skip


@router.get("/imports")
def listed(request: Request) -> Response:
    """What was laid over the world."""
    return show(request, _view(request))


def _view(request: Request, sent: dict[str, str] | None = None, problem: str = "") -> View:
    found = [{k: v for k, v in one.items() if k != "folder"} for one in list_imports()["imports"]]
    rows = [
        [
            text_cell(one["name"], str(one.get("file", "")), strong=True),
            text_cell(f"{one.get('figures', 0):,} figures, {_rows(one)}"),
            text_cell(_source(one)),
            text_cell(str(one.get("imported_on", ""))[:10]),
        ]
        for one in found
    ]
    nothing = note("Nothing: every number of this desk is made from the figures that come with it.")
    table: Block = table_of(("Import", "What is in it", "Published by", "Taken in on"), rows) if rows else nothing
    says = note("Your figures go before ours where both state the same; every answer says that it was made with them.")
    groups = [Group("kept", "Laid over the world", (says, table))]
    if may(request, "admin"):
        groups += _changes(found, sent or {})
    else:
        groups.append(Group("change", "Another file", (note("Everybody's numbers move, so it is for admins of this "
                                                            "desk."),)))  # fmt: skip
    return View("Your own figures", tuple(groups), data={"imports": found}, problem=problem)


def _rows(one: dict[str, Any]) -> str:
    tables = one.get("tables") or {}
    return ", ".join(f"{n:,} rows of {name}" for name, n in tables.items()) or "no rows of the chain"


def _source(one: dict[str, Any]) -> str:
    return next((str(s.get("publisher") or s.get("title") or "") for s in one.get("sources") or []), "") or NONE


def _changes(found: list[dict[str, Any]], sent: dict[str, str]) -> list[Group]:
    fields = (
        Field("sent", "A file", "file", accept=".csv,.json,.txt", required=True,
              help="CSV with our columns, rows of the chain under their table's name (producers.csv), BACI or a "
                   "download of UN Comtrade; at most 1 MB here, larger ones from the command line."),
        Field("name", "Name", help="Small letters, digits and hyphens; the file's name where empty."),
        Field("as", "Form", "select", options=_FORMS),
        Field("replace", "One of the same name gives way", "check"),
    )  # fmt: skip
    more = (Field("publisher", "Who published it"), Field("title", "What it is called"),
            Field("published", "Year of publication"),
            Field("known_on", "Public since", "date", help="Today if empty."),
            Field("url", "Address of its page"), Field("licence", "Terms under which it may be passed on"))  # fmt: skip
    form = filled(Form("/imports", "Lay it over the world", fields, (("About the source", more),), upload=True), sent)
    groups = [Group("add", "Another file", (form,))]
    if found:
        options = tuple((one["name"], one["name"]) for one in found)
        gone = Form("/imports/remove", "Take it out", (Field("name", "Import", "select", options=options),),
                    compact=True)  # fmt: skip
        groups.append(Group("remove", "Take one out again", (gone,)))
    return groups


@router.post("/imports")
async def take(request: Request) -> Response:
    """Read a file, check it whole, and lay it over the world."""
    require_role(request.state.person, "admin", "world import")
    async with request.form(max_files=1) as form:
        sent = {k: v.strip() for k, v in form.multi_items() if isinstance(v, str) and v.strip() and k != "form_token"}
        upload = form.get("sent")
        if upload is None or isinstance(upload, str) or not upload.filename:
            raise InputError("no file", where="file", expected="a file of figures", do="Choose one.")
        name, text = upload.filename.rpartition("/")[2], (await read_upload(upload))["text"]
    called = sent.get("name") or slug(name.rpartition(".")[0] or name)[:40].strip("-")
    asked = sent | {"file": name, "text": text, "replace": "replace" in sent, "name": called}

    def done() -> Response:
        try:
            question = question_of("world import")
            ask_here(question, question.read(asked))
        except InputError as error:
            return show(request, _view(request, sent, str(error)), status=422)
        audit(request.app.state.engine, "world import", person_id=request.state.person.id, subject=called)
        return RedirectResponse("/imports", 303)

    return await run_in_threadpool(done)


@router.post("/imports/remove")
async def remove(request: Request) -> Response:
    """Take an import out again."""
    require_role(request.state.person, "admin", "world import remove")
    name = str((await request.form()).get("name") or "")

    def done() -> Response:
        remove_import(name)
        audit(request.app.state.engine, "world import: remove", person_id=request.state.person.id, subject=name)
        return RedirectResponse("/imports", 303)

    return await run_in_threadpool(done)
