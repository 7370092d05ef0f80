"""Payoffs of moves on both sides, simulated on one set of draws."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date

import numpy as np
from numpy.typing import NDArray

from sluicegate.leverage import losses
from sluicegate.leverage.edge import present
from sluicegate.response.plan import sample_costs
from sluicegate.scenario import Scenario
from sluicegate.sim import Result, simulate
from sluicegate.sim.prepare import Model
from sluicegate.sim.run import Progress
from sluicegate.sim.side import READ
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
    beside : by name (D,) twice, controller and target, of paths that are no move of the game
    spent : by name (D,) what the target pays for the action of such a path, not taken off `beside`
    """

    rows: tuple[Move, ...]
    columns: tuple[Move, ...]
    controller: Floats
    target: Floats
    flow_controller: Floats
    flow_target: Floats
    week: int
    beside: dict[str, tuple[Floats, Floats]]
    spent: dict[str, Floats] = field(default_factory=dict)


def payoffs(scenario: Scenario, world: World, rows: list[Move], columns: list[Move], on: date, *, draws: int,
            seed: int, beside: Sequence[Move] = (), like: Model | None = None,
            progress: Progress | None = None) -> Payoffs:  # fmt: skip
    """Simulate every pair of moves on the same draws, against the same world without control.

    Both sides' losses are counted as the edge counts them, from the day of the talks, at 5 % a year; the target also
    pays what its move costs. A progress that raises ends it, and nothing is kept.

    Parameters
    ----------
    beside : paths that are no move of the game, each against a target that waits
    """
    assert scenario.controller is not None
    assert scenario.target is not None
    sides = {scenario.controller, scenario.target}
    base = simulate(scenario, world, draws=draws, seed=seed, like=like, variables=READ, places=sides)
    free = simulate(scenario.without_controls(), world, like=base.model, variables=READ, places=sides)
    costs = sample_costs(base.model.draws)
    week = int(np.ceil(scenario.week_of(on)))
    mine, theirs = (np.zeros((len(rows) + len(beside), len(columns), draws)) for _ in range(2))
    flow = (np.zeros((base.weeks, draws)), np.zeros((base.weeks, draws)))
    pairs = [(r, c) for r in range(len(rows)) for c in range(len(columns))]
    pairs += [(r, 0) for r in range(len(rows), len(rows) + len(beside))]
    runs = _Runs(base)
    for done, (r, c) in enumerate(pairs, start=1):
        row, column = [*rows, *beside][r], columns[c]
        path = column.applied(row.applied(scenario))
        hurt, cost = (side.total for side in losses(runs.of(path, world, first=c == 0), free, scenario.controller,
                                                    scenario.target)[:2])  # fmt: skip
        if r == c == 0:
            flow = (cost, hurt)
        mine[r, c], theirs[r, c] = -present(cost[week:], RATE), -present(hurt[week:], RATE)
        if column.action is not None:
            theirs[r, c] -= column.action.cost(base, costs)
        if progress is not None:
            progress(done, len(pairs))
    m = len(rows)
    return Payoffs(tuple(rows), tuple(columns), mine[:m], theirs[:m], *flow, week,
                   {move.name: (mine[m + k, 0], theirs[m + k, 0]) for k, move in enumerate(beside)},
                   {move.name: move.action.cost(base, costs) for move in beside if move.action})  # fmt: skip


class _Runs:
    """Runs on one set of draws; what differs from its row's first path by levers alone is not simulated again."""

    def __init__(self, base: Result) -> None:
        self.base = base
        self.known = [(_plain(base.scenario), base)]

    def of(self, path: Scenario, world: World, *, first: bool) -> Result:
        """The run of a path; the first of a row is kept for the row."""
        plain = _plain(path)
        run = next((run for told, run in self.known if told == plain), None)
        if run is None:
            sides = {str(path.controller), str(path.target)}
            run = simulate(path, world, like=self.base.model, variables=READ, places=sides)
        if first:
            self.known = [self.known[0], (plain, run)]
        return replace(run, model=replace(run.model, scenario=path))


def _plain(scenario: Scenario) -> Scenario:
    return scenario.model_copy(update={"levers": (), "name": ""})
