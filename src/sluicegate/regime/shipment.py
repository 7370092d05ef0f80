"""A shipment to be judged: what it is, where it goes, when, for whom."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from types import MappingProxyType
from typing import Any, Literal, get_args

from sluicegate.regime.limit import Limit, Verdict
from sluicegate.regime.machining import read_sizes, yields_listed_size
from sluicegate.regime.quantity import Quantity, read_share, with_unit
from sluicegate.regime.wording import ELEMENTS, said_constituents, said_content, said_purity
from sluicegate.terms import InputError, NotFoundError, parse_place

LicenceKind = Literal["single", "general"]

_OTHER_NAMES = {
    "uts": "ultimate tensile strength", "tensile strength": "ultimate tensile strength", "dia": "diameter",
    "strength": "flexural strength", "bending strength": "flexural strength", "flexural": "flexural strength",
    "flexure strength": "flexural strength", "modulus of rupture": "flexural strength",
    "d50": "particle size", "grain size": "particle size", "particle diameter": "particle size",
    "capacity": "specific capacity", "discharge capacity": "specific capacity", "gram capacity": "specific capacity",
    "specific energy": "energy density", "gravimetric energy density": "energy density",
    "compacted density": "compaction density", "powder compaction density": "compaction density",
    "yield strength": "elastic limit", "limit of elasticity": "elastic limit", "bore": "cylinder bore",
    "cylinder diameter": "cylinder bore", "field": "magnetic field", "magnetic field strength": "magnetic field",
    "pressure": "design pressure", "synthesis pressure": "design pressure", "working pressure": "design pressure",
    "power": "microwave power", "frequency": "microwave frequency",
    "transmittance": "visible transmittance", "visible light transmittance": "visible transmittance",
    "transmission": "visible transmittance", "dislocation": "dislocation density", "epd": "dislocation density",
    "etch pit density": "dislocation density", "wire": "wire diameter", "speed": "maximum speed",
    "working speed": "maximum speed", "temperature": "maximum temperature", "max temperature": "maximum temperature",
    "volume": "reactor volume", "height": "thickness", "wall": "wall thickness", "od": "diameter",
    "outside diameter": "diameter", "outer diameter": "diameter", "id": "inner diameter",
    "inside diameter": "inner diameter", "internal diameter": "inner diameter", "bulk density": "density",
    "weight density": "density", "technology": "chinese technology",
}  # fmt: skip
_WHOLE_SIZE = ("size", "dimension", "dimensions", "sizes")
NAMED_CONTENT = Decimal("0.001000001")
"""A constituent that the goods are named by is no trace: just above the 0.1 % that practice lets pass as impurity."""
SIZES = ("diameter", "inner diameter", "wall thickness", "length", "width", "thickness")
"""Properties that give the size of a solid."""

_MILITARY = re.compile(
    r"militar|defen[cs]e|weapon|missile|munition|army|navy|naval|air ?force|warfare|warship|warhead|combat|torpedo"
    r"|submarine|artillery|armou?red|ordnance|marine corps|battlefield|soldier|fighter (?:jet|aircraft)"
    r"|\bf-?(?:16|22|35)\b",
    re.IGNORECASE,
)
_USED = re.compile(r"(?<!not )(?<!never )\bused\b|spent", re.IGNORECASE)
_CIVIL_ONLY = re.compile(r"\b(non[- ]?military|not military|no military|civil(ian)?)\b", re.IGNORECASE)


@dataclass(frozen=True, kw_only=True)
class Shipment:
    """One shipment on one day; everything but the route and the day may be left out.

    Parameters
    ----------
    hs : customs code, 6 to 10 digits
    material : what the goods are, in words
    origin, destination : places, in any accepted spelling; kept as codes
    on : day of export
    purity : share of the main constituent by weight (0-1)
    content : share by weight (0-1) of each element, by symbol
    properties : measured properties as written, e.g. `{"density": "1.72 g/cm3"}`
    end_use : `civil`, `military` or words; end_user : name of the user
    made_in : where the goods were made; default the origin
    chinese_content : share of the goods' value that is listed Chinese rare earth material (0-1)
    licence, licence_issued : kind and day of issue of a licence already held; `single, used` tells that it was used

    Raises
    ------
    InputError : a malformed code, a share outside 0 to 1, neither code nor material, a licence from the future.
    NotFoundError : a place, element or unit that is not known.
    """

    origin: str
    destination: str
    on: date
    hs: str | None = None
    material: str | None = None
    purity: float | None = None
    content: Mapping[str, float] = field(default_factory=dict)
    properties: Mapping[str, str] = field(default_factory=dict)
    end_use: str | None = None
    end_user: str | None = None
    made_in: str | None = None
    chinese_content: float | None = None
    licence: LicenceKind | None = None
    licence_used: bool = False
    licence_issued: date | None = None

    def __post_init__(self) -> None:
        tidy = {
            "origin": parse_place(self.origin, where="origin"),
            "destination": parse_place(self.destination, where="destination"),
            "made_in": parse_place(self.made_in or self.origin, where="made_in"),
            "hs": None if self.hs is None else read_code(self.hs),
            "content": MappingProxyType(said_content(self.material or "") | _contents(self.content)),
            "properties": MappingProxyType(_properties(self.properties)),
            "purity": said_purity(self.material or "") if self.purity is None else self.purity,
            "licence": None if self.licence is None else _licence(self.licence),
            "licence_used": self.licence_used or bool(_USED.search(self.licence or "")),
        }
        for name, value in tidy.items():
            object.__setattr__(self, name, value)
        for share in (self.purity, self.chinese_content):
            if share is not None:
                read_share(share, where="share")
        _require(self.hs or self.material, "neither a code nor a material", "a customs code or a material", "Give one.")
        _require(
            self.licence_issued is None or self.licence_issued <= self.on,
            f"a licence issued on {self.licence_issued}, after the shipment of {self.on}",
            "a day of issue on or before the shipment", "Check the two dates.",
        )  # fmt: skip

    @property
    def is_military(self) -> Verdict:
        """Whether the end use or the end user is military by the words given; None when neither tells."""
        told = [text for text in (self.end_use, self.end_user) if text is not None]
        if any(_MILITARY.search(_CIVIL_ONLY.sub("", text)) for text in told):
            return True
        civil = self.end_use is not None or any(_CIVIL_ONLY.search(text) for text in told)
        return False if civil else None

    def meets(self, limit: Limit) -> Verdict:
        """Whether the goods meet a limit of the register; None where the facts given do not settle it.

        Raises
        ------
        InputError : the property was given in a unit of another dimension.
        """
        if limit.names == ("use",):
            words = limit.word.casefold().split()
            return True if all(w.rstrip("s") in (self.end_use or "").casefold() for w in words) else None
        if limit.names == ("chinese technology",):
            return _is_yes(self.properties.get("chinese technology", "no"))
        if limit.names == ("machinable size",):
            return yields_listed_size({name: self._length(name) for name in SIZES if name in self.properties})
        if limit.sign == "=":
            said = self.properties.get(limit.names[0])
            return None if said is None else said.strip().casefold() == limit.word.casefold()
        verdicts = [limit.holds(*self._bounds(name, limit)) for name in limit.names]
        return next((verdict for verdict in verdicts if verdict is not None), None)

    def _bounds(self, name: str, limit: Limit) -> tuple[Decimal | None, Decimal | None]:
        """The least and the greatest value a property can have by what was given."""
        if name == "purity":
            return _exact(self.purity)
        if name == "chinese content":
            return _exact(self.chinese_content)
        if name.startswith("content "):
            symbols = name.removeprefix("content ").split("+")
            shares = [self.content.get(symbol) for symbol in symbols]
            given = [Decimal(str(share)) for share in shares if share is not None]
            named = NAMED_CONTENT if said_constituents(self.material or "") & set(symbols) else None
            least = sum(given, Decimal(0)) if given else named
            return (least, sum(given, Decimal(0)) if None not in shares else None)
        if name not in self.properties:
            return None, None
        quantity = Quantity.read(self.properties[name], where=f"property {name}")
        if limit.bound is not None and quantity.dimension != limit.bound.dimension:
            raise InputError(
                f"{self.properties[name]!r}", where=f"property {name}", expected=f"a {limit.bound.dimension}",
                do=f"The entry says {limit.text!r}; give the value in such a unit.",
            )  # fmt: skip
        return quantity.value, quantity.value

    def _length(self, name: str) -> Decimal:
        """A size of the goods in millimetres."""
        quantity = Quantity.read(self.properties[name], where=f"property {name}")
        _require(quantity.dimension == "length", f"{name} {self.properties[name]!r}", "a length", "Give it in mm.")
        return quantity.value


def read_shipment(
    *,
    origin: str,
    destination: str,
    on: str,
    purity: str | None = None,
    content: Iterable[str] = (),
    properties: Iterable[str] = (),
    chinese_content: str | None = None,
    licence_issued: str | None = None,
    **others: Any,
) -> Shipment:
    """A shipment from texts, as a command line gives them.

    Parameters
    ----------
    on, licence_issued : ISO dates
    purity, chinese_content : `0.9999` or `99.99%`
    content : `Dy=2.5%`; properties : `density=1.72 g/cm3`
    others : the remaining fields of `Shipment`, as they are

    Raises
    ------
    InputError : a text that cannot be read, and whatever `Shipment` raises.
    """
    return Shipment(
        origin=origin,
        destination=destination,
        on=_day(on, where="on"),
        purity=None if purity is None else read_share(purity, where="purity"),
        content={e: read_share(share, where=f"content {e}") for e, share in map(_pair, content)},
        properties=dict(map(_pair, properties)),
        chinese_content=None if chinese_content is None else read_share(chinese_content, where="chinese_content"),
        licence_issued=None if licence_issued is None else _day(licence_issued, where="licence_issued"),
        **others,
    )


def read_code(text: str) -> str:
    """A customs code of 6 to 10 digits, dots and spaces removed.

    Raises
    ------
    InputError : anything else.
    """
    code = re.sub(r"[.\s]", "", str(text))
    if not re.fullmatch(r"\d{6,10}", code):
        raise InputError(
            f"{text!r}", where="hs", expected="a customs code of 6 to 10 digits, as 850511 or 8505.11.1000",
            do="Take it from the declaration or the tariff.",
        )  # fmt: skip
    return code


def property_name(text: str) -> str:
    """The register's name of a property, whatever its spelling."""
    name = " ".join(text.replace("_", " ").replace("-", " ").split()).casefold()
    return _OTHER_NAMES.get(name, name)


