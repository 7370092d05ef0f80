"""What one side loses, week by week, by the same function for both sides (decision formula 6.1)."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np

from sluicegate.sim.compile import WEEKS_PER_YEAR
from sluicegate.sim.network import Floats
from sluicegate.sim.result import PRICE_PAID, Result
from sluicegate.terms import NotFoundError

KG = 1000.0
READ = ("lost_share", "activity", *PRICE_PAID, "exports", "imports")
"""What a side's loss is read from, of what a run records."""


@dataclass(frozen=True)
class SideLoss:
    """Losses of one place against the run without control, 2024 USD a week, each (W, D); gains are negative.

    Parameters
    ----------
    lines : value added lost in industries that stop or slow
    chain : value added lost in its own mines, separation, metal and magnet plants; goods made and unsold are no loss
    trade : price rise times net imports actually paid; negative for a seller that keeps the rise
    levers : what levers of either side cost it, which the simulation does not hold; one zero where none is used
    """

    place: str
    lines: Floats
    chain: Floats
    trade: Floats
    levers: Floats = field(default_factory=lambda: np.zeros(1))

    @property
    def total(self) -> Floats:
        """(W, D) all four."""
        return self.lines + self.chain + self.trade + self.levers


def target_loss(result: Result, free: Result, target: str) -> SideLoss:
    """Losses of the side whose supply is controlled."""
    lines = _lines(result, free, target)
    return SideLoss(target, lines, _chain(result, free, target), _trade(result, free, target, None))


def controller_loss(result: Result, free: Result, controller: str, target: str | None) -> SideLoss:
    """Losses of the controlling side; against one target only what comes of that destination.

    The loss of its own plants is shared out by what each destination no longer takes, by value.
    """
    chain = _chain(result, free, controller)
    if target is not None:
        chain = chain * _missing_share(result, free, controller, target)
    lines = _lines(result, free, controller)
    return SideLoss(controller, lines, chain, _trade(result, free, controller, target))


def weekly_gdp(result: Result, place: str) -> float:
    """GDP of a place, 2024 USD a week.

    Raises
    ------
    NotFoundError : the dataset has no GDP for the place; nothing can be said of its ability to bear.
    """
    gdp = result.model.world.places["gdp_musd"].dropna()
    if place not in gdp.index:
        raise NotFoundError(place, kind="place with a known GDP", known=gdp.index, where="edge")
    return float(gdp[place]) * 1e6 / WEEKS_PER_YEAR


def _lines(result: Result, free: Result, place: str) -> Floats:
    """(W, D) value added lost by a place's industries."""
    own = np.flatnonzero(result.lines["place"] == place)
    return np.asarray((result.lost_value_added(own) - free.lost_value_added(own)).sum(axis=0))


def _chain(result: Result, free: Result, place: str) -> Floats:
    """(W, D) value added lost by a place's producers: activity lost times base value added per t of activity."""
    net = result.model.compiled.net
    worth = value_added_per_t(result)
    rows = np.flatnonzero([name.endswith(f"|{place}") for name in net.producers])
    lost = free.record.of("activity", rows) - result.record.of("activity", rows)
    return np.asarray(np.einsum("i,iwd->wd", worth[rows], lost))


def value_added_per_t(result: Result) -> Floats:
    """(I,) base value of outputs less inputs, USD per t of activity, never below zero."""
    net, price = result.model.compiled.net, base_price(result)
    value = np.bincount(net.output_producer, net.output_coef * price[net.node_product[net.output_node]] * KG,
                        minlength=len(net.producers))  # fmt: skip
    fed = net.producer_slots
    cost = np.bincount(net.slot_owner[fed], net.slot_coef[fed] * price[net.node_product[net.slot_node[fed]]] * KG,
                       minlength=len(net.producers))  # fmt: skip
    return np.asarray(np.maximum(value - cost, 0), dtype=float)


def base_price(result: Result) -> Floats:
    """(P,) base price outside, USD a kg; 0 where the dataset has none, so that no money is made up."""
    products = result.model.world.products.loc[list(result.model.compiled.net.products)]
    return np.asarray(products["price_outside_usd_per_kg"].fillna(0.0), dtype=float)


def _trade(result: Result, free: Result, place: str, partner: str | None) -> Floats:
    """(W, D) price rise times net imports actually paid; with a partner, only trade with it."""
    links, net = result.links, result.model.compiled.net
    price = base_price(result)
    product = np.array([net.products.index(p) for p in links["product"]])
    total = np.zeros((result.weeks, result.model.draws.size))
    inward = (links["destination"] == place).to_numpy()
    outward = (links["origin"] == place).to_numpy()
    if partner is not None:
        inward = inward & (links["origin"] == partner).to_numpy()
        outward = outward & (links["destination"] == partner).to_numpy()
    for p in np.unique(product[inward | outward]).tolist():
        dearer, gained = (_paid_more(result, free, p, leaks=leaks) for leaks in (True, False))
        bought = result.record.arrivals(np.flatnonzero(inward & (product == p))).sum(axis=0)
        sold = result.record.of("exports", np.flatnonzero(outward & (product == p))).sum(axis=0)
        total += price[p] * KG * (dearer * bought - gained * sold)
    return total


def _paid_more(result: Result, free: Result, product: int, *, leaks: bool) -> Floats:
    """(W, D) by how much the price paid for one product rose, over the base year's."""
    paid = [r.price_ratio("outside", paid=True, leaks=leaks, products=slice(product, product + 1))[0]
            for r in (result, free)]  # fmt: skip
    return np.asarray(paid[0] - paid[1])


def _missing_share(result: Result, free: Result, controller: str, target: str) -> Floats:
    """(W, D) the target's share of the controller's lost exports so far, by base value; even when none are lost."""
    links, net = result.links, result.model.compiled.net
    price = base_price(result)
    total = np.zeros((result.weeks, result.model.draws.size))
    to_target = np.zeros_like(total)
    for row in np.flatnonzero(
        links["origin"] == controller
    ).tolist():  # one link at a time: all at once is a large array
        gone = np.cumsum(free.record.of("exports", row) - result.record.of("exports", row), axis=0, dtype=float)
        value = np.maximum(gone, 0) * price[net.products.index(links["product"].iat[row])]
        total += value
        if links["destination"].iat[row] == target:
            to_target += value
    return np.divide(to_target, total, out=np.zeros_like(total), where=total > 0)
