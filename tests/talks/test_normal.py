"""Games with published equilibria."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from sluicegate.talks.normal import checked, equilibria, pure, regret, regrets, stackelberg, undominated, zero_sum
from sluicegate.terms import InputError

ROCK = [[0, -1, 1], [1, 0, -1], [-1, 1, 0]]
PUBLISHED = {
    "prisoner's dilemma": ([[3, 0], [5, 1]], [[3, 5], [0, 1]], [((0, 1), (0, 1))]),
    "matching pennies": ([[1, -1], [-1, 1]], [[-1, 1], [1, -1]], [((0.5, 0.5), (0.5, 0.5))]),
    "battle of the sexes": ([[2, 0], [0, 1]], [[1, 0], [0, 2]],
                            [((1, 0), (1, 0)), ((0, 1), (0, 1)), ((2 / 3, 1 / 3), (1 / 3, 2 / 3))]),
    "chicken": ([[0, -1], [1, -10]], [[0, 1], [-1, -10]],
                [((1, 0), (0, 1)), ((0, 1), (1, 0)), ((0.9, 0.1), (0.9, 0.1))]),
    "stag hunt": ([[4, 0], [3, 3]], [[4, 3], [0, 3]],
                  [((1, 0), (1, 0)), ((0, 1), (0, 1)), ((0.75, 0.25), (0.75, 0.25))]),
    "rock, paper, scissors": (ROCK, (-np.array(ROCK)).tolist(), [((1 / 3,) * 3, (1 / 3,) * 3)]),
    "von Stengel (2007), example 3.3": ([[3, 3], [2, 5], [0, 6]], [[3, 2], [2, 6], [3, 1]], [
        ((1, 0, 0), (1, 0)), ((0.8, 0.2, 0), (2 / 3, 1 / 3)), ((0, 1 / 3, 2 / 3), (1 / 3, 2 / 3))]),
    "Shapley (1964)": ([[0, 0, 1], [1, 0, 0], [0, 1, 0]], [[0, 1, 0], [0, 0, 1], [1, 0, 0]],
                       [((1 / 3,) * 3, (1 / 3,) * 3)]),
}  # fmt: skip


@pytest.mark.parametrize("name", PUBLISHED)
def test_the_equilibria_are_the_published_ones(name):
    a, b, wanted = PUBLISHED[name]
    found = equilibria(*checked(a, b))
    assert len(found) == len(wanted)
    for x, y in wanted:
        assert any(np.allclose(e.x, x) and np.allclose(e.y, y) for e in found)


@settings(max_examples=60, deadline=None)
@given(arrays(float, (2, 4, 4), elements=st.floats(-5, 5)))
def test_every_answer_has_no_regret_and_every_pure_one_is_found(game):
    a, b = game
    found = equilibria(a, b)
    assert all(e.regret <= 1e-5 for e in found)
    assert sum(e.pure for e in found) >= 0
    for r, c in np.argwhere(pure(a, b)):
        assert regret(a, b, np.eye(4)[r], np.eye(4)[c]) <= 1e-8
        assert any(np.allclose(e.x, np.eye(4)[r]) and np.allclose(e.y, np.eye(4)[c]) for e in found)


def test_regret_over_many_games_is_that_of_each():
    rng = np.random.default_rng(3)
    a, b = rng.normal(size=(2, 3, 4, 6))
    x, y = np.array([0.2, 0.3, 0.5]), np.array([0.1, 0.2, 0.3, 0.4])
    assert regrets(a, b, x, y) == pytest.approx([regret(a[..., d], b[..., d], x, y) for d in range(6)])


def test_games_without_ties_have_an_odd_number_of_equilibria():
    rng = np.random.default_rng(1)
    counts = [len(equilibria(*rng.normal(size=(2, 4, 4)))) for _ in range(100)]
    assert all(count % 2 == 1 for count in counts)  # Wilson (1971)


def test_only_defection_is_left_when_dominated_moves_are_struck():
    assert undominated(*checked(*PUBLISHED["prisoner's dilemma"][:2])) == ([1], [1])


@pytest.mark.parametrize(("game", "value"), [("matching pennies", 0.0), ("rock, paper, scissors", 0.0)])
def test_a_zero_sum_game_has_its_value(game, value):
    a, _, wanted = PUBLISHED[game]
    x, found = zero_sum(np.array(a, dtype=float))
    assert found == pytest.approx(value, abs=1e-9)
    assert x == pytest.approx(wanted[0][0])


def test_commitment_pays_as_conitzer_and_sandholm_have_it():
    a, b = checked([[2, 4], [1, 3]], [[1, 0], [0, 1]])
    assert stackelberg(a, b, mixed=False).leader == pytest.approx(3)
    best = stackelberg(a, b)
    assert best.leader == pytest.approx(3.5)
    assert best.x == pytest.approx([0.5, 0.5])


def test_leading_in_a_duopoly_pays_as_stackelberg_has_it():
    """P = 100 - Q, cost 10: the leader makes 45 and earns 1,012.5, the follower 22.5 and 506.25; Cournot 30 and 900."""
    make = np.array([0, 10, 18.75, 20, 22.5, 25, 26.25, 30, 37.5, 45, 52.5, 60])  # no ties of the follower
    one, two = np.meshgrid(make, make, indexing="ij")
    a, b = (90 - one - two) * one, (90 - one - two) * two
    lead = stackelberg(a, b, mixed=False)
    assert (lead.leader, lead.follower) == (1012.5, 506.25)
    assert pure(a, b)[7, 7]
    assert a[7, 7] == 900


@pytest.mark.parametrize(("a", "b"), [([[1]], [[1, 2]]), ([], []), ([["x"]], [[1]]), ([[float("nan")]], [[1]]),
                                      (np.zeros((13, 2)), np.zeros((13, 2)))])  # fmt: skip
def test_what_is_no_game_is_refused(a, b):
    with pytest.raises(InputError, match="game"):
        checked(a, b)
