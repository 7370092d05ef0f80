"""What the price outside is made of in the base year: price inside, tax kept, export duty, freight, the rest."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from sluicegate.terms.parameter import Parameter
from sluicegate.world.chain import World
from sluicegate.world.levy import export_factor, levies_of
from sluicegate.world.link import AIR_FROM_USD_PER_KG
from sluicegate.world.year import BASE_YEAR

SEA, AIR_AMERICA, AIR_ELSEWHERE = "freight: sea", "freight: air, CHN to USA", "freight: air, CHN to Europe"
FREIGHT = (SEA, AIR_AMERICA, AIR_ELSEWHERE)
"""Rates of air freight are on record on two routes from China; each serves the other routes nearest to it."""
MIDDLE = date(BASE_YEAR, 7, 1)
"""The day whose levies are those of the base year."""


@dataclass(frozen=True)
class PriceParts:
    """The base year's price outside, taken apart; USD a kg, each a number or one a draw.

    Parameters
    ----------
    inside : price inside, without tax
    tax : value-added tax not refunded and export duty
    freight : to customers abroad, by how the goods go; None where no rate is on record
    rest : what is left: rent of scarcity, holding stocks, and what the two prices do not agree on. Below zero where
        they contradict each other
    outside : the price outside
    """

    inside: Any
    tax: Any
    freight: Any
    rest: Any
    outside: Any


def price_parts(world: World, place: str, product: str, inputs: Mapping[str, Any], day: date = MIDDLE) -> PriceParts:
    """The price outside of what a place exports: inside x (1 + tax - refund) x (1 + duty) + freight + rest.

    Parameters
    ----------
    inputs : values of the uncertain inputs that levies and freight name
    """
    inside, outside = base_prices(world, product)
    tax = inside * (export_factor(levies_of(world.levies), place, product, day, inputs) - 1)
    freight = freight_of(world, place, product, inputs)
    return PriceParts(inside, tax, freight, outside - inside - tax - (0.0 if freight is None else freight), outside)


def base_prices(world: World, product: str) -> tuple[float, float]:
    """Prices inside without tax and outside, USD a kg; NaN where the dataset has none."""
    columns = (f"price_{side}_usd_per_kg" for side in ("inside", "outside"))
    found = [float(world.products[c].to_dict()[product]) if c in world.products else float("nan") for c in columns]
    return found[0], found[1]


def freight_of(world: World, place: str, product: str, inputs: Mapping[str, Any]) -> Any:
    """Freight of a place's exports of a product, USD a kg, mean over its customers abroad; None where none is known.

    Goods from `AIR_FROM_USD_PER_KG` up fly, as in their transit time.
    """
    flows = world.flows
    sent = flows[(flows["product"] == product) & (flows["origin"] == place) & (flows["destination"] != place)]
    if sent.empty or not all(name in inputs for name in FREIGHT):
        return None
    if float(world.products["price_outside_usd_per_kg"].to_dict()[product]) < AIR_FROM_USD_PER_KG:
        return inputs[SEA]
    zones = sent["destination"].map(world.places["zone"])
    west = float(sent.loc[zones == "north america", "flow_t_per_yr"].sum() / sent["flow_t_per_yr"].sum())
    return west * inputs[AIR_AMERICA] + (1 - west) * inputs[AIR_ELSEWHERE]


def medians(parameters: Iterable[Parameter]) -> dict[str, float]:
    """Medians of uncertain inputs by name."""
    return {p.name: p.p50 for p in parameters}
