"""Sobol indices against functions whose indices are known in closed form."""

import numpy as np
import pytest
from scipy.special import ndtr
from scipy.stats import sobol_indices

from sluicegate.sim.draws import Draws
from sluicegate.sim.sobol import NOISE, design, indices, shares
from sluicegate.terms import InputError
from sluicegate.terms.parameter import Parameter

Z95 = 1.6448536


def normal(name):
    return Parameter(name, "normal", -Z95, 0.0, Z95, "1", "judgement", "standard normal")


def inputs(*names):
    return {name: normal(name) for name in names}


def by_factor(parameters, factors, outcome, base=2048):
    return {i.factor: i for i in indices(design(parameters, factors, base=base, seed=1), outcome)}


def ishigami(draws: Draws, a=7.0, b=0.1):
    """Ishigami and Homma (1990), on three inputs even between -pi and pi."""
    x, y, z = (np.pi * (2 * ndtr(draws[n]) - 1) for n in "xyz")
    return np.sin(x) + a * np.sin(y) ** 2 + b * z**4 * np.sin(x)


def ishigami_shares(a=7.0, b=0.1):
    alone_x, alone_y = (1 + b * np.pi**4 / 5) ** 2 / 2, a**2 / 8
    both = b**2 * np.pi**8 * 8 / 225
    whole = alone_x + alone_y + both
    return {"x": (alone_x / whole, (alone_x + both) / whole), "y": (alone_y / whole,) * 2, "z": (0, both / whole)}


def test_the_ishigami_function_has_its_known_indices():
    found = by_factor(inputs("x", "y", "z"), {n: [n] for n in "xyz"}, ishigami)
    for name, (first, total) in ishigami_shares().items():
        assert found[name].first == pytest.approx(first, abs=0.04)
        assert found[name].total == pytest.approx(total, abs=0.04)


def test_the_estimators_are_those_of_scipy():
    values = np.random.default_rng(3).standard_normal((6, 64))
    values -= values[:2].mean()
    theirs = sobol_indices(func={"f_A": values[:1], "f_B": values[1:2], "f_AB": values[2:, None, :]}, n=64)
    for ours, other in zip(shares(values), (theirs.first_order, theirs.total_order), strict=True):
        np.testing.assert_allclose(ours, np.ravel(other), atol=1e-12)


def test_an_idle_input_decides_nothing_at_all():
    found = by_factor(inputs("a", "idle"), {"a": ["a"], "idle": ["idle"]}, lambda d: d["a"], base=64)["idle"]
    assert (found.first, found.total, found.total_low, found.total_high) == (0, 0, 0, 0)


def test_intervals_hold_the_estimate_and_shrink_with_the_base():
    few, many = (by_factor(inputs("x", "y", "z"), {n: [n] for n in "xyz"}, ishigami, base=n) for n in (64, 2048))
    for name in "xyz":
        assert many[name].total_low <= many[name].total <= many[name].total_high
        assert many[name].total_high - many[name].total_low < few[name].total_high - few[name].total_low


def test_a_group_has_the_shares_of_its_inputs_together():
    found = by_factor(inputs("x", "y", "z"), {"x": ["x"], "others": ["y", "z"]}, ishigami)
    shares = ishigami_shares()
    assert found["others"].first == pytest.approx(shares["y"][0] + shares["z"][0], abs=0.04)
    assert found["others"].total == pytest.approx(1 - shares["x"][0], abs=0.04)  # all but x alone


def test_a_linear_model_has_the_shares_of_its_squared_slopes():
    found = by_factor(inputs("a", "b"), {"a": ["a"], "b": ["b"]}, lambda d: 3 * d["a"] + d["b"])
    assert [i.factor for i in found.values()] == ["a", "b"]
    for name, share in {"a": 0.9, "b": 0.1}.items():
        assert found[name].first == pytest.approx(share, abs=0.03)
        assert found[name].total == pytest.approx(share, abs=0.03)


def test_noise_is_an_input_like_another():
    def outcome(draws):
        return 2 * draws["a"] + draws.noise("swing", 1)[0]

    found = by_factor(inputs("a"), {"a": ["a"], NOISE: []}, outcome)
    assert found["a"].total == pytest.approx(0.8, abs=0.05)
    assert found[NOISE].total == pytest.approx(0.2, abs=0.05)


def test_what_never_moves_is_decided_by_nothing():
    assert indices(design(inputs("a"), {"a": ["a"]}, base=16, seed=1), lambda d: np.ones(d.size)) == []


@pytest.mark.parametrize("base", [0, -4, 8, 100])
def test_a_base_that_is_no_power_of_two_is_refused(base):
    with pytest.raises(InputError, match="power of two"):
        design(inputs("a"), {"a": ["a"]}, base=base, seed=1)
