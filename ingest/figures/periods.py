"""Periods as written, and the day a figure became public."""

from __future__ import annotations

import calendar
import re
from datetime import date

COLLECTED_ON = date(2026, 11, 23)
"""The day the collected rows were read: an undated page was public by then, and we cannot say since when."""

UNDATED = "undated"
_MONTHS = {name: number for number, name in enumerate(calendar.month_abbr) if name}
_EDITIONS = [
    (r"MCS 2026 v1\.3|Summaries 2026 v1\.3", date(2026, 5, 1)),
    (r"MCS 2026|Summaries 2026", date(2026, 2, 6)),
    (r"MCS 2025|Summaries 2025", date(2025, 1, 31)),
    (r"MCS 2024", date(2024, 1, 31)),
    (r"MCS 2021|Summaries 2021", date(2021, 12, 31)),
    (r"MCS 2020", date(2020, 12, 31)),
    (r"World Mining Data 2026", date(2026, 5, 1)),
    (r"World Mining Data 2018-2022", date(2024, 12, 31)),
    (r"BACI", date(2026, 1, 31)),
    (r"IEA,? (?:Global Critical Minerals Outlook|GCMO) 2024", date(2024, 5, 17)),
    (r"IEA,? (?:Global Critical Minerals Outlook|GCMO) 2025", date(2025, 5, 21)),
    (r"IEA commentary", date(2025, 10, 9)),
    (r"USITC DataWeb", date(2026, 7, 10)),
    (r"WDI NY\.GDP", date(2024, 12, 31)),
    (r"BEA 2017 benchmark", date(2023, 12, 31)),
    (r"US BEA", date(2024, 12, 31)),
    (r"Q4/FY2025 results", date(2026, 3, 31)),
]
_SMM_ARTICLES = [
    (102523483, date(2023, 12, 31)),
    (102671818, date(2024, 12, 31)),
    (103077497, date(2024, 12, 10)),
    (103110607, date(2024, 12, 27)),
    (103214810, date(2025, 3, 7)),
    (103330203, date(2025, 5, 16)),
    (103397201, date(2025, 6, 26)),
    (103410192, date(2025, 7, 4)),
    (103589706, date(2025, 10, 27)),
    (103602043, date(2025, 11, 3)),
    (103669348, date(2025, 12, 12)),
    (103715683, date(2026, 1, 12)),
    (103804145, date(2026, 3, 13)),
]
"""Article numbers of the Shanghai Metals Market and days they were public by; the numbers rise with time."""


def month_end(year: int, month: int) -> date:
    """The last day of a month."""
    return date(year, month, calendar.monthrange(year, month)[1])


def period_of(text: str) -> str:
    """A period in our form: `2024`, `2025-06`, `2025-06-12`, `2020/2023`, `2024-01/2024-08` or `undated`."""
    t = text.replace("–", "-").replace("~", "").strip()
    t = re.sub(r"\s*\(.*\)$|-(?:mid|early|start|late)$| announcement$| year$", "", t)
    t = re.sub(r"^(?:FY|by end |end |about |by )\s*", "", t)
    rules = [
        (r"(\d{4}-\d\d)-\d\d/\d\d", r"\1"),
        (r"(\d{4}-\d\d)-(?:H[12]|end)", r"\1"),
        (r"(\d{4})-end", r"\1-12"),
        (r"(\d{4})-Q1", r"\1-01/\1-03"),
        (r"(\d{4})-Q2", r"\1-04/\1-06"),
        (r"(\d{4})-Q3", r"\1-07/\1-09"),
        (r"(\d{4})-Q4", r"\1-10/\1-12"),
        (r"(\d{4})-H1", r"\1-01/\1-06"),
        (r"(\d{4})-H2", r"\1-07/\1-12"),
        (r"(\d{4}-\d\d) to (\d{4}-\d\d)", r"\1/\2"),
        (r"(\d{4})-(\d{4})", r"\1/\2"),
        (r"(\d\d)(\d\d)-(1[3-9]|[2-9]\d)", r"\1\2/\1\3"),
        (r"(\d{4})-(\d\d)/(\d\d)", r"\1-\2/\1-\3"),
    ]
    for pattern, form in rules:
        if re.fullmatch(pattern, t):
            return re.sub(pattern, form, t)
    if found := re.fullmatch(r"(\d{4}) (\w{3})-(\w{3})", t):
        year, first, last = found.groups()
        return f"{year}-{_MONTHS[first]:02}/{year}-{_MONTHS[last]:02}"
    if found := re.fullmatch(r"(\w{3}) (\d{4}) - (\w{3}) (\d{4})", t):
        first, year, last, final = found.groups()
        return f"{year}-{_MONTHS[first]:02}/{final}-{_MONTHS[last]:02}"
    if found := re.fullmatch(r"FY to (\d{4})-03|to (\d{4})-03", t):
        year = int(found.group(1) or found.group(2))
        return f"{year - 1}-04/{year}-03"
    if re.fullmatch(r"\d{4}(?:-\d\d){0,2}(?:/\d{4}(?:-\d\d)?)?", t):
        return t
    found = re.search(r"\b(19|20)\d\d\b", t)
    return found.group() if found else UNDATED


