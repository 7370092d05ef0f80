"""The day an article was published, with day-first and month-first settled by evidence."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, timedelta

MONTHS = {
    name: i + 1
    for i, names in enumerate(
        [
            "january jan",
            "february feb",
            "march mar",
            "april apr",
            "may",
            "june jun",
            "july jul",
            "august aug",
            "september sept sep",
            "october oct",
            "november nov",
            "december dec",
        ]
    )
    for name in names.split()
}
WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_MONTH = r"(jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]{0,6}\.?"
_ISO = re.compile(r"(?<!\d)((?:19|20)\d\d)[-/.](\d{1,2})[-/.](\d{1,2})(?!\d)")
_NUMERIC = re.compile(r"(?<!\d)(\d{1,2})[-/.](\d{1,2})[-/.]((?:19|20)\d\d)(?!\d)")
_DAY_MONTH = re.compile(rf"(?<!\d)(\d{{1,2}})(?:st|nd|rd|th)?\s{{1,2}}{_MONTH},?\s{{1,2}}((?:19|20)\d\d)(?!\d)", re.I)
_MONTH_DAY = re.compile(rf"\b{_MONTH}\s{{1,2}}(\d{{1,2}})(?:st|nd|rd|th)?,?\s{{1,2}}((?:19|20)\d\d)(?!\d)", re.I)
_IN_URL = re.compile(r"/((?:19|20)\d\d)[/-]?(\d\d)[/-]?(\d\d)(?!\d)")
_MENTION = re.compile(rf"\b{_MONTH}\s{{1,2}}(\d{{1,2}})(?!\d|,?\s{{1,2}}\d{{4}})", re.I)
_NEAR_DAYS = 45


def publication_date(header: str, body: str, url: str | None, stated: date | None) -> tuple[date | None, str | None]:
    """The day of publication and, when it had to be guessed, a note.

    Parameters
    ----------
    header : title, byline and date lines
    body : the article, whose dates and weekdays settle an ambiguous one such as 12-06-2025
    url : an address that holds a date settles it
    stated : date given by the page's metadata; None when it gives none
    """
    in_url = _from_url(url)
    numeric = _NUMERIC.search(header)
    if numeric is None or _clear(header):
        return _clear(header) or in_url or stated or _of_dateline(body), None
    readings = [d for d in (_day(numeric, 2, 1), _day(numeric, 1, 2)) if d]
    if len(set(readings)) < 2:
        return (readings[0] if readings else None), None
    settled = [d for d in readings if d in (in_url, stated)] or _by_weekday(readings, header)
    settled = settled or _by_mentions(readings, body)
    if len(settled) == 1:
        return settled[0], None
    return readings[0], f"published date {numeric.group()} read day first: nothing in the article settles it"


def _clear(header: str) -> date | None:
    """A date in the header that can be read one way only."""
    for pattern, year, month, day in ((_ISO, 1, 2, 3), (_DAY_MONTH, 3, 2, 1), (_MONTH_DAY, 3, 1, 2)):
        match = pattern.search(header)
        if match:
            name = match.group(month).lower()
            return _date(int(match.group(year)), MONTHS.get(name[:3]) or int(name), int(match.group(day)))
    return None


def _day(match: re.Match[str], month: int, day: int) -> date | None:
    return _date(int(match.group(3)), int(match.group(month)), int(match.group(day)))


def _date(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _from_url(url: str | None) -> date | None:
    match = _IN_URL.search(url) if url else None
    return _date(int(match.group(1)), int(match.group(2)), int(match.group(3))) if match else None


def _by_weekday(readings: list[date], header: str) -> list[date]:
    """Readings whose weekday the header names."""
    named = header.lower()
    return [d for d in readings if re.search(rf"\b{WEEKDAYS[d.weekday()][:3]}(?:[a-z]{{0,6}})\b", named)]


def _by_mentions(readings: list[date], body: str) -> list[date]:
    """Readings that most dates named in the body shortly precede."""
    votes = [sum(_shortly_before(mention, d) for mention in _mentions(body, d.year)) for d in readings]
    best = max(votes)
    return [d for d, n in zip(readings, votes, strict=True) if n == best] if best else []


def _shortly_before(mention: date, published: date) -> bool:
    return timedelta(0) <= published - mention <= timedelta(days=_NEAR_DAYS)


def _mentions(body: str, year: int) -> Iterator[date]:
    for match in _MENTION.finditer(body):
        found = _date(year, MONTHS[match.group(1).lower()], int(match.group(2)))
        if found:
            yield found
    for pattern, month, day in ((_MONTH_DAY, 1, 2), (_DAY_MONTH, 2, 1)):
        for match in pattern.finditer(body):
            found = _date(int(match.group(3)), MONTHS[match.group(month).lower()], int(match.group(day)))
            if found:
                yield found


def _of_dateline(body: str) -> date | None:
    """The date of an agency's dateline, when it gives the year."""
    return _clear(body[:120])
