"""The page of a plan: what to do, at other budgets, why not; a place's and a company's from the same parts."""

from typing import Any

import pytest

from sluicegate.desk.page import plan_html, plan_text

BAND = {"q05": 1.0, "q25": 2.0, "q50": 3.0, "q75": 4.0, "q95": 5.0}


def _times(factor: float) -> dict[str, float]:
    return {q: factor * x for q, x in BAND.items()}


@pytest.fixture
def company() -> dict[str, Any]:
    row = {"id": "exposure:plan.5", "unit": "EUR", "cost": _times(1e6), "loss": _times(9e6), "avoided": _times(4e6),
           "mean_net": 8e6, "p_pays": 0.75, "worst_tenth": 4e7}  # fmt: skip
    return {
        "title": "Example: what to do by when", "company": {"name": "Example"}, "budget": 5e6, "unit": "EUR",
        "note": None,
        "loss_without": _times(1e7), "worst_tenth_without": 5e7,
        "actions": [{"what": "order 12 days of magnets from <China>", "by": "2027-01-18", "outlay": _times(2e6),
                     "cost": _times(1e6)}],
        "frontier": [row | {"budget": b} for b in (2.5e6, 5e6)],
        "alone": [{"do": "order", "input": "magnets", "origin": "CHN", "what": "order", "worth_it": True,
                   "cost": _times(1e6), "benefit": _times(4e6), "why": "pays in 75% of draws"},
                  {"do": "qualify", "input": "magnets", "origin": "JPN", "what": None, "worth_it": False,
                   "cost": _times(0), "benefit": _times(0), "why": "its makers lack the same feed"}],
        "do_not_run_out": ["steel"], "margins": {"budget": 4.2}, "limits": ["one limit"],
        "provenance": {"command": "plan"},
    }  # fmt: skip


def test_it_says_what_to_do_by_when_and_for_how_much(company):
    text = plan_text(company)
    assert "order 12 days of magnets from <China>  2027-01-18" in " ".join(text.split("\n")).replace("   ", "  ")
    assert "pays in 75 % of draws" in text
    assert "Not short, and not bought for: steel." in text


def test_what_is_not_worth_it_stands_apart_with_its_reason(company):
    text = plan_text(company)
    assert text.index("Not worth it") < text.index("its makers lack the same feed")


def test_the_page_shows_the_frontier_and_nothing_of_a_name_is_markup(company):
    page = plan_html(company)
    assert "<svg" in page
    assert "&lt;China&gt;" in page


def test_where_there_is_nothing_to_buy_the_page_says_so_and_stops(company):
    text = plan_text(company | {"note": "Nothing is worth buying.", "actions": [], "alone": [], "frontier": []})
    assert "Nothing is worth buying." in text
    assert "What to do" not in text
