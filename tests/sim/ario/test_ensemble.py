"""Many draws at once equal so many single runs."""

import numpy as np
import pytest

from sluicegate.sim.ario import ArbitraryLoss, Drawn, Settings, ensemble, simulate
from sluicegate.sim.ario.ensemble import _rest, _wide, room
from sluicegate.sim.ario.event import course
from sluicegate.sim.kernel.lanes import width
from sluicegate.terms import InputError

HOW = Settings(inventory_days=12.0)
DAYS = 150


def _losses(table, shares):
    hit = table.industries[:2]
    alone = course(ArbitraryLoss(4, 40, dict.fromkeys(hit, 1.0), 30), table, DAYS, None)[:, :2]
    return hit, alone[:, :, None] * shares


@pytest.mark.parametrize(("dtype", "bound"), [(np.float64, 1e-12), (np.float32, 2e-5)])
@pytest.mark.parametrize("size", [(2, 3), (3, 5), (6, 8)])
@pytest.mark.parametrize("orders", ["alternative", "fixed"])
def test_an_ensemble_is_so_many_single_runs(small, size, orders, dtype, bound):
    table, shares = small(*size, seed=3), np.linspace(0.1, 0.9, 37)
    how = Settings(inventory_days=12.0, orders=orders)
    hit, lost = _losses(table, shares)
    many = ensemble(table, hit, lost, how, every=50, dtype=dtype)
    for draw in (0, 18, 36):
        one = simulate(table, [ArbitraryLoss(4, 40, dict.fromkeys(hit, float(shares[draw])), 30)], how, days=DAYS)
        made = one.production.reshape(3, 50, -1).sum(axis=1)
        np.testing.assert_allclose(many.output[:, :, draw], made, rtol=bound)
        np.testing.assert_allclose(many.unmet[:, :, draw].sum(axis=0), one.unmet.sum(axis=0), atol=bound * made.max())


def test_bits_do_not_depend_on_threads_or_on_how_many_draws_there_are(small):
    table, shares = small(3, 4), np.linspace(0.1, 0.9, 50)
    hit, lost = _losses(table, shares)
    one, two = (ensemble(table, hit, lost, HOW, threads=n).output for n in (1, 2))
    fewer = ensemble(table, hit, lost[:, :, :20], HOW).output
    assert np.array_equal(one, two)
    assert np.array_equal(one[:, :, :20], fewer)


def test_lost_value_added_is_nothing_where_nothing_happens(small):
    table = small(2, 2)
    quiet = ensemble(table, table.industries[:1], np.zeros((30, 1, 3)), every=7)
    assert list(quiet.days) == [7, 7, 7, 7, 2]
    np.testing.assert_allclose(quiet.lost_value_added(), 0, atol=1e-12 * table.x.max())


@pytest.mark.parametrize(
    ("lost", "said"),
    [
        (np.full((5, 1, 2), 1.5), "shares from 0 to 1"),
        (np.full((5, 1, 2), np.nan), "shares from 0 to 1"),
        (np.zeros((5, 2, 2)), "losses of shape"),
        (np.zeros((0, 1, 2)), "losses of shape"),
    ],
)
def test_losses_out_of_range_are_refused(small, lost, said):
    table = small()
    with pytest.raises(InputError, match=said):
        ensemble(table, table.industries[:1], lost)


def test_an_industry_named_twice_is_refused(small):
    table = small()
    with pytest.raises(InputError, match="named twice"):
        ensemble(table, [table.industries[0]] * 2, np.zeros((5, 2, 2)))


def _drawn(draws):
    rng = np.random.default_rng(5)
    return Drawn(psi=rng.uniform(0.3, 1, draws), restoration_days=rng.uniform(5, 90, draws),
                 overproduction_max=rng.uniform(1, 1.6, draws),
                 overproduction_days=rng.uniform(20, 400, draws))  # fmt: skip


@pytest.mark.parametrize(("dtype", "bound"), [(np.float64, 1e-12), (np.float32, 5e-5)])
@pytest.mark.parametrize("orders", ["alternative", "fixed"])
def test_each_draw_of_behaviour_is_the_single_run_with_its_settings(small, orders, dtype, bound):
    table, draws = small(3, 5, seed=3), 21
    how, drawn = Settings(inventory_days=12.0, orders=orders), _drawn(draws)
    hit, lost = _losses(table, np.linspace(0.3, 0.9, draws))
    many = ensemble(table, hit, lost, how, drawn=drawn, every=50, dtype=dtype)
    for draw in range(0, draws, 5):
        event = ArbitraryLoss(4, 40, dict.fromkeys(hit, float(np.linspace(0.3, 0.9, draws)[draw])), 30)
        one = simulate(table, [event], drawn.of(draw, how), days=DAYS)
        made = one.production.reshape(3, 50, -1).sum(axis=1)
        np.testing.assert_allclose(many.output[:, :, draw], made, rtol=bound)


def test_draws_of_what_all_have_anyway_are_those_without(small):
    table, shares = small(2, 3), np.linspace(0.1, 0.9, 20)
    hit, lost = _losses(table, shares)
    same = Drawn(*(np.full(20, v) for v in (HOW.psi, 60.0, HOW.overproduction_max, HOW.overproduction_days)))
    assert np.array_equal(ensemble(table, hit, lost, HOW, drawn=same).output, ensemble(table, hit, lost, HOW).output)


@pytest.mark.parametrize(("drawn", "said"), [
    (Drawn(psi=np.full(3, 0.5)), r"psi of shape \(3,\) for 2 draws"),
    (Drawn(psi=np.array([0.5, 1.5])), "draw 1: psi is 1.5"),
    (Drawn(restoration_days=np.array([np.nan, 30.0])), "restoration_days is not a finite number above 0"),
    (Drawn(overproduction_max=np.array([1.2, 0.5])), "draw 1: overproduction_max is 0.5"),
])  # fmt: skip
def test_settings_out_of_range_in_some_draw_are_refused(small, drawn, said):
    table = small()
    with pytest.raises(InputError, match=said):
        ensemble(table, table.industries[:1], np.zeros((5, 1, 2)), drawn=drawn)


@pytest.mark.parametrize("size", [(4, 10), (15, 20), (30, 10)])
def test_the_room_asked_for_is_what_the_arrays_take(small, size):
    table = small(*size)
    arrays = _wide(table, Settings(), np.float64)
    lanes = width(np.float64)
    sums = 2 * 8 * arrays["a"].shape[1] * lanes
    held = sum(a.nbytes for a in arrays.values()) + sum(r.nbytes for r in _rest(arrays, lanes, np.float64)) + sums
    assert held <= room(table, lanes, threads=1).once <= 1.5 * held
