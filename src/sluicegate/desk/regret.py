"""A plan across futures: each future's own best plan, one for all, and nothing, simulated in every future."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

import numpy as np

from sluicegate.desk.number import Document, number_id
from sluicegate.desk.parallel import each
from sluicegate.response import Action
from sluicegate.response.judge import Judge, programme
from sluicegate.response.option import Option, every, options
from sluicegate.response.regret import Regrets, pooled
from sluicegate.response.two_stage import Plan, Problem, solve
from sluicegate.scenario import Scenario
from sluicegate.sim import Result, simulate
from sluicegate.sim.control import resolve
from sluicegate.sim.side import READ
from sluicegate.talks.move import SUSPENDED_WEEKS, banned, suspended
from sluicegate.world import World

UNIT, MUSD = "million 2024 USD", 1e6
KEPT, NOTHING, ALL_ALIKE = "kept", "nothing", "for all alike"
AFTER = timedelta(weeks=26)
"""When the futures part: half a year after the first measure, as in the talks."""
MOST_FUTURES = 6
OPEN = (*READ, "service")
"""What is read of a future: what its place loses, and what it is short of."""
Key = tuple[object, ...]


@dataclass(frozen=True)
class Path:
    """A future as a scenario: its name, what happens in it, the world it is run on."""

    name: str
    what: str
    scenario: Scenario
    world: World


@dataclass(frozen=True)
class Future:
    """A future, run on the draws plans are made on and on fresh ones.

    Parameters
    ----------
    run, free : with and without the controls, on the draws plans are made on ; judge : on fresh draws
    on : day from which the place acts
    """

    path: Path
    run: Result
    free: Result
    judge: Judge
    on: date


def paths(scenario: Scenario, world: World, place: str) -> list[Path]:
    """What may become of a scenario's controls: kept, suspended for a year, a ban on the place, or none at all."""
    first = min((resolve(c, scenario.as_of).effective_from for c in scenario.controls), default=None)
    found = [Path(KEPT, "the controls as the scenario has them", scenario, world)]
    if first is None:
        return found
    day = max(first, scenario.start) + AFTER
    if day < scenario.end:
        until = day + timedelta(weeks=SUSPENDED_WEEKS)
        found += [
            Path("suspended", f"nothing is held from {day} to {until}, then as before",
                 suspended(scenario, day, until), world),
            Path("widened", f"nothing of the same goods passes to {place} from {day}", banned(scenario, day, place),
                 world),
        ]  # fmt: skip
    return [*found, Path("never", "no control comes", scenario.without_controls(), world)]


def future(path: Path, main: Future, *, draws: int, seed: int) -> Future:
    """A future run on the draws of the main one where it is the same window of the same world, else on its own."""
    near = path.scenario
    if path.world is main.path.world:
        run = simulate(near, path.world, like=main.run.model, variables=OPEN, places={main.judge.place})
        judged = simulate(near, path.world, like=main.judge.base.model, variables=READ, places={main.judge.place})
        return Future(path, run, main.free, Judge.of(judged, main.judge.free, main.judge.place), main.on)
    own = {main.judge.place}
    run = simulate(near, path.world, draws=draws, seed=seed, variables=OPEN, places=own)
    free = simulate(near.without_controls(), path.world, like=run.model, variables=OPEN, places=own)
    on = min(near.start + (main.on - main.path.scenario.start), near.end - timedelta(weeks=1))
    return Future(path, run, free, Judge.fresh(near, path.world, main.judge.place, draws=draws, seed=seed + 1), on)


def key(option: Option) -> Key:
    """Names an option in every future: what it is, for which product, by which maker."""
    maker = option.action.maker
    return option.kind, option.product, *((maker.process, maker.place) if maker else ())


@dataclass(frozen=True)
class _Candidate:
    """A plan by name: how much of each option."""

    name: str
    sizes: Mapping[Key, float]


