"""The track record: recorded episodes scored, and forecasts that a figure will settle."""

from __future__ import annotations

from dataclasses import replace

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response

from sluicegate.desk.forecast import list_forecasts
from sluicegate.desk.page.document import record, said
from sluicegate.history.past import stored
from sluicegate.web.pages.asking import ask_form
from sluicegate.web.pages.cells import note, table_of, text_cell
from sluicegate.web.pages.documents.other import in_words
from sluicegate.web.pages.documents.record import record_view
from sluicegate.web.pages.form import Field
from sluicegate.web.pages.scenario_choice import scenario_field
from sluicegate.web.pages.show import show
from sluicegate.web.pages.view import Group, View

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


@router.get("/forecasts")
def forecasts(request: Request) -> Response:
    """Forecasts put on record before the figure came."""
    found = list_forecasts()["questions"]
    rows = [
        [
            text_cell(q.get("question") or q.get("id"), str(q.get("id"))),
            text_cell(q.get("month")),
            text_cell(in_words(q.get("p") or q.get("probability"))),
            text_cell("settled" if q.get("settled") else "open", in_words(q.get("value"))),
        ]
        for q in found
    ]
    fields = (
        scenario_field(),
        Field("month", "Month", help="Such as 2026-12.", required=True),
        Field("hs", "Customs code", help="Or a product."),
        Field("product", "Product"),
        Field("from", "From", value="CHN"),
        Field("to", "To"),
        Field(
            "above", "Above", "number", step="any", help="Threshold; the forecast's median, rounded, where left out."
        ),
    )
    form = ask_form(request, "forecast make", "Put it on record", fields)
    table = table_of(("Question", "Month", "Probability", "State"), rows) if rows else note("None on record yet.")
    view = View(
        "Forecasts on record",
        (Group("kept", f"{len(found)} questions", (table,)), Group("ask", "Another", (form,))),
        twin="/api/v1/forecast/list",
        data={"questions": found},
    )
    return show(request, view)
