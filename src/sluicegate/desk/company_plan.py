"""The question `plan COMPANY --budget X`: what one company should order, apply for or qualify, by when, and its worth.

Nothing of the company is kept: no run is stored, so its numbers explain themselves here and not by `why`.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

import numpy as np

from sluicegate.company import Exposure
from sluicegate.company.action import SCARCE
from sluicegate.company.choice import Choice, Costs, choices, problem_of, together
from sluicegate.company.exposure import WEEKS
from sluicegate.company.operation import operate
from sluicegate.desk.answer import SEED
from sluicegate.desk.exposure import exposed
from sluicegate.desk.number import Document, band, number_id
from sluicegate.desk.version import provenance
from sluicegate.response.l_shaped import tail_mean
from sluicegate.response.two_stage import Plan, Problem, solve
from sluicegate.sim.network import Floats
from sluicegate.sim.run import Progress
from sluicegate.terms import InputError, place_name

DRAWS = 128
"""Draws the programme is solved on; as many fresh ones judge the plan."""
TIMES = (0.25, 0.5, 1.0, 2.0)
LEAST = {"order": 0.5, "apply": 0.5, "qualify": 0.002}
DELAYS = (0, 1, 2, 4, 8, 13, 26, 39)
"""Weeks by which a decision is put off to find the last day on which it still pays."""
NEARLY = 0.9
"""A decision may wait as long as it is worth this much of what it is worth at its best."""
UNITS = {"order": "days of use", "apply": "days of use", "qualify": "share of use"}
LIMITS = [
    "The company is small: what it buys changes no price, no queue and no flow of the world.",
    "The budget is money needed at once: goods and their premium, or the cost of a qualification. The cost is what is "
    "not got back: premiums, carrying stock, qualification. Where the file is silent they are judgement.",
    "An order and a licence bring, in the week they come, the share that passes of what was asked for.",
]


def is_company(name: str) -> bool:
    """Whether a file is a company's: CSV, or YAML with `lines` and `inputs`."""
    path = Path(name)
    if not path.is_file():
        return False
    text = path.read_text("utf-8", errors="replace")
    return path.suffix.lower() == ".csv" or bool(
        re.search(r"^lines:", text, re.M) and re.search(r"^inputs:", text, re.M)
    )


@dataclass(frozen=True)
class _Trial:
    """What was bought, judged on one run: cost and value lost (D,), in the company's currency."""

    cost: Floats
    lost: Floats


class _Judge:
    """A company on draws the plan was not made with."""

    def __init__(self, exposure: Exposure) -> None:
        self.exposure, self.costs = exposure, Costs.of(exposure)
        self.own = {c.key: c for c in choices(exposure)}
        self.before = self._lost([], 0.0)

    def _lost(self, bought: Sequence[tuple[Choice, float]], delay: float) -> Floats:
        found = self.exposure
        lost = found.lost(operate(together(found, bought, delay)))
        assert lost is not None
        return np.asarray(lost.sum(axis=(0, 1))[found.index])

    def trial(self, bought: Sequence[tuple[Choice, float]], delay: float = 0.0) -> _Trial:
        """Several choices together, begun today or later."""
        mine = [(self.own[c.key], x) for c, x in bought]
        cost = np.sum([self.costs.cost(c, x) for c, x in mine], axis=0) if mine else np.zeros(self.exposure.draws)
        return _Trial(np.asarray(cost)[self.exposure.index], self._lost(mine, delay))

    def net(self, trial: _Trial) -> float:
        """Mean of value saved less cost."""
        return float((self.before - trial.lost - trial.cost).mean())


