"""Nested-CES power, against numeric cost minimisation."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.optimize import minimize

from sluicegate.metrics.ces_power import cost_rise, elasticity_at, power

OMEGA, HELD, SIGMA = [0.3, 0.5, 0.2], [0.6, 0.2, 0.0], [1.6, 3.0, 5.0]


def _price(theta, prices, sigma):
    return (theta * prices ** (1 - sigma)).sum() ** (1 / (1 - sigma))


def _least_cost(free, rho):
    """Least cost of one unit by choosing quantities q (J, 2): ours and the coalition's, the latter 0 when cut off.

    Weights are those for which base prices of one give the shares; only quantities are searched.
    """

    def output(q):
        inner = [
            sum(w ** (1 / s) * x ** ((s - 1) / s) for w, x in zip((1 - h, h), row, strict=True)) ** (s / (s - 1))
            for row, h, s in zip(q, HELD, SIGMA, strict=True)
        ]
        return sum(o ** (1 / rho) * x ** ((rho - 1) / rho) for o, x in zip(OMEGA, inner, strict=True)) ** (
            rho / (rho - 1)
        )

    def both(x):
        q = np.zeros((3, 2))
        q[:, 0] = np.exp(x[:3])
        if free:
            q[:, 1] = np.exp(x[3:])
        return q

    size = 6 if free else 3
    best = minimize(lambda x: np.log(both(x).sum()) - np.log(output(both(x))), np.full(size, -1.0), tol=1e-14)
    return best.fun


@pytest.mark.parametrize("rho", [0.7, 2.5])
def test_the_closed_form_is_the_least_cost_without_the_coalition_over_that_with_it(rho):
    numeric = _least_cost(False, rho) - _least_cost(True, rho)
    assert cost_rise(OMEGA, HELD, rho=rho, sigma=SIGMA) == pytest.approx(numeric, rel=1e-5)


def test_at_rho_one_the_two_forms_meet():
    near = [cost_rise(OMEGA, HELD, rho=r, sigma=SIGMA) for r in (1.0, 1 + 1e-6)]
    assert near[0] == pytest.approx(near[1], rel=1e-5)


@given(st.floats(0.05, 0.4), st.floats(0.05, 0.4), st.floats(0.2, 3).filter(lambda r: abs(r - 1) > 0.05))
def test_joint_threats_on_two_inputs_gain_where_inputs_substitute_and_lose_where_they_complement(a, b, rho):
    both, one, other = (cost_rise([0.5, 0.3, 0.2], held, rho=rho, sigma=[2, 2, 2])
                        for held in ([a, b, 0], [a, 0, 0], [0, b, 0]))  # fmt: skip
    assert (both >= one + other - 1e-9) if rho > 1 else (both <= one + other + 1e-9)


@given(st.floats(0.01, 0.45), st.floats(0.01, 0.45))
def test_inside_one_input_suppliers_are_worth_more_together(a, b):
    both, one, other = (cost_rise([1.0], [w], rho=1, sigma=[3]) for w in (a + b, a, b))
    assert both >= one + other - 1e-12


@given(st.floats(0, 0.9), st.floats(0, 0.09))
def test_power_rises_with_the_share_held(share, more):
    low, high = (power(100, cost_rise([0.4, 0.6], [w, 0], rho=0.5, sigma=[2, 2])) for w in (share, share + more))
    assert 0 <= low <= high + 1e-9 <= 100 + 1e-6


def test_elasticities_grow_from_short_to_long():
    found = [elasticity_at(t, short=1.2, long=4.0, half_life_years=2) for t in (0, 2, 100)]
    assert found == pytest.approx([1.2, 2.6, 4.0])


@pytest.mark.parametrize("wrong", [{"spending": [0.5]}, {"held": [1.2]}, {"sigma": [1.0]}, {"rho": 0.0}])
def test_what_the_form_cannot_say_is_refused(wrong):
    told = {"spending": [1.0], "held": [0.5], "sigma": [2.0], "rho": 0.5} | wrong
    with pytest.raises(ValueError, match=r"shares|elasticities"):
        cost_rise(told["spending"], told["held"], rho=told["rho"], sigma=told["sigma"])
