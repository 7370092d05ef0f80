"""The form of a scenario sends everything as text and loses nothing."""

import pytest
import yaml

from sluicegate.scenario import Priority, Scenario, bundled_names, load_scenario, parse_scenario
from sluicegate.web.pages.scenario_form import LISTS, as_yaml, event_groups, read_form, unknown_in

SENT = {"name": "mine", "title": "mine", "start": "2025-01-06", "weeks": "60", "as_of": "2025-06-30"}


def test_numbers_come_as_text():
    assert Scenario.model_validate(read_form(SENT)).weeks == 60


def test_every_list_of_events_has_its_fields():
    kinds = {n for n, f in Scenario.model_fields.items() if f.default == () and n != "settings"}
    assert kinds == set(LISTS)


def test_an_event_that_touches_nobody_is_told(bundled):
    plant = {"process": "gallium extraction", "place": "FJI", "capacity_t_per_yr": "5", "start": "2025-03-03"}
    sent = SENT | {f"plants.0.{n}": v for n, v in plant.items()}
    assert "nobody in FJI" in unknown_in(Scenario.model_validate(read_form(sent)), bundled)[""]


FIRST = {"place": "JPN", "products": ["NdFeB magnet, Dy/Tb", "NdFeB magnet, Dy/Tb-free"], "first": ["motor vehicles"],
         "then": ["machinery and robots"], "share": [0.3, 0.6, 0.9], "effective_from": "2025-06-02",
         "until": "2026-01-05", "reason": "an allocation: cars first"}  # fmt: skip


def test_a_priority_comes_back_from_the_form_and_from_the_file_as_it_went_in(bundled):
    what = Scenario.model_validate(SENT | {"priorities": [FIRST]})
    assert parse_scenario(as_yaml(what), bundled, where="mine") == what
    groups = event_groups(what.model_dump(mode="json"), {})
    typed = {field.name: field.value for _, fields in groups for field in fields}
    assert typed["priorities.0.first"] == "motor vehicles"
    assert {f"priorities.0.{n}" for n in Priority.model_fields} <= set(typed)
    assert Scenario.model_validate(read_form(SENT | typed)) == what


def test_a_name_that_no_industry_has_is_told_beside_its_field(bundled):
    sent = SENT | {f"priorities.0.{n}": v for n, v in FIRST.items() if isinstance(v, str)}
    sent |= {"priorities.0.products": "NdFeB magnet, Dy/Tb", "priorities.0.first": "motor vehicle",
             "priorities.0.share": "0.5"}  # fmt: skip
    said = unknown_in(Scenario.model_validate(read_form(sent)), bundled)
    assert "'motor vehicles'" in said["priorities.0.first"]


def test_an_office_goes_through_the_form_and_its_file_and_back():
    change = "{effective_from: 2025-03-03, swing_factor: [0.2, 0.5, 1], label: practice, reason: talks}"
    sent = SENT | {"offices.0.place": "CHN", "offices.0.changes": f"[{change}]"}
    made = Scenario.model_validate(read_form(sent))
    assert made.offices[0].changes[0].stated == {"swing_factor": (0.2, 0.5, 1)}
    shown = {f.name: f.value for _, group in event_groups(yaml.safe_load(as_yaml(made)), {}) for f in group}
    again = Scenario.model_validate(read_form(SENT | {n: v for n, v in shown.items() if n.startswith("offices")}))
    assert again == made


def test_an_office_without_a_control_is_told(bundled):
    change = "{effective_from: 2025-03-03, clampdown_rate_factor: 0, label: practice, reason: talks}"
    sent = SENT | {"offices.0.place": "CHN", "offices.0.changes": f"[{change}]"}
    assert "no control here" in unknown_in(Scenario.model_validate(read_form(sent)), bundled)[""]


@pytest.mark.parametrize("name", bundled_names())
def test_no_bundled_scenario_is_told_to_touch_nobody(name, bundled):
    assert unknown_in(load_scenario(name, bundled), bundled) == {}
