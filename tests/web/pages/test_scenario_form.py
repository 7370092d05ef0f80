"""The form of a scenario sends everything as text and loses nothing."""

import pytest

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


@pytest.mark.parametrize("name", bundled_names())
def test_no_bundled_scenario_is_told_to_touch_nobody(name, bundled):
    assert unknown_in(load_scenario(name, bundled), bundled) == {}
