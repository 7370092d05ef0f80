"""Payoffs of moves on both sides, simulated on one set of draws."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import numpy as np
from numpy.typing import NDArray

from sluicegate.leverage import losses
from sluicegate.leverage.edge import ahead
from sluicegate.response.plan import sample_costs
from sluicegate.scenario import Scenario
from sluicegate.sim import simulate
from sluicegate.sim.draws import Draws
from sluicegate.sim.run import Progress
from sluicegate.talks.move import Move
from sluicegate.world import World

Floats = NDArray[np.float64]
RATE = 0.05
"""Discount rate a year, as in the edge."""


@dataclass(frozen=True)
class Payoffs:
    """What each side ends with, 2024 USD from the day of the talks to the horizon; losses are below zero.

    Parameters
    ----------
    controller, target : (m, n, D) of the controller's m moves and the target's n
    flow_controller, flow_target : (W, D) losses a week if nothing is done ; week : that of the talks
    """

    rows: tuple[Move, ...]
    columns: tuple[Move, ...]
    controller: Floats
    target: Floats
    flow_controller: Floats
    flow_target: Floats
    week: int


def payoffs(scenario: Scenario, world: World, rows: list[Move], columns: list[Move], on: date, *, draws: int, seed: int,
            like: Draws | None = None, progress: Progress | None = None) -> Payoffs:  # fmt: skip
    """Simulate every pair of moves on the same draws, against the same world without control.

    Both sides' losses are counted as the edge counts them, from the day of the talks, at 5 % a year; the target also
    pays what its move costs.
    """
    assert scenario.controller is not None
    assert scenario.target is not None
    base = simulate(scenario, world, draws=draws, seed=seed, like=like)
    free = simulate(scenario.without_controls(), world, like=base.model.draws)
    costs = sample_costs(size=draws, seed=seed)
    week = int(np.ceil(scenario.week_of(on)))
    shape = (len(rows), len(columns), draws)
    mine, theirs = np.zeros(shape), np.zeros(shape)
    flow = (np.zeros((base.weeks, draws)), np.zeros((base.weeks, draws)))
    for r, row in enumerate(rows):
        for c, column in enumerate(columns):
            path = column.applied(row.applied(scenario))
            run = base if path == scenario else simulate(path, world, like=base.model.draws)
            hurt, cost = (side.total for side in losses(run, free, scenario.controller, scenario.target)[:2])
            if r == c == 0:
                flow = (cost, hurt)
            mine[r, c], theirs[r, c] = -_from(cost, week), -_from(hurt, week)
            if column.action is not None:
                theirs[r, c] -= column.action.cost(base, costs)
            if progress is not None:
                progress(r * len(columns) + c + 1, len(rows) * len(columns))
    return Payoffs(tuple(rows), tuple(columns), mine, theirs, *flow, week)


def _from(losses: Floats, week: int) -> Floats:
    """(D,) present value in the week of the talks of the losses from then on."""
    return np.asarray(ahead(losses[week:], len(losses) - week, RATE)[0])
