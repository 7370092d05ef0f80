"""Heavy questions asked from a page: a form in, a job's page out; answers that are there already open at once."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import Any

from fastapi import APIRouter
from starlette.datastructures import FormData, UploadFile
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from sluicegate.desk.page.block import Note, Section
from sluicegate.desk.page.layout import result_page
from sluicegate.store.document import document_of
from sluicegate.store.job import Job
from sluicegate.terms import InputError
from sluicegate.web import jobs
from sluicegate.web.form_token import FIELD
from sluicegate.web.pages.cells import note
from sluicegate.web.pages.form import Field, Form

router = APIRouter(include_in_schema=False)

DRAWS = Field("draws", "Draws", "number", "256", low=8, step="1",
              help="How many futures are drawn. 256 is enough for bands; more narrows their ends.")  # fmt: skip
SEED = Field("seed", "Seed", "number", "1", low=0, step="1", help="The same seed gives the same draws.")
AS_OF = Field(
    "as_of", "As of", "date", help="Nothing that became known later is used; the scenario's own day where empty."
)
_CHOICE, MANY = "set.", "many."
"""Before the id of an open question, and before the name of a list with semicolons, in the name of a field."""


def ask_form(request: Request, kind: str, submit: str, fields: tuple[Field, ...] = (), *, upload: bool = False,
             hidden: tuple[tuple[str, str], ...] = (), more: tuple[Field, ...] = (DRAWS, SEED, AS_OF),
             error: str = "") -> Form | Note:  # fmt: skip
    """A form that asks a heavy question, `more` folded away; for a reader, a line that says who may."""
    person = request.state.person
    if person is None or not person.may("analyst"):
        return note("Running the model is for analysts of this desk.", tone="muted")
    folded = (("More", more),) if more else ()
    return Form("/ask", submit, fields, folded, (("kind", kind), *hidden), upload=upload, error=error)


@router.post("/ask")
async def ask(request: Request) -> Response:
    """Queue what a form asks, and go to its page."""
    async with request.form(max_files=2, max_fields=300) as form:
        kind, arguments = str(form.get("kind", "")), await read_arguments(form)
    return go_to(request, kind, arguments)


def go_to(request: Request, kind: str, arguments: dict[str, Any]) -> Response:
    """Queue a question, or find it asked already, and go to its page.

    Raises
    ------
    InputError, Refused : as `jobs.submit`.
    """
    state = request.app.state
    job_id = jobs.submit(state.engine, request.state.person, kind, arguments, settings=state.settings)
    return RedirectResponse(f"/jobs/{job_id}", 303)


async def read_arguments(form: FormData) -> dict[str, Any]:
    """What a form sent, as the interface takes it: empty fields left out, an upload as text, open questions as `set`.

    Raises
    ------
    InputError : an upload that is not text in UTF-8.
    """
    found: dict[str, Any] = {}
    choices = []
    for name, value in form.multi_items():
        if isinstance(value, UploadFile):
            if value.filename:
                found |= await read_upload(value)
        elif name.startswith(_CHOICE) and value:
            choices.append(f"{name.removeprefix(_CHOICE)}={value}")
        elif name.startswith(MANY) and value.strip():
            found[name.removeprefix(MANY)] = [part.strip() for part in value.split(";") if part.strip()]
        elif value.strip() and name not in {"kind", FIELD}:
            found[name] = value.strip()
    return found | ({"set": choices} if choices else {})


async def read_upload(sent: UploadFile) -> dict[str, str]:
    """A file as `text` and `form`.

    Raises
    ------
    InputError : not text in UTF-8.
    """
    name = (sent.filename or "").casefold()
    try:
        text = (await sent.read()).decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise InputError(f"bytes that are no UTF-8 ({error.reason})", where=name[:80], expected="a text file in UTF-8",
                         do="Save it as UTF-8 and send it again.") from error  # fmt: skip
    ending = name.rpartition(".")[2]
    return {"text": text, "form": {"csv": "csv", "txt": "text", "html": "html", "htm": "html"}.get(ending, "yaml")}


def choices(questions: Sequence[Mapping[str, Any]]) -> tuple[Field, ...]:
    """Open questions of the register as fields."""
    return tuple(
        Field(f"{_CHOICE}{q['id']}", q["question"], "select", q.get("setting") or q.get("default") or "",
              options=tuple((name, name) for name in q["settings"]), help=q["record"])
        for q in questions if q.get("settings")
    )  # fmt: skip


def kept_job(request: Request, kind: str, **arguments: Any) -> Job | None:
    """The job of a question that was asked already and is not lost; None where nobody asked it."""
    engine, person, settings = request.app.state.engine, request.state.person, request.app.state.settings
    return jobs.asked_before(engine, person, kind, arguments, settings=settings)


def kept_answer(request: Request, kind: str, **arguments: Any) -> tuple[dict[str, Any], str] | None:
    """The answer to a question that somebody has asked already, with its address; None where nobody has."""
    job = kept_job(request, kind, **arguments)
    if job is None or job.state != "done" or not job.document:
        return None
    return parsed(request, job.document), f"/results/{job.document}"


def edge_part(address: str, d: Mapping[str, Any]) -> Section | None:
    """The part on the edge of an answer's page, made once for each answer: an address never shows another number."""
    if address not in _edges:
        if len(_edges) >= _REMEMBERED:
            _edges.pop(next(iter(_edges)))
        _edges[address] = next((s for s in result_page(dict(d)).sections if s.key == "edge"), None)
    return _edges[address]


_edges: dict[str, Section | None] = {}


def parsed(request: Request, digest: str) -> dict[str, Any]:
    """A document by its hash, read once and remembered: it never changes."""
    remembered: dict[str, dict[str, Any]] = request.app.state.__dict__.setdefault("remembered", {})
    if digest not in remembered:
        content = document_of(request.app.state.engine, digest)
        if len(remembered) >= _REMEMBERED:
            remembered.pop(next(iter(remembered)))
        remembered[digest] = json.loads(content or b"{}")
    return remembered[digest]


_REMEMBERED = 12
