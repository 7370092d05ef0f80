"""The question `plan SCENARIO --budget X`: what a place should do for it, and what that turns out to be worth."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

import numpy as np

from sluicegate.desk.answer import SEED, Answer, answer
from sluicegate.desk.number import Document, band, number_id
from sluicegate.desk.opening import opened
from sluicegate.desk.parallel import each
from sluicegate.desk.regret import MOST_FUTURES, Future, Path, across, future, paths
from sluicegate.desk.response import NOT_WORTH
from sluicegate.desk.store import keep, run_key
from sluicegate.desk.version import provenance
from sluicegate.response import Action
from sluicegate.response.action import COST_INPUTS
from sluicegate.response.judge import Judge, Verdict, programme
from sluicegate.response.l_shaped import tail_mean
from sluicegate.response.option import UNITS, Option, options
from sluicegate.response.problem import chosen, problem_of
from sluicegate.response.two_stage import Plan, Problem, informed, losses, optimality_gap, solve, upper_end
from sluicegate.scenario import Scenario
from sluicegate.sim import Result, focused, shortages, simulate
from sluicegate.sim.budget import require_whole
from sluicegate.sim.network import Floats
from sluicegate.sim.run import Progress
from sluicegate.terms import InputError, parse_place, place_in_sentence, place_name
from sluicegate.world import World

DRAWS = 64
"""Draws the programme is solved on; as many fresh ones judge the plan."""
MOST_PRODUCTS = 5
TIMES = (0.25, 0.5, 1.0, 2.0)
BATCHES, SURE = 6, 0.95
"""Batches of fresh draws that say how far the plan may be from the best one, and how sure the answer is."""
READ = ("service", "price")
"""What the programme reads of a run."""
UNIT, MUSD = "million 2024 USD", 1e6
LIMITS = [
    "The programme takes what is missing from the run as given, less what the simulation says comes of each kind of "
    "action; the table is what the plan is worth in the simulation, on draws it was not made with.",
    "Costs are mostly judgement. A plant is paid for whole and counts nothing after the horizon; a plan that makes the "
    "control less likely is worth more than it says.",
]


@dataclass(frozen=True)
class _Asked:
    """A plan that is asked for: who acts from when, for how much, minding the worst draws how far."""

    scenario: Scenario
    place: str
    on: date
    budget: float
    aversion: float


def plan(name: str, *, budget: float, place: str | None = None, on: date | None = None, aversion: float = 0.5,
         futures: Sequence[str] = (), draws: int = DRAWS, seed: int = SEED, as_of: date | None = None,
         settings: Mapping[str, str] | None = None, progress: Progress | None = None) -> Document:  # fmt: skip
    """The best answer under a budget, simulated again on draws it was not made with.

    Parameters
    ----------
    budget : million 2024 USD ; place : who plans, the target by default
    on : day from which it acts, the scenario's start by default, which is before the control
    aversion : weight of the worst tenth of the draws against the mean, 0-1
    futures : scenarios in which the plan is simulated too, each from its own start; by default what may become of this
        one's controls: kept, suspended, widened to a ban, or none at all

    Raises
    ------
    InputError : a budget below zero, no place to plan for, a day outside the scenario, or too many futures.
    """
    scenario, whole = opened(name, as_of=as_of, settings=settings)
    draws = require_whole(draws, "draws", least=8)
    if not (np.isfinite(budget) and budget >= 0):
        raise InputError(f"a budget of {budget:g}", where="--budget", expected="million USD, 0 or more", do="Mend it.")
    others = _others(futures, as_of, settings)
    together = _together(scenario, [s for s, _ in others])
    near = focused(whole, together)
    ran = answer(scenario, near, draws=draws, seed=seed, focus=False, places=[parse_place(place)] if place else ())
    asked = _Asked(scenario, _place(ran, scenario, place), _day(scenario, on), budget, aversion)
    tell = progress or (lambda _done, _all: None)
    tell(1, 5)
    judge = Judge.fresh(scenario, near, asked.place, draws=draws, seed=seed + 1)
    open_to = paths(scenario, near, asked.place)
    if others:
        open_to = [open_to[0], *(Path(s.name, s.title, s, focused(w, _together(s, [scenario, *(o for o, _ in others)])))
                                 for s, w in others)]  # fmt: skip
    main = Future(open_to[0], ran.result, ran.free, judge, asked.on)
    document = _document(asked, ran, [main, *(future(p, main, draws=draws, seed=seed) for p in open_to[1:])], tell)
    words = f"plan {name} --budget {budget:g} --place {asked.place} --on {asked.on}"
    words += "".join(f" --future {one}" for one in futures)
    document["provenance"] = provenance(scenario.as_of, draws=draws, seed=seed, command=words)
    key = run_key(plan=scenario.model_dump(mode="json"), budget=budget, place=asked.place, on=str(asked.on),
                  aversion=aversion, futures=list(futures), draws=draws, seed=seed)  # fmt: skip
    document["provenance"]["run"] = key
    keep(key, document, _explained(document))
    return document


def _place(ran: Answer, scenario: Scenario, place: str | None) -> str:
    target = parse_place(place) if place else ran.edge.target if ran.edge else scenario.target
    if target is None or target not in ran.result.model.compiled.net.places:
        raise InputError(f"no place to plan for: {target}" if target else "no place to plan for", where="--place",
                         expected=f"a place of the run: {', '.join(ran.result.model.compiled.net.places)}",
                         do="Name one.")  # fmt: skip
    return target


def _day(scenario: Scenario, on: date | None) -> date:
    day = on or scenario.start
    if not scenario.start <= day < scenario.end:
        raise InputError(f"a plan from {day}", where="--on", do="Name another day.",
                         expected=f"a day from {scenario.start} to before {scenario.end}")  # fmt: skip
    return day


def _others(
    names: Sequence[str], as_of: date | None, settings: Mapping[str, str] | None
) -> list[tuple[Scenario, World]]:
    """The futures that are named, each with the whole world as of its day.

    Raises
    ------
    InputError : too many, or one twice ; NotFoundError : no such scenario.
    """
    if len(names) > MOST_FUTURES or len(set(names)) < len(names):
        raise InputError(f"{len(names)} futures: {', '.join(names)}", where="--future", do="Name fewer.",
                         expected=f"up to {MOST_FUTURES} scenarios, each once")  # fmt: skip
    return [opened(name, as_of=as_of, settings=settings) for name in names]


def _together(scenario: Scenario, others: Sequence[Scenario]) -> Scenario:
    """A scenario with the controls of others, so that all are run on the same chains."""
    more = tuple(c for other in others for c in other.controls)
    return scenario.model_copy(update={"controls": (*scenario.controls, *more)}) if more else scenario


def _short(run: Result, free: Result, place: str) -> list[str]:
    """Products a place's industries are short of, the largest loss first."""
    return list(dict.fromkeys(s.product for s in shortages(run, free, place=place)))[:MOST_PRODUCTS]


