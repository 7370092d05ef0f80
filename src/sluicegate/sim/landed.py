"""What goods cost those outside the controller's border, and who keeps the rent of scarcity (E14)."""

from __future__ import annotations

from datetime import timedelta

import numpy as np

from sluicegate.scenario import Scenario
from sluicegate.sim.draws import Draws
from sluicegate.sim.levied import factor_by_week
from sluicegate.sim.network import Floats, Network
from sluicegate.world import World
from sluicegate.world.landed import FREIGHT, base_prices, medians
from sluicegate.world.levy import export_factor, levies_of

RENT_SHARE, TRADER_SHARE = "rent share", "trader rent share"
"""Inputs that part the rent: what sellers keep of it, and what of that traders keep."""


def priced_inputs(world: World) -> list[str]:
    """Names of the inputs that price what is shipped and move no goods: taxes, freight, who keeps the rent."""
    levies = {x.parameter for x in levies_of(world.levies) if x.parameter}
    return sorted({*levies, *FREIGHT, TRADER_SHARE})


def cost_inside(scenario: Scenario, world: World, net: Network, draws: Draws) -> Floats:
    """(P, D) price inside with the tax that is not refunded and export duty, over the price outside; base year.

    1 where there is no controller or a price is not known: then the quotes are compared as they are.
    """
    found = np.ones((len(net.products), draws.size))
    rows = levies_of(world.levies, scenario.as_of)
    day = scenario.start - timedelta(days=1)
    for p, name in enumerate(net.products):
        inside, outside = base_prices(world, name)
        if scenario.controller and inside > 0 and outside > 0:
            factor = export_factor(rows, scenario.controller, name, day, draws.values)
            found[p] = inside / outside * factor
    return found


def levy_by_week(scenario: Scenario, world: World, net: Network, draws: Draws) -> Floats:
    """(P, W) the factor of the controller's export levies by week, over that of the day before the start."""
    rows, inputs = levies_of(world.levies, scenario.as_of), medians(draws.parameters.values())
    place = scenario.controller
    if place is None:
        return np.ones((len(net.products), scenario.weeks))
    return np.array([factor_by_week(scenario, rows, place, name, inputs) for name in net.products])


def licensed_price(inside: Floats, outside: Floats, cost: Floats, levy: Floats, kept: Floats) -> Floats:
    """(P, W, D) what licensed buyers pay over the base year's price outside (E14).

    What goods cost outside moves with the price inside and the levies, and of what the quote outside is above that the
    sellers keep a share: with c the base year's cost over the price outside, c (inside levy - 1) + kept of the rest.
    Freight and what else lies between the two prices stay as they were, in USD.

    Parameters
    ----------
    inside, outside : (P, W, D) quotes over the base year's ; cost : (P, D) ; levy : (P, W) ; kept : (D,) share of the
        rent that whoever is asked for keeps
    """
    dearer = cost[:, None, :] * (inside * levy[:, :, None] - 1)
    return np.asarray(1 + dearer + kept * (outside - 1 - dearer))
