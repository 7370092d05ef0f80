"""The best answer under a budget: a form, and what was planned before."""

from __future__ import annotations

from typing import Any

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response

from sluicegate.desk.page.block import Block
from sluicegate.web import jobs
from sluicegate.web.pages.asking import ask_form
from sluicegate.web.pages.cells import note, table_of, text_cell
from sluicegate.web.pages.form import Field
from sluicegate.web.pages.scenario_choice import scenario_field
from sluicegate.web.pages.show import show
from sluicegate.web.pages.view import Group, View

router = APIRouter(include_in_schema=False)


@router.get("/answers")
def answers(request: Request, scenario: str = "april-2025") -> Response:
    """What to hold and open under a budget."""
    fields = (
        scenario_field(scenario),
        Field("budget", "Budget, million 2024 USD", "number", "500", low=0, step="any", required=True),
        Field("place", "Who plans", help="Code or name; the scenario's target where left out."),
        Field("on", "Acts from", "date", help="The scenario's start where left out, which is before the control."),
        Field(
            "aversion",
            "Weight of the worst tenth",
            "number",
            "0.5",
            low=0,
            high=1,
            step="any",
            help="0 plans for the mean, 1 for the worst tenth of draws.",
        ),
    )
    form = ask_form(request, "plan", "Plan", fields)
    return show(
        request,
        View(
            "The best answer",
            (
                Group(
                    "ask",
                    "Under a budget",
                    (
                        note(
                            "Stock and second sources chosen by a two-stage programme, then simulated again on "
                            "draws the plan was not "
                            "made with."
                        ),
                        form,
                    ),
                ),
                Group("before", "Planned before", (asked_before(request, "plan"),)),
            ),
            twin="/api/v1/jobs",
        ),
    )


def _asked(arguments: dict[str, Any]) -> str:
    """What was asked, in words: a file is called so, and what everybody asks with is left out."""
    shown = {k: v for k, v in arguments.items() if k not in {"seed", "form", "text", "aversion", "chance"}}
    words_ = [f"{k.replace('_', ' ')} {', '.join(map(str, v)) if isinstance(v, list) else v}" for k, v in shown.items()]
    return ", ".join((["a file of your own"] if arguments.get("text") else []) + words_)


def asked_before(request: Request, kind: str) -> Block:
    """A table of one kind of a person's questions that are done or under way."""
    found = [j for j in jobs.listed(request.app.state.engine, request.state.person) if j["kind"] == kind]
    rows = [
        [
            text_cell(
                _asked(j["arguments"]),
                link=f"/results/{j['document']}" if j["document"] else f"/jobs/{j['id']}",
            ),
            text_cell(j["state"]),
            text_cell(str(j["made_at"])[:16].replace("T", " ")),
        ]
        for j in found
    ]
    return table_of(("Asked", "State", "When, UTC"), rows) if rows else note("Nothing yet.")
