"""Dates said in a sentence, as ISO dates, partial dates or intervals, relative to the day of publication."""

from __future__ import annotations

import re
from datetime import date, timedelta

from sluicegate.news.dateline import MONTHS, WEEKDAYS

_MON = (
    r"(?P<month>January|February|March|April|May|June|July|August|September|October|November|"
    r"December|Jan\.?|Feb\.?|Mar\.|Apr\.?|Jun\.?|Jul\.?|Aug\.?|Sept?\.?|Oct\.?|Nov\.?|Dec\.?)"
)
_YEAR = r"(?P<year>(?:19|20)\d\d)"
_LAST = r"(?P<last>(?:19|20)\d\d)"
_PATTERNS = (
    ("interval", re.compile(rf"\b(?:between|from)\s{_YEAR}\s(?:and|to|through|until)\s{_LAST}\b", re.I)),
    ("interval", re.compile(rf"\b{_YEAR}\s?[-–]\s?(?P<last>(?:19|20)?\d\d)\b(?!-)")),
    ("day", re.compile(r"\b(?P<year>(?:19|20)\d\d)-(?P<number>\d\d)-(?P<day>\d\d)\b")),
    ("day", re.compile(rf"\b(?P<day>\d{{1,2}})(?:st|nd|rd|th)?\s{_MON}(?:,?\s{_YEAR})?\b")),
    ("day", re.compile(rf"\b{_MON}\s(?P<day>\d{{1,2}})(?:st|nd|rd|th)?(?!\d|,\d)(?:,?\s{_YEAR})?\b")),
    ("quarter", re.compile(rf"\b(?P<quarter>first|second|third|fourth)[\s-]quarter(?:\sof)?(?:\s{_YEAR})?\b", re.I)),
    ("quarter", re.compile(rf"\bQ(?P<quarter>[1-4])(?:\sof)?(?:\s{_YEAR})?\b")),
    ("month", re.compile(rf"\b{_MON}(?:\sof)?,?\s{_YEAR}\b")),
    ("month", re.compile(
        rf"\b(?P<when>last|this|next|in|since|until|by|from|of|end of|mid-|early|"
        rf"late)\s?{_MON}(?:\s(?P<which>this|last|next)\syear)?\b"
    )),
    ("weekday", re.compile(r"\b(?P<weekday>Monday|Tuesday|Wednesday|Thursday|Friday|Saturday|Sunday)\b")),
    ("relative", re.compile((
        r"\b(?P<relative>yesterday|today|last year|this year|next year|last month|this month|"
        r"next month)\b"
    ), re.I)),
    ("year", re.compile(
        rf"(?<!\bNo\. \d\d of )(?<!\bNo\. \d of )(?<![\d$€£.,-]){_YEAR}(?![\d%]|,\d|\.\d|[\s-](?:tonnes|"
        rf"tons|metric|kg|mines|people|jobs|workers|dollars|euros|yuan|units)\b)"
    )),
)  # fmt: skip
_SIGNS = {
    "year": re.compile(r"(?:19|20)\d\d"),
    "month": re.compile(r"\b(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)"),
    "weekday": re.compile(r"day\b"),
    "quarter": re.compile(r"quarter|\bQ[1-4]", re.I),
    "relative": re.compile(r"\b(?:yesterday|today|last|this|next)\b", re.I),
}
_NEEDS = {
    "interval": {"year"}, "day": {"year", "month"}, "quarter": {"quarter"}, "month": {"month"}, "weekday": {"weekday"},
    "relative": {"relative"}, "year": {"year"},
}  # fmt: skip
"""What a sentence must show for a kind of date to be looked for in it."""
_AHEAD = re.compile(
    r"\b(?:will|would|until|till|through|by|due|to|from|starting|effective|next|expires?|scheduled|before|deadline|"
    r"ends?|as of)\b",
    re.I,
)
_SOON = timedelta(days=21)
_QUARTERS = {"first": 1, "second": 2, "third": 3, "fourth": 4}