def _document(asked: _Asked, ran: Answer, futures: Sequence[Future], tell: Progress) -> Document:
    """The whole answer; short where nobody is short."""
    judge = futures[0].judge
    short = tuple(dict.fromkeys(p for f in futures for p in _short(f.run, f.free, asked.place)))
    document: Document = {
        "title": f"The best answer of {place_in_sentence(asked.place)}: “{asked.scenario.title}”", "place": asked.place,
        "on": str(asked.on), "budget": asked.budget, "aversion": asked.aversion, "unit": UNIT,
        "loss_without": band(judge.before / MUSD), "worst_tenth_without": tail_mean(judge.before) / MUSD,
        "limits": LIMITS,
    }  # fmt: skip
    offered = options(ran.result, asked.place, short, asked.on)
    found = programme(ran.result, ran.free, asked.place, offered, each) if offered else None
    if found is None or not (found[0].gap > 0).any():
        said = f"Nobody is short in {place_name(asked.place)}: nothing is worth buying against it."
        return document | {"note": said, "actions": [], "alone": [], "frontier": [], "options": [], "rivals": [],
                           "margins": None, "information": None, "expected_by_programme": None,
                           "futures": None, "optimality": None,
                           "regret": {"value": 0.0, "unit": UNIT, "against": "nothing"}}  # fmt: skip
    tell(2, 5)
    return document | {"note": None} | _solved(asked, offered, *found, futures, short, tell)


