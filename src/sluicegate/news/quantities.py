"""Amounts in text: percent, fractions, money, mass, durations and counts, with their qualifiers."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from sluicegate.news.tables import either, table

_WORDS = table("amounts")
_DIGITS = (
    r"(?:\d{1,3}(?:,\d{3}){1,5}(?:\.\d{1,6})?|\d{1,3}(?:[ \u00a0\u202f]\d{3}){1,4}(?!\d)|"
    r"\d{1,3}(?:\.\d{3}){1,4},\d{1,2}(?!\d)|\d{1,3}(?:\.\d{3}){0,3}\.000(?!\d)|\d{1,12}(?:\.\d{1,6})?)"
)
_NUM = rf"(?<![\w.,]){_DIGITS}"
_ANY = rf"(?:{_NUM}|\b{either(_WORDS['numbers'])}\b)"
_BIG = either(_WORDS["scales"])
_SCALE = rf"(?:[\s-]{{0,2}}(?P<scale>{_BIG})\b|(?P<letter>[kKmMbB])\b)?"
_RANGE = r"(?:\s{0,2}(?:-|–|to|and)\s{0,2})"
_PERCENT = r"(?:\s?%|\s?percent\b|\sper\s?cent\b|\s?pct?\b|-percent\b)(?!\w)"
_POINT = r"(?P<point>[- ](?:percentage\s)?points?)?"
_SIGN = rf"(?:{either(_WORDS['signs'])}|\b{either(_WORDS['codes'])}\s?)"
_COIN = rf"(?:{either(_WORDS['currencies'])}s?|{either(_WORDS['codes'])})"
_MASS = rf"(?:{either(_WORDS['masses'])}s?)\b(?!\ssterling)"
_TIME = r"(?P<unit>(?:day|week|month|year|decade|hour)s?)\b(?!-old|\sold|[\s-](?:low|high|peak|record)s?\b)"
_COUNTED = rf"(?P<unit>{either(_WORDS['counted'])}s?)\b"
_BETWEEN = r"(?:(?!percent|per\b|and\b|in\b|of\b|the\b|to\b)[a-z][\w-]{1,20}\s){0,3}"


_NOT_HALF_YEAR = "(?<!first )(?<!second )(?<!latter )(?<!final )"
_NOT_OF_TIME = r"(?!\s(?:the\s)?(?:year|month|decade|century|(?:19|20)\d\d))"


def _row(kind: str, pattern: str) -> tuple[str, re.Pattern[str]]:
    return kind, re.compile(pattern, re.IGNORECASE)


_PATTERNS = (
    _row("PERCENT", rf"(?P<lo>{_ANY}){_PERCENT}{_RANGE}(?P<hi>{_ANY}){_PERCENT}{_POINT}"),
    _row("PERCENT", rf"(?P<lo>{_ANY}){_RANGE}(?P<hi>{_ANY}){_PERCENT}{_POINT}"),
    _row("PERCENT", rf"(?P<lo>{_ANY}){_PERCENT}{_POINT}"),
    _row("PERCENT", rf"(?P<lo>{_ANY})\s(?P<point>percentage[- ]points?)\b"),
    _row(
        "FRACTION",
        rf"{_NOT_HALF_YEAR}\b(?P<word>{either(_WORDS['fractions'])})\b(?=\s(?:of|the|tonnes\sof|tons\sof)\b{_NOT_OF_TIME})",
    ),
    _row(
        "FRACTION",
        rf"(?:(?<=\bby )|(?<=\bup )|(?<=\bdown )){_NOT_HALF_YEAR}"
        rf"(?P<word>{either(_WORDS['fractions'])})\b(?!\s(?:of|to)\b)",
    ),
    _row(
        "MONEY", rf"(?P<cur>{_SIGN})\s?(?P<lo>{_DIGITS}){_RANGE}(?:US)?\$?(?P<hi>{_DIGITS})\s{{0,2}}(?P<scale>{_BIG})\b"
    ),
    _row(
        "MONEY",
        rf"(?P<cur>{_SIGN})\s?(?P<lo>{_DIGITS})\s{{0,2}}(?:-|–|to)\s{{0,2}}(?:{_SIGN})?(?P<hi>{_DIGITS})(?![\d%])",
    ),
    _row("MONEY", rf"(?P<cur>{_SIGN})\s?(?P<lo>{_DIGITS}){_SCALE}"),
    _row("MONEY", rf"(?P<lo>{_ANY}){_SCALE}\s(?P<cur>{_COIN})\b"),
    _row("MASS", rf"(?P<lo>{_ANY}){_RANGE}(?P<hi>{_ANY}){_SCALE}[\s-]{{1,2}}(?P<unit>{_MASS})"),
    _row("MASS", rf"(?P<lo>{_ANY}){_SCALE}[\s-]{{1,2}}(?:\w{{1,10}}\s(?=tonnes?\b|tons?\b))?(?P<unit>{_MASS})"),
    _row("MASS", rf"(?P<lo>{_NUM})(?P<unit>{_MASS})"),
    _row("MASS", rf"(?P<lo>{_NUM})(?P<letter>[kK])(?P<unit>{_MASS})"),
    _row("DURATION", rf"(?P<lo>{_ANY}){_RANGE}(?P<hi>{_ANY})[\s-]{_TIME}"),
    _row("DURATION", rf"(?P<lo>{_ANY})[\s-](?:(?:working|business|calendar|consecutive|full|more)[\s-])?{_TIME}"),
    _row("DURATION", r"(?<=\bfor )(?P<lo>an?)\s(?P<unit>week|month|year|decade|day)\b"),
    _row("COUNT", rf"(?P<lo>{_ANY})\s{_BETWEEN}{_COUNTED}"),
)
_WITHOUT_NUMBERS = tuple((kind, p) for kind, p in _PATTERNS if kind == "FRACTION" or "(?P<lo>an?)" in p.pattern)
"""Patterns that a sentence without a digit or a number word may match: 'a third of', 'for a year'."""
_DIGIT = re.compile(r"\d")
_START = re.compile(rf"(?<![\w.,])\d|\b(?={either(_WORDS['numbers'])}\b)", re.IGNORECASE)
"""Where a number, in digits or words, may begin."""
_TOKEN = re.compile(r"[a-z]+|[%$€£¥]")


def _hints(*names: str) -> frozenset[str]:
    """First and last words of units, with their plurals: a sentence without any of them has no amount of that kind."""
    words = {w for name in names for w in (_TOKEN.findall(name.lower())[:1] + _TOKEN.findall(name.lower())[-1:])}
    letters = {f"{scale}{w}" for scale in "km" for w in words if len(w) <= 2}
    return frozenset(words | {f"{w}s" for w in words} | letters)


_HINTS = {
    "PERCENT": _hints("%", "percent", "per", "pct", "pc", "percentage"),
    "FRACTION": _hints(*_WORDS["fractions"]),
    "MONEY": _hints(*_WORDS["signs"], *_WORDS["codes"], *_WORDS["currencies"]),
    "MASS": _hints(*_WORDS["masses"]),
    "DURATION": _hints("day", "week", "month", "year", "decade", "hour"),
    "COUNT": _hints(*_WORDS["counted"]),
}
_PURITY = re.compile(r"[\s-](?:grade|pure|purity|carbon|copper content|metal content)\b", re.IGNORECASE)
_PER = re.compile(rf"^\s?(?:/|an?\s|per\s)\s?(?P<unit>{_MASS})", re.IGNORECASE)
_QUALIFIER = re.compile(rf"(?:\b(?P<word>{either(_WORDS['qualifiers'])})|[~≈])\s{{0,2}}(?:a\s)?$", re.IGNORECASE)


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


def find_quantities(text: str) -> list[Quantity]:
    """The amounts of a sentence, without overlap, in order."""
    found: list[Quantity] = []
    words = set(_TOKEN.findall(text.lower()))
    numbered = _DIGIT.search(text) is not None or not words.isdisjoint(_WORDS["numbers"])
    starts = [m.start() for m in _START.finditer(text)] if numbered else []
    for kind, pattern in _PATTERNS if numbered else _WITHOUT_NUMBERS:
        if words.isdisjoint(_HINTS[kind]):
            continue
        for match in _matches(pattern, text, starts):
            if kind == "PERCENT" and _PURITY.match(text[match.end() :]):
                continue
            if not any(q.start < match.end() and match.start() < q.end for q in found):
                found.extend(_quantities(kind, match, text))
    return sorted(found, key=lambda q: q.start)


def _matches(pattern: re.Pattern[str], text: str, starts: list[int]) -> Iterator[re.Match[str]]:
    """The matches of a pattern; one that begins with a number is only tried where a number begins."""
    if not pattern.pattern.startswith("(?P<lo>"):
        yield from pattern.finditer(text)
        return
    end = 0
    for start in starts:
        match = pattern.match(text, start) if start >= end else None
        if match is not None:
            end = match.end()
            yield match


def _quantities(kind: str, match: re.Match[str], text: str) -> list[Quantity]:
    parts = {name: value or "" for name, value in match.groupdict().items()}
    start, end = match.span()
    qualifier = _qualifier(text[max(0, start - 30) : start])
    if kind == "FRACTION":
        share = float(_WORDS["fractions"][_flat(parts["word"])])
        return [Quantity("PERCENT", share, "percent", qualifier, start, end)]
    unit = _unit(kind, parts)
    if kind == "MONEY" and (per := _PER.match(text[end : end + 20])):
        kind, unit, end = "UNIT_PRICE", f"{unit}/{_mass(per.group('unit'))}", end + per.end()
    low = _value(parts["lo"]) * _scale(parts)
    if parts.get("hi"):
        high = _value(parts["hi"]) * _scale(parts)
        if _two_amounts(match, text):
            second = Quantity(kind, high, unit, "", match.start("hi"), end)
            first = Quantity(kind, low, unit, qualifier, start, match.start("hi"))
            # '57% and 39%' are two; in 'in 2018 and 14.6%' the first number is none of them
            return [second] if re.match(r"\s{0,2}and\b", text[match.end("lo") :]) else [first, second]
        return [Quantity(kind, low, unit, "from", start, end), Quantity(kind, high, unit, "to", start, end)]
    return [Quantity(kind, low, unit, qualifier, start, end)]


def _two_amounts(match: re.Match[str], text: str) -> bool:
    """Whether 'and' joins two amounts ('57% and 39%, respectively') and no range ('between 40% and 60%')."""
    joint = text[match.end("lo") : match.start("hi")]
    return " and " in joint and re.search(r"\b(?:between|from)\s$", text[: match.start()], re.IGNORECASE) is None


def _value(text: str) -> float:
    numbers = _WORDS["numbers"] | {"a": 1, "an": 1}
    return float(numbers[text.lower()]) if text.lower() in numbers else _number(text)


def _number(text: str) -> float:
    """A number in digits; commas, spaces and (before '000' or a decimal comma) points part the thousands."""
    if re.fullmatch(r"\d{1,3}(?:\.\d{3})+,\d{1,2}", text):
        return float(text.replace(".", "").replace(",", "."))
    bare = re.sub(r"[,\s]", "", text)
    return float(bare.replace(".", "") if re.search(r"\.000$", bare) and len(bare.split(".")[0]) <= 3 else bare)


def _scale(parts: dict[str, str]) -> float:
    if parts.get("scale"):
        return float(_WORDS["scales"][parts["scale"].lower()])
    return float(_WORDS["letters"][parts["letter"].lower()]) if parts.get("letter") else 1.0


def _unit(kind: str, parts: dict[str, str]) -> str:
    if kind == "PERCENT":
        return "percentage point" if parts.get("point") else "percent"
    if kind == "MONEY":
        return _currency(_flat(parts["cur"]))
    if kind == "MASS":
        return _mass(parts["unit"])
    return parts["unit"].lower().rstrip("s") if kind == "DURATION" else "count"


def _currency(name: str) -> str:
    names = {**_WORDS["signs"], **_WORDS["currencies"], **{code.lower(): code for code in _WORDS["codes"]}}
    found = str(names.get(name) or names[name.removesuffix("s")])
    return "CNY" if found == "RMB" else found


def _mass(name: str) -> str:
    masses = _WORDS["masses"]
    flat = _flat(name)
    return str(masses.get(flat) or masses[flat.removesuffix("s")])


def _flat(text: str) -> str:
    return re.sub(r"[\s-]", " ", text.strip().lower())


def _qualifier(before: str) -> str:
    match = _QUALIFIER.search(before)
    if match is None:
        return ""
    return _flat(match.group("word")) if match.group("word") else "about"
