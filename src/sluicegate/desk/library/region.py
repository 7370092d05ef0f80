"""What a region depends on, in the base year: which materials of whom are news for it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import lru_cache

import pandas as pd

from sluicegate.news.goods import products_of
from sluicegate.news.tables import table
from sluicegate.terms.place import Place
from sluicegate.world import World, load_world
from sluicegate.world.exposed import exposure, supply_shares
from sluicegate.world.overlay import Stamp, stamp

DEPENDS = 0.05
"""Share of a region's supply from which somebody's doings with a material are news for it."""


def exposure_of(region: Place, materials: Iterable[str], actors: Iterable[Place]) -> float | None:
    """The largest share of a region's supply of a product of the materials that comes from the actors (0-1)."""
    world, shares = _known(region, stamp())
    return exposure(shares, products_of(materials, world), actors)


def pairs_of(region: Place) -> Sequence[tuple[str, Place]]:
    """Materials, as the reader of news names them, and places that supply the region with enough of them."""
    return _pairs(region, stamp())


@lru_cache(maxsize=16)
def _pairs(region: Place, own: Stamp) -> tuple[tuple[str, Place], ...]:
    world, shares = _known(region, own)
    origins = sorted(set(shares["origin"]) - {region})
    found = []
    for material in table("materials"):
        products = products_of([material], world)
        found += [(material, o) for o in origins if (exposure(shares, products, [o]) or 0.0) >= DEPENDS]
    return tuple(found)


@lru_cache(maxsize=16)
def _known(region: Place, own: Stamp) -> tuple[World, pd.DataFrame]:
    world = _world(own)
    return world, supply_shares(world, region)


@lru_cache(maxsize=1)
def _world(_own: Stamp) -> World:
    return load_world()
