from datetime import date

import pytest

from sluicegate.terms import NotFoundError
from sluicegate.world import World, load_world
from sluicegate.world.figures import load_figures
from sluicegate.world.reference import figure_ids
from sluicegate.world.table import read_table, records


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


def test_a_record_of_practice_is_cited_only_from_its_day_on() -> None:
    """Base-year quantities may be later revisions; cover and responses may not."""
    figures = load_figures().table
    practice = figures[figures["metric"].isin(["stock cover", "elasticity"])]
    late = [
        f"{row['name']}: {ref}"
        for row in records(read_table("parameters"))
        for ref in figure_ids(row["refs"])
        if ref in practice.index and (row["known_on"] or "0") < practice["known_on"][ref]
    ]
    assert late == []


def test_later_records_do_not_widen_what_was_known(world: World) -> None:
    early = {p.name: p for p in load_world(date(2010, 1, 1)).parameters}
    assert {p.name for p in world.parameters} - set(early) <= {
        "cover: aerospace and defence, SmCo magnet",
        "cover: compound semiconductors, germanium",
    }
    assert early["cover: magnet making"].p95 > world.parameter("cover: magnet making").p95
