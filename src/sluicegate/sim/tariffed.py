"""Which links a duty is on, and how high it is by week."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from sluicegate.scenario import Scenario, Tariff
from sluicegate.sim.network import Floats, Network
from sluicegate.sim.row import members
from sluicegate.sim.window import in_weeks


def duty(scenario: Scenario, net: Network) -> Floats:
    """(W, E) log of one plus the duties on each link, added up; (W, 0) where the scenario has none."""
    if not scenario.tariffs:
        return np.zeros((scenario.weeks, 0))
    rate = np.zeros((scenario.weeks, len(net.link_flow)))
    for tariff in scenario.tariffs:
        rate += rate_in_weeks(scenario, tariff)[:, None] * on_links(net, tariff)
    return np.log1p(rate)


def rate_in_weeks(scenario: Scenario, tariff: Tariff) -> Floats:
    """(W,) the rate of a duty by week; part weeks count by their days."""
    return tariff.added_rate * in_weeks(scenario, tariff.effective_from, tariff.until)


def on_links(net: Network, tariff: Tariff) -> NDArray[np.bool_]:
    """(E,) whether a duty is on a link."""
    into, out = ([c in members([place]) for c in net.places] for place in (tariff.by, tariff.on_goods_of))
    taxed = [not tariff.products or p in tariff.products for p in net.products]
    ends = np.array(into)[net.node_place[net.link_destination]] & np.array(out)[net.node_place[net.link_origin]]
    return np.asarray(ends & np.array(taxed)[net.link_product()])
