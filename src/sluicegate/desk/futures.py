"""The futures an article opens, each run on the base's own draws."""

from __future__ import annotations

from datetime import date

from sluicegate.desk.answer import Answer, answer
from sluicegate.desk.edge import edge_at_horizon
from sluicegate.desk.number import Document, number_id
from sluicegate.desk.outcome import shortages_document
from sluicegate.news.consequence import Future
from sluicegate.scenario import Scenario


def future_document(base: Answer, scenario: Scenario, future: Future, on: date, *, as_it_stands: bool) -> Document:
    """One future; the first is the base as it stands."""
    ran = base if as_it_stands else run_future(base, scenario, future)
    week = min(int(scenario.week_of(on)) + 26, ran.result.weeks - 1)
    a = edge_at_horizon(ran.edge, week) if ran.edge else None
    ident = number_id("future", future.name)
    short = shortages_document(ran.result, ran.shortages)
    own = short if as_it_stands else [s | {"id": s["id"].replace("shortage:", f"{ident}.", 1)} for s in short]
    return {
        "id": ident,
        "name": future.name,
        "what": future.what,
        "from_claims": list(future.from_claims),
        "shortages": own,
        "edge": None if a is None else {"id": ident, **a},
        "edge_on": str(scenario.date_of(week)),
    }


def run_future(base: Answer, scenario: Scenario, future: Future) -> Answer:
    """A future on the draws of the base; a control only it has brings its own inputs, then new draws are taken."""
    changed = scenario.model_copy(update={"name": future.name, "controls": future.controls(scenario.controls)})
    if future.added:
        size, seed = base.result.model.draws.size, base.result.model.draws.seed
        return answer(changed, base.result.model.world, draws=size, seed=seed)
    return answer(changed, base.result.model.world, like=base.result.model.draws, free=base.free)
