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
    assert card["product"]["price_inside_usd_per_kg"] == pytest.approx(257 / 1.13)
    parts = card["price_parts"]
    assert sum(parts[k] for k in ("inside", "tax", "freight", "rest")) == pytest.approx(parts["outside"])
    assert card["producers"][0]["producer"].startswith("separation")
    assert card["users"][0]["producer"] == "dysprosium metal making|CHN"
    assert all("refs" in row for row in card["producers"] + card["flows"])


@pytest.mark.parametrize("name", ["scandium", "europium", "lutetium", "graphite", "cobalt", "Tellurium"])
def test_a_material_that_only_the_figures_know_is_shown_with_them(world: World, name: str) -> None:
    card = show(world, name)
    assert card["kind"] == "material"
    assert all(row["material"] == name.casefold() for group in card["figures"] for row in group["figures"])
    assert sum(group["count"] for group in card["figures"]) > 0


def test_an_element_shows_the_products_that_hold_it(world: World) -> None:
    assert {p["product"] for p in show(world, "dysprosium")["products"]} == {"dysprosium oxide", "dysprosium metal"}


def test_a_product_shows_the_figures_of_its_element(world: World) -> None:
    prices = next(g for g in show(world, "dysprosium oxide")["figures"] if g["metric"] == "price")
    assert {row["material"] for row in prices["figures"]} == {"dysprosium"}
    assert all(row["id"] and row["unit"] and row["source"] for row in prices["figures"])


def test_a_place_outside_the_model_is_shown_by_its_figures(world: World) -> None:
    card = show(world, "Iran")
    assert card["place"] is None
    assert any(group["metric"] == "production" for group in card["figures"])


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
