import pytest

from sluicegate.terms import NotFoundError
from sluicegate.world import World
from sluicegate.world.pinch import explain, pinch


def test_magnet_chain_hangs_on_china_and_is_ranked_by_loss(world: World) -> None:
    rows = pinch(world, "NdFeB magnet, Dy/Tb")
    assert {row["place"] for row in rows[:5]} == {"CHN"}
    losses = [row["value_added_lost_musd"] for row in rows]
    assert losses == sorted(losses, reverse=True)
    assert all(0 <= row["share_of_output"] <= 1 and 0 <= row["share_lost"] <= 1 for row in rows)


def test_an_unknown_name_is_told_with_the_nearest(world: World) -> None:
    with pytest.raises(NotFoundError, match="gallium"):
        pinch(world, "galium")


def test_a_material_is_ranked_over_those_that_make_it(world: World) -> None:
    rows = pinch(world, "tungsten")
    assert {world.processes.at[row["process"], "material"] for row in rows} == {"tungsten"}


def test_an_industry_loses_no_more_than_all_lines_together(world: World) -> None:
    whole = {row["stop"]: row["value_added_lost_musd"] for row in pinch(world, "tungsten")}
    for row in pinch(world, "hardmetal and machining"):
        if row["stop"] in whole:
            assert row["value_added_lost_musd"] <= whole[row["stop"]] * (1 + 1e-6)


def test_an_explained_stop_adds_up_to_its_row(world: World) -> None:
    row = pinch(world, "antimony")[0]
    told = explain(world, row["stop"])
    assert told is not None
    assert sum(told["value_added_musd"].values()) == pytest.approx(row["value_added_lost_musd"], rel=1e-6)
    assert row["stop"] not in told["others"]


def test_a_stop_of_nobody_is_explained_by_nothing(world: World) -> None:
    assert explain(world, "mining|ATL") is None
