"""Things a target can do: each turns a scenario into another one and says what it costs."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta

import numpy as np

from sluicegate.scenario import Plant, PriceFloor, Scenario, SecondSource, StockOrder, Thrift
from sluicegate.sim import Result
from sluicegate.sim.compile import WEEKS_PER_YEAR
from sluicegate.sim.draws import Draws
from sluicegate.sim.network import Floats

KG = 1000.0
FLOOR = 2.0
"""Price promised in an offtake, over the base price: the floor of 110 USD/kg that MP Materials was given in 2025
(`price-floor.magnets...`) is twice the 55 USD/kg of 2024."""
COST_INPUTS = {
    "stock": ("stock price premium", "carrying cost"),
    "second source": ("second source premium", "second source qualification cost"),
    "thrift": ("thrift cost",),
    "recycling": ("scrap recovery cost", "recycling plant cost"),
    "capacity": ("plant cost", "second source premium"),
    "offtake": (),
}
"""Cost parameters of each kind of action; an offtake costs what the price falls short of its floor."""


@dataclass(frozen=True)
class Maker:
    """Who makes a product: a process in a place, t of the product per t of its activity, t of it a year at size 1."""

    process: str
    place: str
    coef: float
    t_per_yr: float


@dataclass(frozen=True)
class Action:
    """One answer of a target: what is done, for which products, from when.

    Parameters
    ----------
    kind : `stock`, `second source`, `thrift`, `recycling`, `capacity` or `offtake`
    size : days of use held besides; share of use bought elsewhere, won from scrap or made in a new plant; part of what
        thrift can save at most; part of recorded projects whose output is promised a price
    start : first day it works ; ramp_weeks : until it works in full
    maker : of a new plant, or of the projects that are promised a price
    """

    kind: str
    place: str
    products: tuple[str, ...]
    size: float
    start: date
    ramp_weeks: int = 0
    maker: Maker | None = None

    @property
    def name(self) -> str:
        """A short name for tables."""
        goods = self.products[0] if len(self.products) == 1 else f"{len(self.products)} products"
        return {
            "stock": f"hold {self.size:.0f} more days of {goods}",
            "second source": f"second source for {self.size:.0%} of {goods}",
            "thrift": f"programme to save {self.size:.0%} of what can be saved of {goods}",
            "recycling": f"win {self.size:.1%} of the use of {goods} from scrap",
            "capacity": f"new plant for {self.size:.0%} of the use of {goods}",
            "offtake": f"promise of {FLOOR:g} times the base price for {goods} of {self._projects}",
        }[self.kind]

    @property
    def _projects(self) -> str:
        return f"projects in {self.maker.place}" if self.maker else "projects"

    def applied(self, scenario: Scenario) -> Scenario:
        """The scenario in which the target does this."""
        field, event = _EVENTS[self.kind](self)
        name = f"{scenario.name}, {self.name}"
        return scenario.model_copy(update={"name": name, field: (*getattr(scenario, field), event)})

    def cost(self, result: Result, costs: Draws) -> Floats:
        """(D,) what it costs up to the horizon, 2024 USD.

        * stock: the price premium on what is bought, and the carrying cost of what is held until the end
        * second source: the price premium on what is delivered, and the qualification of the supplier
        * thrift: redesign, by the value of what is saved up to the horizon, a year's saving at least
        * recycling: the cost of recovery above the price on what is delivered, and the plant
        * capacity: the plant, whole, though it outlives the horizon, and the price premium on what it delivers
        * offtake: what the quote falls short of the promised price, on what is delivered
        """
        years = max((result.scenario.end - self.start) / timedelta(days=365.25), 0.0)
        value = _value_per_week(result, self.place, self.products)
        a_year, full = value * self.size * WEEKS_PER_YEAR, self._full_weeks(years * WEEKS_PER_YEAR)
        if self.kind == "stock":
            return value * self.size / 7 * (costs["stock price premium"] + costs["carrying cost"] * years)
        if self.kind == "second source":
            return (value * self.size * full * costs["second source premium"]
                    + a_year * costs["second source qualification cost"])  # fmt: skip
        if self.kind == "thrift":
            saved = self.size * _saved_per_week(result, self.place, self.products)
            return max(full, WEEKS_PER_YEAR) * saved * costs["thrift cost"]
        if self.kind == "recycling":
            return value * self.size * full * costs["scrap recovery cost"] + a_year * costs["recycling plant cost"]
        if self.kind == "capacity":
            return a_year * costs["plant cost"] + value * self.size * full * costs["second source premium"]
        return self._shortfall(result)

    def _full_weeks(self, weeks: float) -> float:
        """Weeks in full that some weeks from the start on come to, an even ramp at first."""
        ramp = float(self.ramp_weeks)
        return weeks - ramp / 2 if weeks >= ramp else max(weeks, 0.0) ** 2 / (2 * ramp)

    def _shortfall(self, result: Result) -> Floats:
        """(D,) what the quote outside falls short of the floor, on the volume from the start on (E22)."""
        assert self.maker is not None
        row = result.model.compiled.net.products.index(self.products[0])
        begin = int(np.clip(np.ceil(result.scenario.week_of(self.start)), 0, result.weeks))
        short = np.maximum(FLOOR - result.price_ratio("outside")[row, begin:], 0).sum(axis=0)
        a_week = KG * _price(result, self.products)[0] * self.maker.t_per_yr * self.size / WEEKS_PER_YEAR
        return np.asarray(a_week * short)


def _stock(a: Action) -> tuple[str, StockOrder]:
    return "stocks", StockOrder(place=a.place, products=a.products, days=a.size, effective_from=a.start)


def _source(a: Action) -> tuple[str, SecondSource]:
    return "second_sources", SecondSource(place=a.place, products=a.products, share_of_use=a.size, start=a.start,
                                          ramp_weeks=a.ramp_weeks, reason=a.kind)  # fmt: skip


def _thrift(a: Action) -> tuple[str, Thrift]:
    return "thrift", Thrift(place=a.place, products=a.products, share_of_ceiling=a.size, start=a.start,
                            ramp_weeks=a.ramp_weeks)  # fmt: skip


def _plant(a: Action) -> tuple[str, Plant]:
    assert a.maker is not None
    return "plants", Plant(process=a.maker.process, place=a.maker.place, start=a.start, ramp_weeks=a.ramp_weeks,
                           capacity_t_per_yr=a.size * a.maker.t_per_yr / a.maker.coef)  # fmt: skip


def _floor(a: Action) -> tuple[str, PriceFloor]:
    assert a.maker is not None
    return "floors", PriceFloor(payer=a.place, product=a.products[0], place=a.maker.place, share_of_base_price=FLOOR,
                                t_per_yr=a.size * a.maker.t_per_yr, effective_from=a.start)  # fmt: skip


_EVENTS: dict[str, Callable[[Action], tuple[str, object]]] = {
    "stock": _stock, "second source": _source, "recycling": _source, "thrift": _thrift, "capacity": _plant,
    "offtake": _floor,
}  # fmt: skip


def _price(result: Result, products: tuple[str, ...]) -> Floats:
    """(P,) base price outside, USD a kg."""
    return result.model.world.products.loc[list(products), "price_outside_usd_per_kg"].to_numpy(float)


def _used(result: Result, place: str, products: tuple[str, ...]) -> tuple[list[str], Floats]:
    uses = result.uses[(result.uses["place"] == place) & result.uses["product"].isin(products)]
    return uses["product"].tolist(), uses["use_t_per_week"].to_numpy(float)


def _value_per_week(result: Result, place: str, products: tuple[str, ...]) -> float:
    """Base-year use of the products by a place's industries, 2024 USD a week at base prices."""
    names, use = _used(result, place, products)
    return float(np.nansum(use * KG * _price(result, tuple(names))))


def _saved_per_week(result: Result, place: str, products: tuple[str, ...]) -> Floats:
    """(D,) value of what thrift can save at most of a place's use, 2024 USD a week at base prices."""
    total = np.zeros(result.model.draws.size)
    for product in products:
        total = total + _value_per_week(result, place, (product,)) * thrift_ceiling(result, place, product)
    return total


def thrift_ceiling(result: Result, place: str, product: str) -> Floats:
    """(D,) share of a place's use of a product that thrift can save at most, mean of its lines by use."""
    slots = result.model.slots
    mine = np.flatnonzero((slots["place"] == place) & (slots["product"] == product) & slots["line"].notna())
    if not mine.size:
        return np.zeros(result.model.draws.size)
    weight = slots["use"].to_numpy(float)[mine]
    return np.asarray(weight @ result.model.compiled.knobs.thrift_ceiling[mine] / weight.sum())
