"""The goods a claim is about, as products of the world, and what a place ships of them."""

from __future__ import annotations

from collections.abc import Iterable

from sluicegate.news.claim import Claim
from sluicegate.world import World

RAW = ("raw material", " ore", "concentrate", "unprocessed")
"""Words of a quote that keep a control to what mines ship."""
HEAVY = ("samarium", "gadolinium", "terbium", "dysprosium", "yttrium")
LIGHT = ("lanthanum", "cerium", "praseodymium", "neodymium")


def products_of(materials: Iterable[str], world: World) -> list[str]:
    """Products of the world that a claim's materials stand for, in the dataset's order."""
    chosen = {p for material in materials for p in _products(material, world)}
    return [p for p in world.products.index if p in chosen]


def _products(material: str, world: World) -> set[str]:
    table = world.products
    if material == "critical minerals":
        return set(table.index)
    if material == "magnets":
        return set(table.index[table["stage"] == "magnet"])
    if material in ("heavy rare earths", "light rare earths"):
        elements = HEAVY if material.startswith("heavy") else LIGHT
        return {p for p in table.index if p.startswith(elements)}
    return set(table.index[table["material"] == material]) | {p for p in table.index if p.startswith(material)}


def shipped(claim: Claim, origin: str, products: list[str], world: World) -> list[str]:
    """The products a place ships abroad in the base year, of those the claim is about; raw ones where it says so."""
    flows = world.flows
    abroad = flows[(flows["origin"] == origin) & (flows["destination"] != origin) & flows["product"].isin(products)]
    if any(word in claim.quote.casefold() for word in RAW):
        abroad = abroad[abroad["product"].map(world.products["stage"]) == "mine"]
    return sorted(set(abroad["product"]))
