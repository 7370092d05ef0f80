"""The question `lab game`."""

from pathlib import Path

import pytest

from sluicegate.desk.game import game
from sluicegate.desk.shapes.talks import GameShape
from sluicegate.terms import InputError

CHICKEN = Path(__file__).parents[2] / "examples" / "game-chicken.yaml"


def test_chicken_has_its_three_equilibria():
    found = game(CHICKEN)
    GameShape.model_validate(found)
    assert [e["pure"] for e in found["equilibria"]] == [True, True, False]
    assert found["equilibria"][2]["row"] == pytest.approx({"ease": 0.9, "hold": 0.1})


def test_a_game_without_a_pure_equilibrium_says_so(tmp_path):
    (tmp_path / "pennies.yaml").write_text("row: [[1, -1], [-1, 1]]\ncolumn: [[-1, 1], [1, -1]]\n")
    assert "each side mixes" in game(tmp_path / "pennies.yaml")["note"]


@pytest.mark.parametrize(("text", "said"), [
    ("row: [[1]]", "no table of numbers|shapes"), ("row: [[1]]\ncolumn: [[1]]\nmore: 1", "unknown field more"),
    ("row: [[1, 2]]\ncolumn: [[1, 2]]\ncolumn_moves: [a]", "do not name 2 moves"), ("- 1", "found list"),
])  # fmt: skip
def test_what_is_no_game_is_refused(tmp_path, text, said):
    (tmp_path / "g.yaml").write_text(text)
    with pytest.raises(InputError, match=said):
        game(tmp_path / "g.yaml")