def _solved(asked: _Asked, offered: list[Option], problem: Problem, trust: dict[str, float],
            futures: Sequence[Future], products: tuple[str, ...], tell: Progress) -> Document:  # fmt: skip
    judge = futures[0].judge
    plans = {times: solve(problem, times * asked.budget * MUSD, aversion=asked.aversion) for times in TIMES}
    kinds = list(dict.fromkeys(o.kind for o in offered))
    alone = {kind: solve(_only(problem, offered, kind), asked.budget * MUSD, aversion=asked.aversion)
             for kind in kinds}  # fmt: skip
    tell(3, 5)
    found: list[Verdict] = each(judge.verdict, [chosen(offered, p) for p in (*plans.values(), *alone.values())])
    tell(4, 5)
    over = across(
        futures, (offered, problem, plans[1.0]), products, budget=asked.budget * MUSD, aversion=asked.aversion
    )
    tell(5, 5)
    judged = dict(zip(plans, found, strict=False))
    single = dict(zip(kinds, found[len(plans) :], strict=True))
    best, nothing = plans[1.0], np.zeros(len(offered))
    net = {"nothing": 0.0} | {f"only {kind}": judge.net(v) for kind, v in single.items()}
    return {
        "actions": [_action(a, judge) for a in chosen(offered, best)],
        "alone": [_alone(kind, chosen(offered, alone[kind]), single[kind], trust[kind], judge) for kind in
                  sorted(kinds, key=lambda k: -net[f"only {k}"])],
        "frontier": [_row(asked, times * asked.budget, p, offered, judged[times], judge) for times, p in plans.items()],
        "options": [_option(o, problem, j, best, trust) for j, o in enumerate(offered)],
        "expected_by_programme": {"loss_without": float(losses(problem, nothing).mean() / MUSD),
                                  "loss": float(best.loss.mean() / MUSD), "cost": best.cost / MUSD},
        "margins": {"id": number_id("margin", asked.scenario.name, asked.place), "budget": best.budget_worth,
                    "unit": "USD of loss and cost saved by one more USD of budget",
                    "day_of_stock": [{"product": o.product, "value": float(best.worth[j] / MUSD),
                                      "costs": float(problem.cost[j] / MUSD), "unit": UNIT}
                                     for j, o in enumerate(offered) if o.kind == "stock"]},
        "information": _information(asked, problem),
        "optimality": _optimality(asked, best, judge, products, trust),
        "futures": over,
        "rivals": [{"what": what, "mean_net": value / MUSD, "unit": UNIT} for what, value in net.items()],
        "regret": {"value": max(max(net.values()) - judge.net(judged[1.0]), 0.0) / MUSD, "unit": UNIT,
                   "against": max(net, key=lambda k: net[k])},
    }  # fmt: skip


def _only(problem: Problem, offered: Sequence[Option], kind: str) -> Problem:
    return replace(problem, most=np.array([o.most if o.kind == kind else 0.0 for o in offered]))


def _action(a: Action, judge: Judge) -> Document:
    return {"kind": a.kind, "product": a.products[0], "size": a.size, "unit": UNITS[a.kind], "from": str(a.start),
            "what": a.name, "cost": band(a.cost(judge.base, judge.costs) / MUSD),
            "cost_inputs": list(COST_INPUTS[a.kind])}  # fmt: skip


def _alone(kind: str, actions: list[Action], verdict: Verdict, trust: float, judge: Judge) -> Document:
    """One kind of action with the whole budget to itself, and why it is or is not worth it."""
    avoided = judge.before - verdict.loss
    worth = float((avoided - verdict.cost).mean()) > 0
    return {
        "kind": kind, "what": [a.name for a in actions], "cost": band(verdict.cost / MUSD),
        "benefit": band(avoided / MUSD), "unit": UNIT, "worth_it": worth and bool(actions), "trust": trust,
        "why": _why(kind, actions, float((avoided > verdict.cost).mean()), worth, trust),
    }  # fmt: skip


