"""What duties bring a treasury."""

from __future__ import annotations

import numpy as np

from sluicegate.scenario import Tariff
from sluicegate.sim.network import Floats
from sluicegate.sim.result import Result
from sluicegate.sim.side import base_price
from sluicegate.sim.tariffed import on_links, rate_in_weeks

KG = 1000


def duties_paid(result: Result) -> list[tuple[Tariff, Floats]]:
    """Each duty of a scenario with what buyers pay, (W, D) 2024 USD a week: the rate on the price paid at arrival.

    It goes from buyers to the treasury of the same place, so it is no loss of the place; what is lost are the goods
    bought dearer elsewhere, or not at all.
    """
    return [(tariff, _paid(result, tariff)) for tariff in result.scenario.tariffs]


def _paid(result: Result, tariff: Tariff) -> Floats:
    net, links = result.model.compiled.net, result.links
    product = np.array([net.products.index(p) for p in links["product"]])
    price = base_price(result)[:, None, None] * KG * result.price_ratio("outside", paid=True)
    rows = np.flatnonzero(on_links(net, tariff)[result.record.watched])
    rate = rate_in_weeks(result.scenario, tariff)[:, None]
    value = np.zeros((result.weeks, result.model.draws.size))
    for row in rows:
        value += price[product[row]] * result.record.arrivals(np.array([row]))[0]
    return np.asarray(rate * value)
