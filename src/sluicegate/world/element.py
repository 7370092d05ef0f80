"""The rare earths that the chain lumps: how much of each is in what is separated."""

from __future__ import annotations

import pandas as pd

from sluicegate.world.beside import load_beside
from sluicegate.world.chain import World
from sluicegate.world.table import read_table

LUMP = "other rare earth oxides"
"""The product that holds them; they are not nodes of the chain, since no figure says who uses how much of each."""


def load_elements(world: World) -> pd.DataFrame:
    """Shares of the lumped elements in each ore.

    Returns
    -------
    ore, element, share, low, high (0-1, of the ore's rare earths), label, reason, refs, share_of_lump (0-1, sums to one
    over an ore).
    """
    table = load_beside(world, "elements", "share")
    return table.assign(share_of_lump=table["share"] / table.groupby("ore")["share"].transform("sum"))


def element_output(world: World, elements: pd.DataFrame) -> pd.DataFrame:
    """Oxide separated of each lumped element: element, process, place, t_per_yr.

    The lump that a separation makes of an ore, times the element's share of it; an ore of unknown shares gives none.
    """
    recipes = world.recipes[(world.recipes["product"] == LUMP) & (world.recipes["role"] == "output")]
    fed = read_table("separations", world.overlay).set_index("process")["ore"]
    runs = world.producers.merge(recipes[["process", "t_per_t"]], on="process")
    runs = runs.assign(ore=runs["process"].map(fed), made=runs["activity_t_per_yr"] * runs["t_per_t"])
    table = runs.merge(elements[["ore", "element", "share_of_lump"]], on="ore")
    table["t_per_yr"] = table["made"] * table["share_of_lump"]
    return table[table["t_per_yr"] > 0][["element", "process", "place", "t_per_yr"]].reset_index(drop=True)
