"""Which line classes can buy the next stage of a product abroad, how much of it, and whose loss that is."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np
import pandas as pd

from sluicegate.scenario import NextStage, Scenario
from sluicegate.sim.blocked import Blocked, shared
from sluicegate.sim.draws import Draws
from sluicegate.sim.network import Floats, Ints, Network
from sluicegate.terms import NotFoundError
from sluicegate.terms.parameter import Parameter
from sluicegate.world import World


@dataclass(frozen=True)
class Stages(Blocked):
    """Q slots of line classes that can be served by the next stage from abroad; D draws.

    Parameters
    ----------
    slot : (Q,) ; line : (Q,) line that makes the stage at home
    ceiling : (Q, D) share of use bought so at most ; weeks : (Q, D) of pressure until then
    booked : (Q, D) share of the maker's value added lost where all of it is bought
    """

    slot: Ints = field(metadata=shared())
    line: Ints = field(metadata=shared())
    ceiling: Floats
    weeks: Floats
    booked: Floats


def build_stages(scenario: Scenario, world: World, net: Network, slots: pd.DataFrame, drawn: Draws) -> Stages:
    """The scenario's next stages laid out.

    Raises
    ------
    NotFoundError : the place has no such use, or no such maker.
    """
    slot: list[int] = []
    line: list[int] = []
    rows: dict[str, list[Floats]] = {"ceiling": [], "weeks": [], "booked": []}
    for event in scenario.next_stages:
        mine = (slots["product"] == event.product) & (slots["line"] == f"{event.industry}|{event.place}")
        user, maker = (_line(net, name, event) for name in (event.industry, event.maker))
        if not mine.any():
            used = sorted(slots.loc[slots["line"] == f"{event.industry}|{event.place}", "product"].unique())
            raise NotFoundError(event.product, kind=f"use of {event.industry} in {event.place}", known=used,
                                where="next_stages")  # fmt: skip
        ceiling, worth = (drawn[stage_name(event, name)] for name in ("share", "value_share"))
        value = [_value_added(world, net, drawn, y) for y in (user, maker)]
        own = np.flatnonzero(mine)
        part = net.class_weight[net.slot_owner[own]]
        slot += own.tolist()
        line += [maker] * len(own)
        rows["ceiling"] += [ceiling] * len(own)
        rows["weeks"] += [np.full(drawn.size, event.weeks)] * len(own)
        rows["booked"] += [p * worth * value[0] / value[1] for p in part]
    by_draw = {name: np.array(x, dtype=float).reshape(len(slot), drawn.size) for name, x in rows.items()}
    return Stages(np.array(slot, dtype=np.intp), np.array(line, dtype=np.intp), **by_draw)


def stage_parameters(scenario: Scenario) -> dict[str, Parameter]:
    """The uncertain inputs of the scenario's next stages."""
    found = {}
    for event in scenario.next_stages:
        for name in ("share", "value_share"):
            low, middle, high = event.quantiles(name)
            key = stage_name(event, name)
            found[key] = Parameter(key, "fixed" if low == high else "logitnormal", low, middle, high, "share",
                                   "judgement", event.reason)  # fmt: skip
    return found


def stage_name(event: NextStage, name: str) -> str:
    """Name of an input of a next stage."""
    return f"next stage of {event.product} from {event.maker}, {event.industry} in {event.place}: {name}"


def _line(net: Network, industry: str, event: NextStage) -> int:
    name = f"{industry}|{event.place}"
    if name not in net.lines:
        raise NotFoundError(name, kind="line", known=net.lines, where="next_stages")
    return net.lines.index(name)


def _value_added(world: World, net: Network, drawn: Draws, line: int) -> Floats:
    """(D,) value added of a line, any one unit."""
    row = world.lines.loc[net.lines[line]].to_dict()
    name = row["value_added_parameter"]
    return np.asarray(float(row["value_added_musd_per_yr"]) * (drawn[name] if isinstance(name, str) and name else
                                                                np.ones(drawn.size)))  # fmt: skip
