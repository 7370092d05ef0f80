"""What a plan turns out to be worth: simulated on draws it was not made with, and what of each kind of action comes."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

import numpy as np

from sluicegate.response.action import Action
from sluicegate.response.option import Option
from sluicegate.response.plan import sample_costs
from sluicegate.response.problem import problem_of
from sluicegate.response.two_stage import Problem, losses
from sluicegate.scenario import Scenario
from sluicegate.sim import Result, simulate
from sluicegate.sim.draws import Draws
from sluicegate.sim.network import Floats
from sluicegate.sim.side import READ, target_loss
from sluicegate.world import World

Each = Callable[[Callable[[Any], Any], Sequence[Any]], list[Any]]
"""Something that calls a function on each of several things: one after another, or side by side."""


@dataclass(frozen=True)
class Verdict:
    """What a plan costs and leaves of the loss, (D,) 2024 USD, by the simulation."""

    cost: Floats
    loss: Floats


@dataclass(frozen=True)
class Judge:
    """A scenario on some draws, with and without its controls; `before` (D,): the place's loss if it does nothing."""

    base: Result
    free: Result
    place: str
    costs: Draws
    before: Floats

    @classmethod
    def of(cls, base: Result, free: Result, place: str) -> Judge:
        """The judge of a run that is there."""
        before = np.asarray(target_loss(base, free, place).total.sum(axis=0))
        return cls(base, free, place, sample_costs(base.model.draws), before)

    @classmethod
    def fresh(cls, scenario: Scenario, world: World, place: str, *, draws: int, seed: int) -> Judge:
        """The judge of a scenario on fresh draws."""
        base = simulate(scenario, world, draws=draws, seed=seed, variables=READ, places={place})
        free = simulate(scenario.without_controls(), world, like=base.model, variables=READ, places={place})
        return cls.of(base, free, place)

    def verdict(self, actions: Sequence[Action], threads: int = 1) -> Verdict:
        """Some actions together, simulated on the judge's draws."""
        if not actions:
            return Verdict(np.zeros_like(self.before), self.before)
        path = self.base.scenario
        for action in actions:
            path = action.applied(path)
        cost = np.sum([action.cost(self.base, self.costs) for action in actions], axis=0)
        run = simulate(path, self.base.model.world, like=self.base.model, threads=threads, variables=READ,
                       places={self.place})  # fmt: skip
        return Verdict(cost, np.asarray(target_loss(run, self.free, self.place).total.sum(axis=0)))

    def net(self, verdict: Verdict) -> float:
        """Mean of loss avoided less cost."""
        return float((self.before - verdict.loss - verdict.cost).mean())


def programme(run: Result, free: Result, place: str, offered: Sequence[Option], each: Each,
              ) -> tuple[Problem, dict[str, float]]:  # fmt: skip
    """What a place may do about a run as a problem, each kind counted for what the simulation lets it save; and that.

    Where nothing is missing nothing is simulated, and the second is empty.
    """
    problem = problem_of(run, free, place, offered)
    if not (problem.gap > 0).any():
        return problem, {}
    trust = trusted(Judge.of(run, free, place), offered, problem, each)
    return problem_of(run, free, place, offered, trust), trust


def trusted(judge: Judge, options: Sequence[Option], problem: Problem, each: Each) -> dict[str, float]:
    """By kind of action, the part of what the programme takes it to save that the simulation lets it save, 0-1.

    The programme takes what is missing as given; in the simulation bought stock takes from others, a plant needs feed
    and what is saved already cannot be saved again. Each kind is simulated at half its limits, all products together.
    """
    kinds = list(dict.fromkeys(o.kind for o in options))
    half = [o.most / 2 for o in options]
    tried = [[o.of(x) for o, x in zip(options, half, strict=True) if o.kind == kind] for kind in kinds]
    verdicts = each(partial(judge.verdict), tried)
    nothing = float(losses(problem, np.zeros(len(options))).mean())
    found = {}
    for kind, verdict in zip(kinds, verdicts, strict=True):
        size = np.array([x if o.kind == kind else 0.0 for o, x in zip(options, half, strict=True)])
        expected = nothing - float(losses(problem, size).mean())
        came = float((judge.before - verdict.loss).mean())
        found[kind] = float(np.clip(came / expected, 0, 1)) if expected > 0 else 0.0
    return found
