"""Working days of an office by hand, from the notices of public holidays."""

from datetime import date

import pytest

from sluicegate.regime.table import read_rows
from sluicegate.regime.working_day import working_share, works

GOLDEN_WEEK = date(2025, 9, 29)
"""A Monday; closed from Wednesday 1 to Wednesday 8 October, open on Saturday 11."""


@pytest.mark.parametrize(("first", "days"), [
    (GOLDEN_WEEK, 2), (date(2025, 10, 6), 3), (date(2025, 10, 13), 5), (date(2024, 2, 12), 1), (date(2026, 2, 16), 0),
    (date(2025, 9, 22), 5),
])  # fmt: skip
def test_a_week_has_the_working_days_one_counts(first, days):
    assert working_share("CHN", first) == pytest.approx(days / 5)


@pytest.mark.parametrize(("year", "days"), [(2023, 249), (2024, 251), (2025, 248), (2026, 248)])
def test_a_year_has_the_working_days_its_notice_leaves(year, days):
    """Weekdays less those closed, and weekend days worked; the same by the package chinese-calendar 1.11."""
    all_days = (date.fromordinal(d) for d in range(date(year, 1, 1).toordinal(), date(year + 1, 1, 1).toordinal()))
    assert sum(works("CHN", day) for day in all_days) == days


def test_what_was_not_announced_yet_and_what_no_table_holds_is_a_usual_week():
    assert working_share("CHN", GOLDEN_WEEK, date(2024, 11, 11)) == 1
    assert working_share("CHN", GOLDEN_WEEK, date(2024, 11, 12)) == 0.4
    assert working_share("USA", GOLDEN_WEEK) == working_share("CHN", date(2010, 10, 4)) == 1
    assert not works("CHN", date(2030, 1, 5))


def test_every_row_is_a_notice_and_no_day_is_told_twice():
    rows = read_rows("holidays.csv", dict)
    ends = [[date.fromisoformat(row[end]).toordinal() for end in ("first", "last")] for row in rows]
    days = [d for first, last in ends for d in range(first, last + 1)]
    assert len(days) == len(set(days))
    assert all(r["notice"] and r["known_on"] < r["first"] for r in rows)
