"""Forecasts put on record before the figure came: asked, settled with it, and scored."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from fastapi import APIRouter
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from sluicegate.desk.forecast import list_forecasts, score_forecasts, settle_forecast
from sluicegate.desk.page.block import Block, Entry, words
from sluicegate.desk.page.figure import number, one_share
from sluicegate.store.audit import note as audit
from sluicegate.terms import InputError
from sluicegate.terms.day import day_of
from sluicegate.web.pages.asking import ask_form
from sluicegate.web.pages.cells import note, table_of, text_cell
from sluicegate.web.pages.documents.forecast import HEADS, question_rows
from sluicegate.web.pages.form import Field, Form, filled
from sluicegate.web.pages.scenario_choice import scenario_field
from sluicegate.web.pages.show import show
from sluicegate.web.pages.view import Group, View
from sluicegate.web.right import may, require_role

router = APIRouter(include_in_schema=False)


@router.get("/forecasts")
def forecasts(request: Request) -> Response:
    """The questions, and how the settled ones did."""
    return show(request, _view(request))


def _view(request: Request, sent: dict[str, str] | None = None, problem: str = "") -> View:
    found = list_forecasts()["questions"]
    nothing = note("None on record yet.")
    table: Block = table_of(HEADS, question_rows(found)) if found else nothing
    groups = [Group("kept", "On record", (table,))]
    still_open = [q for q in found if not q["settled"]]
    if still_open and may(request, "analyst"):
        groups.append(Group("settle", "Settle one with the figure that came", (_settle(still_open, sent or {}),)))
    groups += [Group("score", "How they did", _score()), Group("ask", "Another", (_ask(request),))]
    return View("Forecasts on record", tuple(groups), opening=(Entry("Kept", words(
        f"{len(found)} questions, {len(found) - len(still_open)} of them settled", strong=True)),),
        twin="/api/v1/forecast/list", data={"questions": found}, problem=problem)  # fmt: skip


def _settle(still_open: Sequence[dict[str, Any]], sent: dict[str, str]) -> Form:
    fields = (
        Field("id", "Question", "select", options=tuple((q["id"], f"{q['text']} ({q['unit']})") for q in still_open)),
        Field("value", "The figure that came", "number", low=0, step="any", required=True,
              help="In the unit of the question."),
        Field("source", "Where it was read", required=True),
        Field("on", "On", "date", help="Today where empty."),
    )  # fmt: skip
    return filled(Form("/forecasts/settle", "Settle it", fields, note="A question is settled once."), sent)


def _score() -> tuple[Block, ...]:
    d = score_forecasts()
    if not d["settled"]:
        return (note("No question is settled yet."),)
    says = (f"Brier score {number(d['brier'])}; always saying one half scores {number(d['brier_of_one_half'])}. "
            "Lower is better.")  # fmt: skip
    rows = [[text_cell(f"{one_share(c['from'])} to {one_share(c['to'])}"), text_cell(c["n"]),
             text_cell(one_share(c["share_happened"]))] for c in d["calibration"]]  # fmt: skip
    return note(says), table_of(("Probability stated", "Questions", "Share that happened"), rows)


def _ask(request: Request) -> Any:
    return ask_form(request, "forecast make", "Put it on record", (
        scenario_field(),
        Field("month", "Month", help="Such as 2026-12.", required=True),
        Field("hs", "Customs code", help="Or a product."),
        Field("product", "Product"),
        Field("from", "From", value="CHN"),
        Field("to", "To"),
        Field("above", "Above", "number", step="any",
              help="Threshold; the forecast's median, rounded, where left out."),
    ))  # fmt: skip


@router.post("/forecasts/settle")
async def settle(request: Request) -> Response:
    """Settle a question with the published figure."""
    require_role(request.state.person, "analyst", "forecast settle")
    sent = {k: v.strip() for k, v in (await request.form()).multi_items() if isinstance(v, str) and v.strip()}

    def done() -> Response:
        try:
            value, on = _value(sent.get("value", "")), sent.get("on")
            settle_forecast(sent.get("id", ""), value, source=sent.get("source", ""), on=_day(on))
        except InputError as error:
            return show(request, _view(request, sent, str(error)), status=422)
        audit(request.app.state.engine, "forecast settle", person_id=request.state.person.id, subject=sent["id"])
        return RedirectResponse("/forecasts", 303)

    return await run_in_threadpool(done)


def _value(text: str) -> float:
    try:
        return float(text)
    except ValueError:
        raise InputError(f"{text[:40]!r}", where="value", expected="a number", do="Write the figure.") from None


def _day(text: str | None) -> Any:

    return day_of(text, "on") if text else None
