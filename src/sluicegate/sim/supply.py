"""What makers, investors and payers answer to a price with: arrays of step 11, and how they are laid out."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np
import pandas as pd

from sluicegate.scenario import Project, Scenario
from sluicegate.sim.blocked import Blocked, shared
from sluicegate.sim.compile import WEEKS_PER_YEAR
from sluicegate.sim.draws import Draws
from sluicegate.sim.network import Floats, Ints, Network, producer_of
from sluicegate.sim.promise import Promised, promised
from sluicegate.sim.reserve import NO_END, reserves
from sluicegate.sim.substitute import moves
from sluicegate.terms.parameter import Kind, Parameter
from sluicegate.world import World


@dataclass(frozen=True)
class Supply(Blocked):
    """Slow answers of supply. I producers, J entrants sorted by producer, S slots, N nodes, W weeks, D draws.

    Parameters
    ----------
    promise : floors and offtake
    reserves : (I,) t of activity left in the ground, `NO_END` where nothing runs down
    entrants : names ; entrant_producer : (J,) ; entrant_capacity : (J,) t of activity a week ;
        entrant_earliest : (J,) first week of a decision ; entrant_ramp : (J,) weeks
    entrant_cost, entrant_incentive : (J, D) basket value over the base year's ; entrant_lead : (J, D) weeks ;
        entrant_start : (J, D) first week it can start ; entrant_go : (J, D) 1 where finance and permits come
    moves_to : (S,) slot that must supply what this one saves, -1 for none ; moves : (S, D) t per t saved

    All others are (D,), as `data/behaviour.csv` describes them.
    """

    promise: Promised = field(metadata=shared())
    reserves: Floats = field(metadata=shared())
    entrants: tuple[str, ...]
    entrant_producer: Ints = field(metadata=shared())
    entrant_capacity: Floats = field(metadata=shared())
    entrant_earliest: Floats = field(metadata=shared())
    entrant_ramp: Floats = field(metadata=shared())
    entrant_cost: Floats
    entrant_incentive: Floats
    entrant_lead: Floats
    entrant_start: Floats
    entrant_go: Floats
    moves_to: Ints = field(metadata=shared())
    moves: Floats
    variable_cost: Floats
    mothball_weeks: Floats
    expectation_weeks: Floats
    recycling_ceiling: Floats
    recycling_elasticity: Floats
    recycling_weeks: Floats
    grade_power: Floats

    @property
    def first_change(self) -> float:
        """First week in which any of it can move the base year by itself; infinite where none does."""
        own = self.entrant_earliest[(self.entrant_incentive <= 1).any(axis=1)]
        running_down = [0.0] if (self.reserves < NO_END).any() else []
        return float(min([np.inf, *running_down, *own, self.promise.first_week]))


def build_supply(scenario: Scenario, world: World, net: Network, slots: pd.DataFrame, drawn: Draws,
                 controller: int | None) -> Supply:  # fmt: skip
    """The slow answers of a scenario on a world.

    Raises
    ------
    NotFoundError : a floor, offtake, project or deposit is at a place that has no such maker.
    """
    found = sorted([*_of_world(scenario, world, net, drawn), *_of_scenario(scenario, net, drawn)], key=_order)
    moves_to, moved = moves(slots)
    return Supply(
        promise=promised(scenario, world, net, controller),
        reserves=reserves(scenario, world, net),
        entrants=tuple(e.name for e in found),
        entrant_producer=np.array([e.producer for e in found], dtype=np.intp),
        entrant_capacity=np.array([e.capacity for e in found], dtype=float),
        entrant_earliest=np.array([e.earliest for e in found], dtype=float),
        entrant_ramp=np.array([max(e.ramp, 1.0) for e in found], dtype=float),
        entrant_cost=_rows([e.cost for e in found], drawn.size),
        entrant_incentive=_rows([e.incentive for e in found], drawn.size),
        entrant_lead=_rows([e.lead for e in found], drawn.size),
        entrant_start=_rows([e.start for e in found], drawn.size),
        entrant_go=_rows([e.go for e in found], drawn.size),
        moves_to=moves_to,
        moves=moved[:, None] * drawn["substitution moved"],
        variable_cost=drawn["variable cost"],
        mothball_weeks=drawn["mothball weeks"],
        expectation_weeks=drawn["expectation weeks"],
        recycling_ceiling=drawn["recycling ceiling"],
        recycling_elasticity=drawn["recycling elasticity"],
        recycling_weeks=drawn["recycling weeks"],
        grade_power=drawn["grade power"],
    )


@dataclass(frozen=True)
class _Entrant:
    """A plant that may come, by draw."""

    name: str
    producer: int
    capacity: float
    earliest: float
    ramp: float
    cost: Floats
    incentive: Floats
    lead: Floats
    start: Floats
    go: Floats


def _order(entrant: _Entrant) -> tuple[int, str]:
    return entrant.producer, entrant.name


def _rows(values: list[Floats], draws: int) -> Floats:
    return np.array(values, dtype=float).reshape(len(values), draws)


def _of_world(scenario: Scenario, world: World, net: Network, drawn: Draws) -> list[_Entrant]:
    """Projects on record by the as-of date, at a place that has the process in the base year.

    They come if a price above the base year's pays for them: the base year's flows stand still without them.
    """
    found = []
    for name, row in world.projects.iterrows():
        producer = f"{row['process']}|{row['place']}"
        if producer not in net.producers or row["known_on"] > scenario.as_of:
            continue
        days = [scenario.week_of(row[f"starts_{q}"]) for q in ("p05", "p50", "p95")]
        found.append(_Entrant(
            name=str(name), producer=net.producers.index(producer),
            capacity=float(row["capacity_t_per_yr"]) / WEEKS_PER_YEAR, ramp=float(row["ramp_weeks"]),
            earliest=scenario.week_of(row["known_on"]), cost=drawn["entrant cost"],
            incentive=np.maximum(drawn["incentive price"], 1.01), lead=np.zeros(drawn.size),
            start=_spread(days, drawn, f"start: {name}"),
            go=_granted(drawn["project finance"] * drawn["project permits"], drawn, str(name)),
        ))  # fmt: skip
    return found


def _of_scenario(scenario: Scenario, net: Network, drawn: Draws) -> list[_Entrant]:
    ones = np.ones(drawn.size)
    return [_Entrant(
        name=p.name, producer=producer_of(net, p.process, p.place),
        capacity=p.capacity_t_per_yr / WEEKS_PER_YEAR, ramp=p.ramp_weeks, earliest=scenario.week_of(p.earliest),
        cost=p.cost_share_of_base_price * ones, incentive=p.incentive_share_of_base_price * ones,
        lead=_lead(p, drawn), start=np.full(drawn.size, -np.inf),
        go=_granted(p.finance * p.permits * ones, drawn, p.name),
    ) for p in scenario.projects]  # fmt: skip


def _lead(project: Project, drawn: Draws) -> Floats:
    given = project.lead_weeks
    return _spread(list(given) if isinstance(given, tuple) else [given] * 3, drawn, f"lead: {project.name}")


def _spread(quantiles: list[float], drawn: Draws, stream: str) -> Floats:
    """(D,) samples of the distribution through three quantiles, by the draw's own number."""
    kind: Kind = "fixed" if quantiles[0] == quantiles[2] else "normal"
    low, middle, high = quantiles
    spread = Parameter(stream, kind, low, middle, high, "weeks", "derived", "")
    return spread.quantile(np.clip(drawn.chance(stream, 1)[0], 1e-6, 1 - 1e-6))


def _granted(probability: Floats, drawn: Draws, name: str) -> Floats:
    """(D,) 1 where both finance and permits come."""
    return np.asarray(drawn.chance(f"go: {name}", 1)[0] < probability, dtype=float)
