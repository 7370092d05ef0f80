"""The working days of an office: weekends and the public holidays of its country, as announced by a day.

`data/holidays.csv` holds China's from 2023 to 2026 by the yearly notices of the State Council's General Office: days on
which offices are closed, and weekend days worked in their place. Before and after it, and in other countries, only
weekends count.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache

from sluicegate.regime.table import read_rows

DAYS = 5
"""Working days of a usual week."""


@dataclass(frozen=True)
class Days:
    """Days that differ from the usual week: whether the office works on them, and since when that is known."""

    place: str
    first: date
    last: date
    works: bool
    known_on: date

    @property
    def days(self) -> list[date]:
        """Every day of it."""
        return [self.first + timedelta(days=d) for d in range((self.last - self.first).days + 1)]


def _days(row: dict[str, str]) -> Days:
    if row["kind"] not in ("open", "closed"):
        raise ValueError(f"kind {row['kind']!r}: it is open or closed")
    first, last, known = (date.fromisoformat(row[key]) for key in ("first", "last", "known_on"))
    return Days(row["place"], first, last, row["kind"] == "open", known)


@cache
def _announced(place: str) -> dict[date, Days]:
    return {day: s for s in read_rows("holidays.csv", _days) if s.place == place for day in s.days}


def works(place: str, day: date, as_of: date = date.max) -> bool:
    """Whether an office of a place works on a day, by what was announced by `as_of`."""
    days = _announced(place).get(day)
    return days.works if days and days.known_on <= as_of else day.weekday() < DAYS


def working_share(place: str, first: date, as_of: date = date.max) -> float:
    """Working days of the seven from a day on, over those of a usual week; at most 1."""
    days = sum(works(place, first + timedelta(days=d), as_of) for d in range(7))
    return min(days / DAYS, 1.0)