def find_dates(text: str, published: date | None) -> list[tuple[int, int, str]]:
    """Dates of a sentence as (start, end, ISO); relative ones only when the day of publication is known.

    A month without a year takes the one year that the sentence names ('In 2010 ... in September').
    """
    found: list[tuple[int, int, str]] = []
    seen = {name for name, sign in _SIGNS.items() if sign.search(text)}
    if not seen:
        return found
    years = {m.group("year") for m in _PATTERNS[-1][1].finditer(text)}
    said = int(years.pop()) if len(years) == 1 else None
    for kind, pattern in _PATTERNS:
        if seen.isdisjoint(_NEEDS[kind]):
            continue
        for match in pattern.finditer(text):
            if any(a < match.end() and match.start() < b for a, b, _ in found):
                continue
            ahead = _AHEAD.search(text[max(0, match.start() - 45) : match.start()]) is not None
            iso = _iso(kind, match.groupdict(), published, said, ahead=ahead)
            if iso:
                found.append((match.start(), match.end(), iso))
    return sorted(found)


def _iso(
    kind: str, parts: dict[str, str | None], published: date | None, said: int | None, *, ahead: bool
) -> str | None:
    said_year = parts.get("year")
    year = int(said_year) if said_year else None
    if kind == "year":
        return str(year)
    if kind == "interval":
        last = parts["last"] or ""
        return f"{year}/{last if len(last) == 4 else str(year)[:2] + last}"
    if kind == "weekday":
        return _weekday(parts["weekday"] or "", published)
    if kind == "relative":
        return _relative((parts["relative"] or "").lower(), published)
    if kind == "quarter":
        return _quarter(parts["quarter"] or "", year or (published.year if published else None))
    name = parts.get("month")
    month = MONTHS[name.rstrip(".").lower()[:3]] if name else int(parts.get("number") or 0)
    if year is None and not parts.get("which"):
        year = said
    if kind == "month":
        return _month(month, year, parts, published)
    return _full(year, month, int(parts["day"] or 0), published, ahead=ahead)


def _full(year: int | None, month: int, day: int, published: date | None, *, ahead: bool) -> str | None:
    """A day without a year is the last one before publication, or the nearest when the words look ahead."""
    try:
        if year is not None:
            return date(year, month, day).isoformat()
        if published is None:
            return None
        days = [date(published.year + n, month, day) for n in (-1, 0, 1)]
        past = [d for d in days if d - published <= _SOON]
        return (min(days, key=lambda d: abs(d - published)) if ahead else max(past)).isoformat()
    except ValueError:
        return None


def _month(month: int, year: int | None, parts: dict[str, str | None], published: date | None) -> str | None:
    if year is None and published is not None:
        shift = {"this": 0, "last": -1, "next": 1}.get(parts.get("which") or "")
        ahead = (parts.get("when") or "").lower() in {"until", "by", "next", "end of"}
        year = published.year + (shift if shift is not None else 0)
        if shift is None and not ahead and month > published.month:
            year -= 1
        if shift is None and ahead and month < published.month:
            year += 1
    return f"{year}-{month:02d}" if year else None


def _quarter(name: str, year: int | None) -> str | None:
    if year is None:
        return None
    number = _QUARTERS.get(name.lower()) or int(name)
    return f"{year}-{3 * number - 2:02d}/{year}-{3 * number:02d}"


def _weekday(name: str, published: date | None) -> str | None:
    if published is None:
        return None
    back = (published.weekday() - WEEKDAYS.index(name.lower())) % 7
    return (published - timedelta(days=back)).isoformat()


def _relative(name: str, published: date | None) -> str | None:
    if published is None:
        return None
    when, _, unit = name.partition(" ")
    if not unit:
        return (published - timedelta(days=name == "yesterday")).isoformat()
    step = {"last": -1, "this": 0, "next": 1}[when]
    if unit == "year":
        return str(published.year + step)
    months = published.year * 12 + published.month - 1 + step
    return f"{months // 12}-{months % 12 + 1:02d}"
