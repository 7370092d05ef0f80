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


def test_games_of_offers_waiting_and_trust_have_their_published_answers():
    found = game(CHICKEN.with_name("game-waiting.yaml"))
    GameShape.model_validate(found)
    closed = found["closed"]
    assert closed["offers"]["first_gets_without_end"] == pytest.approx(0.689655, abs=1e-6)
    assert closed["offers"]["first_gets_with_a_last_round"] == pytest.approx(0.8315, abs=5e-5)
    assert closed["standoff"]["gives_in_at_once"] == pytest.approx({"first": 0, "second": 0.5}, abs=1e-9)
    assert closed["standoff"]["known_as_stubborn_by"] == pytest.approx({"first": 11.51, "second": 14.98}, abs=0.01)
    assert closed["repeated"]["patience_needed"] == 0.5
    assert all(abs(row["worth_of_giving_in_then"]) < 1e-12 for row in closed["attrition"]["by_time"])


def test_a_game_without_a_pure_equilibrium_says_so(tmp_path):
    (tmp_path / "pennies.yaml").write_text("row: [[1, -1], [-1, 1]]\ncolumn: [[-1, 1], [1, -1]]\n")
    assert "each side mixes" in game(tmp_path / "pennies.yaml")["note"]


@pytest.mark.parametrize(("text", "said"), [
    ("row: [[1]]", "no table of numbers|shapes"), ("row: [[1]]\ncolumn: [[1]]\nmore: 1", "unknown field more"),
    ("row: [[1, 2]]\ncolumn: [[1, 2]]\ncolumn_moves: [a]", "do not name 2 moves"), ("- 1", "found list"),
    ("offers: {first: 0.9, second: 1.2, rounds: 3}", "discount factors"), ("offers: {first: 0.9}", "offers with first"),
    ("attrition: {prize: 0, cost: 1}", "both above 0"), ("attrition: {prize: yes, cost: 1}", "finite numbers"),
    ("repeated: {temptation: 1, reward: 3, punishment: 1}", "temptation > reward"),
    ("standoff: {first_gains: 1, second_gains: 1, first_costs: 1, second_costs: 1, first_stubborn: 0, "
     "second_stubborn: 0.1}", "chances between"),
])  # fmt: skip
def test_what_is_no_game_is_refused(tmp_path, text, said):
    (tmp_path / "g.yaml").write_text(text)
    with pytest.raises(InputError, match=said):
        game(tmp_path / "g.yaml")
