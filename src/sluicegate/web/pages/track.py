"""The track record: recorded episodes, replayed and scored."""

from __future__ import annotations

from dataclasses import replace

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response

from sluicegate.desk.page.document import record, said
from sluicegate.history.past import stored
from sluicegate.web.pages.asking import ask_form
from sluicegate.web.pages.cells import note
from sluicegate.web.pages.documents.record import record_view
from sluicegate.web.pages.form import Field
from sluicegate.web.pages.show import show
from sluicegate.web.pages.view import Group

router = APIRouter(include_in_schema=False)


@router.get("/hindcast")
def hindcast(request: Request) -> Response:
    """The replay that comes with the desk, and a form to make it again."""
    d = stored()
    view = record_view(d, said(record(d, "provenance"), "run"))
    draws = Field("draws", "Draws", "number", "256", low=256, step="1")
    seed = Field("seed", "Seed", "number", "1", low=0, step="1")
    form = ask_form(request, "hindcast", "Replay the episodes", (draws, seed))
    again = Group(
        "again",
        "Make it again",
        (
            note("The scores above come with the desk; a replay takes some minutes."),
            replace(form, folded=()) if not hasattr(form, "spans") else form,
            note("Forecasts put on record", link="/forecasts"),
        ),
    )
    return show(
        request,
        replace(view, title="Track record", sections=(*view.sections, again), document=d, twin="/api/v1/hindcast"),
    )
