"""The edge and the talks: a scenario and a day in, moves of both sides out."""

from __future__ import annotations

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response

from sluicegate.desk.page.block import Entry, words
from sluicegate.desk.page.document import named_place, record
from sluicegate.desk.page.figure import edge_index, expiry, read_band
from sluicegate.web.pages.asking import ask_form, edge_part, kept_answer
from sluicegate.web.pages.cells import note, origin
from sluicegate.web.pages.form import Field
from sluicegate.web.pages.scenario_choice import scenario_field
from sluicegate.web.pages.show import show
from sluicegate.web.pages.view import Group, View

router = APIRouter(include_in_schema=False)


@router.get("/talks")
def talks(request: Request, scenario: str = "status-quo") -> Response:
    """The edge as last run, and a form for the talks."""
    kept = kept_answer(request, "run", scenario=scenario)
    day = Field("on", "Day of the talks", "date", help="Half a year after the first measure where left out.")
    form = ask_form(request, "negotiate", "Simulate the talks", (scenario_field(scenario), day))
    groups = [
        Group(
            "ask",
            "The talks",
            (
                note(
                    "Each pair of moves is simulated on the same draws: what each side loses, what a deal would "
                    "be worth to both, "
                    "and who can wait."
                ),
                form,
            ),
        )
    ]
    opening: tuple[Entry, ...] = ()
    run = ""
    if kept and kept[0].get("edge"):
        d, address = kept
        run = str(d["provenance"]["run"])
        edge = record(d, "edge")
        now = next((p["A"] for p in edge["path"] if p["date"] >= d["provenance"]["as_of"] and p["A"]), None)
        figure = edge_index(read_band(now), edge.get("loss_share_of_gdp"))
        ends = expiry(edge.get("expires"), edge.get("p_not_within_horizon"))
        opening = (
            Entry(
                "The edge",
                words(
                    f"{named_place(edge['controller'])} over {named_place(edge['target'])}: {figure.median}",
                    strong=True,
                    link=origin(edge["id"], run),
                ),
                (words(figure.band),),
            ),
            Entry("It ends", words(ends.median), (words(ends.band),)),
        )
        part = edge_part(address, d)
        if part is not None:
            groups.append(Group("edge", part.title, (*part.blocks, note("The whole answer", link=address))))
    else:
        run_it = ask_form(request, "run", "Run it", (), hidden=(("scenario", scenario),))
        groups.append(Group("edge", "The edge over time", (note("This scenario was not run yet."), run_it)))
    return show(
        request,
        View("Edge and talks", tuple(groups), opening=opening, run=run, twin=f"/api/v1/edge?scenario={scenario}"),
    )
