"""One meaning of what a measure holds up."""

import pytest

from sluicegate.regime import goods_items, listed_products, listings, load_register, material_group

REGISTER = load_register()


@pytest.mark.parametrize("name", sorted(REGISTER.measures))
def test_no_rule_for_goods_abroad_or_armies_holds_up_civil_goods_at_home(name):
    assert not any(x.item.made or x.item.end_use for x in listings(REGISTER, REGISTER.measures[name]))


def test_what_is_named_as_free_and_was_held_up_is_there_with_a_share_of_nothing():
    found = {x.covered.name: x.covered for x in listings(REGISTER, REGISTER.measure("CN-2025-18"))}
    free = found["NdFeB magnet, Dy/Tb-free"]
    assert (free.p50, free.overcomplied) == (0.0, True)
    assert "NdFeB magnet, Dy/Tb-free" not in listed_products(REGISTER, REGISTER.measure("CN-2025-18"))


def test_the_rule_on_goods_made_abroad_lists_nothing_that_leaves_china():
    measure = REGISTER.measure("CN-2025-61")
    assert listed_products(REGISTER, measure) == set()
    assert goods_items(REGISTER, measure) == ()


def test_a_quota_holds_goods_up_and_is_no_matter_of_an_office():
    found = listings(REGISTER, REGISTER.measure("CD-CO-2025"))
    assert {x.item.effect for x in found} == {"refused", "quota"}
    assert {i.effect for i in goods_items(REGISTER, REGISTER.measure("CD-CO-2025"))} == {"refused"}


@pytest.mark.parametrize(("names", "group"), [
    (("magnets", "rare earths"), "magnets"),
    (("SmCo magnet",), "magnets"),
    (("neodymium",), "rare earth raw materials"),
    (("cobalt hydroxide",), "other minerals"),
    (("ammonium paratungstate",), "tungsten"),
    ((), "other minerals"),
])  # fmt: skip
def test_one_table_of_practice_serves_an_item_and_a_product_of_the_same_goods(names, group):
    assert material_group(*names) == group