def across(futures: Sequence[Future], own: tuple[Sequence[Option], Problem, Plan], products: tuple[str, ...], *,
           budget: float, aversion: float) -> Document:  # fmt: skip
    """Every plan in every future, simulated on fresh draws, with its regret.

    Parameters
    ----------
    futures : the one the plan is made for first ; own : its options, their problem and its plan
    products : that may be bought, of all futures ; budget : USD
    """
    offered = [every(f.run, f.judge.place, products, f.on) for f in futures]
    plans = _candidates(futures, own, products, budget, aversion)
    tried = [(j, _actions(offered[j], plan)) for plan in plans for j in range(len(futures))]
    verdicts = each(lambda pair: futures[pair[0]].judge.verdict(pair[1]), tried)
    total = np.array([v.loss + v.cost for v in verdicts]).reshape(len(plans), len(futures), -1)
    cost = np.array([v.cost.mean() for v in verdicts]).reshape(len(plans), len(futures))
    names = tuple(f.path.name for f in futures)
    found = Regrets(tuple(p.name for p in plans), names, total)
    return _document(found, plans, [_actions(offered[0], p) for p in plans], cost, futures)


def _candidates(futures: Sequence[Future], own: tuple[Sequence[Option], Problem, Plan],
                products: tuple[str, ...], budget: float, aversion: float) -> list[_Candidate]:  # fmt: skip
    """Nothing, each future's own best, and the best where every future is as likely as another."""
    offered, problem, plan = own
    main = {key(o): float(x) for o, x in zip(offered, plan.size, strict=True)}
    plans = [_Candidate(NOTHING, {}), _Candidate(f"for {futures[0].path.name}", main)]
    problems, keys = [problem], [[key(o) for o in offered]]
    for f in futures[1:]:
        offered = options(f.run, f.judge.place, products, f.on)
        problem, _ = programme(f.run, f.free, f.judge.place, offered, each)
        problems.append(problem)
        keys.append([key(o) for o in offered])
        if (problem.gap > 0).any():
            size = solve(problem, budget, aversion=aversion).size
            plans.append(_Candidate(f"for {f.path.name}", dict(zip(keys[-1], size.tolist(), strict=True))))
    if len(futures) > 1 and _same_uses(problems):
        mixed, known = pooled(problems, keys)
        size = solve(mixed, budget, aversion=aversion).size
        plans.append(_Candidate(ALL_ALIKE, dict(zip(known, size.tolist(), strict=True))))  # type: ignore[arg-type]
    return plans


def _same_uses(problems: Sequence[Problem]) -> bool:
    first = problems[0]
    return all(np.array_equal(p.product, first.product) and np.array_equal(p.line, first.line) for p in problems)


def _actions(offered: Sequence[Option], plan: _Candidate) -> list[Action]:
    """What a plan does in a future; what cannot be had there is left out."""
    sized = [(o, plan.sizes.get(key(o), 0.0)) for o in offered]
    return [o.of(x) for o, x in sized if x > o.least]


def _document(found: Regrets, plans: Sequence[_Candidate], actions: Sequence[list[Action]], cost: np.ndarray,
              futures: Sequence[Future]) -> Document:  # fmt: skip
    regret, error, mean = found.regret, found.error, found.total.mean(axis=2)
    rows = []
    for i, plan in enumerate(plans):
        worst = int(regret[i].argmax())
        rows.append({
            "plan": plan.name, "what": [a.name for a in actions[i]],
            "cost": {f: float(x / MUSD) for f, x in zip(found.futures, cost[i], strict=True)},
            "total": {f: float(x / MUSD) for f, x in zip(found.futures, mean[i], strict=True)},
            "regret": {f: float(x / MUSD) for f, x in zip(found.futures, regret[i], strict=True)},
            "largest_regret": float(regret[i, worst] / MUSD), "error": float(error[i, worst] / MUSD),
            "worst_in": found.futures[worst],
        })  # fmt: skip
    return {
        "id": number_id("regret", futures[0].path.scenario.name, futures[0].judge.place), "unit": UNIT,
        "futures": [{"name": f.path.name, "what": f.path.what,
                     "loss_without": float(f.judge.before.mean() / MUSD)} for f in futures],
        "plans": rows, "least_regret": found.plans[found.least],
        "of_the_plan": rows[1]["largest_regret"],
    }  # fmt: skip
