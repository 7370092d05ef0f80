"""The L-shaped method and the solver behind it, against published optima."""

import subprocess
import sys

import highspy
import numpy as np
import pytest
from scipy import sparse
from scipy.stats import norm

from sluicegate.response.l_shaped import First, minimise, tail_mean
from sluicegate.response.solver import Programme, _well
from sluicegate.terms import SluicegateError

YIELDS = np.array([[2.0, 2.4, 16.0], [2.5, 3.0, 20.0], [3.0, 3.6, 24.0]])
PLANTING = np.array([150.0, 230.0, 260.0])


class Farmer:
    """Second stage of Birge and Louveaux (2011), ch. 1: buy and sell wheat, corn and beets once yields are known.

    Columns: bought wheat and corn, sold wheat and corn, sold beets below and above the quota of 6,000 t.
    """

    def __init__(self, yields):
        self.yields = yields
        matrix = np.array([[1, 0, -1, 0, 0, 0], [0, 1, 0, -1, 0, 0], [0, 0, 0, 0, -1, -1]])
        self.programme = Programme([238, 210, -170, -150, -36, -10], sparse.csc_array(matrix), np.zeros(3),
                                   np.full(3, np.inf), np.zeros(6), [np.inf] * 4 + [6000, np.inf])  # fmt: skip

    def __call__(self, acres):
        loss, slope = [], []
        for grown in self.yields:
            self.programme.bound_rows(np.arange(3), np.array([200.0, 240.0, 0.0]) - grown * acres, np.full(3, np.inf))
            found = self.programme.solve()
            loss.append(found.objective)
            slope.append(-found.duals * grown)
        return np.array(loss), np.array(slope)


def _farm(yields):
    first = First(PLANTING, np.full(3, 500.0), np.ones(3), 500.0, floor=-1e6)
    return minimise(first, Farmer(yields), len(yields))


def test_the_farmer_plants_as_published():
    found = _farm(YIELDS)
    assert found.objective == pytest.approx(-108_390, abs=1)
    assert found.x == pytest.approx([170, 80, 250], abs=1e-3)


def test_the_farmer_would_pay_as_published_for_a_forecast_and_for_minding_the_spread():
    recourse = _farm(YIELDS).objective
    waiting = np.mean([_farm(one[None]).objective for one in YIELDS])
    middle = _farm(YIELDS.mean(axis=0)[None]).x
    blind = float(PLANTING @ middle + Farmer(YIELDS)(middle)[0].mean())
    assert recourse - waiting == pytest.approx(7_016, abs=1)
    assert blind - recourse == pytest.approx(1_150, abs=1)


DISTANCE = np.array([[2.5, 1.7, 1.8], [2.5, 1.8, 1.4]])


def _transport(demand=(325.0, 300.0, 275.0)):
    """Two canneries of 350 and 600 cases, three markets, 90 USD a case and thousand miles (Dantzig 1963)."""
    supply = sparse.kron(sparse.eye_array(2), np.ones((1, 3)))
    market = sparse.kron(np.ones((1, 2)), sparse.eye_array(3))
    return Programme(0.09 * DISTANCE.ravel(), sparse.vstack([supply, market]), [-np.inf] * 2 + list(demand),
                     [350, 600] + [np.inf] * 3, np.zeros(6), np.full(6, np.inf))  # fmt: skip


def test_dantzigs_transport_costs_what_it_costs():
    assert _transport().solve().objective == pytest.approx(153.675, abs=1e-9)


def test_prices_differ_by_freight_where_goods_flow_and_by_no_more_elsewhere():
    """Complementary slackness: the price at the market less that at the cannery is at most the freight."""
    found = _transport().solve()
    spread = found.duals[2:][None, :] + found.duals[:2][:, None]
    flow = found.x.reshape(2, 3)
    assert (spread <= 0.09 * DISTANCE + 1e-9).all()
    assert spread[flow > 0] == pytest.approx((0.09 * DISTANCE)[flow > 0])


def test_a_programme_bounded_anew_is_solved_as_if_it_were_new():
    warm = _transport()
    warm.solve()
    warm.bound_rows(np.array([2, 3, 4]), [400, 200, 275], np.full(3, np.inf))
    assert warm.solve().objective == pytest.approx(_transport((400, 200, 275)).solve().objective)
    assert warm.steps <= 3
    warm.bound_columns(np.array([0]), [0], [100])
    assert warm.solve().x[0] <= 100 + 1e-9


def test_the_tail_of_a_normal_is_the_published_one():
    """CVaR at 0.9 of N(0, 1) is phi(z) / 0.1 = 1.75498 (Rockafellar and Uryasev 2000)."""
    points = norm.ppf((np.arange(200_000) + 0.5) / 200_000)
    assert tail_mean(points) == pytest.approx(1.75498, abs=1e-4)


def test_what_cannot_be_met_is_said():
    with pytest.raises(SluicegateError, match="Infeasible"):
        _transport((900, 900, 900)).solve()


def test_whatever_highs_does_not_do_as_asked_is_an_error():
    with pytest.raises(SluicegateError, match="take another solver and said kError"):
        _well(highspy.Highs().setOptionValue("solver", "no such"), "take another solver")


def test_nothing_of_highs_reaches_standard_output():
    """The first HiGHS of a process would greet there, and spoil a JSON document."""
    code = "from sluicegate.response.solver import Programme; Programme([1], [[1]], [1], [2], [0], [3]).solve()"
    found = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert found.stdout == ""
