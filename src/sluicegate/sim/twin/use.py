"""Step 8: use. Equations in `docs/explanation/simulator.md`."""

from __future__ import annotations

import numpy as np

from sluicegate.sim.engine import Engine, Week
from sluicegate.sim.network import Floats
from sluicegate.sim.state import State
from sluicegate.sim.twin.ratio import ratio


def use(eng: Engine, s: State, w: Week) -> None:
    """8. Use: a line runs at full rate until a critical input is gone; lost output may be caught up (E8)."""
    net, kn = eng.net, eng.knobs
    lines = net.line_slots
    w.taxed = duty_borne(eng, s, w.t)
    saved = (1 - thrift(eng, s, w)) * np.exp(-kn.elasticity * landed_price(eng, s, w))
    w.staged = bought(eng, s)
    saved[kn.stages.slot] *= 1 - w.staged
    w.need = net.slot_use[:, None] * saved + moved(eng, s, w)
    w.need[net.producer_slots] = net.slot_coef[net.producer_slots, None] * s.wanted[net.slot_owner[net.producer_slots]]
    critical = net.slot_critical[lines, None]
    have = ratio(s.stock[lines], w.need[lines])
    w.fill = np.minimum(1, have)
    running = np.minimum.reduceat(1 - critical * (1 - w.fill), net.class_starts, axis=0)
    spare = np.minimum.reduceat(np.where(critical > 0, have - 1, np.inf), net.class_starts, axis=0)
    w.running = running + np.clip(spare, 0, np.minimum(kn.overtime, s.lost))
    s.need = w.need
    w.use = np.minimum(w.need[lines] * w.running[net.slot_owner[lines]], s.stock[lines])
    w.returned = s.recycled[eng.slot_area[lines]] * w.use
    s.stock[lines] += w.returned - w.use
    s.made += eng.line_use @ w.returned
    s.used += eng.line_use @ w.use
    s.lost = np.maximum(s.lost + 1 - w.running, 0) * kn.backlog_survival


def duty_borne(eng: Engine, s: State, t: int) -> Floats:
    """(N, D) log of what duties add to the price of all a node orders, by its shares of origins (E8)."""
    duty = eng.timeline.duty
    if not duty.size:
        return np.zeros((eng.net.n_nodes, s.share.shape[1]))
    return np.asarray(np.log1p(eng.sums.links_to_destination @ (s.share * np.expm1(duty[t])[:, None])))


def landed_price(eng: Engine, s: State, w: Week) -> Floats:
    """(S, D) log of what a slot's goods cost its buyer over the base year: the area's quote and duties."""
    quote = s.price.reshape(-1, s.price.shape[-1])[eng.slot_area]
    return np.asarray(quote + w.taxed[eng.net.slot_node])


def thrift(eng: Engine, s: State, w: Week) -> Floats:
    """(S, D) share of use saved: nothing for half the time, then rising to its ceiling (E9), or as arranged before."""
    kn = eng.knobs
    spent = np.clip(2 * s.pressure / kn.thrift_weeks - 1, 0, 1)
    return np.asarray(kn.thrift_ceiling * np.maximum(spent, eng.timeline.saving[w.t][:, None]))


def bought(eng: Engine, s: State) -> Floats:
    """(Q, D) share of a use that is bought as the next stage: nothing for half the time, then to its ceiling (E23)."""
    stages = eng.knobs.stages
    return np.asarray(stages.ceiling * np.clip(2 * s.pressure[stages.slot] / stages.weeks - 1, 0, 1))


def moved(eng: Engine, s: State, w: Week) -> Floats:
    """(S, D) what a slot must supply in place of what thrift saves of another product of its line (E20, ours)."""
    left = eng.moved_from
    saved = (eng.net.slot_use[:, None] * thrift(eng, s, w))[left]
    return np.asarray(eng.moved_to @ (eng.knobs.supply.moves[left] * saved))
