"""One scenario run and read: the result, the same without control, who is short, who has the edge."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from functools import cached_property, partial

import numpy as np

from sluicegate.leverage import Edge, edge
from sluicegate.scenario import Scenario
from sluicegate.sim import Result, Shortage, focused, shortages
from sluicegate.sim.budget import Budget
from sluicegate.sim.draws import Draws
from sluicegate.sim.ensemble import ensemble
from sluicegate.sim.peak import Namer
from sluicegate.sim.prepare import Model, checked, prepare, room_of, rows_of
from sluicegate.sim.record import VARIABLES, Rows
from sluicegate.sim.result import run_model
from sluicegate.sim.room import READING, copied
from sluicegate.sim.row import members
from sluicegate.sim.run import Progress
from sluicegate.sim.side import target_loss
from sluicegate.world import World

DRAWS = 256
SEED = 1
READ = frozenset(VARIABLES) - {"use"}
"""What answers read of a run."""
READ_OF_FREE = READ - {"stock", "imports", "feared"}
"""What they read of the same run without control; of stocks they read one week."""


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

    @cached_property
    def namer(self) -> Namer:
        """What stands behind the peaks of the run, worked out once for all that is told of it."""
        return Namer(self.result)


def answer(scenario: Scenario, world: World, *, draws: int = DRAWS, seed: int = SEED, like: Draws | Model | None = None,
           free: Result | None = None, progress: Progress | None = None, resume: bool = False,
           beside: Collection[str] = (), focus: bool = True,
           places: Collection[str] | None = None) -> Answer:  # fmt: skip
    """Run a scenario and its counterfactual, and read off shortages and edge.

    Parameters
    ----------
    like, free : another run of the same world and window, whose draws and counterfactual are used again
    resume : keep finished blocks of draws, and go on from those kept before; all rows and weeks are recorded then
    beside : variables to record beside those an answer reads, all rows and weeks of them all; `use` without control too
    focus : leave out the chains that the scenario does not touch
    places : whose trade and makers are read draw by draw, beside those of controller, target and payers; of the
        others the mean is kept. Of all where None, or where the target is found by what everyone loses

    Raises
    ------
    InputError : draws or seed are no such numbers, or there is not the memory for the draws.
    """
    world = focused(world, scenario) if focus else world
    recorded, of_free = READ | set(beside), READ_OF_FREE | ({"use"} & set(beside))
    whole = resume or bool(beside)
    week = None if whole else week_in(scenario, scenario.as_of)

    def rows_of_run(run: Model) -> Rows | None:
        return None if whole or places is None else rows_read(run, places)

    def without(run: Model) -> Model:
        return prepare(scenario.without_controls(), world, draws=draws, seed=seed, like=run, needs=checked)

    def needs(run: Model, size: int) -> Budget:
        reading = max(READING, copied(run.compiled, beside))  # what is recorded beside may be saved
        room = partial(room_of, draws=size, still=not resume, stock_week=week, rows=rows_of_run(run), reading=reading)
        return room(run, recorded) if free else room(run, recorded) + room(without(run), of_free, beside=True)

    model = prepare(scenario, world, draws=draws, seed=seed, like=like, needs=needs)
    runs = [(model, recorded)] if free else [(model, recorded), (without(model), of_free)]
    rows = rows_of_run(model)
    ran = [ensemble(m.scenario, world, like=m, progress=told, variables=read) if resume else
           run_model(m, progress=told, variables=read, stock_week=week, rows=rows)
           for (m, read), told in zip(runs, (progress, None), strict=False)]  # fmt: skip
    result, free = ran[0], free or ran[1]
    target = scenario.target or (largest_loser(result, free) if scenario.controller else None)
    found = edge(result, free, scenario.controller, target) if scenario.controller and target else None
    return Answer(result, free, shortages(result, free), found)


def rows_read(model: Model, places: Collection[str] = ()) -> Rows | None:
    """The rows that an answer reads draw by draw; every row where the target is found by what everyone loses.

    They are trade and makers of the two sides, of those who promise a price or levy a duty, and of `places`; who is
    short is asked of everybody.
    """
    scenario = model.scenario
    if scenario.controller and not scenario.target:
        return None
    paid = [*(x.place for x in (*scenario.floors, *scenario.offtakes)), *(x.place for x in scenario.export_levies)]
    sides = [place for place in (scenario.controller, scenario.target) if place]
    named = {*places, *sides, *paid, *members(tariff.by for tariff in scenario.tariffs)}
    return {name: rows for name, rows in rows_of(model, named).items() if name != "service"}


def week_in(scenario: Scenario, day: date) -> int:
    """The week of a run that holds a day, the first or the last where the day is outside."""
    return int(np.clip(scenario.week_of(day), 0, scenario.weeks - 1))


def largest_loser(result: Result, free: Result) -> str | None:
    """The place, other than the controller, whose median loss is the largest; None when nobody loses."""
    losses = {
        place: float(np.median(target_loss(result, free, place).total.sum(axis=0)))
        for place in result.model.world.places["gdp_musd"].dropna().index
        if place != result.scenario.controller and place in result.model.compiled.net.places
    }
    worst = max(losses, key=lambda p: losses[p], default=None)
    return worst if worst is not None and losses[worst] > 0 else None