def _why(kind: str, actions: list[Action], pays: float, worth: bool, trust: float) -> str:
    if not actions:
        return f"nothing of it is bought: {NOT_WORTH[kind]}"
    if worth:
        return f"pays in {pays:.0%} of draws; {trust:.0%} of what the programme counts on comes in the simulation"
    return f"pays in {pays:.0%} of draws: {NOT_WORTH[kind]}"


def _option(o: Option, problem: Problem, j: int, best: Plan, trust: dict[str, float]) -> Document:
    return {
        "kind": o.kind, "product": o.product, "unit": UNITS[o.kind], "most": o.most, "chosen": float(best.size[j]),
        "from": str(o.action.start), "saves": float(best.worth[j] / MUSD), "costs": float(problem.cost[j] / MUSD),
        "money_unit": f"{UNIT} for one more unit", "trust": trust[o.kind],
    }  # fmt: skip


def _row(asked: _Asked, budget: float, one: Plan, offered: Sequence[Option], verdict: Verdict,
         judge: Judge) -> Document:  # fmt: skip
    avoided = judge.before - verdict.loss
    return {
        "id": number_id("plan", asked.scenario.name, asked.place, f"{budget:g}"), "budget": budget, "unit": UNIT,
        "cost": band(verdict.cost / MUSD), "loss": band(verdict.loss / MUSD), "avoided": band(avoided / MUSD),
        "mean_net": judge.net(verdict) / MUSD, "p_pays": _pays(avoided, verdict.cost),
        "worst_tenth": tail_mean(verdict.loss) / MUSD,
        "what": [a.name for a in chosen(offered, one)],
    }  # fmt: skip


def _pays(avoided: Floats, cost: Floats) -> float:
    return float((avoided > cost).mean())


def _information(asked: _Asked, problem: Problem) -> Document:
    """Value of knowing the draw before acting, and of planning for all draws and not for their mean."""
    known, spread = informed(problem, asked.budget * MUSD)
    return {"id": number_id("information", asked.scenario.name, asked.place), "value": known / MUSD, "unit": UNIT,
            "what": "by the programme: knowing how it goes before ordering, on average",
            "of_planning_for_all_draws": spread / MUSD}  # fmt: skip


def _optimality(
    asked: _Asked, best: Plan, judge: Judge, products: tuple[str, ...], trust: dict[str, float]
) -> Document:
    """How far the plan may be from the best one for all draws there are, by the programme, on batches of its own."""
    drawn = judge.base.model.draws

    def gap(batch: int) -> float:
        scenario, world = asked.scenario, judge.base.model.world
        base = simulate(scenario, world, draws=drawn.size, seed=drawn.seed + 1 + batch, variables=READ,
                        places={asked.place})  # fmt: skip
        free = simulate(scenario.without_controls(), world, like=base.model, variables=READ,
                        places={asked.place})  # fmt: skip
        offered = options(base, asked.place, products, asked.on)
        problem = problem_of(base, free, asked.place, offered, trust)
        return optimality_gap(problem, best, asked.budget * MUSD, aversion=asked.aversion)

    gaps = each(gap, range(BATCHES))
    return {"id": number_id("optimality", asked.scenario.name, asked.place), "mean": float(np.mean(gaps)) / MUSD,
            "upper": upper_end(gaps, SURE) / MUSD, "sure": SURE, "batches": BATCHES, "draws_each": drawn.size,
            "unit": UNIT, "gap_of_the_bounds": best.gap,
            "what": "by the programme: how much better the best plan for all draws there are could be"}  # fmt: skip


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
            (
                "optimality",
                "how far the plan may be from the best",
                "batches of fresh draws (Mak, Morton, Wood 1999)",
            ),
            ("futures", "plans across futures", "loss left and cost of a plan in a future less the least of all plans"),
        )
        if document[k]
    }
