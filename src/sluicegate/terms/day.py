"""Days a user may name."""

from __future__ import annotations

from datetime import date

from sluicegate.terms.errors import InputError

EARLIEST, LATEST = date(1990, 1, 1), date(2100, 12, 31)
"""The oldest figures are of the 1990s, a run looks decades ahead at most."""


def day_of(text: str, where: str) -> date:
    """An ISO date a user wrote.

    Raises
    ------
    InputError : not an ISO date, or outside the years that the dataset can speak of.
    """
    try:
        day = date.fromisoformat(text)
    except ValueError as error:
        raise InputError(f"{text[:80]!r} is no date", where=where, expected="a date such as 2025-06-12",
                         do="Write year, month and day.") from error  # fmt: skip
    if not EARLIEST <= day <= LATEST:
        raise InputError(f"{text!r}", where=where, expected=f"a day between {EARLIEST} and {LATEST}",
                         do="Mend the year.")  # fmt: skip
    return day
