"""What a week does, quantity by quantity, and the first week in which two runs that differ in one input differ in it.

Up to that week both runs are in the same state, so what is seen is the input's own effect: it can be held to its sign
in any world. What follows from it later may go either way.
"""

from collections.abc import Callable
from copy import deepcopy
from dataclasses import replace

import numpy as np

from sluicegate.sim.engine import Engine, Week
from sluicegate.sim.knobs import Knobs
from sluicegate.sim.run import Compiled
from sluicegate.sim.state import State, base_state
from sluicegate.sim.twin.order import ORDER
from sluicegate.sim.twin.ratio import ratio
from sluicegate.sim.twin.use import landed_price

Seen = Callable[[Engine, State, Week, State], np.ndarray]
"""(row, D) of a week: the engine, the state at its end, what its steps hand on, the state before it."""
NEAR = 1e-9


def weeks(model: Compiled):
    """Advance a model with the twin: engine, state, week and the state before, week by week."""
    engine = Engine(model.net, model.knobs, model.timeline, model.controller)
    state = base_state(model.net, engine.sums, engine.knobs)
    for t in range(model.timeline.weeks):
        week, before = Week(t), deepcopy(state)
        for step in ORDER:
            if step.__name__ == "orders":
                week.on_order = state.on_order.copy()
            step(engine, state, week)
        yield engine, state, week, before


def turned(model: Compiled, change: Callable[[Knobs], Knobs]) -> Compiled:
    return replace(model, knobs=change(model.knobs))


def first_effect(low: Compiled, high: Compiled, *ways: tuple[Seen, int]) -> float:
    """How far the first change of each draw goes the wrong way, over its size; NaN where nothing ever changes.

    Of several ways to change, in the order in which a week takes them, the first counts.
    """
    worst, open_to = np.nan, np.ones(low.draws, dtype=bool)
    for one, other in zip(weeks(low), weeks(high), strict=True):
        for see, sign in ways:
            less, more = see(*one), see(*other)
            scale = np.maximum(np.maximum(np.abs(less), np.abs(more)), 1e-6)
            change = np.where(open_to, sign * (more - less) / scale, 0.0)
            changed = (np.abs(change) > NEAR).any(axis=0)
            if changed.any():
                worst = np.nanmax([worst, -change[:, changed].min()])
                open_to &= ~changed
        if not open_to.any():
            break
    return worst


def of_week(name: str) -> Seen:
    """A quantity that steps hand on; of each border, one after the other."""

    def see(_eng, _s, w, _was):
        found = getattr(w, name)
        return np.concatenate([*found, np.zeros((1, w.need.shape[1]))]) if isinstance(found, list) else found

    return see


def of_state(name: str) -> Seen:
    return lambda _eng, s, _w, _was: getattr(s, name).reshape(-1, s.price.shape[-1])


def moved(name: str) -> Seen:
    """How far a state moved in the week, either way."""
    return lambda _eng, s, _w, was: np.abs(getattr(s, name) - getattr(was, name)).reshape(-1, s.price.shape[-1])


def ordered(_eng, s, w, _was):
    return s.on_order - w.on_order


def beyond_need(eng, s, w, was):
    """How far orders are from replacing use."""
    return np.abs(ordered(eng, s, w, was) - (w.need - w.second))


def chased(eng, _s, w, was):
    """Activity asked for, below zero where makers' stocks of all they make are above what they aim at (E3)."""
    gap = eng.knobs.pool_cover_weeks * eng.pool0[:, None] - was.pool
    gap = (np.sign(gap) * (np.abs(gap) > NEAR * eng.pool0[:, None]))[eng.net.output_node]
    sides = eng.outputs_to_producer @ gap
    count = eng.outputs_to_producer @ np.ones(len(eng.net.output_node))
    return np.where(np.abs(sides) == count[:, None], np.sign(sides), 0) * w.asked


def needed_less(eng, _s, w, was):
    """Lines' need, below zero where the landed price is below the base year's (E8)."""
    return (w.need * np.sign(landed_price(eng, was, w)))[eng.net.line_slots]


def pulled_by_stock(eng, s, w, _was):
    """Price, below zero where stocks are above what is aimed at (E12)."""
    wanted = eng.usual_stock + eng.slots_to_area @ ((w.weeks - eng.knobs.cover) * eng.net.slot_use[:, None])
    tight = 1 - ratio(eng.slots_to_area @ s.stock + eng.nodes_to_area @ s.pool, wanted)
    return np.sign(tight) * s.price.reshape(tight.shape)


def home_first(eng, _s, w, _was):
    """What leaves for customers at home, and less what leaves for others."""
    net = eng.net
    home = net.node_place[net.link_origin] == net.node_place[net.link_destination]
    return np.where(home[:, None], 1, -1) * w.shipped


def served_first(eng, _s, w, _was):
    """What reaches who is served first, and less what reaches the others."""
    first = eng.knobs.priorities
    return np.where(first.rank[:, None] == 0, 1, -1) * w.arrived[first.slot]


def share_of_worst(worst: Callable[[Engine, State, State], np.ndarray]) -> Seen:
    """(N, D) share of orders that goes to the origins that are worst by a measure; all where all are alike."""

    def see(eng, s, _w, was):
        bad = worst(eng, s, was)
        to = eng.net.link_destination
        most = np.full((eng.net.n_nodes, bad.shape[1]), -np.inf)
        np.maximum.at(most, to, bad)
        return eng.sums.links_to_destination @ np.where(bad >= most[to] - 1e-12, s.share, 0)

    return see


def dear(eng, _s, was):
    return was.price[eng.area[eng.net.link_origin], eng.net.node_product[eng.net.link_origin]]


def late(_eng, s, _was):
    return -s.reliability


def far_from_pull(eng, s, _w, was):
    """(N, D) how far shares of origins are from where they are pulled, the largest of a node (E11)."""
    kn, to = eng.knobs, eng.net.link_destination
    pull = eng.base_share[:, None] * np.exp(-kn.price_tilt * dear(eng, s, was)) * s.reliability**kn.reliability_tilt
    aim = ratio(pull, (eng.sums.links_to_destination @ pull)[to])
    far = np.zeros((eng.net.n_nodes, aim.shape[1]))
    np.maximum.at(far, to, np.abs(aim - s.share))
    return far
