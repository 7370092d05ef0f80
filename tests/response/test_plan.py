"""Answers of a target: what they save, what they cost, which comes first."""

from dataclasses import replace

import numpy as np
import pytest

from sluicegate.response import Action, compare
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
    costs = sample_costs(size=6, seed=1)
    bought = 12 * 1000 * 80 * 60 / 7  # t a week, kg a t, USD a kg, days
    years = (80 - 2) * 7 / 365.25
    expected = bought * (costs["stock price premium"] + costs["carrying cost"] * years)
    assert stock.cost(hurt[0], costs) == pytest.approx(expected, rel=1e-6)


def test_a_second_source_costs_its_premium_and_its_qualification_by_hand(hurt, day):
    costs = sample_costs(size=6, seed=1)
    source = Action("second source", "USA", ("magnet",), 0.25, day(20), ramp_weeks=12)
    a_week = 12 * 1000 * 80 * 0.25
    expected = a_week * (60 - 6) * costs["second source premium"]
    expected = expected + a_week * 365.25 / 7 * costs["second source qualification cost"]
    assert source.cost(hurt[0], costs) == pytest.approx(expected, rel=1e-6)


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
