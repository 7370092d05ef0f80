"""An open application against the laws of probability."""

import numpy as np
import pytest
from scipy.stats import expon, gamma

from sluicegate.company.licence import File, still_open

DRAWS = 4000


def file(mean=8.0, stages=2, passes=1.0, elapsed=0.0, ahead=0.0, draws=1):
    one = np.ones(draws)
    return File(mean * one, stages, passes * one, elapsed * one, ahead * one)


@pytest.mark.parametrize("weeks", [1.0, 6.0, 30.0])
def test_a_fresh_file_follows_the_erlang_law(weeks):
    assert file().decided_within(np.full(1, weeks)) == pytest.approx(gamma(2, scale=4).cdf(weeks))


@pytest.mark.parametrize("elapsed", [0.0, 5.0, 50.0])
def test_a_review_of_one_stage_forgets_how_long_it_has_lasted(elapsed):
    found = file(stages=1, elapsed=elapsed).decided_within(np.full(1, 6.0))
    assert found == pytest.approx(expon(scale=8).cdf(6.0))


def test_a_file_that_has_lain_long_is_likelier_among_those_never_decided():
    fresh, old = (file(passes=0.6, elapsed=e).decided_within(np.full(1, np.inf)) for e in (0.0, 20.0))
    still = 1 - gamma(2, scale=4).cdf(20.0)
    assert fresh == pytest.approx(0.6)
    assert old == pytest.approx(0.6 * still / (0.4 + 0.6 * still))


def test_an_office_that_has_not_begun_decides_nothing():
    assert file(ahead=3.0).decided_within(np.full(1, 3.0)) == 0
    assert file(ahead=3.0).decided_within(np.full(1, 5.0)) == pytest.approx(gamma(2, scale=4).cdf(2.0))


def test_drawn_waits_have_the_law_they_are_drawn_from():
    asked = file(passes=0.7, elapsed=4.0, ahead=1.0, draws=DRAWS)
    left = asked.weeks_left((np.arange(DRAWS) + 0.5) / DRAWS)
    for weeks in (2.0, 9.0, 40.0):
        assert (left <= weeks).mean() == pytest.approx(asked.decided_within(np.full(DRAWS, weeks))[0], abs=1e-3)


def test_a_ban_never_decides():
    assert np.isinf(file(passes=0.0).weeks_left(np.full(1, 0.01))).all()
    assert file(passes=0.0).decided_within(np.full(1, np.inf)) == 0


def test_draws_of_a_quick_office_are_looked_at_less_while_a_file_is_open():
    mean = np.repeat([2.0, 20.0], 500)
    asked = File(mean, 1, np.ones(1000), np.full(1000, 6.0), np.zeros(1000))
    kept = (mean[still_open([asked], 1000)] == 2.0).mean()
    assert kept == pytest.approx(np.exp(-3) / (np.exp(-3) + np.exp(-0.3)), abs=2e-3)


def test_without_files_every_draw_stands_once():
    assert np.array_equal(still_open([], 7), np.arange(7))
