import pytest

from sluicegate.terms import NotFoundError
from sluicegate.world import World
from sluicegate.world.worth import crosschecks, label_shares, value_added


def test_every_line_and_every_use_is_in_the_table_once(world: World) -> None:
    table = value_added(world)
    assert sorted(row["line"] for row in table) == sorted(world.lines.index)
    assert sum(len(row["theta"]) for row in table) == len(world.uses)


def test_value_held_is_value_added_times_theta(world: World) -> None:
    for row in value_added(world, industry="batteries"):
        for theta in row["theta"]:
            assert theta["value_added_held_musd"] == pytest.approx(row["value_added_musd_per_yr"] * theta["p50"])


def test_a_place_is_known_by_its_english_name(world: World) -> None:
    assert value_added(world, place="Germany") == value_added(world, place="DEU")
    assert {row["place"] for row in value_added(world, place="DEU")} == {"DEU"}


def test_shares_by_label_are_of_the_whole(world: World) -> None:
    assert sum(label_shares(value_added(world)).values()) == pytest.approx(1)


@pytest.mark.parametrize(("industry", "place"), [("motor vehicle", None), (None, "Congo-Kinshasa"), (None, "Atlantis")])
def test_unknown_names_are_told(world: World, industry: str | None, place: str | None) -> None:
    with pytest.raises(NotFoundError):
        value_added(world, industry, place)


def test_most_lines_that_can_be_had_another_way_agree_within_their_band(world: World) -> None:
    found = crosschecks(world)
    assert sum(check["within_band"] for check in found) >= 5
    assert all(0.4 < check["value_added_musd_per_yr"] / check["lines_musd_per_yr"] < 2.5 for check in found)


def test_japanese_cars_come_out_alike_from_shipments_and_from_the_census(world: World) -> None:
    line = next(row for row in value_added(world, place="JPN") if row["industry"] == "motor vehicles")
    assert line["crosscheck"]["value_added_musd_per_yr"] == pytest.approx(line["value_added_musd_per_yr"], rel=0.1)
