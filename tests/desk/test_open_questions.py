from datetime import date

from sluicegate.desk.open_questions import asked, questions_on
from sluicegate.desk.page import result_text
from sluicegate.scenario import load_scenario


def test_a_scenario_of_the_register_lists_every_open_question_with_its_setting(bundled):
    rows = asked(load_scenario("suspension-ends", bundled))
    assert {r["id"] for r in rows} == {r["id"] for r in questions_on(date(2026, 11, 23))}
    assert {r["id"]: r["setting"] for r in rows}["article-2-of-no-46"] == "lapsed"


def test_a_question_without_a_lever_has_no_setting(bundled):
    rows = {r["id"]: r for r in asked(load_scenario("status-quo", bundled))}
    assert rows["us-global-tariff"]["setting"] is None


def test_a_scenario_of_its_own_controls_asks_nothing(bundled):
    assert asked(load_scenario("april-2025", bundled)) == []


def test_the_page_says_how_each_question_is_taken_and_how_to_take_it_otherwise(bundled):
    text = result_text({"title": "t", "open_questions": asked(load_scenario("status-quo", bundled))})
    assert "--set article-2-of-no-46=lapsed" in " ".join(text.split())
    assert "no lever yet" in text
