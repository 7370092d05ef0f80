from datetime import date

import pytest

from sluicegate.regime import open_questions
from sluicegate.scenario import load_scenario, standing_controls
from sluicegate.scenario.standing import doubtful_measures
from sluicegate.terms import InputError, NotFoundError

TODAY = date(2026, 11, 23)


def _controls(scenario):
    return [(c.register_id, c.effective_from, c.until) for c in scenario.controls]


def test_no_18_stands_today_and_the_suspended_ones_do_not(bundled):
    standing = {name for name, _, until in _controls(load_scenario("status-quo", bundled)) if until is None}
    assert "CN-2025-18" in standing
    assert not {"CN-2025-56", "CN-2025-57", "CN-2024-46"} & standing


def test_what_the_record_of_an_earlier_day_did_not_hold_is_left_out(bundled):
    names = [name for name, *_ in _controls(load_scenario("status-quo", bundled, as_of=date(2025, 3, 1)))]
    assert "CN-2025-10" in names
    assert "CN-2025-18" not in names


def test_what_the_base_year_holds_is_not_played_again():
    assert not {"CN-2023-23", "CN-2023-39", "CN-2024-33"} & {c.register_id for c in standing_controls(TODAY)}


def test_every_doubt_of_the_register_is_an_open_question():
    asked = {measure for q in open_questions(TODAY) if q.settings for measure in q.measures}
    assert doubtful_measures(TODAY)
    assert doubtful_measures(TODAY) <= asked


def test_a_lapse_brings_the_measures_back_on_its_day(bundled):
    lapsed = load_scenario("status-quo", bundled, settings={"suspension-of-october-2025": "lapsed"})
    assert ("CN-2025-57", date(2026, 11, 11), None) in _controls(lapsed)


def test_suspension_ends_is_status_quo_with_other_settings(bundled):
    ends = load_scenario("suspension-ends", bundled)
    same = load_scenario("status-quo", bundled, settings=ends.settings)
    assert ends.controls == same.controls
    assert set(_controls(load_scenario("status-quo", bundled))) < set(_controls(ends))


@pytest.mark.parametrize(("settings", "named"), [
    ({"suspension-of-october-2026": "lapsed"}, "suspension-of-october-2025"),
    ({"article-2-of-no-46": "lapse"}, "lapsed"),
    ({"us-global-tariff": "lapsed"}, "us-global-tariff"),
])  # fmt: skip
def test_an_unknown_question_or_setting_names_the_nearest(settings, named, bundled):
    with pytest.raises(NotFoundError, match=named):
        load_scenario("status-quo", bundled, settings=settings)


def test_a_question_of_later_cannot_be_answered_earlier(bundled):
    with pytest.raises(NotFoundError):
        load_scenario("status-quo", bundled, as_of=date(2025, 6, 1), settings={"article-2-of-no-46": "lapsed"})


def test_settings_for_a_scenario_of_its_own_controls_are_refused(bundled):
    with pytest.raises(InputError, match="in_force"):
        load_scenario("april-2025", bundled, settings={"article-2-of-no-46": "lapsed"})
