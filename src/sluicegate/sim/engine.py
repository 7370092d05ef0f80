"""A compiled model for one block of draws, and what the steps of one week hand on to each other."""

from __future__ import annotations

from copy import copy
from dataclasses import dataclass, field

import numpy as np

from sluicegate.sim.knobs import Knobs
from sluicegate.sim.network import Floats, Network, Sums, adder, area_of
from sluicegate.sim.reserve import NO_END
from sluicegate.sim.state import base_share, mean_transit
from sluicegate.sim.timeline import Timeline


@dataclass
class Week:
    """What the steps of one week hand on to each other and to the recorder."""

    t: int
    capacity: Floats = field(init=False)
    asked: Floats = field(init=False)
    covered: list[Floats] = field(default_factory=list)
    released: Floats = field(default_factory=lambda: np.zeros((1, 1)))
    granted: list[Floats] = field(default_factory=list)
    withdrawn: list[Floats] = field(default_factory=list)
    leaked: list[Floats] = field(default_factory=list)
    exports: Floats = field(init=False)
    shipped: Floats = field(init=False)
    turned_away: Floats = field(init=False)
    arrived: Floats = field(init=False)
    second: Floats = field(init=False)
    need: Floats = field(init=False)
    fill: Floats = field(init=False)
    running: Floats = field(init=False)
    use: Floats = field(init=False)
    feed: Floats = field(init=False)
    had: Floats = field(init=False)
    landed: Floats = field(init=False)
    taken: Floats = field(init=False)
    returned: Floats = field(init=False)
    weeks: Floats = field(init=False)
    taxed: Floats = field(init=False)
    staged: Floats = field(init=False)
    yielded: Floats = field(init=False)


class Engine:
    """A compiled model for one block of draws, with the constants its steps need."""

    def __init__(self, net: Network, knobs: Knobs, timeline: Timeline, controller: int | None) -> None:
        self.net, self.knobs, self.timeline = net, knobs, timeline
        self.sums = Sums.of(net)
        self.base_share = base_share(net, self.sums)
        self.transit = mean_transit(net, self.sums)
        self.area = area_of(net, controller)
        self.landed = timeline.landed
        self.first = (net.node_place[net.link_origin] == net.node_place[net.link_destination]) | timeline.contract
        self.pool0 = self.sums.links_to_origin @ net.link_flow
        node_area = self.area * len(net.products) + net.node_product
        self.slot_area = node_area[net.slot_node]
        self.slots_to_area = adder(self.slot_area, 2 * len(net.products))
        self.nodes_to_area = adder(node_area, 2 * len(net.products))
        self.slots_to_product = adder(net.node_product[net.slot_node], len(net.products))
        self.nodes_to_product = adder(net.node_product, len(net.products))
        self.outputs_to_producer = adder(net.output_producer, len(net.producers))
        self.fed_producers = np.unique(net.slot_owner[net.producer_slots])
        self.fed_starts = np.searchsorted(net.slot_owner[net.producer_slots], self.fed_producers)
        self.usual_stock = self.slots_to_area @ (knobs.cover * net.slot_use[:, None])
        self.usual_stock += self.nodes_to_area @ (knobs.pool_cover_weeks * self.pool0[:, None])
        self.held_to_node = tuple(adder(net.link_destination[b.links], net.n_nodes) for b in knobs.borders)
        self.entrants_to_producer = adder(knobs.supply.entrant_producer, len(net.producers))
        self.depletes = knobs.supply.reserves < NO_END
        self.output_worth = (net.output_value * net.output_coef)[:, None]
        self.output_area = node_area[net.output_node]
        self.moved_from = np.flatnonzero(knobs.supply.moves_to >= 0)
        self.moved_to = adder(knobs.supply.moves_to[self.moved_from], len(net.slot_node))
        self.producer_use = self.slots_to_product[:, net.producer_slots]
        self.line_use = self.slots_to_product[:, net.line_slots]

    def block(self, draws: slice) -> Engine:
        """The same model of some of its draws, without building what no draw changes again."""
        part = copy(self)
        part.knobs, part.usual_stock = self.knobs.block(draws), self.usual_stock[:, draws]
        return part
