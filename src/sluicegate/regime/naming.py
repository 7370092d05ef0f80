"""Which listed items a shipment may be: by its customs code, and by the words that name it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Literal

from sluicegate.regime.limit import Verdict
from sluicegate.regime.measure import Item, Measure
from sluicegate.regime.shipment import Shipment
from sluicegate.regime.wording import ELEMENTS, goods, head, turned, words

Fit = Literal["line", "heading", "other suffix"]
"""`line`: inside a listed code; `heading`: coarser; `other suffix`: same 8 digits (the last two move each year)."""


_MATERIALS = (
    *(element for element in ELEMENTS if element not in ("oxygen", "carbon", "lead")), "graphite", "bauxite", "hafnium",
    "rare earths", "heavy rare earths", "light rare earths", "superhard materials", "magnets",
)  # fmt: skip
"""Words that name a material of trade, listed or not."""


@dataclass(frozen=True)
class Candidate:
    """An item the shipment may be; `is_it` is True when settled, None when the code or the words leave it open."""

    item: Item
    is_it: Verdict


def names(text: str, phrase: str) -> bool:
    """Whether a phrase stands in a text, word by word."""
    return words(phrase) in words(text)


def names_goods(text: str, phrase: str) -> bool:
    """Whether a phrase stands in a text that names goods, formulas and symbols written out."""
    return goods(phrase) in goods(text)


def fit(code: str, item: Item) -> Fit | None:
    """How a shipment's code meets the codes of an item; None when it does not.

    A national line that ends in `00` is not divided, so the code without them is the same line.
    """
    if any(code.startswith(listed) or (listed.endswith("00") and code == listed[:8]) for listed in item.hs):
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
            return [_as_named(item, shipment.hs) for item in named] + _kin(named, own, shipment.material)
        said = _materials_in(shipment.material)
        technology = names_technology(shipment.material)
        own = [item for item in own if said & set(item.materials) or (shipment.hs and not said)]
        own = [item for item in own if is_technology(item) == technology or not item.names]
        own = [item for item in own if not (named_somewhere and item.names)]
    if shipment.hs is None:
        return [Candidate(item, None if item.names else True) for item in own]
    told = _materials_in(shipment.material or "")
    return [
        Candidate(item, True if not item.names and told & set(item.materials) else _by_code(measure, item, shipment.hs))
        for item in own
        if fit(shipment.hs, item)
    ]


def _kin(named: Sequence[Item], own: Sequence[Item], text: str) -> list[Candidate]:
    """The items of the same material that the goods may be where all named ones are of another kind.

    `gadolinium-iron alloy` names gadolinium; the entry that speaks of its alloys is meant. Any compound may be
    meant by an entry on compounds, which is left open.
    """
    if any(item.effect != "licence" or another_kind(item, text) is None for item in named):
        return []
    said = {material for item in named for material in item.materials} & _materials_in(text)
    word = another_kind(named[0], text)
    others = [item for item in own if item not in named and item.effect == "licence" and said & set(item.materials)]
    others = [item for item in others if not is_technology(item)]
    meant = [Candidate(i, True) for i in others if f" {word} " in goods(f"{i.name} {i.form}")]
    return meant or [Candidate(i, None) for i in others if _holds_compounds(i)]


def wholly_listed(item: Item, text: str) -> bool:
    """Whether the words are a product's name all of whose tonnage the item lists."""
    return any(words(p.name) == words(text) and p.low == 1.0 for p in item.products)


def is_known(text: str, phrases: Iterable[str]) -> bool:
    """Whether a text holds a phrase of the register or a material of trade."""
    return bool(_materials_in(text)) or any(names_goods(text, phrase) for phrase in phrases)


def names_technology(text: str) -> bool:
    """Whether a text speaks of know-how or of work on a plant, not of goods."""
    said = words(text)
    return any(f" {word} " in said for word in _TECHNOLOGY)


def is_technology(item: Item) -> bool:
    """Whether an item lists technology alone."""
    return item.form == "technology"


