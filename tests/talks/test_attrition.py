"""Waiting, against the published answers."""

import numpy as np
import pytest

from sluicegate.talks.attrition import concession, standoff, standoff_over_time, worth_of_stopping


@pytest.mark.parametrize("t", [0, 5, 20, 60])
def test_no_time_to_stop_is_better_than_another(t):
    assert worth_of_stopping(t, 10, 1) == pytest.approx(0, abs=1e-12)


def test_the_worth_of_stopping_is_that_of_drawn_opponents():
    """Inverse of the distribution, a million times: an authority that shares no formula with the closed form."""
    other = -10 * np.log(1 - np.random.default_rng(1).random(1_000_000))
    earned = np.where(other < 7, 10.0, 0.0) - np.minimum(other, 7.0)
    assert concession(7, 10, 1) == pytest.approx((other < 7).mean(), abs=2e-3)
    assert earned.mean() == pytest.approx(0, abs=2e-2)


def test_abreu_and_gul_have_the_less_stubborn_side_give_in_at_once():
    """Demands of 0.6 each, rate 0.1: hazards r (1 - a) / (2 a - 1) = 0.2; stubborn 10 % and 5 %."""
    found = standoff((0.2, 0.2), (0.04, 0.04), (0.10, 0.05))
    assert found.hazard == pytest.approx((0.2, 0.2))
    assert found.lasts == pytest.approx((11.51, 14.98), abs=0.01)
    assert found.at_once == pytest.approx((0.0, 0.5))


def test_costs_that_stay_give_the_same_as_a_constant_one():
    """Row of Abreu and Gul above, in steps of a hundredth."""
    costs = np.full((3000, 2), 0.04 / 100)
    found = standoff_over_time((0.2, 0.2), costs, (0.10, 0.05))
    assert np.array(found.lasts) / 100 == pytest.approx((11.51, 14.98), abs=0.01)
    assert found.at_once == pytest.approx((0.0, 0.5), abs=1e-3)


def test_hardly_stubborn_and_alike_it_is_the_symmetric_war():
    found = standoff_over_time((10.0, 10.0), np.full((400, 2), 1.0), (1e-12, 1e-12))
    assert found.given_in[59] == pytest.approx([concession(60, 10, 1)] * 2, abs=1e-9)


def test_the_other_gives_in_fastest_when_a_stock_is_out():
    """The second side's loss jumps in week 20: the first gives in as much more often."""
    costs = np.ones((40, 2))
    costs[20:, 1] = 5
    found = standoff_over_time((50.0, 50.0), costs, (0.01, 0.01))
    step = np.diff(np.log(1 - found.given_in[:, 0]))
    assert step[25] / step[10] == pytest.approx(5)


def test_a_standoff_that_outlasts_the_horizon_says_so():
    found = standoff_over_time((1e6, 1e6), np.ones((10, 2)), (0.05, 0.05))
    assert found.lasts == (np.inf, np.inf)
    assert found.at_once == (0.0, 0.0)
