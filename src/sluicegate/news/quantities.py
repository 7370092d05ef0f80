"""Amounts in text: percent, fractions, money, mass, durations and counts, with their qualifiers."""

from __future__ import annotations

import re
from dataclasses import dataclass

_NUMBER_WORDS = {
    "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9, "ten": 10, "eleven": 11,
    "twelve": 12, "fifteen": 15, "eighteen": 18, "twenty": 20, "thirty": 30, "forty": 40, "fifty": 50, "sixty": 60, "seventy": 70,
    "eighty": 80, "ninety": 90, "hundred": 100, "a": 1, "an": 1, "half a": 0.5,
}  # fmt: skip
_SCALE = {
    "thousand": 1e3, "k": 1e3, "million": 1e6, "mn": 1e6, "mln": 1e6, "m": 1e6, "billion": 1e9, "bn": 1e9, "bln": 1e9, "b": 1e9, "trillion": 1e12, "tn": 1e12,
}  # fmt: skip
_NUM = r"(?<![\w.,])(?:\d{1,3}(?:,\d{3}){1,5}(?:\.\d{1,6})?|\d{1,12}(?:\.\d{1,6})?)"
_WORDNUM = r"\b(?:one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|fifteen|eighteen|twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety)\b"
_ANY = rf"(?:{_NUM}|{_WORDNUM})"
_BIG = r"(?:thousand|million|billion|trillion|mn|mln|bn|bln|tn)"
_RANGE = r"(?:\s{0,2}(?:-|–|to|and)\s{0,2})"
_PCT = r"(?:\s?%|\s?percent\b|\sper\s?cent\b|\spct\b|[- ]percent\b)"
_CUR = {
    "us$": "USD", "$": "USD", "usd": "USD", "a$": "AUD", "au$": "AUD", "c$": "CAD", "ca$": "CAD", "€": "EUR", "eur": "EUR",
    "£": "GBP", "gbp": "GBP", "¥": "JPY", "cny": "CNY", "rmb": "CNY", "hk$": "HKD", "aud": "AUD", "cad": "CAD",
    "dollar": "USD", "u.s. dollar": "USD", "us dollar": "USD", "euro": "EUR", "yuan": "CNY", "renminbi": "CNY", "yen": "JPY",
    "pound": "GBP", "australian dollar": "AUD", "canadian dollar": "CAD", "won": "KRW", "rupee": "INR", "ringgit": "MYR", "krona": "SEK",
}  # fmt: skip
_MASS = {
    "metric ton": "t", "metric tonne": "t", "tonne": "t", "ton": "t", "mt": "t", "t": "t", "kilotonne": "kt", "kiloton": "kt", "kt": "kt",
    "kilogram": "kg", "kilogramme": "kg", "kilo": "kg", "kg": "kg", "koz": "koz", "moz": "Moz", "ounce": "oz", "troy ounce": "oz", "oz": "oz",
    "pound": "lb", "lb": "lb", "short ton": "short t", "gram": "g", "carat": "carat", "metric tons unit": "mtu", "mtu": "mtu",
}  # fmt: skip
_MASS_WORD = r"(?:metric\stons?\b|metric\stonnes?\b|short\stons?\b|kilotonnes?\b|kilotons?\b|tonnes?\b|tons?\b|kilogram(?:me)?s?\b|kilos?\b|kgs?\b|koz\b|moz\b|troy\sounces?\b|ounces?\b|oz\b|pounds?\b(?!\s(?:sterling|note))|lbs?\b|kt\b|mtu\b|grams?\b|mt\b|t\b)"
_TIME = {"day": "day", "week": "week", "month": "month", "year": "year", "decade": "decade", "hour": "hour"}
_FRACTIONS = {
    "three quarters": 75, "three-quarters": 75, "two thirds": 200 / 3, "two-thirds": 200 / 3, "one third": 100 / 3, "one-third": 100 / 3,
    "a third": 100 / 3, "a quarter": 25, "one quarter": 25, "one-quarter": 25, "half": 50, "one half": 50, "one-half": 50, "a half": 50,
    "four fifths": 80, "four-fifths": 80, "three fifths": 60, "three-fifths": 60, "two fifths": 40, "two-fifths": 40, "a fifth": 20, "one fifth": 20,
    "one-fifth": 20, "nine tenths": 90, "nine-tenths": 90, "a tenth": 10, "one tenth": 10, "one-tenth": 10, "three-fourths": 75, "three fourths": 75,
}  # fmt: skip
_QUALIFIER = re.compile(
    r"(?:\b(?:at least|at most|just over|just under|well over|more than|less than|fewer than|no more than|not more than|as much as|"
    r"as little as|as many as|close to|up to|upwards? of|in excess of|a minimum of|a maximum of|an estimated|estimated|nearly|"
    r"almost|around|about|roughly|approximately|some|over|under|above|below|only|just|some|exceeding|between|from|to|by|another|an additional)"
    r"|[~≈])\s{0,2}(?:a\s)?$",
    re.IGNORECASE,
)
_KEPT = {"to", "by", "from"}


