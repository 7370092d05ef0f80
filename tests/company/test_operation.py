"""A company's weeks against closed forms: nothing of the world is needed."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sluicegate.company.operation import Plant, Stream, operate

WEEKS = 40


def plant(stock, *streams, due=(), use=1.0, critical=1.0, weeks=WEEKS):
    """One input, one line, one draw."""
    coming = np.zeros((1, weeks, 1))
    for week, amount in due:
        coming[0, week] += amount
    one = np.ones(1)
    held = np.full((1, 1), stock)
    return Plant(held, coming, streams, np.array([[use]]), np.array([[critical]]), 4 * one, 1.5 * one, 0 * held)


def stream(passing, share=1.0, since=0.0, weeks=WEEKS):
    return Stream(0, share, np.broadcast_to(np.reshape(passing, (-1, 1)), (weeks, 1)), np.full(1, since))


@pytest.mark.parametrize("stock", [0.0, 0.4, 3.0, 7.25])
@pytest.mark.parametrize("use", [0.5, 1.0, 2.0])
@pytest.mark.parametrize("due", [(), ((0, 1.5),), ((0, 4.0), (2, 0.3))])
def test_under_a_full_ban_the_line_stops_when_stock_and_pipeline_are_used_up(stock, use, due):
    stops = operate(plant(stock, stream(0.0), due=due, use=use)).stops[0, 0]
    for week, amount in due:
        stock += amount if stock / use >= week or week == 0 else 0
    assert stops == pytest.approx(stock / use)


@pytest.mark.parametrize(("stock", "passing"), [(3.0, 0.4), (5.0, 0.75), (1.0, 0.9)])
def test_a_share_that_passes_stretches_the_stock(stock, passing):
    op = operate(plant(stock, stream(passing)))
    assert abs(op.stops[0, 0] - stock / (1 - passing)) < 1
    assert op.running[0, -1, 0] == pytest.approx(passing)


@pytest.mark.parametrize("delay", [2.0, 4.5, 9.0])
def test_a_known_delay_is_bridged_by_a_stock_as_long(delay):
    assert operate(plant(delay, stream(1.0, since=delay))).running.min() == pytest.approx(1)
    assert operate(plant(delay - 1, stream(1.0, since=delay))).stops[0, 0] == pytest.approx(delay - 1)


def test_nothing_held_nothing_changes():
    op = operate(plant(3.0, stream(1.0)))
    assert np.array_equal(op.stock, np.full_like(op.stock, 3.0))
    assert np.isinf(op.stops).all()


def test_what_comes_back_above_normal_fills_the_stock_again():
    passing = np.r_[np.zeros(2), np.full(WEEKS - 2, 2.0)]
    op = operate(plant(5.0, stream(passing)))
    assert op.stock[0, 1, 0] == pytest.approx(3)
    assert op.stock[0, -1, 0] == pytest.approx(5, rel=1e-3)


@pytest.mark.parametrize(("critical", "left"), [(1.0, 0.0), (0.5, 0.5), (0.0, 1.0)])
def test_an_input_stops_halves_or_leaves_a_line_by_its_criticality(critical, left):
    assert operate(plant(0.0, critical=critical)).running == pytest.approx(left)


def test_two_lines_share_a_stock_by_what_they_need():
    two = replace(plant(6.0), use=np.array([[1.0], [2.0]]), critical=np.ones((2, 1)))
    assert operate(two).stops[:, 0] == pytest.approx([2, 2])


@given(st.floats(0, 20), st.floats(0, 1), st.floats(0, 12), st.floats(0.1, 3))
def test_more_stock_never_stops_a_line_sooner_and_mass_is_kept(stock, passing, since, use):
    less = plant(stock, stream(passing, since=since), use=use)
    op = operate(less)
    assert (operate(less.stocked(np.ones((1, 1)))).stops >= op.stops - 1e-9).all()
    came = op.stock[0, -1, 0] + (use * op.running[0]).sum() - stock
    most = passing * use * np.clip(np.arange(WEEKS) + 1 - since, 0, 1).sum()
    assert -1e-9 <= came <= max(most, 0) * 1.5 + 1e-9


@given(st.lists(st.floats(0, 1), min_size=WEEKS, max_size=WEEKS), st.floats(0, 10))
def test_survival_only_falls(passing, stock):
    stops = operate(plant(stock, stream(passing))).stops[0]
    alive = [(stops > t).mean() for t in range(WEEKS)]
    assert alive == sorted(alive, reverse=True)
