"""Places: ISO 3166 alpha-3 countries, ISO 3166-2 provinces, and four named groups."""

from __future__ import annotations

import re
from functools import cache

from babel import Locale
from babel.core import get_global

from sluicegate.terms.errors import NotFoundError

Place = str
"""A place code: `CHN`, `CN-JX`, or one of the groups below."""

GROUPS = {
    "EUU": "European Union",
    "EUO": "other EU",
    "ROW": "rest of world",
    "WLD": "world",
}
_PROVINCE = re.compile(r"[A-Z]{2}-[A-Z0-9]{1,3}")
_WITHDRAWN = frozenset(
    {"ANT", "BUR", "BYS", "CSK", "DDR", "FXX", "NTZ", "PHI", "ROM", "SCG", "SUN", "TMP", "YMD", "YUG", "ZAR"}
)
"""Codes of ISO 3166-3 that CLDR still maps to a living country."""
_SPOKEN = {
    "america": "USA", "u.s.": "USA", "us": "USA", "the us": "USA", "united states of america": "USA",
    "britain": "GBR", "uk": "GBR", "u.k.": "GBR", "burma": "MMR", "myanmar": "MMR",
    "south korea": "KOR", "korea": "KOR", "north korea": "PRK", "turkey": "TUR", "russia": "RUS",
    "drc": "COD", "dr congo": "COD", "congo (drc)": "COD", "vietnam": "VNM", "laos": "LAO",
    "czech republic": "CZE", "ivory coast": "CIV", "eu": "EUU", "eu27": "EUU", "europe": "EUU",
    "prc": "CHN", "mainland china": "CHN", "taiwan": "TWN", "hong kong": "HKG", "macau": "MAC",
}  # fmt: skip


_WITH_ARTICLE = frozenset({"USA", "GBR", "NLD", "PHL", "ARE", "COD", "CZE", "EUU", "ROW"})
"""Places whose names take `the` in a sentence."""


@cache
def _alpha3_of_alpha2() -> dict[str, str]:
    """ISO alpha-2 to alpha-3, from the Unicode CLDR tables that babel ships."""
    aliases = get_global("territory_aliases")
    current = {t: a for t, a in aliases.items() if re.fullmatch("[A-Z]{3}", t) and len(a) == 1 and t not in _WITHDRAWN}
    return {two[0]: three for three, two in current.items()}


@cache
def _names() -> dict[str, str]:
    """Alpha-3 (or group) code to English name."""
    english = Locale("en").territories
    names = {three: english[two] for two, three in _alpha3_of_alpha2().items() if two in english}
    names |= {"MMR": "Myanmar", "COD": "DR Congo", "COG": "Republic of the Congo", "HKG": "Hong Kong", "MAC": "Macao"}
    return names | GROUPS


@cache
def _codes() -> dict[str, str]:
    """Every accepted spelling, casefolded, to its code."""
    spoken = {name.casefold(): code for code, name in _names().items()}
    by_code = {code.casefold(): code for code in _names()}
    by_alpha2 = {two.casefold(): three for two, three in _alpha3_of_alpha2().items() if three in _names()}
    return by_alpha2 | spoken | by_code | _SPOKEN


def parse_place(text: str, *, where: str = "place") -> Place:
    """The code of a place given as alpha-3, alpha-2, ISO 3166-2, group code or English name.

    Raises
    ------
    NotFoundError : no such place; the message names the nearest.
    """
    name = text.strip()
    if _PROVINCE.fullmatch(name.upper()) and name[:2].casefold() in _codes():
        return name.upper()
    code = _codes().get(name.casefold())
    if code is None:
        raise NotFoundError(name, kind="place", known=[*_names().values(), *_names()], where=where)
    return code


def place_name(code: Place) -> str:
    """The English name of a place code; a province keeps its code after the country's name."""
    if _PROVINCE.fullmatch(code):
        return f"{_names()[_alpha3_of_alpha2()[code[:2]]]} ({code})"
    return _names()[code]


def alpha2(code: Place) -> str | None:
    """ISO alpha-2 of a country, `EU` of the European Union; None for provinces and other groups."""
    if code == "EUU":
        return "EU"
    return next((two for two, three in _alpha3_of_alpha2().items() if three == code), None)


def place_in_sentence(code: Place) -> str:
    """The name of a place as a sentence takes it: `the United States`, `China`."""
    name = place_name(code)
    return f"the {name}" if code in _WITH_ARTICLE else name


def spoken_names() -> dict[str, Place]:
    """Every accepted spelling (casefolded) with its code: what a reader of text looks for."""
    return dict(_codes())
