"""Gaps that open and close, by hand."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from sluicegate.leverage.bridge import bridge, by_month


def _path(*months):
    return np.array(months, dtype=float)[:, None]


@pytest.mark.parametrize(("missing", "opens", "closes", "t"), [
    ([0, 0.2, 0.4, 0.1, 0, 0], 1, 4, 70), ([0, 0.2, 0, 0.3, 0.3, 0], 3, 5, 60), ([0, 0, 0.1, 0.1, 0.1], 2, -1, 30),
    ([0, 0.04, 0.04, 0.04], -1, -1, 0), ([0.5, 0, 0.5, 0], -1, -1, 0), ([0, 0.2, 0.2, 0, 0.2, 0], 1, 5, 60),
])  # fmt: skip
def test_a_gap_opens_with_two_short_months_and_closes_after_the_last(missing, opens, closes, t):
    found = bridge(_path(*missing), 100.0)
    assert (found.opens[0], found.closes[0]) == (opens, closes)
    assert found.missing_t[0] == pytest.approx(t)


def test_a_gap_beyond_the_horizon_has_no_length():
    assert np.isnan(bridge(_path(0, 0.5, 0.5), 1.0).months).all()
    assert bridge(_path(0, 0.5, 0.5, 0), 1.0).months[0] == 2


@given(arrays(float, (12, 3), elements=st.floats(0, 1)))
def test_no_more_is_missing_in_the_gap_than_in_all(missing):
    found = bridge(missing, 10.0)
    assert (found.missing_t <= 10 * missing.sum(axis=0) + 1e-9).all()
    assert ((found.opens >= 0) | (found.closes < 0)).all()


def test_a_month_is_the_mean_of_its_weeks():
    weekly = np.array([[1.0], [3.0], [10.0]])
    assert by_month(weekly, np.array([0, 0, 1])).tolist() == [[2.0], [10.0]]
