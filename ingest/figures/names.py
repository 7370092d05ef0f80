"""The names the collected rows use, and ours: materials, places, slugs."""

from __future__ import annotations

import re
import unicodedata

from sluicegate.terms import NotFoundError, parse_place

ELEMENTS = {
    "La": "lanthanum",
    "Ce": "cerium",
    "Pr": "praseodymium",
    "Nd": "neodymium",
    "Sm": "samarium",
    "Eu": "europium",
    "Gd": "gadolinium",
    "Tb": "terbium",
    "Dy": "dysprosium",
    "Ho": "holmium",
    "Er": "erbium",
    "Tm": "thulium",
    "Yb": "ytterbium",
    "Lu": "lutetium",
    "Y": "yttrium",
    "Sc": "scandium",
}
_MINERALS = [
    "tungsten",
    "gallium",
    "antimony",
    "germanium",
    "graphite",
    "bismuth",
    "indium",
    "tellurium",
    "molybdenum",
    "magnesium",
    "cobalt",
    "lithium",
    "nickel",
    "copper",
    "niobium",
    "rhodium",
]
_MAGNETS = re.compile(r"\bmagnet(?!ic REE|\s*REE)|\bNdFeB\b|\bSmCo\b|permanent magnet|\bPMSM|\bJL MAG\b", re.I)
_OTHER_PLACES = {
    "other": "ROW",
    "oth": "ROW",
    "other countries": "ROW",
    "ex-china": "ROW",
    "non-china": "ROW",
    "west": "ROW",
    "wld ex-china": "ROW",
    "eu27": "EUU",
    "eur": "EUU",
    "euro area": "EUU",
    "s19": "TWN",
    "china, hong kong sar": "HKG",
    "other asia, nes": "TWN",
    "rep. of korea": "KOR",
    "korea, republic of": "KOR",
    "viet nam": "VNM",
    "dem. people's rep. of korea": "PRK",
    "lao people's dem. rep.": "LAO",
    "russian federation": "RUS",
    "united rep. of tanzania": "TZA",
    "bolivia (plurinational state of)": "BOL",
    "usa, puerto rico and us virgin islands": "USA",
    "china, macao sar": "MAC",
    "hunan": "CN-HN",
    "jiangxi": "CN-JX",
    "world": "WLD",
    "democratic republic of the congo": "COD",
    "myanmar (burma)": "MMR",
    "bunkers": "ROW",
    "areas, nes": "ROW",
    "fanya exchange (china)": "CHN",
    "czechia": "CZE",
    "türkiye": "TUR",
    "global": "WLD",
    "jpn+chn": "",
    "fra": "FRA",
    "france": "FRA",
}


def slug(text: str) -> str:
    """Lower-case words joined by hyphens, ASCII only: the form used inside ids."""
    plain = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode()
    return re.sub(r"[^a-z0-9]+", "-", plain.lower()).strip("-")


def place_code(text: str) -> str:
    """Our code of a place as a collected row names it; empty stays empty.

    Raises
    ------
    NotFoundError : no such place.
    """
    name = text.strip()
    if not name:
        return ""
    known = _OTHER_PLACES.get(name.casefold())
    return parse_place(name, where="collected rows") if known is None else known


def place_or_words(text: str) -> tuple[str, str]:
    """The place's code, or no code and the words themselves when they name no place (a firm, a technology)."""
    try:
        return place_code(text), ""
    except NotFoundError:
        return "", text.strip()


def material_of(text: str, otherwise: str = "") -> str:
    """The material a free text is about: magnets, an element, a group of rare earths, or another mineral."""
    low = text.casefold()
    if _MAGNETS.search(text):
        return "magnets"
    if "magnet REE" in text or "magnetic REE" in text:
        return "rare earths"
    for mineral in _MINERALS:
        if mineral in low:
            return mineral
    if re.search(r"\bDy ?(?:\+|/|,|and) ?Tb\b|\bTb ?(?:\+|/|,|and) ?Dy\b", text):
        return "heavy rare earths"
    for symbol, name in ELEMENTS.items():
        if re.search(rf"\b{name}\b", low) or re.search(
            rf"(?<![A-Za-z&+/-]){symbol}(?:2O3|4O7|6O11|O2)?(?![A-Za-z+&/-])", text
        ):
            return name
    if re.search(r"heavy|Dy\+Tb|Dy/Tb|SEGH|\bHREE?\b", text):
        return "heavy rare earths"
    if re.search(r"\blight\b|NdPr|\bLREE?\b", text):
        return "light rare earths"
    if re.search(r"\bREO?E?\b|rare.?earth|\bREE\b", text, re.I):
        return "rare earths"
    return otherwise
