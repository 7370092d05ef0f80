"""The Table Schema says what the reader of figures accepts."""

from __future__ import annotations

import re
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sluicegate.world.figures import printed_figures
from sluicegate.world.intake.schema import (
    FIELDS,
    NUMBERS,
    REQUIRED,
    SCHEMA_FILE,
    as_number,
    check_row,
    known_materials,
    period_end,
    schema_text,
    table_schema,
)
from sluicegate.world.overlay import SAME

LATE = "2026-11-23"


def test_the_shipped_schema_is_what_the_code_says_now():
    assert SCHEMA_FILE.read_text("utf-8") == schema_text()


def test_a_figure_is_told_apart_by_columns_the_schema_has():
    assert set(SAME) <= set(FIELDS) <= {*printed_figures().columns}
    assert [f["name"] for f in table_schema()["fields"] if f.get("constraints", {}).get("required")] == list(REQUIRED)


def test_every_figure_of_ours_passes():
    table = printed_figures().reset_index()
    materials = known_materials()
    wrong = []
    for row in table.to_dict("records"):
        cells = {f: "" if row[f] != row[f] else f"{row[f]!r}" if f in NUMBERS else str(row[f]) for f in FIELDS}
        wrong += [(row["figure_id"], p) for p in check_row(cells, 2, materials, LATE)]
    assert wrong == []


@pytest.mark.parametrize("field", ["metric", "stage", "status", "grade", "period", "unit"])
def test_the_limits_of_the_schema_hold_for_every_figure_of_ours(field):
    limit = next(f["constraints"] for f in table_schema()["fields"] if f["name"] == field)
    cells = {c for c in printed_figures()[field] if c}
    if "enum" in limit:
        assert cells <= set(limit["enum"])
    else:
        assert all(re.fullmatch(limit["pattern"], c) for c in cells)


@given(st.floats(allow_nan=False, allow_infinity=False))
def test_a_number_written_out_is_read_back(number):
    assert as_number(repr(number)) == number


@given(st.text(max_size=8))
def test_what_python_would_not_read_is_no_number(text):
    read = as_number(text)
    assert read is None or read == float(text)


@given(st.dates(date(1950, 1, 1), date(2099, 12, 31)))
def test_a_day_is_its_own_end(day):
    assert period_end(day.isoformat()) == day


@pytest.mark.parametrize(
    ("period", "end"),
    [("2024", date(2024, 12, 31)), ("2024-02", date(2024, 2, 29)), ("2020/2023", date(2023, 12, 31)),
     ("2023/2020", None), ("2025-02-30", None), ("24", None), ("2024-1", None), ("", None)],
)  # fmt: skip
def test_a_period_ends_on_its_last_day(period, end):
    assert period_end(period) == end
