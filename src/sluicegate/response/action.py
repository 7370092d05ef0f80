"""Things a target can do: each turns a scenario into another one and says what it costs."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

import numpy as np

from sluicegate.scenario import Scenario, SecondSource, StockOrder
from sluicegate.sim import Result
from sluicegate.sim.compile import WEEKS_PER_YEAR
from sluicegate.sim.draws import Draws
from sluicegate.sim.network import Floats

KG = 1000.0


@dataclass(frozen=True)
class Action:
    """One answer of a target: what is done, for which products, from when.

    Parameters
    ----------
    kind : `stock` or `second source`
    size : days of use held besides, or share of use bought elsewhere
    start : first day it works ; ramp_weeks : until it works in full
    """

    kind: str
    place: str
    products: tuple[str, ...]
    size: float
    start: date
    ramp_weeks: int = 0

    @property
    def name(self) -> str:
        """A short name for tables."""
        goods = self.products[0] if len(self.products) == 1 else f"{len(self.products)} products"
        if self.kind == "stock":
            return f"hold {self.size:.0f} more days of {goods}"
        return f"second source for {self.size:.0%} of {goods}"

    def applied(self, scenario: Scenario) -> Scenario:
        """The scenario in which the target does this."""
        name = f"{scenario.name}, {self.name}"
        if self.kind == "stock":
            order = StockOrder(place=self.place, products=self.products, days=self.size, effective_from=self.start)
            return scenario.model_copy(update={"name": name, "stocks": (*scenario.stocks, order)})
        source = SecondSource(place=self.place, products=self.products, share_of_use=self.size, start=self.start,
                              ramp_weeks=self.ramp_weeks)  # fmt: skip
        return scenario.model_copy(update={"name": name, "second_sources": (*scenario.second_sources, source)})

    def cost(self, result: Result, costs: Draws) -> Floats:
        """(D,) what it costs up to the horizon, 2024 USD.

        Stock: the price premium on what is bought, and the carrying cost of what is held until the end.
        Second source: the price premium on what is delivered, and the qualification of the supplier.
        """
        years = (result.scenario.end - self.start) / timedelta(days=365.25)
        value = _value_per_week(result, self.place, self.products)
        if self.kind == "stock":
            bought = value * self.size / 7
            return bought * (costs["stock price premium"] + costs["carrying cost"] * max(years, 0))
        delivered = value * self.size * max(years * WEEKS_PER_YEAR - self.ramp_weeks / 2, 0)
        a_year = value * self.size * WEEKS_PER_YEAR
        return delivered * costs["second source premium"] + a_year * costs["second source qualification cost"]


def _value_per_week(result: Result, place: str, products: tuple[str, ...]) -> float:
    """Base-year use of the products by a place's industries, 2024 USD a week at base prices."""
    uses = result.uses[(result.uses["place"] == place) & result.uses["product"].isin(products)]
    price = result.model.world.products["price_outside_usd_per_kg"]
    return float(np.nansum(uses["use_t_per_week"] * KG * price.loc[uses["product"]].to_numpy(float)))
