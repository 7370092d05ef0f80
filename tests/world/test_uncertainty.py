from datetime import date

import pytest

from sluicegate.terms import NotFoundError
from sluicegate.world import World, load_world


def test_a_later_record_is_not_known_before_its_day() -> None:
    before = load_world(date(2025, 4, 4))
    cover = "cover: aerospace and defence, SmCo magnet"
    assert cover not in {p.name for p in before.parameters}
    smco = before.uses[(before.uses["product"] == "SmCo magnet") & (before.uses["industry"] == "aerospace and defence")]
    assert set(smco["cover_parameter"]) == {"cover: aerospace and defence"}
    assert load_world(date(2026, 1, 1)).parameter(cover).known_on == date(2025, 12, 29)


def test_every_use_points_to_parameters_that_exist(world: World) -> None:
    names = {parameter.name for parameter in world.parameters}
    for column in ("theta_parameter", "cover_parameter", "thrift_parameter", "intensity_parameter"):
        assert set(world.uses[column]) <= names
    assert {f"{name}, weeks" for name in world.uses["thrift_parameter"]} <= names
    assert set(world.lines["value_added_parameter"]) <= names
    assert set(world.producers["cover_parameter"]) - {""} <= names


def test_names_are_unique(world: World) -> None:
    names = [parameter.name for parameter in world.parameters]
    assert len(names) == len(set(names))


def test_an_unknown_parameter_names_the_nearest(world: World) -> None:
    with pytest.raises(NotFoundError, match="cover: motor vehicles"):
        world.parameter("cover: motor vehicle")
