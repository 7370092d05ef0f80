"""The form of a scenario sends everything as text and loses nothing."""

import pytest

from sluicegate.scenario import Scenario, bundled_names, load_scenario
from sluicegate.web.pages.scenario_form import LISTS, read_form, unknown_in

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


@pytest.mark.parametrize("name", bundled_names())
def test_no_bundled_scenario_is_told_to_touch_nobody(name, bundled):
    assert unknown_in(load_scenario(name, bundled), bundled) == {}
