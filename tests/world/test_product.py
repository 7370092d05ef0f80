import pytest

from sluicegate.world import World


def test_an_ore_yields_no_more_oxide_than_it_holds(world: World) -> None:
    held = world.composition.groupby("ore")["share"].sum()
    assert held.between(0.95, 1.0).all()
    separations = world.recipes[world.recipes["process"].str.contains("separation")]
    made = separations[separations["role"] == "output"].groupby("process")["t_per_t"].sum()
    assert (made < 1.0).all()


def test_a_light_separation_leaves_the_heavies(world: World) -> None:
    made = world.recipes[world.recipes["process"].str.startswith("light") & (world.recipes["role"] == "output")]
    assert set(made["product"]) == {"lanthanum oxide", "cerium oxide", "praseodymium oxide", "neodymium oxide"}


def test_a_magnet_takes_the_metal_of_its_blank(world: World) -> None:
    """0.29 to 0.325 rare earths in the alloy, 0.713 of the blank left after cutting."""
    inputs = world.recipes[world.recipes["process"].str.startswith("magnet making, NdFeB Dy/Tb")]
    total = inputs[inputs["role"] == "input"].groupby("process")["t_per_t"].sum()
    assert total["magnet making, NdFeB Dy/Tb"] == pytest.approx(0.305 / 0.713)
    assert (total < 0.325 / 0.713).all()


def test_bounds_hold_the_value(world: World) -> None:
    table = world.recipes
    assert (table["low"] <= table["t_per_t"] + 1e-12).all()
    assert (table["t_per_t"] <= table["high"] + 1e-12).all()


def test_shares_of_a_customs_code_are_shares(world: World) -> None:
    by_code: dict[str, float] = {}
    for cell in world.products["hs"]:
        for part in cell.split(";"):
            code, share = part.split(":")
            assert code.isdigit()
            assert len(code) in (6, 8, 10)
            by_code[code] = by_code.get(code, 0.0) + float(share)
    assert max(by_code.values()) <= 1.0 + 1e-9
    assert by_code["850511"] == pytest.approx(1.0)


def test_a_dear_element_is_dearer_as_metal(world: World) -> None:
    price = world.products["price_outside_usd_per_kg"]
    for element in ("neodymium", "praseodymium", "dysprosium", "terbium", "samarium"):
        assert price[f"{element} metal"] > price[f"{element} oxide"]