def period_end(period: str) -> date | None:
    """The last day of a period; none when undated."""
    if period == UNDATED:
        return None
    parts = [int(p) for p in period.split("/")[-1].split("-")]
    if len(parts) == 1:
        return date(parts[0], 12, 31)
    return month_end(parts[0], parts[1]) if len(parts) == 2 else date(parts[0], parts[1], parts[2])


def _written_date(text: str) -> date | None:
    """The latest date written in a text, to the day or to the month (then its last day)."""
    names = "|".join(_MONTHS)
    days = [date(int(y), int(m), int(d)) for y, m, d in re.findall(r"\b(20\d\d)-(\d\d)-(\d\d)\b", text)]
    for day, month, year in re.findall(rf"\b(\d\d?) ({names})[a-z]* (20\d\d)\b", text):
        days.append(date(int(year), _MONTHS[month], int(day)))
    rest = re.sub(rf"\b20\d\d-\d\d-\d\d\b|\b\d\d? ({names})[a-z]* 20\d\d\b", " ", text)
    months = [month_end(int(y), int(m)) for y, m in re.findall(r"\b(20\d\d)-(0[1-9]|1[0-2])\b", rest)]
    months += [month_end(int(y), _MONTHS[m]) for m, y in re.findall(rf"\b({names})[a-z]* (20\d\d)\b", rest)]
    return max([*days, *months], default=None)


def _address_date(url: str) -> date | None:
    """The date in a page's address, as many newspapers write it, or by an article number that rises with time."""
    if found := re.search(r"/(20\d\d)[/-](\d\d?)[/-](\d\d?)(?:/|-|$)", url):
        year, month, day = (int(g) for g in found.groups())
        if 1 <= month <= 12 and 1 <= day <= 31:
            return date(year, month, day)
    if found := re.search(r"/(20\d\d)/(0[1-9]|1[0-2])/", url):
        return month_end(int(found.group(1)), int(found.group(2)))
    if found := re.search(r"newscontent/(10\d{7})", url):
        return next((day for number, day in _SMM_ARTICLES if int(found.group(1)) <= number), None)
    return None


def known_on(source: str, url: str) -> tuple[date, str]:
    """The day a source was public, and how that is known: `edition`, `day`, `year` or `read`.

    Where only the year is known its last day stands; a page without any date was public by the day it was read.
    """
    for pattern, day in _EDITIONS:
        if re.search(pattern, source):
            return day, "edition"
    if day := _written_date(source) or _address_date(url):
        return day, "day"
    if years := re.findall(r"(?<![0-9A-Za-z])(20[012]\d)(?![0-9A-Za-z])", source):
        return date(max(int(y) for y in years), 12, 31), "year"
    return COLLECTED_ON, "read"
