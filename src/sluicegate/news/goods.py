"""The goods a claim is about, as products of the world, and what a place ships of them."""

from __future__ import annotations

from collections.abc import Iterable

from sluicegate.news.claim import Claim
from sluicegate.regime import Measure, Register
from sluicegate.world import World

RAW = ("raw material", " ore", "concentrate", "unprocessed")
"""Words of a quote that keep a control to what mines ship."""
HEAVY = ("samarium", "gadolinium", "terbium", "dysprosium", "yttrium")
LIGHT = ("lanthanum", "cerium", "praseodymium", "neodymium")
LISTING = ("licence", "refused", "halt")
"""What a register item does to the goods a control holds up."""


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


def listed(measure: Measure, register: Register) -> set[str]:
    """Products a measure holds up: those it lists itself, and those of the measures it refers to."""
    items = [i for i in measure.items if i.effect in LISTING]
    return {c.name for i in items for c in (*i.products, *register.meant(i)) if c.p50 > 0}
