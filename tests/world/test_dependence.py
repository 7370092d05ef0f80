import pytest

from sluicegate.metrics import hhi
from sluicegate.world import load_world
from sluicegate.world.dependence import dependence


def test_a_product_of_one_place_has_the_highest_concentration() -> None:
    found = dependence(load_world(), "gallium, low purity")
    assert found["hhi"] == pytest.approx(hhi([p["made_t_per_yr"] for p in found["places"]]))
    assert found["hhi"] > 9_500


def test_what_a_place_uses_is_made_or_bought() -> None:
    world = load_world()
    usa = next(p for p in dependence(world, "NdFeB magnet, Dy/Tb")["places"] if p["place"] == "USA")
    used = world.uses[(world.uses["product"] == "NdFeB magnet, Dy/Tb") & (world.uses["place"] == "USA")]
    assert usa["apparent_consumption_t_per_yr"] == pytest.approx(used["use_t_per_yr"].sum(), rel=1e-6)
    assert usa["net_import_reliance"] > 0.9


def test_places_that_make_equally_much_stand_in_order_of_their_code() -> None:
    places = [(-row["made_t_per_yr"], row["place"]) for row in dependence(load_world(), "dysprosium oxide")["places"]]
    assert places == sorted(places)
