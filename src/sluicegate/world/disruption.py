"""A year without one country's net exports of a material, on our own tables: price, use, and what one place loses.

The question of US Geological Survey Open-File Report 2024-1057 asked of our base year. Nothing is fitted to its
results: volumes are of the balanced chain, elasticities and the shares of value added that depend on the material are
our inputs, most of them judgement, and are drawn from their distributions.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from sluicegate.metrics import cleared, value_added_lost
from sluicegate.terms import Band, InputError
from sluicegate.terms.parameter import Parameter
from sluicegate.world.chain import World
from sluicegate.world.producer import SCRAP

DRAWS = 4096
WEEKS = 52
KG_PER_T = 1000
LEAST_RESPONSE = -0.01
"""Demand elasticity that a draw is held to: use never rises with the price."""

Floats = NDArray[np.float64]


@dataclass(frozen=True)
class Disruption:
    """The year after; samples have the shape (draws,).

    Parameters
    ----------
    material, country, place : of what, cut off by whom, suffered by whom
    use_t, lost_t : use outside the country and its net exports before, t a year
    returning_t : what idle plants outside make of it within the year; 0 where they are taken to stay idle
    price_ratio : price over the price before
    use_ratio : use outside the country over use before, 0-1
    value_added_lost_musd : value added of the place's lines that falls with use
    dearer_musd : what the place's buyers pay more for what they still get
    by_industry : value added lost by industry of the place, medians
    parameters : the uncertain inputs
    """

    material: str
    country: str
    place: str
    use_t: float
    lost_t: float
    returning_t: float
    price_ratio: Floats
    use_ratio: Floats
    value_added_lost_musd: Floats
    dearer_musd: Floats
    by_industry: dict[str, float]
    parameters: tuple[str, ...]

    @property
    def lost_musd(self) -> Floats:
        """Value added lost and the dearer purchases together."""
        return self.value_added_lost_musd + self.dearer_musd

    def bands(self) -> dict[str, Band]:
        """Price ratio, use ratio and losses as quantiles."""
        names = ("price_ratio", "use_ratio", "value_added_lost_musd", "dearer_musd", "lost_musd")
        return {name: Band.of(getattr(self, name)) for name in names}


def year_without(
    world: World, material: str, *, country: str = "CHN", place: str = "USA", idle_returns: bool = False, seed: int = 0
) -> Disruption:
    """Cut a country's net exports of a material to everyone for a year.

    Parameters
    ----------
    idle_returns : whether mines and recovery plants outside run to capacity once their restart time has passed;
        scrap is of the use itself and does not grow

    Raises
    ------
    InputError : a material without elasticities, or one the country does not net-export, or that others do not use.
    """
    products = world.products.index[world.products["material"] == material]
    uses = world.uses[world.uses["product"].isin(products)]
    use_t = float(uses.loc[uses["place"] != country, "use_t_per_yr"].sum())
    lost_t = _net_exports(world, products, country)
    parameters = {p.name: p for p in world.parameters}
    demand, supply = (parameters.get(f"elasticity: {side}, {material}") for side in ("demand", "supply"))
    if demand is None or supply is None or not 0 < lost_t < use_t:
        raise InputError(material, where="a year's disruption", expected="a material that the country net-exports and "
                         "that has elasticities of demand and supply", do="Try gallium or germanium.")  # fmt: skip
    at_home = uses[uses["place"] == place]
    thetas = [parameters[name] for name in at_home["theta_parameter"]]
    drawn = _drawn([demand, supply, *thetas], seed)
    returning_t = min(_idle(world, material, country), lost_t) if idle_returns else 0.0
    market = cleared(use_t, lost_t - returning_t, np.minimum(drawn[0], LEAST_RESPONSE), np.maximum(drawn[1], 0.0))
    value_added = world.lines.loc[at_home["line"], "value_added_musd_per_yr"].to_numpy()
    lost = value_added_lost(value_added[:, None], np.array(drawn[2:]), market.use_ratio)
    return Disruption(
        material=material, country=country, place=place, use_t=use_t, lost_t=lost_t, returning_t=returning_t,
        price_ratio=market.price_ratio, use_ratio=market.use_ratio, value_added_lost_musd=lost.sum(axis=0),
        dearer_musd=_bill(world, at_home) * market.use_ratio * (market.price_ratio - 1),
        by_industry=_by_industry(at_home, lost), parameters=(demand.name, supply.name, *(t.name for t in thetas)),
    )  # fmt: skip


def _net_exports(world: World, products: pd.Index[str], country: str) -> float:
    flows = world.flows[world.flows["product"].isin(products) & (world.flows["origin"] != world.flows["destination"])]
    out = flows.loc[flows["origin"] == country, "flow_t_per_yr"].sum()
    return float(out - flows.loc[flows["destination"] == country, "flow_t_per_yr"].sum())


def _idle(world: World, material: str, country: str) -> float:
    """What plants that start the chain outside the country could make beyond what they do, in the rest of a year."""
    own = world.processes.index[world.processes["material"] == material]
    fed = world.recipes.loc[world.recipes["role"] == "input", "process"]
    first = [p for p in own if p not in set(fed) and SCRAP not in p]
    plants = world.producers[world.producers["process"].isin(first) & (world.producers["place"] != country)]
    spare = (plants["capacity_t_per_yr"] - plants["activity_t_per_yr"]).clip(lower=0)
    left = (1 - plants["restart_weeks"].fillna(0) / WEEKS).clip(lower=0)
    return float((spare * left).sum())


def _drawn(parameters: list[Parameter], seed: int) -> list[Floats]:
    """One row of draws per parameter; a parameter named twice is drawn once."""
    names = list(dict.fromkeys(p.name for p in parameters))
    u = np.random.default_rng(seed).uniform(np.finfo(float).eps, 1.0, (len(names), DRAWS))
    return [p.quantile(u[names.index(p.name)]) for p in parameters]


def _bill(world: World, uses: pd.DataFrame) -> float:
    """What the uses of a place cost before, m USD a year, at the price outside."""
    price = world.products.loc[uses["product"], "price_outside_usd_per_kg"].to_numpy()
    return float((uses["use_t_per_yr"].to_numpy() * price).sum()) * KG_PER_T / 1e6


def _by_industry(uses: pd.DataFrame, lost: Floats) -> dict[str, float]:
    totals = pd.DataFrame(lost, index=uses["industry"].to_numpy()).groupby(level=0).sum()
    return {str(k): float(v) for k, v in totals.median(axis=1).sort_values(ascending=False).items()}
