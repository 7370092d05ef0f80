"""Many draws at once equal so many single runs."""

import numpy as np
import pytest

from sluicegate.sim.ario import ArbitraryLoss, Settings, ensemble, simulate
from sluicegate.sim.ario.event import course
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
