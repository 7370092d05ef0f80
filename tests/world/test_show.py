import json

import pytest

from sluicegate.terms import NotFoundError
from sluicegate.world import World
from sluicegate.world.check import check
from sluicegate.world.show import list_names, show


def test_every_name_can_be_shown_as_json(world: World) -> None:
    for kind, names in list_names(world).items():
        for name in names[:6]:
            assert json.loads(json.dumps(show(world, name)))["name"] == name, kind


def test_a_place_goes_by_its_name_too(world: World) -> None:
    assert show(world, "Germany")["name"] == "DEU"


def test_a_product_shows_makers_users_prices_and_flows_with_their_refs(world: World) -> None:
    card = show(world, "dysprosium oxide")
    assert card["product"]["price_inside_usd_per_kg"] == 257
    assert card["producers"][0]["producer"].startswith("separation")
    assert card["users"][0]["producer"] == "dysprosium metal making|CHN"
    assert all("refs" in row for row in card["producers"] + card["flows"])


def test_an_unknown_name_names_the_nearest(world: World) -> None:
    with pytest.raises(NotFoundError, match="dysprosium oxide"):
        show(world, "dysprosum oxide")


def test_check_finds_a_sound_world_and_counts_its_assumptions(world: World) -> None:
    report = check(world)
    assert report["largest_residual"] < 1e-9
    assert report["gaps"] == []
    assert report["conflicts"] == []
    counts = report["assumptions"]["counts"]
    assert sum(table.get("judgement", 0) for table in counts.values()) == len(report["assumptions"]["rows"])
    json.dumps(report)
