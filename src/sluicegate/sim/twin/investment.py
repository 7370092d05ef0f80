"""Makers that stop and investors that come. Equations in `docs/explanation/simulator.md`."""

from __future__ import annotations

import numpy as np

from sluicegate.sim.engine import Engine, Week
from sluicegate.sim.network import Floats
from sluicegate.sim.state import NEVER, State
from sluicegate.sim.twin.deposit import grade


def basket(eng: Engine, s: State, t: int) -> Floats:
    """(I, D) value of a maker's basket over the base year's, no product below the price promised for it (E16)."""
    net = eng.net
    price = np.exp(s.price.reshape(-1, s.price.shape[-1])[eng.output_area])
    promised = eng.knobs.supply.promise.floor[t, net.output_node][:, None]
    worth = eng.outputs_to_producer @ (np.maximum(price, promised) * eng.output_worth)
    return np.asarray(worth / (eng.outputs_to_producer @ eng.output_worth))


def mothball(eng: Engine, s: State, value: Floats) -> None:
    """Makers whose basket does not cover their variable cost close bit by bit; others reopen (E17, ours)."""
    sup, restart = eng.knobs.supply, eng.knobs.restart_weeks
    cost = np.broadcast_to(sup.variable_cost, value.shape).copy()
    if eng.depletes.any():
        cost[eng.depletes] /= grade(eng, s)
    s.closed = np.clip(s.closed + np.where(value < cost, 1 / sup.mothball_weeks, -1 / restart), 0, 1)
    entrant = value[sup.entrant_producer]
    step = np.where(entrant < sup.entrant_cost, 1 / sup.mothball_weeks, -1 / restart[sup.entrant_producer])
    s.entrant_closed = np.clip(s.entrant_closed + step, 0, 1)


def invest(eng: Engine, s: State, w: Week, value: Floats) -> None:
    """Entrants are decided once the expected value of their basket pays, if finance and permits come (E18, ours)."""
    sup = eng.knobs.supply
    s.expected += (value - s.expected) / sup.expectation_weeks
    pays = s.expected[sup.entrant_producer] >= sup.entrant_incentive
    open_to = (s.begin >= NEVER) & (sup.entrant_go > 0) & (w.t >= sup.entrant_earliest)[:, None]
    s.begin = np.where(pays & open_to, np.maximum(w.t + 1 + sup.entrant_lead, sup.entrant_start), s.begin)