@dataclass(frozen=True)
class Quantity:
    """An amount in a sentence.

    Attributes
    ----------
    kind : PERCENT, MONEY, UNIT_PRICE, MASS, DURATION or COUNT
    value, unit : as the article gives them, scale words multiplied out; a fraction is given in percent
    qualifier : 'at least', 'about' and the like; '' when none
    start, end : offsets in the sentence, without the qualifier
    """

    kind: str
    value: float
    unit: str
    qualifier: str
    start: int
    end: int


_PATTERNS = (
    ("PERCENT", re.compile(rf"(?P<lo>{_ANY}){_PCT}?{_RANGE}(?P<hi>{_ANY}){_PCT}(?!\w)(?P<point>[- ]points?)?", re.I)),
    ("PERCENT", re.compile(rf"(?P<lo>{_ANY}){_PCT}(?!\w)(?P<point>[- ](?:percentage\s)?points?)?", re.I)),
    ("PERCENT", re.compile(rf"(?P<lo>{_ANY})\s(?P<point>percentage[- ]points?)\b", re.I)),
    ("FRACTION", re.compile(r"\b(?P<word>" + "|".join(sorted(map(re.escape, _FRACTIONS), key=len, reverse=True)) + r")\b(?=\s(?:of|the)\b)", re.I)),
    ("MONEY", re.compile(
        rf"(?P<cur>(?:US|AU?|CA?|HK)?\$|€|£|¥|\b(?:USD|EUR|GBP|CNY|RMB|AUD|CAD)\s?)\s?(?P<lo>\d{{1,3}}(?:,\d{{3}}){{1,5}}(?:\.\d{{1,6}})?|\d{{1,12}}(?:\.\d{{1,6}})?)"
        rf"(?:{_RANGE}(?:US)?\$?(?P<hi>\d{{1,6}}(?:\.\d{{1,6}})?)(?=\s{{0,2}}{_BIG}))?(?:[\s-]{{0,2}}(?P<scale>{_BIG})\b|(?P<scale1>[kKmMbB])\b(?![a-z]))?", re.I)),
    ("MONEY", re.compile(
        rf"(?P<lo>{_ANY})(?:[\s-]{{0,2}}(?P<scale>{_BIG}))?\s(?P<cur>(?:U\.?S\.?\s|Australian\s|Canadian\s)?dollars?|euros?|yuan|renminbi|yen|won|rupees?|ringgit|pounds\ssterling|USD|EUR|CNY|RMB|GBP)\b", re.I)),
    ("MASS", re.compile(
        rf"(?P<lo>{_ANY})(?:{_RANGE}(?P<hi>{_ANY}))?(?:[\s-]{{0,2}}(?P<scale>{_BIG})\b|(?P<scale1>[kK]))?[\s-]{{1,2}}(?:\w{{1,10}}\s(?=tonnes?\b|tons?\b))?(?P<unit>{_MASS_WORD})", re.I)),
    ("MASS", re.compile(rf"(?P<lo>{_NUM})(?P<scale1>[kK])?(?P<unit>kg|koz|moz|oz|lbs?|kt|mt|t|tons?|tonnes?)\b", re.I)),
    ("DURATION", re.compile(rf"(?P<lo>{_ANY})(?:{_RANGE}(?P<hi>{_ANY}))?[\s-](?:(?:working|business|calendar|consecutive|full|more)[\s-])?(?P<unit>(?:day|week|month|year|decade|hour)s?)\b(?!-old|\sold)", re.I)),
    ("DURATION", re.compile(r"(?<=\bfor )(?P<lo>an?)\s(?P<unit>week|month|year|decade|day)\b", re.I)),
    ("COUNT", re.compile(
        rf"(?P<lo>{_ANY})\s(?:(?!percent|per\b|and\b|in\b|of\b|the\b|to\b)[a-z][\w-]{{1,20}}\s){{0,3}}(?P<unit>(?:mine|compan|firm|licen[cs]e|smelter|refiner|plant|application|supplier|permit|exporter|maker|factor|operation|approval|producer)(?:s|ies|y)?)\b", re.I)),
)  # fmt: skip
_PER = re.compile(
    r"^\s?(?:/|an?\s|per\s)\s?(?P<unit>metric ton|tonne|ton|kilogram|kilo|kg|lb|pound|ounce|oz|mtu|t)\b", re.I
)