def company_plan(path: Path | str, *, budget: float, scenario: str = "status-quo", weeks: int = WEEKS,
                 aversion: float = 0.5, draws: int = DRAWS, seed: int = SEED, as_of: date | None = None,
                 settings: Mapping[str, str] | None = None, progress: Progress | None = None) -> Document:  # fmt: skip
    """What a company should do under a budget, simulated again on draws it was not made with.

    Parameters
    ----------
    budget : in the company's currency ; weeks : looked ahead from the day of the file
    aversion : weight of the worst tenth of the draws against the mean, 0-1

    Raises
    ------
    InputError : the file, the scenario or a number is wrong; no line states its value, an input no price.
    """
    if not (np.isfinite(budget) and budget >= 0):
        raise InputError(f"a budget of {budget:g}", where="--budget", expected="money, 0 or more", do="Mend it.")
    how = {"scenario": scenario, "weeks": weeks, "draws": draws, "as_of": as_of, "settings": settings}
    tell = progress or (lambda _done, _all: None)
    found = exposed(path, seed=seed, **how)  # type: ignore[arg-type]
    tell(1, 3)
    runs_out = np.isfinite(found.operation.runs_out[:, found.index]).any(axis=1)
    whole = sorted(found.inputs[i] for i in np.flatnonzero(~runs_out))
    offered = [c for c in choices(found) if c.input not in whole]
    problem = problem_of(found, offered, Costs.of(found)) if offered else None
    judge = _Judge(exposed(path, seed=seed + 1, **how))  # type: ignore[arg-type]
    tell(2, 3)
    company = found.company
    document: Document = {
        "title": f"{company.name}: what to do by when", "scenario": scenario, "on": str(found.on), "budget": budget,
        "company": {"name": company.name, "place": company.place, "currency": company.currency, "note": company.note},
        "horizon_weeks": found.weeks, "aversion": aversion, "unit": company.currency,
        "loss_without": band(judge.before), "worst_tenth_without": tail_mean(judge.before), "limits": LIMITS,
        "do_not_run_out": whole,
    }  # fmt: skip
    if problem is None or not (problem.gap > 0).any():
        document |= {"note": "No line lacks anything in any draw: nothing is worth buying against it.", "actions": [],
                     "alone": [], "frontier": [], "margins": None}  # fmt: skip
    else:
        document |= {"note": None} | _solved(problem, offered, budget, aversion, judge)
    tell(3, 3)
    words = f"plan {Path(path).name} --budget {budget:g} --scenario {scenario}"
    return document | {"provenance": provenance(found.result.scenario.as_of, draws=draws, seed=seed, command=words)}


def _bought(offered: Sequence[Choice], plan: Plan) -> list[tuple[Choice, float]]:
    return [(c, float(x)) for c, x in zip(offered, plan.size, strict=True) if x > LEAST[c.kind]]


def _solved(problem: Problem, offered: list[Choice], budget: float, aversion: float, judge: _Judge) -> Document:
    plans = {times: solve(problem, times * budget, aversion=aversion) for times in TIMES}
    best = _bought(offered, plans[1.0])
    alone = []
    for j, choice in enumerate(offered):
        most = np.where(np.arange(len(offered)) == j, problem.most, 0.0)
        single = solve(replace(problem, most=most), budget, aversion=aversion)
        alone.append((choice, _bought(offered, single)))
    rows = [_alone(choice, bought, judge) for choice, bought in alone]
    return {
        "actions": [_action(c, x, judge) for c, x in best],
        "alone": sorted(rows, key=lambda r: -r["mean_net"]),
        "frontier": [_row(times * budget, _bought(offered, p), judge) for times, p in plans.items()],
        "margins": {"budget": plans[1.0].budget_worth, "unit": "saved by one more of the budget, by the programme",
                    "units": [{"do": c.kind, "input": c.input, "origin": c.source.name, "saves": float(w),
                               "costs": float(k), "takes": float(o), "unit": UNITS[c.kind]}
                              for c, w, k, o in zip(offered, plans[1.0].worth, problem.cost, problem.outlay
                                                    if problem.outlay is not None else problem.cost,
                                                    strict=True)]},
    }  # fmt: skip


