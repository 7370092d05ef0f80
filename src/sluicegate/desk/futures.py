"""The futures an article opens, each run on the base's own draws."""

from __future__ import annotations

from datetime import date

from sluicegate.desk.answer import Answer, answer
from sluicegate.desk.edge import edge_in_week
from sluicegate.desk.number import Document, number_id
from sluicegate.desk.outcome import shortages_document
from sluicegate.news.future import Future
from sluicegate.scenario import Scenario
from sluicegate.world import World


def future_document(ran: Answer, future: Future, on: date, *, as_it_stands: bool) -> Document:
    """One future, run; its shortages have ids of their own unless it is the base as it stands."""
    scenario = ran.result.scenario
    week = min(max(int(scenario.week_of(on)) + 26, 0), ran.result.weeks - 1)
    a = edge_in_week(ran.edge, week) if ran.edge else None
    ident = number_id("future", future.name)
    short = shortages_document(ran.result, ran.shortages)
    if not as_it_stands:
        short = [s | {"id": s["id"].replace("shortage:", f"{ident}.", 1)} for s in short]
    return {
        "id": ident,
        "name": future.name,
        "what": future.what,
        "from_claims": list(future.from_claims),
        "shortages": short,
        "edge": None if a is None else {"id": ident, **a},
        "edge_on": str(scenario.date_of(week)),
    }


def simulated_future(base: Answer, scenario: Scenario, future: Future, on: date, world: World) -> Document:
    """A future beside the base, run and told.

    It uses the draws of the base; a control that only it has brings its own inputs, then new draws are taken, on the
    whole world, since it may touch chains that the base does not.
    """
    changed = scenario.model_copy(update={"name": future.name, "controls": future.controls(scenario.controls)})
    drawn = base.result.model.draws
    if future.added:
        ran = answer(changed, world, draws=drawn.size, seed=drawn.seed, places=())
    else:
        ran = answer(changed, base.result.model.world, like=base.result.model, free=base.free, places=())
    return future_document(ran, future, on, as_it_stands=False)
