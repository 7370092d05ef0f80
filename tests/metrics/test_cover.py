from math import inf

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from sluicegate.metrics import days_of_cover


def test_worked_example_of_the_closed_form() -> None:
    assert days_of_cover(45, cut=0.6, thrift=0.1, pipeline_days=30) == pytest.approx(120)


def test_thrift_that_meets_the_cut_lasts_for_ever() -> None:
    assert days_of_cover(10, cut=0.3, thrift=0.3) == inf


@given(
    st.floats(min_value=1, max_value=300),
    st.floats(min_value=0.05, max_value=1),
    st.floats(min_value=0, max_value=0.9),
    st.integers(min_value=0, max_value=90),
)
def test_a_day_by_day_count_gives_the_same(stock: float, cut: float, thrift: float, pipeline: int) -> None:
    assume(cut - thrift > 0.02)
    left, day = stock, pipeline
    while left > 0:
        left -= cut - thrift
        day += 1
    assert day - 1 - 1e-6 <= days_of_cover(stock, cut, thrift, pipeline) <= day + 1e-6


def test_a_cut_is_a_share() -> None:
    with pytest.raises(ValueError, match="shares"):
        days_of_cover(10, cut=60)
