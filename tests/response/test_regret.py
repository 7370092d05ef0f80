"""Plans across futures: a published table of regrets, and several futures as one problem."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sluicegate.response.regret import Regrets, pooled
from sluicegate.response.two_stage import Problem, solve


def _table(rows):
    total = -np.asarray(rows, dtype=float)[:, :, None].repeat(2, axis=2)
    return Regrets(tuple("abc")[: len(total)], tuple("xyz")[: total.shape[1]], total)


def test_the_regrets_of_a_textbook_investor():
    """Three ways to invest by how rates go, a much used example: gains and regrets by hand (Savage 1951)."""
    found = _table([[-4, 4, 12], [-2, 3, 8], [3, 2, 1]])
    assert found.regret.tolist() == [[7, 0, 0], [5, 1, 4], [0, 2, 11]]
    assert found.least == 1
    assert found.error.max() == 0


@given(st.lists(st.lists(st.floats(-1e6, 1e6), min_size=3, max_size=3), min_size=2, max_size=3))
def test_somebody_regrets_nothing_in_each_future_and_nobody_less(rows):
    regret = _table(rows).regret
    assert (regret >= 0).all()
    assert (regret.min(axis=0) == 0).all()


def test_a_regret_that_differs_by_draw_alone_has_its_error():
    total = np.zeros((2, 1, 4))
    total[1, 0] = [1, 3, 1, 3]
    assert Regrets(("a", "b"), ("x",), total).error[1, 0] == pytest.approx(np.std([1, 3, 1, 3], ddof=1) / 2)


def _one(missing, periods=1, cost=1.0):
    gap = np.zeros((1, periods, len(missing)))
    gap[0, -1] = missing
    none, brings = np.zeros(1, dtype=np.intp), np.zeros((1, periods, 1))
    brings[0, 0] = 1
    return Problem(none, none, gap, np.full((1, len(missing)), 4.0), none, np.ones(1, dtype=bool), brings,
                   np.array([cost]), np.array([1e6]))  # fmt: skip


def test_futures_of_one_length_or_several_are_planned_for_as_one():
    """A newsvendor who sees 60 days of one future and 20 of another holds the quantile of all of them."""
    short, long = np.linspace(1, 20, 20), np.linspace(41, 60, 20)
    mixed, keys = pooled([_one(short), _one(long, periods=3)], [["stock"], ["stock"]])
    assert keys == ["stock"]
    assert mixed.draws == 40
    every = np.sort(np.concatenate([short, long]))
    assert solve(mixed, 1e9, aversion=0.0).size[0] == pytest.approx(every[29], abs=1.0 + 1e-6)


def test_an_option_of_one_future_brings_nothing_in_the_other():
    mixed, keys = pooled([_one([5.0]), _one([5.0], cost=3.0)], [["stock"], ["plant"]])
    assert keys == ["stock", "plant"]
    assert mixed.brings[:, 0].tolist() == [[1, 0], [0, 1]]
    assert mixed.cost.tolist() == [1, 3]


def test_futures_of_other_lines_are_not_one_problem():
    with pytest.raises(ValueError, match="not of the same uses"):
        pooled([_one([5.0]), replace(_one([5.0]), line=np.ones(1, dtype=np.intp))], [["a"], ["a"]])