def find_quantities(text: str) -> list[Quantity]:
    """The amounts of a sentence, without overlap, in order."""
    found: list[Quantity] = []
    for kind, pattern in _PATTERNS:
        for match in pattern.finditer(text):
            if not any(q.start < match.end() and match.start() < q.end for q in found):
                found.extend(_quantities(kind, match, text))
    return sorted(found, key=lambda q: q.start)


def _quantities(kind: str, match: re.Match[str], text: str) -> list[Quantity]:
    groups = match.groupdict()
    qualifier = _qualifier(text[max(0, match.start() - 30) : match.start()])
    if kind == "FRACTION":
        value = round(_FRACTIONS[groups["word"].lower()], 1)
        return [Quantity("PERCENT", value, "percent", qualifier, match.start(), match.end())]
    end = match.end()
    scale = (
        _SCALE[(groups.get("scale") or groups.get("scale1") or "").lower()]
        if groups.get("scale") or groups.get("scale1")
        else 1.0
    )
    unit = _unit(kind, groups)
    if kind == "MONEY" and (per := _PER.match(text[end : end + 20])):
        kind, unit = "UNIT_PRICE", f"{unit}/{_mass(per.group('unit'))}"
        end += per.end()
    low = _value(groups["lo"]) * scale
    if groups.get("hi"):
        high = _value(groups["hi"] or "") * scale
        return [
            Quantity(kind, round(low, 6), unit, "from", match.start(), end),
            Quantity(kind, round(high, 6), unit, "to", match.start(), end),
        ]
    return [Quantity(kind, round(low, 6), unit, qualifier, match.start(), end)]


def _value(text: str) -> float:
    word = text.lower()
    return float(_NUMBER_WORDS[word]) if word in _NUMBER_WORDS else float(text.replace(",", ""))


def _unit(kind: str, groups: dict[str, str | None]) -> str:
    if kind == "PERCENT":
        return "percentage point" if groups.get("point") else "percent"
    if kind == "MONEY":
        name = (groups["cur"] or "").strip().lower()
        return _CUR.get(name) or _CUR.get(name.rstrip("s")) or _CUR.get(name.split()[-1].rstrip("s"), "USD")
    if kind == "MASS":
        return _mass(groups["unit"] or "")
    if kind == "DURATION":
        return _TIME[(groups["unit"] or "").lower().rstrip("s")]
    return "count"


def _mass(name: str) -> str:
    flat = re.sub(r"\s", " ", name.lower())
    return _MASS.get(flat) or _MASS.get(flat.rstrip("s")) or "t"


def _qualifier(before: str) -> str:
    match = _QUALIFIER.search(before)
    if match is None:
        return ""
    word = match.group().strip().lower().removesuffix(" a")
    if word in _KEPT:
        return ""
    more = _QUALIFIER.search(before[: match.start()])
    lead = more.group().strip().lower() if more and word in {"more than", "over", "about"} else ""
    return f"{lead} {word}" if lead in {"just", "well"} else "about" if word in {"~", "≈"} else word
