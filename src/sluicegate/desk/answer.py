"""One scenario run and read: the result, the same without control, who is short, who has the edge."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from sluicegate.leverage import Edge, edge
from sluicegate.scenario import Scenario
from sluicegate.sim import Result, Shortage, focused, shortages, simulate
from sluicegate.sim.draws import Draws
from sluicegate.sim.run import Progress
from sluicegate.sim.side import target_loss
from sluicegate.world import World

DRAWS = 256
SEED = 1


@dataclass(frozen=True)
class Answer:
    """What a scenario does, against the same world without its controls and on the same draws.

    Parameters
    ----------
    edge : None when there is no controller, or nobody with a known GDP loses anything
    """

    result: Result
    free: Result
    shortages: list[Shortage]
    edge: Edge | None


def answer(scenario: Scenario, world: World, *, draws: int = DRAWS, seed: int = SEED, like: Draws | None = None,
           free: Result | None = None, progress: Progress | None = None) -> Answer:  # fmt: skip
    """Run a scenario and its counterfactual, and read off shortages and edge.

    Parameters
    ----------
    like, free : draws and counterfactual of another run of the same world and window, to use again
    """
    world = focused(world, scenario)
    result = simulate(scenario, world, draws=draws, seed=seed, like=like, progress=progress)
    if free is None:
        free = simulate(scenario.without_controls(), world, like=result.model.draws)
    target = scenario.target or (largest_loser(result, free) if scenario.controller else None)
    found = edge(result, free, scenario.controller, target) if scenario.controller and target else None
    return Answer(result, free, shortages(result, free), found)


def largest_loser(result: Result, free: Result) -> str | None:
    """The place, other than the controller, whose median loss is the largest; None when nobody loses."""
    losses = {
        place: float(np.median(target_loss(result, free, place).total.sum(axis=0)))
        for place in result.model.world.places["gdp_musd"].dropna().index
        if place != result.scenario.controller and place in result.model.compiled.net.places
    }
    worst = max(losses, key=lambda p: losses[p], default=None)
    return worst if worst is not None and losses[worst] > 0 else None
