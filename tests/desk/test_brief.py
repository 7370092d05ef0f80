"""The answer follows from the article: change a sentence, and what it says changes, and only that."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

Document = dict[str, Any]
Ask = Callable[..., Document]
CONTROL = "China imposed export controls on rare earths and magnets on April 4, 2025."
SHARE = "China mines 80% of the world's antimony."
LIFTED = "China suspended its export controls on rare earths and magnets on April 4, 2025."
DEAL = "President Trump said China had agreed to resume shipments of rare earths to the United States."
CLOTHES = "Retailers said sales of winter coats rose 4% in May. Wool was cheaper than a year ago."


def computed(document: Document) -> Document:
    return {k: document[k] for k in ("outcome", "edge", "response")}


def verdicts(document: Document) -> list[str]:
    return [c["check"]["verdict"] for c in document["claims"] if "check" in c]


def moves_nothing(document: Document) -> bool:
    empty = not document["moved"] and not document["outcome"]["shortages"] and document["edge"] is None
    return empty and document["headline"]["answer"] == "Nothing here moves a number."


def test_a_control_makes_somebody_short_and_names_the_claim_behind_it(plain: Document) -> None:
    control = next(c["id"] for c in plain["claims"] if c["type"] == "control_imposed")
    assert plain["outcome"]["shortages"]
    assert plain["edge"]["controller"] == "CHN"
    assert all(row["by"] == [control] for row in plain["moved"])


def test_another_share_changes_the_check_and_no_number(ask: Ask, plain: Document) -> None:
    eight = ask(CONTROL, SHARE.replace("80%", "8%"))
    assert (verdicts(plain), verdicts(eight)) == (["agrees"], ["disagrees"])
    assert computed(eight) == computed(plain)


def test_a_control_suspended_holds_nobody_up(ask: Ask) -> None:
    assert moves_nothing(ask(LIFTED, SHARE))


def test_a_control_lifted_stays_lifted_wherever_the_article_says_so(ask: Ask) -> None:
    assert moves_nothing(ask("China lifted its export controls on rare earths and magnets in May 2025.", CONTROL))


def test_a_deleted_sentence_moves_nothing_though_the_register_holds_the_measure(ask: Ask) -> None:
    assert moves_nothing(ask(SHARE))


def test_the_other_side_as_actor_makes_another_edge(ask: Ask) -> None:
    swapped = ask(CONTROL.replace("China", "The United States"), SHARE)
    assert swapped["edge"]["controller"] == "USA"
    assert "CN-2025-18" not in str(swapped["scenario"]["events"])


def test_an_actor_that_ships_nothing_is_said_to_have_no_figures(ask: Ask) -> None:
    nothing = ask(CONTROL.replace("China", "Portugal"))
    assert moves_nothing(nothing)
    assert "no figures" in nothing["scenario"]["ignored"][0]["why"]


@pytest.mark.parametrize("sentence", [
    CLOTHES,
    "China denied that it had banned exports of rare earths to the United States.",
])  # fmt: skip
def test_other_subjects_and_denials_move_nothing(ask: Ask, sentence: str) -> None:
    assert moves_nothing(ask(sentence))


def test_an_unconfirmed_deal_makes_a_future_and_leaves_the_base_alone(ask: Ask, plain: Document) -> None:
    hoped = ask(CONTROL, SHARE, DEAL)
    assert hoped["outcome"] == plain["outcome"]
    assert hoped["edge"]["path"] == plain["edge"]["path"]
    deal = next(f for f in hoped["futures"] if f["name"] == "the claimed deal holds")
    assert deal["from_claims"] == [hoped["claims"][-1]["id"]]
    assert deal["shortages"] != hoped["futures"][0]["shortages"]


def test_a_planned_ban_makes_only_a_future(ask: Ask) -> None:
    planned = ask("China plans to ban exports of tungsten.")
    assert not planned["moved"]
    assert planned["edge"] is None
    assert [f["name"] for f in planned["futures"]] == ["the announced control comes"]


def test_a_plan_for_other_goods_is_run_on_the_whole_chain(ask: Ask, plain: Document) -> None:
    both = ask(CONTROL, SHARE, "China plans to ban exports of tungsten.")
    short = {s["product"] for s in both["futures"][-1]["shortages"]}
    assert both["outcome"] == plain["outcome"]
    assert any("tungst" in product for product in short)


def test_a_day_before_the_measure_knows_nothing_of_it(ask: Ask) -> None:
    before = ask(CONTROL, SHARE, as_of=date(2025, 3, 1))
    assert not before["moved"]
    assert not before["scenario"]["events"]
    assert "after the as-of date" in before["scenario"]["ignored"][0]["why"]


def test_another_day_changes_practice(ask: Ask, plain: Document) -> None:
    later = ask(CONTROL, SHARE, as_of=date(2026, 3, 1))
    assert later["outcome"]["shortages"] != plain["outcome"]["shortages"]


def test_an_article_without_a_known_material_says_so(ask: Ask) -> None:
    nickel = ask("China imposed export controls on nickel on April 4, 2025.")
    assert moves_nothing(nickel)
    assert any("nickel" in line for line in nickel["unknown"])


def test_the_same_seed_gives_the_same_document(article: Callable[..., str], plain: Document) -> None:
    import sluicegate

    again = sluicegate.brief(article(CONTROL, SHARE), draws=4)
    assert again == plain


def test_another_seed_gives_other_numbers(ask: Ask, plain: Document) -> None:
    assert ask(CONTROL, SHARE, seed=2)["outcome"] != plain["outcome"]
