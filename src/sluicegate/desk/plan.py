"""The question `plan SCENARIO --budget X`: what a place should hold and open, and what that turns out to be worth."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date

import numpy as np

from sluicegate.desk.answer import SEED, Answer, answer
from sluicegate.desk.number import Document, band, number_id
from sluicegate.desk.opening import opened
from sluicegate.desk.store import keep, run_key
from sluicegate.desk.version import provenance
from sluicegate.response import Action
from sluicegate.response.plan import sample_costs
from sluicegate.response.problem import Options, problem_of
from sluicegate.response.two_stage import Plan, Problem, solve, tail_mean
from sluicegate.scenario import Scenario
from sluicegate.sim import Result, focused, simulate
from sluicegate.sim.budget import require_whole
from sluicegate.sim.network import Floats
from sluicegate.sim.run import Progress
from sluicegate.sim.side import target_loss
from sluicegate.terms import InputError
from sluicegate.world import World

DRAWS = 64
"""Draws the programme is solved on; as many fresh ones judge the plan."""
MOST_PRODUCTS = 5
TIMES = (0.25, 0.5, 1.0, 2.0)
UNIT, MUSD = "million 2024 USD", 1e6
LIMITS = [
    "The programme takes what is missing from the run as given: bought stock takes from nobody in it. The simulation "
    "does not: the table is what the plan is worth; where that is far less than expected, the market had no goods.",
    "Stock and makers that are nearly qualified are all it may choose: not capacity, offtake, thrift or recycling. "
    "Costs are judgement.",
]


def plan(name: str, *, budget: float, place: str | None = None, on: date | None = None, aversion: float = 0.5,
         draws: int = DRAWS, seed: int = SEED, as_of: date | None = None, settings: Mapping[str, str] | None = None,
         progress: Progress | None = None) -> Document:  # fmt: skip
    """The best stock and second sources under a budget, simulated again on draws it was not made with.

    Parameters
    ----------
    budget : million 2024 USD ; place : who plans, the target by default
    on : day from which it acts, the scenario's start by default, which is before the control
    aversion : weight of the worst tenth of the draws against the mean, 0-1

    Raises
    ------
    InputError : a budget below zero, nobody short, or a scenario without control.
    """
    scenario, whole = opened(name, as_of=as_of, settings=settings)
    draws = require_whole(draws, "draws", least=8)
    if not (np.isfinite(budget) and budget >= 0):
        raise InputError(f"a budget of {budget:g}", where="--budget", expected="million USD, 0 or more", do="Mend it.")
    near = focused(whole, scenario)
    ran = answer(scenario, near, draws=draws, seed=seed)
    options = _options(ran, scenario, place, on)
    problem = problem_of(ran.result, ran.free, options)
    chosen = {times: solve(problem, times * budget * MUSD, aversion=aversion) for times in TIMES}
    judge = _Judge(scenario, near, options.place, draws, seed + 1)
    document = _document(scenario, options, problem, chosen, judge, budget, aversion, progress)
    words = f"plan {name} --budget {budget:g} --place {options.place} --on {options.on}"
    document["provenance"] = provenance(scenario.as_of, draws=draws, seed=seed, command=words)
    key = run_key(plan=scenario.model_dump(mode="json"), budget=budget, place=options.place, on=str(options.on),
                  aversion=aversion, draws=draws, seed=seed)  # fmt: skip
    document["provenance"]["run"] = key
    keep(key, document, _explained(document))
    return document


def _options(ran: Answer, scenario: Scenario, place: str | None, on: date | None) -> Options:
    target = place or (ran.edge.target if ran.edge else scenario.target)
    short = [s for s in ran.shortages if s.place == target]
    if target is None or not short:
        raise InputError(f"nobody is short in {target or 'any place'}", where=f"scenario {scenario.name}",
                         expected="a scenario that hurts the place", do="Name another --place.")  # fmt: skip
    day = on or scenario.start
    if not scenario.start <= day < scenario.end:
        raise InputError(f"a plan from {day}", where="--on", do="Name another day.",
                         expected=f"a day from {scenario.start} to before {scenario.end}")  # fmt: skip
    return Options(target, tuple(dict.fromkeys(s.product for s in short))[:MOST_PRODUCTS], day)


class _Judge:
    """Plans simulated on draws they were not made with."""

    def __init__(self, scenario: Scenario, world: World, place: str, draws: int, seed: int) -> None:
        self.scenario, self.world, self.place = scenario, world, place
        self.base = simulate(scenario, world, draws=draws, seed=seed)
        self.free = simulate(scenario.without_controls(), world, like=self.base.model.draws)
        self.costs = sample_costs(size=draws, seed=seed)
        self.before = self._loss(self.base)

    def _loss(self, run: Result) -> Floats:
        return np.asarray(target_loss(run, self.free, self.place).total.sum(axis=0))

    def of(self, actions: Sequence[Action]) -> tuple[Floats, Floats]:
        """(D,) cost and loss with some actions, 2024 USD."""
        if not actions:
            return np.zeros_like(self.before), self.before
        path = self.scenario
        for action in actions:
            path = action.applied(path)
        cost = np.sum([action.cost(self.base, self.costs) for action in actions], axis=0)
        return cost, self._loss(simulate(path, self.world, like=self.base.model.draws))


def _document(scenario: Scenario, options: Options, problem: Problem, chosen: dict[float, Plan], judge: _Judge,
              budget: float, aversion: float, progress: Progress | None) -> Document:  # fmt: skip
    rows = []
    for k, (times, one) in enumerate(chosen.items()):
        rows.append(_judged(scenario, times * budget, one, options, judge))
        if progress is not None:
            progress(k + 1, len(chosen) + 2)
    best = chosen[1.0]
    others = {"only stock": replace(problem, most_share=0.0), "only second sources": replace(problem, most_days=0.0)}
    rivals = {what: options.actions(solve(p, budget * MUSD, aversion=aversion)) for what, p in others.items()}
    net = {"nothing": 0.0} | {what: _net(judge, actions) for what, actions in rivals.items()}
    mine = _net(judge, options.actions(best))
    return {
        "title": f"The best answer of {options.place}: “{scenario.title}”",
        "place": options.place, "on": str(options.on), "budget": budget, "aversion": aversion, "unit": UNIT,
        "actions": [{"kind": a.kind, "product": a.products[0], "size": a.size,
                     "unit": "days of use" if a.kind == "stock" else "share of use", "from": str(a.start),
                     "cost": band(a.cost(judge.base, judge.costs) / MUSD)} for a in options.actions(best)],
        "loss_without": band(judge.before / MUSD), "worst_tenth_without": tail_mean(judge.before) / MUSD,
        "frontier": rows,
        "expected_by_programme": {"loss_without": float(_alone(problem).mean() / MUSD),
                                  "loss": float(best.loss.mean() / MUSD), "cost": best.cost / MUSD},
        "margins": {"id": number_id("margin", scenario.name, options.place),
                    "budget": best.budget_worth, "unit": "USD of loss and cost saved by one more USD of budget",
                    "day_of_stock": [{"product": p, "value": float(w / MUSD), "costs": float(c / MUSD), "unit": UNIT}
                                     for p, w, c in zip(options.products, best.day_worth, problem.stock_cost,
                                                        strict=True)]},
        "information": _information(scenario, options, problem, budget),
        "rivals": [{"what": what, "mean_net": value / MUSD, "unit": UNIT} for what, value in net.items()],
        "regret": {"value": max(max(net.values()) - mine, 0.0) / MUSD, "unit": UNIT,
                   "against": max(net, key=lambda k: net[k])},
        "limits": LIMITS,
    }  # fmt: skip


def _net(judge: _Judge, actions: Sequence[Action]) -> float:
    cost, loss = judge.of(actions)
    return float((judge.before - loss - cost).mean())


def _alone(problem: Problem) -> Floats:
    """(D,) what the programme says is lost if nothing is done."""
    return solve(problem, 0.0, aversion=0.0).loss


def _judged(scenario: Scenario, budget: float, one: Plan, options: Options, judge: _Judge) -> Document:
    cost, loss = judge.of(options.actions(one))
    avoided = judge.before - loss
    return {
        "id": number_id("plan", scenario.name, options.place, f"{budget:g}"), "budget": budget, "unit": UNIT,
        "cost": band(cost / MUSD), "loss": band(loss / MUSD), "avoided": band(avoided / MUSD),
        "mean_net": float((avoided - cost).mean() / MUSD), "p_pays": float((avoided > cost).mean()),
        "worst_tenth": tail_mean(loss) / MUSD,
        "days": {p: float(d) for p, d in zip(options.products, one.days, strict=True)},
        "share": {p: float(s) for p, s in zip(options.products, one.share, strict=True)},
    }  # fmt: skip


def _information(scenario: Scenario, options: Options, problem: Problem, budget: float) -> Document:
    """Value of knowing the draw before acting: mean of the best for each draw against the best for all."""
    together = solve(problem, budget * MUSD, aversion=0.0)
    known = []
    for d in range(problem.gap.shape[2]):
        one = replace(problem, gap=problem.gap[:, :, [d]], value=problem.value[:, [d]])
        if not (one.gap > 0).any():
            known.append(0.0)
            continue
        found = solve(one, budget * MUSD, aversion=0.0)
        known.append(found.cost + float(found.loss[0]))
    value = together.cost + float(together.loss.mean()) - float(np.mean(known))
    return {"id": number_id("information", scenario.name, options.place), "value": value / MUSD, "unit": UNIT,
            "what": "by the programme: knowing how it goes before ordering, on average"}  # fmt: skip


def _explained(document: Document) -> dict[str, Document]:
    rows = {row["id"]: {
        "what": f"the plan of {document['place']} at a budget of {row['budget']:g}", "value": row, "unit": UNIT,
        "formula": "chosen by the programme on its draws, simulated on fresh ones; loss as the edge counts it",
    } for row in document["frontier"]}  # fmt: skip
    return rows | {
        document[k]["id"]: {"what": what, "value": document[k], "unit": document[k]["unit"], "formula": f}
        for k, what, f in (
            ("margins", "what one more is worth", "duals of the programme"),
            ("information", "the value of information", "wait-and-see against here-and-now"),
        )
    }
