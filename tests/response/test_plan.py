"""Answers of a target: what they save, what they cost, which comes first."""

from dataclasses import replace

import numpy as np
import pytest

from sluicegate.response import Action, compare
from sluicegate.response.action import Maker
from sluicegate.response.option import by_kind, every
from sluicegate.response.plan import load_costs, sample_costs
from sluicegate.sim.side import target_loss


@pytest.fixture(scope="module")
def hurt(ask, control):
    return ask(control("magnet", week=30), draws=6), ask(draws=6)


@pytest.fixture(scope="module")
def stock(day):
    return Action("stock", "USA", ("magnet",), 60, day(2))


def test_a_stock_held_before_the_control_saves_and_a_larger_one_saves_more_and_costs_more(hurt, stock):
    small, large = (compare([replace(stock, size=days)], *hurt, "USA", threads=1)[0] for days in (30, 120))
    assert (small.avoided > 0).all()
    assert (large.avoided > small.avoided).all()
    assert large.cost == pytest.approx(4 * small.cost)


def test_a_stock_ordered_after_the_ban_comes_too_late(hurt, stock, day):
    before, after = (compare([replace(stock, start=day(w))], *hurt, "USA", threads=1)[0] for w in (2, 40))
    assert np.median(after.avoided) < 0.2 * np.median(before.avoided)


def test_a_stock_costs_its_premium_and_its_carrying_by_hand(hurt, stock):
    costs = sample_costs(hurt[0].model.draws)
    bought = 12 * 1000 * 80 * 60 / 7  # t a week, kg a t, USD a kg, days
    years = (80 - 2) * 7 / 365.25
    expected = bought * (costs["stock price premium"] + costs["carrying cost"] * years)
    assert stock.cost(hurt[0], costs) == pytest.approx(expected, rel=1e-6)


def test_a_second_source_costs_its_premium_and_its_qualification_by_hand(hurt, day):
    costs = sample_costs(hurt[0].model.draws)
    source = Action("second source", "USA", ("magnet",), 0.25, day(20), ramp_weeks=12)
    a_week = 12 * 1000 * 80 * 0.25
    expected = a_week * (60 - 6) * costs["second source premium"]
    expected = expected + a_week * 365.25 / 7 * costs["second source qualification cost"]
    assert source.cost(hurt[0], costs) == pytest.approx(expected, rel=1e-6)


@pytest.mark.parametrize(("weeks", "full"), [(80, 80 - 13), (26, 13), (13, 3.25), (-5, 0)])
def test_a_ramp_counts_as_what_it_brings(stock, weeks, full):
    assert replace(stock, ramp_weeks=26)._full_weeks(weeks) == pytest.approx(full)


def test_thrift_costs_its_redesign_by_hand_and_a_year_of_it_at_least(hurt, day):
    costs = sample_costs(hurt[0].model.draws)
    run = hurt[0]
    saved = 12 * 1000 * 80 * run.model.draws["thrift"] * 0.5
    early = Action("thrift", "USA", ("magnet",), 0.5, day(10), ramp_weeks=10)
    assert early.cost(run, costs) == pytest.approx((70 - 5) * saved * costs["thrift cost"], rel=1e-6)
    late = replace(early, start=day(79))
    assert late.cost(run, costs) == pytest.approx(365.25 / 7 * saved * costs["thrift cost"], rel=1e-6)


def test_a_plant_costs_its_capital_whole_and_makes_what_it_can(hurt, day):
    costs = sample_costs(hurt[0].model.draws)
    plant = Action("capacity", "DEU", ("magnet",), 0.5, day(20), 10, Maker("making", "DEU", 1.0, 700.0))
    event = plant.applied(hurt[0].scenario).plants[-1]
    assert (event.process, event.place, event.capacity_t_per_yr) == ("making", "DEU", 350)
    a_week = 14 * 1000 * 80 * 0.5
    expected = a_week * (365.25 / 7 * costs["plant cost"] + (60 - 5) * costs["second source premium"])
    assert plant.cost(hurt[0], costs) == pytest.approx(expected, rel=1e-6)


def test_what_starts_after_the_horizon_avoids_nothing_and_still_costs(hurt, day):
    late = Action("recycling", "USA", ("magnet",), 0.03, day(90), ramp_weeks=26)
    found = compare([late], *hurt, "USA", threads=1)[0]
    assert (found.avoided == 0).all()
    assert (found.cost > 0).all()
    assert not found.worth_it


def test_every_kind_is_offered_once_for_all_products_together(hurt, day):
    offered = every(hurt[0], "DEU", ("magnet",), day(2))
    assert [o.kind for o in offered] == ["stock", "second source", "thrift", "recycling", "capacity"]
    actions = by_kind(offered, {"stock": 60.0})
    assert [a.size for a in actions] == [60.0, 0.1, 1.0, 0.03, 0.3]
    assert not [o for o in every(hurt[0], "USA", ("magnet",), day(2)) if o.kind == "capacity"]  # nobody makes it there


def test_answers_are_ranked_by_loss_avoided_per_cost(hurt, stock, day):
    source = Action("second source", "USA", ("magnet",), 0.5, day(10), ramp_weeks=10)
    gallium = replace(stock, size=5, products=("gallium, low purity",))
    found = compare([gallium, stock, source], *hurt, "USA", threads=1)
    assert [r.ratio for r in found] == sorted((r.ratio for r in found), reverse=True)
    assert found[-1].action is gallium
    assert all(r.worth_it == (np.median(r.avoided - r.cost) > 0) for r in found)


def test_what_is_avoided_is_the_difference_of_two_runs_on_the_same_draws(hurt, stock):
    run, free = hurt
    found = compare([stock], run, free, "USA", threads=1)[0]
    before = target_loss(run, free, "USA").total.sum(axis=0)
    assert (found.avoided < before).all()
    nothing = compare([replace(stock, products=("cerium oxide",), size=1e-6)], run, free, "USA", threads=1)[0]
    assert np.abs(nothing.avoided).max() < 1e-3 * before.max()


def test_an_action_adds_to_the_scenario_and_says_what_it_is(hurt, stock, day):
    applied = stock.applied(hurt[0].scenario)
    assert applied.stocks[-1].days == 60
    assert stock.name == "hold 60 more days of magnet"
    source = Action("second source", "USA", ("magnet", "cerium oxide"), 0.25, day(20))
    assert source.name == "second source for 25% of 2 products"
    assert source.applied(applied).second_sources[-1].share_of_use == 0.25
    assert source.applied(applied).stocks == applied.stocks


def test_every_cost_has_a_reason():
    assert load_costs()
    assert all(len(p.reason) > 20 for p in load_costs().values())


def test_costs_hang_together_with_no_input_of_the_run(ask):
    """A second scrambled Sobol sample of one seed does: the first bits of a dimension are alike or all turned over."""
    drawn = ask(draws=256).model.draws
    costs = sample_costs(drawn)
    names, ranks = drawn.ranks
    for name in costs.parameters:
        own = np.argsort(np.argsort(costs[name]))
        assert max(abs(np.corrcoef(own, r)[0, 1]) for r in ranks) < 0.3, name
    assert names
