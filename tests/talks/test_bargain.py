"""Splits with published answers."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sluicegate.talks.bargain import impatience_share, nash, offers, patience_needed, rubinstein, rubinstein_at_once


def test_nash_gives_half_of_the_surplus_to_each():
    found = nash(70, 20, 10)
    assert (found.first, found.second) == (55, 45)


@given(st.floats(0, 1e6), st.floats(-1e6, 1e6), st.floats(-1e6, 1e6), st.floats(0, 1))
def test_nobody_gets_less_than_without_a_deal_and_nothing_is_lost(surplus, first, second, share):
    found = nash(surplus, first, second, share=share)
    assert found.first >= first - 1e-9
    assert found.second >= second - 1e-9
    assert found.first + found.second == pytest.approx(surplus + first + second, abs=1e-6)


def test_rubinstein_is_the_published_share():
    assert rubinstein(0.95, 0.90) == pytest.approx(0.689655, abs=1e-6)
    assert rubinstein_at_once(0.1, 0.3) == pytest.approx(0.75)


@given(st.floats(0.01, 1e6), st.floats(0.01, 1e6))
def test_the_log_odds_of_the_share_by_impatience_are_the_log_ratio_of_losses(first, second):
    share = impatience_share(np.array([first]), np.array([second]))[0]
    assert np.log(share / (1 - share)) == pytest.approx(np.log(second / first), abs=1e-9)
    assert share == pytest.approx(rubinstein_at_once(first, second))


def test_who_gains_by_waiting_has_no_share_of_impatience():
    assert np.isnan(impatience_share(np.array([-1.0, 0.0]), np.array([1.0, 0.0]))).all()


def test_short_rounds_approach_the_limit():
    step = 1e-5
    assert rubinstein(np.exp(-0.1 * step), np.exp(-0.3 * step)) == pytest.approx(0.75, abs=1e-5)


@pytest.mark.parametrize(("rounds", "share"), [(1, 1.0), (2, 0.10), (3, 0.955), (11, 0.8315), (101, 0.6898)])
def test_a_deadline_is_met_by_backward_induction(rounds, share):
    assert offers(0.95, 0.90, [1.0] * rounds)[0] == pytest.approx(share, abs=5e-5)


def test_a_grim_trigger_holds_from_a_half():
    assert patience_needed(5, 3, 1) == 0.5
