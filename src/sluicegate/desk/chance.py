"""How likely a control is, what results are worth if it does not come, and what a stockpile does to others."""

from __future__ import annotations

import numpy as np

from sluicegate.desk.long_run import LongRun
from sluicegate.desk.number import Document, band, number_id
from sluicegate.regime import load_register
from sluicegate.regime.recurrence import recurrence
from sluicegate.response.plan import sample_costs
from sluicegate.sim.compile import WEEKS_PER_YEAR
from sluicegate.sim.side import target_loss

MUSD = 1e6
CHANCE_YEARS = 5.0
LIKELY = 0.75
"""Share of draws in which a place must be worse off to be called drained."""
CHANCES = (0.1, 0.25, 0.5, 0.75, 1.0)


def chance_document(run: LongRun, told: float | None) -> Document:
    """How likely such a control is, why, and what the loss and a stock are worth at other chances."""
    controller = str(run.scenario.controller)
    past = recurrence(load_register(), controller, run.target, run.scenario.as_of)
    prior = past.chance(CHANCE_YEARS)
    span = run.result.weeks / WEEKS_PER_YEAR
    without, with_stock = (target_loss(r, run.answer.free, run.target).total.sum(axis=0)
                           for r in (run.result, run.piled))  # fmt: skip
    cost = run.pile.cost(run.result, sample_costs(run.result.model.draws))
    loss, avoided, price = float(without.mean()), float((without - with_stock).mean()), float(cost.mean())
    used = prior if told is None else told
    days = ", ".join(str(d) for d in past.days)
    return {
        "id": number_id("chance", run.scenario.name), "used": used, "given": told is not None, "prior": prior,
        "why": f"{len(past.days)} days since 2010 on which {controller} announced controls that reach {run.target} "
               f"({days}): {past.rate_per_year:.2f} a year, one more within {CHANCE_YEARS:.0f} years with {prior:.0%}",
        "stock": run.pile.name, "stock_cost_musd": price / MUSD, "stock_avoids_musd": avoided / MUSD,
        "break_even": price / avoided if avoided >= price else None,
        "if": [{"chance": p, "expected_loss_per_year": p * loss / span / MUSD,
                "stock_is_worth": (p * avoided - price) / MUSD} for p in sorted({*CHANCES, round(used, 4)})],
        "unit": "million 2024 USD, means over draws",
    }  # fmt: skip


def stockpile_document(run: LongRun) -> Document:
    """What the target's stockpile does to others: their losses with it less without, so above zero they pay."""
    world = run.result.model.world
    known = set(run.result.model.compiled.net.places) - {run.scenario.controller, run.target}
    places = [p for p in world.places["gdp_musd"].dropna().index if p in known]
    rows = []
    for place in places:
        without, with_it = (target_loss(r, run.answer.free, place).total.sum(axis=0) for r in (run.result, run.piled))
        more = with_it - without
        if np.median(np.abs(without)) > 0:
            rows.append({"place": place, "more_lost": band(more / MUSD), "p_worse": float((more > 0).mean()),
                         "of_its_loss": float(np.median(more) / max(abs(float(np.median(without))), 1.0))})  # fmt: skip
    rows.sort(key=lambda r: -r["p_worse"])
    return {"id": number_id("stockpile", run.scenario.name, run.target), "what": run.pile.name,
            "from": str(run.pile.start), "others": rows[:12],
            "drains": [r["place"] for r in rows if r["p_worse"] >= LIKELY], "drains_from_share": LIKELY,
            "unit": "million 2024 USD to the horizon"}  # fmt: skip
