"""Lanes against NumPy, draw by draw."""

import numpy as np
import pytest
from numba import njit

from sluicegate.sim.kernel import lanes as ln

KINDS = [np.float64, np.float32]
load, store, where, minimum, maximum, anywhere, filled = (
    ln.load, ln.store, ln.where, ln.minimum, ln.maximum, ln.anywhere, ln.filled,
)  # fmt: skip


@njit
def _arithmetic(a, b, out):
    for i in range(a.shape[0]):
        x, y = load(a, i), load(b, i)
        store(out, i, where(x > y, minimum(x, 2.0) - y / 3.0, maximum(1.0 - x, y) * x))


@njit
def _functions(a, out):
    x = load(a, 0)
    store(out, 0, ln.exp(x))
    store(out, 1, ln.log(load(a, 1)))
    store(out, 2, ln.log1p(load(a, 2)))


@njit
def _any_above(a, limit):
    return anywhere(load(a, 0) > filled(a, limit))


@pytest.mark.parametrize("kind", KINDS)
def test_arithmetic_is_numpys_draw_by_draw(kind):
    a, b = np.random.default_rng(1).random((2, 5, ln.width(kind))).astype(kind)
    out = np.empty_like(a)
    _arithmetic(a, b, out)
    expected = np.where(a > b, np.minimum(a, 2) - b / 3, np.maximum(1 - a, b) * a)
    np.testing.assert_allclose(out, expected, rtol=4 * np.finfo(kind).eps, atol=np.finfo(kind).eps)


@pytest.mark.parametrize("seed", range(20))
@pytest.mark.parametrize("kind", KINDS)
def test_exponential_and_logarithms_are_those_of_numpy(kind, seed):
    rng, n = np.random.default_rng(seed), ln.width(kind)
    a = np.stack([rng.uniform(-30, 30, n), np.exp(rng.uniform(-30, 30, n)), 10.0 ** rng.uniform(-9, 0, n) - 0.95])
    a[2, ::2] = rng.choice([-1, 1], n // 2) * 10.0 ** rng.uniform(-12, -0.1, n // 2)
    a = a.astype(kind)
    out = np.empty_like(a)
    _functions(a, out)
    exact = a.astype(np.longdouble)
    expected = np.stack([np.exp(exact[0]), np.log(exact[1]), np.log1p(exact[2])]).astype(float)
    assert np.abs(out / expected - 1).max() < (6e-15 if kind is np.float64 else 6e-6)


def test_a_small_logarithm_keeps_its_last_places():
    a = np.tile(1 + np.arange(1, ln.width(np.float64) + 1) * 2.0**-40, (3, 1))
    out = np.empty_like(a)
    _functions(a, out)
    np.testing.assert_allclose(out[1], np.log(a[1]), rtol=4e-16)


@pytest.mark.parametrize("kind", KINDS)
def test_anywhere_finds_one_draw_among_many(kind):
    a = np.zeros((1, ln.width(kind)), kind)
    assert not _any_above(a, 0.5)
    a[0, -1] = 1
    assert _any_above(a, 0.5)
    assert not _any_above(a, 1.0)


def test_one_value_holds_128_bytes():
    assert (ln.width(np.float64), ln.width(np.float32)) == (16, 32)


@njit
def _added(a, count):
    return ln.added(load(a, 0), count)


@pytest.mark.parametrize("count", [1, 5, 16, 40])
@pytest.mark.parametrize("kind", KINDS)
def test_what_is_added_up_is_what_would_be_recorded_of_the_draws_there_are(kind, count):
    a = np.random.default_rng(count).uniform(1, 1000, (1, ln.width(kind))).astype(kind)
    assert _added(a, count) == a[0, :count].astype(np.float32).sum(dtype=float)
