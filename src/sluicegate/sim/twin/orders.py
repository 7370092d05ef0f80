"""Step 9: orders. Equations in `docs/explanation/simulator.md`."""

from __future__ import annotations

import numpy as np

from sluicegate.sim.engine import Engine, Week
from sluicegate.sim.network import Floats
from sluicegate.sim.state import State
from sluicegate.sim.twin.ratio import SMOOTHING, ratio
from sluicegate.sim.twin.rationing import to_ship


def orders(eng: Engine, s: State, w: Week) -> None:
    """9. Orders: replace use, move stock to target, split over origins by share, price and reliability (E10, E11)."""
    net, kn = eng.net, eng.knobs
    w.second[net.line_slots] += w.returned
    w.weeks, limit = wanted_cover(eng, s, w)
    under_way = (net.slot_use[:, None] - w.second) * eng.transit[net.slot_node][:, None]
    position = w.need * w.weeks + under_way - s.stock - s.on_order * _moving(eng, s)[net.slot_node]
    order = np.clip(w.need - w.second + position / kn.order_weeks, 0, limit * net.slot_use[:, None])
    s.on_order += order
    asked = eng.sums.slots_to_node @ order
    s.reliability += SMOOTHING * (np.clip(ratio(w.exports, s.orders), 0, 1) - s.reliability)
    landed_price = s.price[eng.area[net.link_origin], net.node_product[net.link_origin]]
    if eng.landed.size:
        landed_price = landed_price + eng.landed[w.t][:, None]
    pull = eng.base_share[:, None] * np.exp(-kn.price_tilt * landed_price) * s.reliability**kn.reliability_tilt
    total = eng.sums.links_to_destination @ pull
    aim = ratio(pull, total[net.link_destination])
    s.share += np.clip(aim - s.share, -kn.switch_per_week, kn.switch_per_week)
    s.share = ratio(s.share, (eng.sums.links_to_destination @ s.share)[net.link_destination])
    s.orders = asked[net.link_destination] * s.share


def _moving(eng: Engine, s: State) -> Floats:
    """(N, D) share of what a node has on order that is not stuck at a maker or a border.

    Buyers do not count on what is stuck; they would order less from those who can deliver.
    """
    stuck = to_ship(eng, s)
    for border, queue in zip(eng.knobs.borders, s.queues, strict=True):
        np.add.at(stuck, border.links, queue.pending())
    on_order = eng.sums.slots_to_node @ s.on_order
    return np.clip(1 - ratio(eng.sums.links_to_destination @ stuck, on_order), 0, 1)


def wanted_cover(eng: Engine, s: State, w: Week) -> tuple[Floats, Floats]:
    """(S, D) weeks of use buyers aim to hold and the most they order, in weeks of use."""
    net, kn = eng.net, eng.knobs
    extra = np.zeros((net.n_nodes, kn.order_weeks.size))
    surge = np.zeros_like(extra)
    for b, to_node in zip(kn.borders, eng.held_to_node, strict=True):
        share = b.part[:, None] * s.share[b.links]
        if b.announced <= w.t < b.effective:  # never true without notice: announced is then NaN
            along = min((w.t + 1 - b.announced) / (b.effective - b.announced), 1)
            extra += to_node @ (b.covered * share * b.frontload_weeks * along)
            surge += to_node @ (b.covered * share * (b.surge_limit - 1))
    weeks = kn.cover * (1 + s.hoard) + extra[net.slot_node] + eng.timeline.stock_weeks[w.t][:, None]
    return weeks, kn.order_limit * (1 + surge[net.slot_node])
