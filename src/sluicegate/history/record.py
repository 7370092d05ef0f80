"""A table of figures as published, row by row: what may be read as a month and what may not."""

from __future__ import annotations

import csv
import math
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from sluicegate.terms import InputError

BASES = ("reported", "derived", "approx", "period", "unverified")
"""`reported` is in the source; `derived` is arithmetic on that; `period` is a sum or change over many months."""
COLUMNS = ("date", "series", "unit", "value", "source", "url", "note", "basis")


@dataclass(frozen=True)
class Row:
    """One published figure: the month it is of (or ends in), its unit, and how it is known."""

    month: date
    series: str
    unit: str
    value: float
    source: str
    basis: str


def read_record(text: str, where: str) -> tuple[Row, ...]:
    """Rows of a table with the columns `COLUMNS`; states in words (unit `text`) are no figures and are left out.

    Raises
    ------
    InputError : a column is missing, or rows cannot be read; all of them at once.
    """
    reader = csv.DictReader(text.splitlines())
    if lacking := [c for c in COLUMNS if c not in (reader.fieldnames or ())]:
        raise InputError(f"no column {', '.join(lacking)}", where=where, expected=", ".join(COLUMNS),
                         do="Add the columns.")  # fmt: skip
    rows, problems = [], []
    for number, line in enumerate(reader, start=2):
        if line["unit"] == "text":
            continue
        try:
            rows.append(_row(line))
        except (TypeError, ValueError) as error:
            problems.append(f"line {number}: {error}")
    if problems:
        raise InputError("; ".join(problems), where=where, expected="a month, a number and a basis in each row",
                         do="Correct the lines named.")  # fmt: skip
    return tuple(rows)


def _row(line: dict[str, str]) -> Row:
    if line["basis"] not in BASES:
        raise ValueError(f"basis {line['basis']!r} is none of {', '.join(BASES)}")
    value = float(line["value"])
    if not math.isfinite(value):
        raise ValueError(f"{line['value']!r} is no number")
    return Row(month_of(line["date"]), line["series"], line["unit"], value, line["source"], line["basis"])


def month_of(text: str) -> date:
    """First day of a month written `2023-07`.

    Raises
    ------
    ValueError : it is no month.
    """
    year, _, month = str(text).partition("-")
    try:
        return date(int(year), int(month), 1)
    except ValueError as error:
        raise ValueError(f"{text!r} is no month such as 2023-07") from error


def months_between(first: date, last: date) -> int:
    """Months from the month of one day to that of another."""
    return 12 * (last.year - first.year) + last.month - first.month


def months_of(rows: Iterable[Row], series: str, unit: str, where: str) -> tuple[Row, ...]:
    """The rows of a series that are single months, in order; sums over many months are never among them.

    Raises
    ------
    InputError : the series has no single month, another unit, or a month twice.
    """
    own = [r for r in rows if r.series == series]
    if others := sorted({r.unit for r in own} - {unit}):
        raise InputError(f"{series} is in {', '.join(others)}", where=where, expected=f"all rows in {unit}",
                         do="Convert the rows, or name the series apart.")  # fmt: skip
    single = sorted((r for r in own if r.basis != "period"), key=lambda r: r.month)
    if not single:
        raise InputError(f"{series} has no single month", where=where, expected="monthly figures; sums are not fitted",
                         do="Add months, or leave the series out.")  # fmt: skip
    twice = sorted({str(r.month)[:7] for r in single if sum(o.month == r.month for o in single) > 1})
    if twice:
        raise InputError(f"{series} has {', '.join(twice)} twice", where=where, expected="each month once",
                         do="Keep one row a month.")  # fmt: skip
    return tuple(single)
