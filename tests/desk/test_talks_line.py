"""The talks in one line, beside an edge."""

import pytest

import sluicegate
from sluicegate.desk.page import result_text


@pytest.fixture(scope="module")
def edge():
    return sluicegate.edge("april-2025", draws=16)


def test_halves_are_half_the_difference_of_what_both_are_spared(edge):
    """(L_T - L_C) / 2: where one side loses next to nothing, half of the other's loss."""
    line = edge["talks"]
    assert line["nash_transfer"]["q50"] == pytest.approx(line["target_would_be_spared"]["q50"] / 2, rel=0.01)
    assert line["p_target_gains_more"] > 0.5


def test_who_hurts_more_by_waiting_gets_less(edge):
    assert edge["talks"]["impatience_share_controller"]["q50"] > 0.5


def test_it_can_be_asked_why(edge):
    assert "Nash 1950" in sluicegate.why(edge["talks"]["id"], run=edge["provenance"]["run"])["formula"]


def test_the_page_says_it_and_names_the_levers_it_leaves_out(edge):
    page = {"edge": edge} | {k: edge[k] for k in ("title", "open_questions", "provenance")}
    text = " ".join(result_text(page).split())
    assert "In the talks" in text
    assert "tariffs (54% added duty)" in text
