"""The three top lines say what was computed, in plain words."""

import re
from collections.abc import Callable
from typing import Any

Document = dict[str, Any]


def test_the_answer_names_the_worst_shortage_of_the_target(plain: Document) -> None:
    target = plain["edge"]["target"]
    worst = next(s for s in plain["outcome"]["shortages"] if s["place"] == target)
    assert worst["product"] in plain["headline"]["answer"]
    assert worst["industry"].capitalize() in plain["headline"]["answer"]
    assert "in the United States" in plain["headline"]["answer"]


def test_the_claims_that_move_are_counted(plain: Document) -> None:
    moving = {e["claim"] for e in plain["scenario"]["events"]}
    assert plain["headline"]["moves"].startswith(f"{len(moving)} of {len(plain['claims'])} claims change the model")


def test_what_is_open_is_counted_only_when_something_is(ask: Callable[..., Document], plain: Document) -> None:
    planned = ask("China plans to ban exports of tungsten.")
    assert "unconfirmed" not in plain["headline"]["says"]
    assert "1 unconfirmed, planned or conditional" in planned["headline"]["says"]


def test_no_line_holds_a_machine_s_number(plain: Document) -> None:
    for line in plain["headline"].values():
        assert not re.search(r"\d{5}|e[+-]\d|nan|None", line)
