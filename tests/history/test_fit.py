"""The fit: flattening, weights, and settings that are found again."""

from dataclasses import replace

import numpy as np
import pytest

from sluicegate.history.episode import find_episode
from sluicegate.history.fit import FITTED, LEAST_SIZE, effective_size, fit, flattening, weights
from sluicegate.history.replay import Replay, replay
from sluicegate.world import load_world


@pytest.fixture(scope="module")
def played():
    return replay(find_episode("gallium-germanium-2023"), load_world(), draws=512, seed=3)


def posing(played: Replay, draw: int) -> Replay:
    """The episode as if what one of its draws says had been recorded."""
    episode = played.episode
    series = tuple(
        replace(s, rows=tuple(replace(r, value=s.base * months[r.month][draw]) for r in episode.scored(s)))
        for s in episode.series
        for months in [played.ratio[s.name]]
    )
    return replace(played, episode=replace(episode, series=series))


def test_effective_size_counts_equal_weights_and_a_single_one():
    assert effective_size(np.full(50, 1 / 50)) == pytest.approx(50)
    assert effective_size(np.eye(50)[0]) == pytest.approx(1)


def test_flattening_leaves_what_is_flat_and_lets_enough_draws_count():
    sharp = -(np.arange(1000.0) ** 2)
    assert flattening(np.zeros(1000)) == 1.0
    assert effective_size(weights(flattening(sharp) * sharp)) == pytest.approx(LEAST_SIZE, rel=1e-6)


def test_an_office_that_starts_late_is_found_to_start_late(played):
    name = "gallium and germanium: office_start_weeks"
    late, early = np.argsort(played.draws[name])[[-20, 20]]
    found = [fit([posing(played, d)]).population["office_start_weeks"].mean for d in (early, late)]
    assert found[0] < found[1]


def test_a_fit_is_the_same_again_and_knows_its_settings(played):
    first, second = fit([played]), fit([played])
    assert set(first.population) == set(FITTED)
    assert first.population == second.population


def test_fitted_settings_change_the_group_and_not_a_destination_of_its_own(played):
    names = fit([played]).changes([*played.draws.parameters, "gallium and germanium, USA: review_weeks_mean"])
    assert "gallium and germanium: review_weeks_mean" in names
    assert "gallium and germanium, USA: review_weeks_mean" not in names


def test_no_episode_is_refused():
    with pytest.raises(ValueError, match="no episode"):
        fit([])
