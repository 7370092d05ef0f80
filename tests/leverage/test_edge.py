"""The edge: antisymmetric, bounded, gone when it is gone."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from sluicegate.leverage import MATERIAL, bounded, edge, expiry, log_edge
from sluicegate.leverage.edge import FLOOR, Edge, ahead, half_life, pain
from sluicegate.sim.side import SideLoss, controller_loss, target_loss
from sluicegate.terms import NotFoundError

BURDEN = arrays(float, 8, elements=st.floats(0, 1))
BIG, SMALL = 10 * MATERIAL, 0.1 * MATERIAL


@given(BURDEN, BURDEN)
def test_exchanging_the_sides_turns_the_edge_round(a, b):
    assert np.array_equal(bounded(a, b), -bounded(b, a))
    np.testing.assert_allclose(log_edge(a, b), -log_edge(b, a), atol=1e-12)


@given(BURDEN, BURDEN)
def test_the_bounded_edge_is_the_hyperbolic_tangent_of_half_the_log_edge(a, b):
    np.testing.assert_allclose(bounded(a, b), np.tanh(log_edge(a, b) / 2), atol=1e-12)
    assert (np.abs(bounded(a, b)) < 1).all()


def test_where_a_side_gains_there_is_no_ratio():
    assert np.isnan(bounded(np.array([-1e-9, 0.1]), np.array([0.1, -0.1]))).all()
    assert bounded(np.zeros(1), np.zeros(1))[0] == 0


def _path(*burdens):
    return np.array(burdens, dtype=float)[:, None]


@pytest.mark.parametrize(
    ("target", "controller", "gone"),
    [
        ([0, BIG, BIG, 0, 0, 0], [0] * 6, 3),
        ([0, BIG, SMALL, BIG, 0, 0], [0] * 6, 4),  # the last material week counts
        ([0, BIG, BIG, BIG, BIG, 0], [0] * 6, -1),  # nobody knows beyond the horizon
        ([0, BIG, BIG, BIG, BIG, BIG], [0] * 6, -1),
        ([0, BIG, BIG, BIG, BIG, 0], [0, 0, 2 * BIG, 2 * BIG, 2 * BIG, 0], 2),  # outweighed
        ([0, SMALL, SMALL, SMALL, 0, 0], [0] * 6, 1),  # never material: nothing to lose
        ([BIG, 0, 0, 0, 0, 0], [0] * 6, 1),  # before the start does not count
    ],
)
def test_the_edge_expires_after_its_last_material_week(target, controller, gone):
    assert expiry(_path(*target), _path(*controller), 1)[0] == gone


def test_losses_ahead_are_discounted_week_by_week():
    factor = 1.05 ** (-1 / 52.18)
    got = ahead(_path(100, 10, 1000, 5), 3, 0.05)[:, 0]
    expected = [100 + 10 * factor + 1000 * factor**2, 10 + 1000 * factor + 5 * factor**2, 1000 + 5 * factor, 5]
    np.testing.assert_allclose(got, expected, rtol=1e-14)
    np.testing.assert_allclose(ahead(_path(1, 2, 3), 2, 0.0)[:, 0], [3, 5, 3])


def test_a_control_gives_its_maker_the_edge_and_none_gives_none(ask, control):
    run, free = ask(control("magnet"), draws=4), ask(draws=4)
    found = edge(run, free, "CHN", "USA")
    week = 25
    assert (found.burden_target[week] > MATERIAL).all()
    known = ~np.isnan(found.a[week])
    assert (found.a[week][known] > 0).all()
    assert found.start == 10
    assert found.undefined_share == 1 - found.defined.mean()
    still = edge(free, free, "CHN", "USA")
    assert np.abs(still.a).max() == 0
    assert not still.material.any()


def test_the_burden_is_the_loss_ahead_over_the_gdp_of_the_same_weeks(ask, control):
    run, free = ask(control("magnet"), draws=2), ask(draws=2)
    found = edge(run, free, "CHN", "USA", window=26, rate=0.0)
    gdp = 28e6 * 1e6 / (365.25 / 7)
    at, last = 30, 75
    np.testing.assert_allclose(found.burden_target[at], found.loss_target.total[at : at + 26].sum(axis=0) / (26 * gdp))
    np.testing.assert_allclose(found.burden_target[last], found.loss_target.total[last:].sum(axis=0) / (5 * gdp))


def test_a_place_without_a_gdp_is_refused(ask, control):
    with pytest.raises(NotFoundError, match="known GDP"):
        edge(ask(control("magnet")), ask(), "CHN", "BRA")


def test_an_edge_of_two_losses_too_small_to_weigh_is_none(ask, control):
    found = edge(ask(control("magnet"), draws=2), ask(draws=2), "CHN", "USA")
    small = replace(found, burden_target=found.burden_target * 1e-9, burden_controller=found.burden_controller * 1e-9)
    assert found.weighs.any()
    assert not small.weighs.any()


def _edge(target, controller):
    """An edge of burdens (W, D) alone."""
    none = SideLoss("X", *[np.zeros_like(target)] * 3)
    draws = target.shape[1]
    return Edge("CHN", "USA", target, target, controller, none, none, np.zeros(draws, dtype=np.intp),
                np.ones(draws, dtype=bool), 0)  # fmt: skip


def test_a_log_ratio_that_falls_in_a_line_is_halved_half_way():
    weeks = np.arange(21)[:, None]
    controller = np.full((21, 1), 0.01)
    target = (controller + FLOOR) * np.exp(0.2 * (20 - weeks)) - FLOOR
    found, beyond = half_life(_edge(target, controller))
    assert (found.tolist(), beyond) == ([10.0], 0.0)


def test_an_edge_that_stays_is_halved_beyond_the_horizon():
    found, beyond = half_life(_edge(np.full((9, 2), 0.02), np.full((9, 2), 0.001)))
    assert (found.size, beyond) == (0, 1.0)


def test_it_hurts_from_the_first_week_with_a_material_loss():
    losses = np.zeros((6, 2))
    losses[4:, 0] = 2 * MATERIAL * 50
    assert pain(losses, 50.0, 1).tolist() == [21, -1]


def test_both_sides_are_counted_by_one_function(ask, control):
    """Roles exchanged, losses exchange exactly: over all destinations a place loses the same on either side."""
    run, free = ask(control("magnet"), draws=2), ask(draws=2)
    for place in ("CHN", "USA", "JPN"):
        as_target, as_controller = target_loss(run, free, place), controller_loss(run, free, place, None)
        for part in ("lines", "chain", "trade", "total"):
            assert np.array_equal(getattr(as_target, part), getattr(as_controller, part))


def test_losses_exchanged_turn_the_edge_round(ask, control):
    found = edge(ask(control("magnet"), draws=4), ask(draws=4), "CHN", "USA")
    turned = bounded(found.burden_controller, found.burden_target)
    assert np.array_equal(found.a, -turned, equal_nan=True)


def test_a_world_twice_as_large_has_the_same_edge(ask, control, toy):
    large = replace(
        toy,
        producers=toy.producers.assign(**{c: 2 * toy.producers[c] for c in ("activity_t_per_yr", "capacity_t_per_yr")}),
        lines=toy.lines.assign(value_added_musd_per_yr=2 * toy.lines["value_added_musd_per_yr"]),
        uses=toy.uses.assign(use_t_per_yr=2 * toy.uses["use_t_per_yr"]),
        flows=toy.flows.assign(flow_t_per_yr=2 * toy.flows["flow_t_per_yr"]), places=2 * toy.places,
    )  # fmt: skip
    small, twice = (edge(ask(control("magnet"), draws=4, world=w), ask(draws=4, world=w), "CHN", "USA")
                    for w in (toy, large))  # fmt: skip
    np.testing.assert_allclose(twice.a, small.a, rtol=2e-3, atol=2e-4)  # the record is in single precision


def test_more_stock_lowers_what_the_target_loses_as_far_as_it_comes_in_time(ask, control, day):
    """Of 120 days hardly more than of 60 is delivered before the control: within 1 % it adds nothing."""
    losses_ahead = []
    for days in (0, 60, 120):
        order = {"place": "USA", "products": ("magnet",), "days": max(days, 1e-6), "effective_from": day(0)}
        run, free = ask(control("magnet"), draws=4, stocks=(order,)), ask(draws=4, stocks=(order,))
        losses_ahead.append(target_loss(run, free, "USA").lines.sum(axis=0))
    none, sixty, twice = losses_ahead
    assert (sixty < none).all()
    assert (twice < sixty + 0.01 * none).all()


def test_a_control_that_holds_nothing_costs_nobody_anything(ask, control):
    found = edge(ask(control("magnet", share=0.0), draws=2), ask(draws=2), "CHN", "USA")
    assert np.abs(found.loss_target.total).max() < 1e-3
    assert found.undefined_share == 1.0
    assert not found.weighs.any()
