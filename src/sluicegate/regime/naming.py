"""Which listed items a shipment may be: by its customs code, and by the words that name it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Literal

from sluicegate.regime.limit import Verdict
from sluicegate.regime.measure import Item, Measure
from sluicegate.regime.shipment import Shipment

Fit = Literal["line", "heading", "other suffix"]
"""`line`: inside a listed code; `heading`: coarser; `other suffix`: same 8 digits (the last two move each year)."""


_MATERIALS = (
    "samarium", "gadolinium", "terbium", "dysprosium", "lutetium", "scandium", "yttrium", "holmium", "erbium",
    "thulium", "europium", "ytterbium", "lanthanum", "cerium", "praseodymium", "neodymium", "gallium", "germanium",
    "antimony", "tungsten", "tellurium", "bismuth", "molybdenum", "indium", "graphite", "silver", "lithium",
    "cobalt", "nickel", "manganese", "bauxite", "niobium", "hafnium", "vanadium", "rhenium", "chromium", "titanium",
    "zirconium", "magnesium", "tin", "zinc", "copper", "rare earths", "heavy rare earths", "light rare earths",
    "superhard materials", "magnets",
)  # fmt: skip
"""Words that name a material of trade, listed or not."""


@dataclass(frozen=True)
class Candidate:
    """An item the shipment may be; `is_it` is True when settled, None when the code or the words leave it open."""

    item: Item
    is_it: Verdict


@cache
def words(text: str) -> str:
    """A text as comparable words: lower case, no punctuation, plain plurals cut, spaces at both ends."""
    found = re.findall(r"[a-z0-9]+", text.casefold())
    return f" {' '.join(w[:-1] if len(w) > 3 and w.endswith('s') and not w.endswith('ss') else w for w in found)} "


def names(text: str, phrase: str) -> bool:
    """Whether a phrase stands in a text, word by word."""
    return words(phrase) in words(text)


def fit(code: str, item: Item) -> Fit | None:
    """How a shipment's code meets the codes of an item; None when it does not."""
    if any(code.startswith(listed) for listed in item.hs):
        return "line"
    if any(listed.startswith(code) for listed in item.hs):
        return "heading"
    return "other suffix" if any(listed[:8] == code[:8] for listed in item.hs if len(listed) > 8) else None


def candidates(measure: Measure, shipment: Shipment, *, named_somewhere: bool) -> list[Candidate]:
    """The items of one measure that the shipment may be, `outside` ones included.

    Parameters
    ----------
    named_somewhere : whether some measure names the goods; then elsewhere only items without names of their
        own (all goods of a material) are taken by material
    """
    own = [item for item in measure.items if not item.items_of]
    if shipment.material:
        named = named_items(own, shipment.material)
        if named:
            return [_as_named(item, shipment) for item in named if _code_allows(item, shipment.hs)]
        said = _materials_in(shipment.material)
        own = [item for item in own if said & set(item.materials) or (shipment.hs and not said)]
        own = [item for item in own if not (named_somewhere and item.names)]
    if shipment.hs is None:
        return [Candidate(item, None if item.names else True) for item in own]
    return [Candidate(item, _by_code(measure, item, shipment.hs)) for item in own if fit(shipment.hs, item)]


def wholly_listed(item: Item, text: str) -> bool:
    """Whether the words are a product's name all of whose tonnage the item lists."""
    return any(words(p.name) == words(text) and p.low == 1.0 for p in item.products)


def known_phrases(measures: Iterable[Measure]) -> set[str]:
    """Every phrase the register knows goods by."""
    items = [item for measure in measures for item in measure.items]
    return {p for i in items for p in (*i.names, *i.materials, *(c.name for c in i.products))}


def named_items(items: Sequence[Item], text: str) -> list[Item]:
    """The items whose names stand in the text; of several, those with the longest name."""
    longest = {
        index: max((len(words(n)) for n in (*item.names, *_product_names(item)) if names(text, n)), default=0)
        for index, item in enumerate(items)
    }
    best = max(longest.values(), default=0)
    return [items[index] for index, length in longest.items() if best and length == best]


def _product_names(item: Item) -> tuple[str, ...]:
    """The vocabulary's product names of an item."""
    return tuple(product.name for product in item.products)


def _code_allows(item: Item, code: str | None) -> bool:
    """A named item is dropped only where its codes are published and lie in another chapter."""
    return code is None or not item.hs or any(listed[:2] == code[:2] for listed in item.hs)


def _as_named(item: Item, shipment: Shipment) -> Candidate:
    """A named item: settled, unless the code given is not among the item's."""
    agrees = shipment.hs is None or not item.hs or fit(shipment.hs, item) is not None
    return Candidate(item, True if agrees else None)


def _materials_in(text: str) -> set[str]:
    """The materials of trade that a text names."""
    return {material for material in _MATERIALS if names(text, material)}


def _by_code(measure: Measure, item: Item, code: str) -> Verdict:
    """True when the code lies on a listed line that holds nothing else, else open."""
    mixed = any(code.startswith(m) for m in measure.mixed_codes)
    return True if fit(code, item) == "line" and not mixed else None
