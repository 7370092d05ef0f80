"""Plants: what they are, their numbers, and the model's projects that are the same plants."""

import pytest

from sluicegate.terms import NotFoundError, parse_place
from sluicegate.world import World
from sluicegate.world.facility import find_facilities, load_facilities, load_facility
from sluicegate.world.figures import load_figures
from sluicegate.world.metric import GRADES


def test_every_number_of_a_plant_is_a_figure_and_belongs_to_one_plant() -> None:
    ids = [i for plant in load_facilities().values() for i in plant.figure_ids]
    removed = {i for i in ids if i not in load_figures().table.index}
    assert removed == {i for i in removed if "northern-rare-earth" in i}
    assert len(ids) == len(set(ids))


def test_every_plant_has_a_place_materials_and_something_told_of_it() -> None:
    for plant in load_facilities().values():
        assert parse_place(plant.place) == plant.place
        assert plant.materials
        assert plant.figure_ids or plant.milestones
        assert {m.grade for m in plant.milestones} <= set(GRADES)


def test_mountain_pass_mined_what_its_owner_says() -> None:
    mined = [f for f in load_facility("mountain-pass").figures(load_figures()) if f.metric == "production"]
    assert {(f.last_year, f.value) for f in mined} >= {(2024, 45_455), (2025, 50_692)}


def test_a_plant_goes_by_slug_name_or_first_word() -> None:
    assert load_facility("kuantan") == load_facility("Kuantan (Gebeng)") == load_facility("kuantan-gebeng")


@pytest.mark.parametrize(
    ("name", "near"), [("mountain pas", "Mountain Pass"), ("clarksville", "Clarksville"), ("", "Known are")]
)
def test_an_unknown_or_ambiguous_plant_names_the_nearest(name: str, near: str) -> None:
    with pytest.raises(NotFoundError, match=near):
        load_facility(name)


def test_capacity_comes_before_cost_and_the_newest_word_first() -> None:
    found = [f.metric for f in load_facility("kuantan").figures(load_figures())]
    assert found[0] == "capacity"
    assert found.index("capacity") < found.index("lead time") < found.index("project cost")


def test_nothing_of_a_plant_is_known_before_its_day() -> None:
    from datetime import date

    early = load_figures(date(2025, 1, 1))
    assert all(f.known_on <= date(2025, 1, 1) for p in load_facilities().values() for f in p.figures(early))


def test_plants_are_linked_to_the_projects_of_the_model(world: World) -> None:
    linked = {name for plant in load_facilities().values() for name in plant.projects(world.projects)}
    assert {"Narva, Neo", "Sangdong, Almonty", "Wagerup, Alcoa"} <= linked
    assert all(p.project in world.projects.index for p in load_facilities().values() if p.project)


def test_plants_are_found_by_material_and_place() -> None:
    found = find_facilities("gallium", "AUS")
    assert {f.facility_id for f in found} == {"wagerup", "pinjarra"}
    with pytest.raises(NotFoundError, match="gallium"):
        find_facilities("galium")
    with pytest.raises(NotFoundError):
        find_facilities(place="ISL")