def _day(text: str, *, where: str) -> date:
    """An ISO date."""
    try:
        return date.fromisoformat(text.strip())
    except ValueError as error:
        raise InputError(
            f"{text!r}: {error}", where=where, expected="a day of the calendar as 2025-04-04", do="Write it so."
        ) from error


def _contents(given: Mapping[str, float]) -> dict[str, float]:
    """Shares by symbol; together no more than the whole, but for a last digit of rounding."""
    shares = {_symbol(e): read_share(s, where=f"content {e}") for e, s in given.items()}
    _require(sum(shares.values()) <= 1.005, f"contents of {sum(shares.values()):.4g} in all", "at most 1 in all",
             "Give shares of the weight.")  # fmt: skip
    return shares


def _properties(given: Mapping[str, str]) -> dict[str, str]:
    """Properties by the register's names, sizes told apart."""
    found: dict[str, str] = {}
    for name, value in (with_unit(n, v) for n, v in given.items()):
        found |= read_sizes(value) if property_name(name) in _WHOLE_SIZE else {property_name(name): value}
    return found


def _licence(text: str) -> LicenceKind:
    """`single` or `general`, whatever words stand around it."""
    kinds = [kind for kind in get_args(LicenceKind) if kind in text.casefold()]
    _require(len(kinds) == 1, f"licence {text!r}", "single or general", "Give one.")
    kind: LicenceKind = kinds[0]
    return kind


def _pair(text: str) -> tuple[str, str]:
    """Name and value of `name=value`."""
    name, sign, value = text.partition("=")
    _require(sign and name.strip() and value.strip(), f"{text!r}", "name=value, as Dy=2.5%", "Write it so.")
    return name.strip(), value.strip()


def _is_yes(text: str) -> bool:
    """Whether a text says yes."""
    return text.strip().casefold() in ("yes", "y", "true", "1")


def _symbol(text: str) -> str:
    """The symbol of an element given by symbol or English name."""
    symbol = ELEMENTS.get(text.strip().casefold(), text.strip())
    if symbol not in ELEMENTS.values():
        raise NotFoundError(text, kind="element", known=[*ELEMENTS, *ELEMENTS.values()], where="content")
    return symbol


def _exact(share: float | None) -> tuple[Decimal | None, Decimal | None]:
    """A share as both bounds, exactly as written."""
    value = None if share is None else Decimal(str(share))
    return value, value


def _require(holds: object, found: str, expected: str, do: str) -> None:
    """Raise InputError about the shipment unless the condition holds."""
    if not holds:
        raise InputError(found, where="shipment", expected=expected, do=do)
