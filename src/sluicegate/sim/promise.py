"""Prices and volumes that states promise to makers, by week and node."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from sluicegate.scenario import Offtake, Priced, Scenario
from sluicegate.sim.compile import WEEKS_PER_YEAR
from sluicegate.sim.network import Floats, Ints, Network
from sluicegate.sim.window import in_weeks
from sluicegate.terms import NotFoundError
from sluicegate.world import World


@dataclass(frozen=True)
class Promised:
    """Floors and offtake. N nodes, W weeks.

    Parameters
    ----------
    floor : (W, N) price promised over the base year's price in the node's area; 0 where none is
    offtake : (W, N) t a week bought and kept by payers
    first_week : first week with any; infinite without
    """

    floor: Floats
    offtake: Floats
    first_week: float

    @property
    def taken_from(self) -> Ints:
        """(Q,) nodes with offtake in some week."""
        return np.flatnonzero(self.offtake.any(axis=0))


def promised(scenario: Scenario, world: World, net: Network, controller: int | None) -> Promised:
    """Floors and offtake of a scenario laid out; a price of an offtake is a floor to its makers too.

    Raises
    ------
    NotFoundError : nobody makes the product at the place.
    """
    floor = np.zeros((scenario.weeks, net.n_nodes))
    offtake = np.zeros_like(floor)
    for event in (*scenario.floors, *scenario.offtakes):
        node, on = made_at(net, event), in_weeks(scenario, event.effective_from, event.until)
        floor[:, node] = np.maximum(floor[:, node], (on > 0) * price_over_base(event, world, net, controller))
        if isinstance(event, Offtake) and event.t_per_yr:
            offtake[:, node] += on * event.t_per_yr / WEEKS_PER_YEAR
    changed = np.flatnonzero(floor.any(axis=1) | offtake.any(axis=1))
    return Promised(floor, offtake, float(changed[0]) if changed.size else np.inf)


def price_over_base(event: Priced, world: World, net: Network, controller: int | None) -> float:
    """The promised price over the base year's in the area of its place; 0 where only a volume is promised."""
    if event.usd_per_kg is None:
        return event.share_of_base_price or 0.0
    return event.usd_per_kg / base_price(world, net, event, controller)


def base_price(world: World, net: Network, event: Priced, controller: int | None) -> float:
    """USD a kg in the base year, inside or outside the controller's border."""
    inside = controller is not None and event.place == net.places[controller]
    column = "price_inside_usd_per_kg" if inside else "price_outside_usd_per_kg"
    return float(world.products[column].to_dict()[event.product])


def made_at(net: Network, event: Priced) -> int:
    """The node of a promise's product and place, where someone makes it."""
    node = net.node(event.product, event.place)
    makers = sorted({f"{net.products[net.node_product[n]]}|{net.places[net.node_place[n]]}" for n in net.output_node})
    if node is None or node not in net.output_node:
        raise NotFoundError(f"{event.product}|{event.place}", kind="maker", known=makers, where="scenario")
    return node
