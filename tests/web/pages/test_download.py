"""CSV that no spreadsheet takes for a formula."""

from __future__ import annotations

import csv
import io

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sluicegate.web.pages.download import csv_of_rows, flat, safe_cell


@pytest.mark.parametrize("text", ["=1+1", "+cmd|x", "-2+3", "@SUM(A1)", "\t=1", "\r=1", " =1", "\ufeff=1"])
def test_a_formula_becomes_text(text: str) -> None:
    assert safe_cell(text).startswith("'")


@pytest.mark.parametrize("number", [-1.5, 3, "-7", "1e-05", -2e300])
def test_a_number_stays_a_number(number: object) -> None:
    assert float(safe_cell(number)) == float(str(number))


def test_what_is_absent_is_empty_and_no_zero() -> None:
    assert safe_cell(None) == safe_cell(float("nan")) == ""


def test_a_band_has_a_column_each() -> None:
    assert flat({"starts": {"q05": 1, "q50": 2}, "by": ["a", "b"]}) == {"starts_q05": 1, "starts_q50": 2, "by": "a; b"}


@settings(max_examples=25, deadline=None)
@given(st.lists(st.dictionaries(st.sampled_from("abc"), st.text() | st.floats() | st.none(), min_size=1), min_size=1))
def test_every_row_has_every_column(rows: list[dict[str, object]]) -> None:
    read = list(csv.reader(io.StringIO(csv_of_rows(rows), newline="")))
    assert len(read) == len(rows) + 1
    assert {len(row) for row in read} == {len(read[0])}
