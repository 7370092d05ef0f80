"""What duties and export levies bring a treasury."""

from __future__ import annotations

import numpy as np

from sluicegate.scenario import Tariff
from sluicegate.sim.levied import factor_by_week
from sluicegate.sim.network import Floats
from sluicegate.sim.result import Result
from sluicegate.sim.side import base_price
from sluicegate.sim.tariffed import on_links, rate_in_weeks
from sluicegate.world.landed import medians
from sluicegate.world.levy import levies_of

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


def levies_paid(result: Result) -> list[tuple[str, Floats]]:
    """What each place's own levies in a scenario bring it beyond those on record, (W, D) 2024 USD a week.

    It is the part of the price at the border by which the levies raised it, on goods that leave: 1 - f0 / f, f the
    factor of tax and duty. A refund given back costs the treasury. No middleman's or trader's part is taxed.
    """
    scenario = result.scenario
    return [(place, _kept(result, place)) for place in dict.fromkeys(x.place for x in scenario.export_levies)]


def _kept(result: Result, place: str) -> Floats:
    net, links = result.model.compiled.net, result.links
    rows, inputs = (
        levies_of(result.model.world.levies, result.scenario.as_of),
        medians(result.model.draws.parameters.values()),
    )
    price = base_price(result)[:, None, None] * KG * result.price_ratio("outside", paid=True, leaks=False)
    lawful = result.scenario.model_copy(update={"export_levies": ()})
    value = np.zeros((result.weeks, result.model.draws.size))
    for row in np.flatnonzero(links["origin"] == place).tolist():
        name = str(links["product"].iat[row])
        factor, law = (factor_by_week(s, rows, place, name, inputs)[:, None] for s in (result.scenario, lawful))
        value += (1 - law / factor) * price[net.products.index(name)] * result.record.of("exports", row)
    return value
