"""The programme, against closed forms, one whole programme and a search."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sluicegate.response.l_shaped import tail_mean
from sluicegate.response.two_stage import Problem, informed, losses, optimality_gap, solve, upper_end
from sluicegate.terms import InputError


def _one(missing, cost=1.0, value=4.0):
    """One product, one use, one period, stock alone; (D,) days missing."""
    gap = np.asarray(missing, dtype=float)[None, None, :]
    none = np.zeros(1, dtype=np.intp)
    return Problem(none, none, gap, np.full((1, gap.shape[2]), value), none, np.ones(1, dtype=bool),
                   np.ones((1, 1, 1)), np.array([cost]), np.array([1e6]))  # fmt: skip


def test_one_product_and_one_period_is_a_newsvendor():
    """Holding a day costs 1, lacking it 4: hold the quantile at 1 - 1/4 of what is missing (Arrow et al. 1951)."""
    missing = np.random.default_rng(1).uniform(0, 100, 399)
    plan = solve(_one(missing), 1e9, aversion=0.0)
    assert plan.size[0] == pytest.approx(np.sort(missing)[299], abs=1e-6)


def test_the_programme_counts_the_tail_as_the_tail_is():
    missing = np.random.default_rng(2).uniform(0, 50, 64)
    plan = solve(_one(missing), 0.0, aversion=1.0)
    assert plan.loss == pytest.approx(4 * missing, rel=1e-9)


def _two(seed, draws=5):
    """Two products, three uses of two lines, four periods; stock of both, and flows of both."""
    rng = np.random.default_rng(seed)
    gap = rng.uniform(0, 10, (3, 4, draws)) * (rng.random((3, 4, draws)) < 0.7)
    gap[:, 0] = 0
    stock = np.zeros((2, 4, draws))
    stock[:, rng.integers(0, 3, 2)] = 1
    brings = np.concatenate([stock, rng.uniform(0, 20, (2, 4, draws))])
    return Problem(np.array([0, 1, 1]), np.array([0, 0, 1]), gap, rng.uniform(1, 5, (3, draws)), np.array([0, 1, 0, 1]),
                   np.array([True, True, False, False]), brings, np.array([0.5, 1.0, 20.0, 30.0]),
                   np.array([180.0, 180.0, 0.3, 0.3]))  # fmt: skip


@pytest.mark.parametrize("seed", range(6))
def test_cut_by_cut_it_finds_what_the_whole_programme_finds(extensive, seed):
    problem = _two(seed, draws=7)
    plan = solve(problem, 12.0, aversion=0.4)
    value, _ = extensive(problem, 12.0, aversion=0.4)
    mine = plan.cost + 0.6 * plan.loss.mean() + 0.4 * tail_mean(plan.loss)
    assert mine == pytest.approx(value, rel=1e-5)


def test_what_a_plan_leaves_is_what_the_plan_said():
    problem = _two(2)
    plan = solve(problem, 12.0)
    assert losses(problem, plan.size) == pytest.approx(plan.loss, rel=1e-6, abs=1e-9)


@settings(max_examples=15, deadline=None)
@given(st.integers(0, 50), st.floats(0, 20), st.floats(0.1, 20))
def test_more_money_never_does_harm(seed, budget, more):
    problem = _two(seed)
    less, richer = solve(problem, budget, aversion=0), solve(problem, budget + more, aversion=0)
    assert richer.cost + richer.loss.mean() <= less.cost + less.loss.mean() + 1e-4
    assert less.cost <= budget + 1e-6


def test_an_option_that_is_bought_is_bought_until_a_unit_is_worth_what_it_costs():
    problem = replace(_two(3), most=np.full(4, 1e6))
    plan = solve(problem, 12.0, aversion=0.3)
    bought = plan.size > 1e-6
    assert bought.any()
    assert plan.worth[bought] == pytest.approx((1 + plan.budget_worth) * problem.cost[bought], rel=1e-6)
    assert (plan.worth[~bought] <= (1 + plan.budget_worth) * problem.cost[~bought] * (1 + 1e-6)).all()


def test_a_dollar_more_is_worth_its_dual():
    problem = replace(_two(1), most=np.array([180.0, 180.0, 0, 0]))
    plan, more = solve(problem, 3.0, aversion=0), solve(problem, 3.01, aversion=0)
    gained = plan.cost + plan.loss.mean() - more.cost - more.loss.mean()
    assert plan.budget_worth == pytest.approx(gained / 0.01, rel=1e-3)


@pytest.mark.parametrize("seed", range(3))
def test_neither_knowing_nor_planning_for_all_draws_is_worth_less_than_nothing(seed):
    known, spread = informed(_two(seed), 12.0)
    assert known >= -1e-4
    assert spread >= -1e-4


def test_what_was_kept_before_anything_is_missing_is_there_when_it_is():
    """Stock that comes in a period without a gap serves the next one with a gap."""
    problem = _one([10.0, 30.0])
    gap = np.concatenate([np.zeros((1, 2, 2)), problem.gap], axis=1)
    early = replace(problem, gap=gap, brings=np.array([[[0.0], [1.0], [0.0]]]))
    assert losses(early, np.array([20.0])) == pytest.approx([0, 40])


@pytest.mark.parametrize(("budget", "how"), [(-1, {}), (float("nan"), {}), (1, {"aversion": 2}), (1, {"tail": 1})])
def test_what_cannot_be_planned_is_refused(budget, how):
    with pytest.raises(InputError):
        solve(_two(0), budget, **how)


def test_a_plan_is_no_gap_from_itself_on_its_own_draws():
    problem = _two(4, draws=7)
    for aversion in (0.0, 0.5):
        plan = solve(problem, 12.0, aversion=aversion)
        assert optimality_gap(problem, plan, 12.0, aversion=aversion) == pytest.approx(0, abs=1e-3)


def test_the_gap_of_a_poor_newsvendor_is_bounded_from_above():
    """Demand even on 0 to 100, cost 1, loss 4: the best holds 75 for 87.5; 50 costs 100, so the gap is 12.5."""
    rng = np.random.default_rng(3)
    poor = replace(solve(_one(rng.uniform(0, 100, 9)), 1e9, aversion=0.0), size=np.array([50.0]), cost=50.0)
    gaps = [optimality_gap(_one(rng.uniform(0, 100, 60)), poor, 1e9, aversion=0.0) for _ in range(40)]
    assert min(gaps) >= 0
    assert 12.5 - 2 < np.mean(gaps) < 12.5 + 4
    assert upper_end(gaps) > 12.5


def test_the_upper_end_is_students():
    """Mean 2, spread 1 of three: 2 + 2.920 / sqrt(3), the printed 95 % point of t with two degrees of freedom."""
    assert upper_end([1.0, 2.0, 3.0]) == pytest.approx(2 + 2.920 / np.sqrt(3), abs=1e-3)
    with pytest.raises(ValueError, match="1 batches"):
        upper_end([1.0])


def test_nothing_short_needs_no_plan():
    with pytest.raises(InputError, match="nothing is short"):
        solve(_one(np.zeros(3)), 5)
