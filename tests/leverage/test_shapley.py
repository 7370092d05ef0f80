"""Shapley values, against games with published answers."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from sluicegate.leverage.shapley import coalitions, shapley

FOUR = ["concentration", "stock", "substitution time", "retaliation"]


def _game(players, worth):
    return {c: np.array([float(worth(c))]) for c in coalitions(players)}


def test_four_drivers_make_sixteen_coalitions_from_none_to_all():
    found = coalitions(FOUR)
    assert len(found) == len(set(found)) == 16
    assert (found[0], found[-1]) == (frozenset(), frozenset(FOUR))


@given(arrays(float, (16, 3), elements=st.floats(-1e3, 1e3)))
def test_shares_sum_to_the_whole_in_every_draw(values):
    worth = dict(zip(coalitions(FOUR), values, strict=True))
    total = sum(shapley(FOUR, worth).values())
    np.testing.assert_allclose(total, values[-1] - values[0], atol=1e-9)


def test_one_left_glove_and_two_right_ones():
    """The glove game: two thirds to the scarce glove, a sixth to each other (Shapley 1953 and every textbook since)."""
    found = shapley("LRS", _game("LRS", lambda c: "L" in c and len(c) > 1))
    assert [found[p][0] for p in "LRS"] == pytest.approx([2 / 3, 1 / 6, 1 / 6])


def test_the_airport_game_shares_each_stretch_among_those_who_need_it():
    """Littlechild and Owen (1973): a runway's cost is that of its longest user."""
    need = {"a": 6.0, "b": 9.0, "c": 12.0}
    found = shapley("abc", _game("abc", lambda c: max((need[p] for p in c), default=0.0)))
    assert [found[p][0] for p in "abc"] == pytest.approx([2, 3.5, 6.5])


@given(arrays(float, 4, elements=st.floats(-5, 5)))
def test_in_a_sum_each_driver_keeps_its_own_part(parts):
    own = dict(zip(FOUR, parts, strict=True))
    found = shapley(FOUR, _game(FOUR, lambda c: sum(own[d] for d in c)))
    for driver in FOUR:
        assert found[driver][0] == pytest.approx(own[driver], abs=1e-9)


def test_a_missing_coalition_is_an_error():
    with pytest.raises(KeyError):
        shapley(["a", "b"], {frozenset(): np.zeros(1)})
