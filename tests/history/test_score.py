"""Scores against their closed forms."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import norm

from sluicegate.history.score import brier, covered, fair_crps, rank, resampled


@pytest.mark.parametrize("observed", [-1.0, 0.0, 0.7])
def test_crps_of_a_normal_ensemble_is_the_closed_form_of_gneiting_and_raftery(observed):
    members = norm.ppf((np.arange(20000) + 0.5) / 20000)
    closed = observed * (2 * norm.cdf(observed) - 1) + 2 * norm.pdf(observed) - 1 / np.sqrt(np.pi)
    assert fair_crps(members, observed) == pytest.approx(closed, abs=1e-4)


@given(st.lists(st.floats(-5, 5), min_size=2, max_size=12), st.floats(-5, 5))
def test_crps_equals_its_sum_over_pairs(members, observed):
    x, m = np.array(members), len(members)
    pairs = np.abs(x[:, None] - x[None]).sum() / (2 * m * (m - 1))
    assert fair_crps(x, observed) == pytest.approx(np.abs(x - observed).mean() - pairs, abs=1e-12)


def test_a_fair_score_does_not_depend_on_the_size_of_the_ensemble():
    rng = np.random.default_rng(1)
    small, large = (np.mean([fair_crps(rng.normal(size=m), rng.normal()) for _ in range(20000)]) for m in (2, 40))
    assert small == pytest.approx(large, abs=0.02)


def test_one_member_is_refused():
    with pytest.raises(ValueError, match="two members"):
        fair_crps(np.array([1.0]), 0.0)


def test_band_rank_and_brier_of_known_cases():
    x = np.arange(101.0)
    assert covered(x, 50, 0.5)
    assert not covered(x, 99, 0.9)
    assert rank(x, 50) == pytest.approx(0.5)
    assert brier(0.5, happened=True) == 0.25


def test_resampling_keeps_the_weighted_mean():
    x, w = np.arange(10.0), np.arange(1, 11) / 55
    assert resampled(x, w, 5500).mean() == pytest.approx(w @ x, abs=1e-3)
