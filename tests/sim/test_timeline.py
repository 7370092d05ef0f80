"""How much of each week lies between two days."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sluicegate.sim.timeline import in_force

DAYS = st.integers(-70, 210)


@given(DAYS, DAYS)
def test_the_parts_of_weeks_add_up_to_the_days_between(first, last):
    on = in_force(first / 7, last / 7, 20)
    assert ((on >= 0) & (on <= 1)).all()
    assert 7 * on.sum() == pytest.approx(max(min(last, 140) - max(first, 0), 0))


def test_what_begins_and_ends_in_one_week_counts_by_its_days_between():
    np.testing.assert_allclose(in_force(1 + 2 / 7, 1 + 5 / 7, 3), [0, 3 / 7, 0])
