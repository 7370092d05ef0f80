"""Which inputs decide: against functions whose shares are known."""

import numpy as np
import pytest

from sluicegate.sim import judgement_share, variance_shares
from sluicegate.sim.draws import sample
from sluicegate.terms.parameter import Parameter

Z95 = 1.6448536


def _normal(name, label):
    return Parameter(name, "normal", -Z95, 0.0, Z95, "1", label, "standard normal")


@pytest.fixture(scope="module")
def draws():
    inputs = [_normal("a", "judgement"), _normal("b", "reported"), _normal("c", "fitted"), _normal("idle", "judgement")]
    return sample(inputs, size=1024, seed=1)


def test_shares_of_an_additive_function_are_those_of_its_variance(draws):
    shares = variance_shares(3 * draws["a"] + 2 * draws["b"] - draws["c"], draws)  # 9, 4 and 1 of 14
    assert list(shares) == ["a", "b", "c"]
    assert shares["a"] == pytest.approx(9 / 14, abs=0.03)
    assert shares["b"] == pytest.approx(4 / 14, abs=0.03)
    assert shares["c"] == pytest.approx(1 / 14, abs=0.03)
    assert sum(shares.values()) <= 1 + 1e-12


def test_the_judgement_share_is_that_of_the_inputs_so_labelled(draws):
    assert judgement_share(3 * draws["a"] + 2 * draws["b"] - draws["c"], draws) == pytest.approx(9 / 14, abs=0.03)
    assert judgement_share(draws["b"] ** 3, draws) == 0


def test_noise_and_constants_are_explained_by_nothing(draws):
    noise = np.random.default_rng(5).standard_normal(1024)
    assert variance_shares(noise, draws) == {}
    assert np.isnan(judgement_share(np.ones(1024), draws))


def test_two_parameters_of_one_name_are_refused():
    with pytest.raises(ValueError, match="share a name"):
        sample([_normal("a", "fitted"), _normal("a", "fitted")], size=4, seed=1)
