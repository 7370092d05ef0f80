"""The programme, against closed forms and a search."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.stats import norm

from sluicegate.response.two_stage import Problem, solve, tail_mean
from sluicegate.terms import InputError


def _one(missing, cost=1.0, value=4.0):
    """One product, one use, one period; (D,) days missing."""
    gap = np.asarray(missing, dtype=float)[None, None, :]
    none = np.zeros(1, dtype=np.intp)
    return Problem(none, none, gap, np.full((1, gap.shape[2]), value), np.zeros((1, 1)), np.ones(1, dtype=bool),
                   np.array([cost]), np.array([1e9]))  # fmt: skip


def test_one_product_and_one_period_is_a_newsvendor():
    """Holding a day costs 1, lacking it 4: hold the quantile at 1 - 1/4 of what is missing (Arrow et al. 1951)."""
    missing = np.random.default_rng(1).uniform(0, 100, 399)
    plan = solve(_one(missing), 1e9, aversion=0.0)
    assert plan.days[0] == pytest.approx(np.sort(missing)[299], abs=1e-6)


def test_the_tail_of_a_normal_is_the_published_one():
    """CVaR at 0.9 of N(0, 1) is phi(z) / 0.1 = 1.75498 (Rockafellar and Uryasev 2000)."""
    points = norm.ppf((np.arange(200_000) + 0.5) / 200_000)
    assert tail_mean(points) == pytest.approx(1.75498, abs=1e-4)


def test_the_programme_counts_the_tail_as_the_tail_is():
    missing = np.random.default_rng(2).uniform(0, 50, 64)
    plan = solve(_one(missing), 0.0, aversion=1.0)
    assert plan.loss == pytest.approx(4 * missing, rel=1e-9)


def _two(seed):
    rng = np.random.default_rng(seed)
    gap = rng.uniform(0, 10, (3, 4, 5)) * (rng.random((3, 4, 5)) < 0.7)
    return Problem(np.array([0, 1, 1]), np.array([0, 0, 1]), gap, rng.uniform(1, 5, (3, 5)), rng.uniform(0, 20, (2, 4)),
                   np.array([False, True, True, True]), np.array([0.5, 1.0]), np.array([20.0, 30.0]))  # fmt: skip


def _loss(problem, days, share):
    """(D,) the loss of a plan by plain release: as early as it is missing, since a day is worth the same whenever."""
    found = np.zeros(problem.gap.shape[2])
    for d in range(len(found)):
        left = np.array([days[p] for p in problem.product])
        for t in range(problem.gap.shape[1]):
            worst = {}
            for u in range(len(left)):
                lack = max(problem.gap[u, t, d] - share[problem.product[u]] * problem.reach[problem.product[u], t], 0)
                give = min(lack, left[u]) if problem.late[t] else 0.0
                left[u] -= give
                y = problem.line[u]
                worst[y] = max(worst.get(y, 0.0), (lack - give) * problem.value[u, d])
            found[d] += sum(worst.values())
    return found


@pytest.mark.parametrize("seed", range(4))
def test_no_plan_of_a_search_is_better(seed):
    problem, budget = _two(seed), 12.0
    plan = solve(problem, budget, aversion=0.3)

    def cost(days, share, loss):
        return problem.stock_cost @ days + problem.source_cost @ share + 0.7 * loss.mean() + 0.3 * tail_mean(loss)

    best = cost(plan.days, plan.share, plan.loss)
    rng = np.random.default_rng(seed)
    for _ in range(300):
        days, share = rng.uniform(0, 15, 2), rng.uniform(0, 0.3, 2)
        if problem.stock_cost @ days + problem.source_cost @ share <= budget:
            assert cost(days, share, _loss(problem, days, share)) >= best - 1e-6


@settings(max_examples=15, deadline=None)
@given(st.integers(0, 50), st.floats(0, 20), st.floats(0.1, 20))
def test_more_money_never_does_harm(seed, budget, more):
    problem = _two(seed)
    less, richer = solve(problem, budget, aversion=0), solve(problem, budget + more, aversion=0)
    assert richer.cost + richer.loss.mean() <= less.cost + less.loss.mean() + 1e-6
    assert less.cost <= budget + 1e-6


def test_a_product_that_is_held_is_held_until_a_day_is_worth_what_it_costs():
    problem = replace(_two(3), most_days=1e6)
    plan = solve(problem, 12.0, aversion=0.3)
    held = plan.days > 1e-6
    assert held.any()
    assert plan.day_worth[held] == pytest.approx((1 + plan.budget_worth) * problem.stock_cost[held], rel=1e-6)


def test_a_dollar_more_is_worth_its_dual():
    problem = replace(_two(1), source_cost=np.array([1e6, 1e6]))
    plan, more = solve(problem, 3.0, aversion=0), solve(problem, 3.01, aversion=0)
    gained = plan.cost + plan.loss.mean() - more.cost - more.loss.mean()
    assert plan.budget_worth == pytest.approx(gained / 0.01, rel=1e-3)


@pytest.mark.parametrize(("budget", "how"), [(-1, {}), (float("nan"), {}), (1, {"aversion": 2}), (1, {"tail": 1})])
def test_what_cannot_be_planned_is_refused(budget, how):
    with pytest.raises(InputError):
        solve(_two(0), budget, **how)


def test_nothing_short_needs_no_plan():
    with pytest.raises(InputError, match="nothing is short"):
        solve(_one(np.zeros(3)), 5)