def named_items(items: Sequence[Item], text: str) -> list[Item]:
    """The items whose names stand in the text; of several, those with the longest name.

    The noun phrase is asked first: in `motor with NdFeB magnets` the goods are a motor; the rest only where it
    names no material. Technology is known by all the words of a name in any order, and only where the text speaks
    of technology.
    """
    technology = names_technology(text)
    of_kind = [item for item in items if is_technology(item) == technology or not item.names]
    named = head(text)
    for part in dict.fromkeys((named, turned(named), *(() if _materials_in(named) else (text,)))):
        length = [_longest_name(item, part) for item in of_kind]
        best = max(length, default=0)
        if best:
            return [item for item, long in zip(of_kind, length, strict=True) if long == best]
    return []


def _holds_compounds(item: Item) -> bool:
    """Whether an item lists the compounds of a material at large."""
    return " compound " in goods(item.name)


def another_kind(item: Item, text: str) -> str | None:
    """The word that shows goods to be another compound or a finished article than an item named by its material."""
    own = goods(" ".join((item.name, item.form, *item.names)))
    said = goods(head(text)).split()
    chemical = [] if _holds_compounds(item) else said
    foreign = [word for word in chemical if word in _COMPOUND_WORDS or word.endswith(_COMPOUND_ENDS)]
    foreign += [word for word in said[-1:] if word in _ARTICLES]
    return next((word for word in foreign if f" {word} " not in own), None)


def _longest_name(item: Item, text: str) -> int:
    """The length of the longest name of an item that stands in a text; 0 for none."""
    held = _holds_all if is_technology(item) else names_goods
    names_of = (*item.names, *(product.name for product in item.products))
    return max((len(goods(name)) for name in names_of if held(text, name)), default=0)


def _holds_all(text: str, phrase: str) -> bool:
    """Whether a text holds every word of a phrase, in any order; know-how counts as technology."""
    said = set(goods(text).split())
    if any(f" {word} " in words(text) for word in _KNOW_HOW):
        said.add("technology")
    return set(goods(phrase).split()) <= said


def _as_named(item: Item, code: str | None) -> Candidate:
    """A named item: settled, unless the code given lies under headings that hold none of its codes.

    The entry decides and codes only guide, so another line under the same heading does not unsettle it.
    """
    agrees = code is None or not item.hs or any(listed[:4] == code[:4] for listed in item.hs)
    return Candidate(item, True if agrees else None)


def _materials_in(text: str) -> set[str]:
    """The materials of trade that a text names."""
    return {material for material in _MATERIALS if names_goods(text, material)}


def _by_code(measure: Measure, item: Item, code: str) -> Verdict:
    """True when the code lies on a listed line that holds nothing else and was published for the item, else open."""
    if any(code.startswith(whole) for whole in measure.whole_codes):
        return True
    mixed = any(code.startswith(m) for m in measure.mixed_codes)
    sure = item.hs_basis in ("announced", "tariff line")
    return True if fit(code, item) == "line" and sure and not mixed else None


_KNOW_HOW = ("know how", "knowhow", "technique", "drawing", "process data", "training", "technical assistance")
_TECHNOLOGY = (
    *_KNOW_HOW, "technology", "commissioning", "engineering", "maintenance", "repair", "upgrade", "technical service",
)  # fmt: skip
_COMPOUND_WORDS = frozenset({
    "oxide", "garnet", "acid", "salt", "citrate", "acetate", "hydride", "oxychloride", "alloy", "master",
    "concentrate", "ore",
})  # fmt: skip
_COMPOUND_ENDS = (
    "chloride", "fluoride", "bromide", "iodide", "nitrate", "sulphate", "sulphide", "carbonate", "hydroxide",
    "nitride", "carbide", "telluride", "selenide", "phosphide", "arsenide", "antimonide", "silicide", "boride",
    "phosphate", "salicylate", "vanadate", "silicate", "aluminate", "zirconate", "tartrate", "oxalate", "stearate",
    "titanate", "molybdate", "tungstate", "germanate",
)  # fmt: skip
_ARTICLES = frozenset({
    "transistor", "amplifier", "diode", "laser", "led", "detector", "len", "module", "charger", "motor", "generator",
    "speaker", "loudspeaker", "headphone", "sensor", "tool", "insert", "drill", "filament", "lamp", "jewellery",
    "actuator", "camera", "chip", "panel", "cell", "assembly", "rotor", "stator", "device", "battery", "tv", "car",
    "vehicle", "robot", "catalyst", "pump", "turbine", "pharmaceutical", "drug", "tablet", "ammunition", "bullet",
    "electrode", "jewelry", "hemt", "circuit", "appliance", "solder", "pigment", "glass",
})  # fmt: skip
