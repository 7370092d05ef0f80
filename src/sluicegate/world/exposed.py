"""How much of a place's supply of a material comes from somebody, in the base year."""

from __future__ import annotations

from collections.abc import Iterable

import pandas as pd

from sluicegate.terms.place import Place
from sluicegate.world.chain import World

MEMBERS = {"EUU": ("DEU", "FRA", "EST", "EUO")}
"""The places of the world that make up a group one may be a reader of."""


def supply_shares(world: World, region: Place) -> pd.DataFrame:
    """Shares of what reaches a place, its own included: product, material, origin, share (0-1).

    Empty where the world holds nothing of the place.
    """
    inside = MEMBERS.get(region, (region,))
    flows = world.flows[world.flows["destination"].isin(inside)]
    tonnes = flows.groupby(["product", "origin"], as_index=False)["flow_t_per_yr"].sum()
    whole = tonnes.groupby("product")["flow_t_per_yr"].transform("sum")
    found = tonnes.assign(share=tonnes["flow_t_per_yr"] / whole.where(whole > 0))
    found["material"] = found["product"].map(world.products["material"])
    return pd.DataFrame(found.dropna(subset=["share"])[["product", "material", "origin", "share"]])


def exposure(shares: pd.DataFrame, products: Iterable[str], origins: Iterable[Place]) -> float | None:
    """The largest share of a place's supply of a product that comes from the origins; None where none is known.

    Parameters
    ----------
    shares : as `supply_shares` gives them
    """
    rows = shares[shares["product"].isin(list(products))]
    if rows.empty:
        return None
    theirs = rows[rows["origin"].isin(list(origins))].groupby("product")["share"].sum()
    return float(theirs.max()) if len(theirs) else 0.0