def _what(choice: Choice, size: float) -> str:
    origin = place_name(choice.source.origin)
    if choice.kind == "qualify":
        return f"qualify {origin} for {size:.0%} of {choice.input}"
    asked = "apply for and order" if choice.kind == "apply" else "order"
    return f"{asked} {size:.0f} days of {choice.input} from {origin}"


def _action(choice: Choice, size: float, judge: _Judge) -> Document:
    """One part of the plan: how much, for what, and by when: by itself, put off week by week."""
    own = judge.own[choice.key]
    nets = {d: judge.net(judge.trial([(choice, size)], d)) for d in DELAYS if d < judge.exposure.weeks}
    pays = [d for d, net in nets.items() if net > 0]
    good = [d for d in pays if nets[d] >= NEARLY * max(nets.values())]
    asked = judge.exposure.company.input(choice.input)
    grams = judge.exposure.plant.use[:, judge.exposure.inputs.index(choice.input)].sum()
    return {
        "id": number_id("exposure", "plan", choice.kind, choice.input, choice.source.name),
        "do": choice.kind, "input": choice.input, "origin": choice.source.origin, "what": _what(choice, size),
        "size": size, "unit": UNITS[choice.kind],
        "amount_t": float(size / 7 * grams) if choice.kind != "qualify" else None,
        "piece_kg": asked.piece_kg,
        "cost": band(judge.costs.cost(own, size)), "outlay": band(judge.costs.outlay(own, size)),
        "by": str(judge.exposure.day(max(good))) if good else None,
        "pays_until": str(judge.exposure.day(max(pays))) if pays else None,
        "net_by_delay": [{"weeks": d, "mean_net": net} for d, net in nets.items()],
        "money_unit": judge.exposure.company.currency,
    }  # fmt: skip


def _alone(choice: Choice, bought: list[tuple[Choice, float]], judge: _Judge) -> Document:
    """One choice with the whole budget to itself, and why it is or is not worth it."""
    trial = judge.trial(bought)
    saved = judge.before - trial.lost
    net = judge.net(trial)
    passes = float(np.minimum(choice.source.route.share_passing[judge.exposure.week :], 1).mean())
    return {
        "do": choice.kind, "input": choice.input, "origin": choice.source.name,
        "what": _what(*bought[0]) if bought else None, "cost": band(trial.cost), "benefit": band(saved),
        "mean_net": net, "unit": judge.exposure.company.currency, "worth_it": bool(bought) and net > 0,
        "passes": passes, "why": _why(choice, bought, float((saved > trial.cost).mean()), net, passes, judge),
    }  # fmt: skip


def _why(choice: Choice, bought: list[tuple[Choice, float]], pays: float, net: float, passes: float,
         judge: _Judge) -> str:  # fmt: skip
    s = choice.source
    weeks = float(np.median((s.qualification_weeks or 0.0) + s.lead_weeks + s.wait_weeks))
    if bought and net > 0:
        said = f"pays in {pays:.0%} of draws"
    elif bought:
        said = f"pays in {pays:.0%} of draws: it takes {weeks:.0f} weeks"
    else:
        said = f"it takes {weeks:.0f} weeks, when most of the loss is past, or costs more than it saves"
    if passes < SCARCE:
        root = judge.exposure.maker_root(s)
        said += f"; {passes:.0%} of the usual comes{f': {root}' if root else ''}"
    return said


def _row(budget: float, bought: list[tuple[Choice, float]], judge: _Judge) -> Document:
    trial = judge.trial(bought)
    saved = judge.before - trial.lost
    return {
        "id": number_id("exposure", "plan", f"{budget:g}"), "budget": budget, "unit": judge.exposure.company.currency,
        "cost": band(trial.cost), "loss": band(trial.lost), "avoided": band(saved), "mean_net": judge.net(trial),
        "p_pays": float((saved > trial.cost).mean()), "worst_tenth": tail_mean(trial.lost),
        "what": [_what(c, x) for c, x in bought],
    }  # fmt: skip
