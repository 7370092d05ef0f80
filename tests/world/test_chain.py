import pytest

from sluicegate.world import World
from sluicegate.world.balance import supply_and_need


def _share(world: World, product: str, place: str = "CHN", processes: str = "") -> float:
    """Share of a place in the world's making of a product, by the processes whose names hold a word."""
    runs = world.producers[world.producers["process"].str.contains(processes, regex=False)]
    made, _ = supply_and_need(
        world.recipes, runs.rename(columns={"activity_t_per_yr": "t"}), world.uses.iloc[:0].assign(t=0.0), "t"
    )
    made = made[made["product"] == product].set_index("place")["t_per_yr"]
    return float(made.get(place, 0.0) / made.sum())


def _export(world: World, product: str, origin: str = "CHN") -> float:
    flows = world.flows[(world.flows["product"].str.startswith(product)) & (world.flows["origin"] == origin)]
    return float(flows.loc[flows["destination"] != origin, "flow_t_per_yr"].sum())


def test_china_digs_a_third_of_the_antimony_but_smelts_most_of_it(world: World) -> None:
    assert _share(world, "antimony concentrate") == pytest.approx(0.34, abs=0.03)
    assert _share(world, "antimony metal", processes="smelting") == pytest.approx(0.85, abs=0.05)


def test_china_makes_94_percent_of_magnets_and_ships_58152_t(world: World) -> None:
    magnets = [p for p in world.products.index if p.startswith("NdFeB")]
    made, _ = supply_and_need(
        world.recipes, world.producers.rename(columns={"activity_t_per_yr": "t"}), world.uses.assign(t=0.0), "t"
    )
    made = made[made["product"].isin(magnets)].groupby("place")["t_per_yr"].sum()
    assert made["CHN"] / made.sum() == pytest.approx(0.94, abs=0.01)
    assert _export(world, "NdFeB") + _export(world, "SmCo") == pytest.approx(58_152, rel=0.03)


def test_china_makes_99_percent_of_low_purity_gallium(world: World) -> None:
    assert _share(world, "gallium, low purity") == pytest.approx(0.99, abs=0.005)


def test_china_digs_four_fifths_of_tungsten_and_turns_out_more_of_its_salt(world: World) -> None:
    assert _share(world, "tungsten concentrate") == pytest.approx(0.82, abs=0.03)
    assert _share(world, "ammonium paratungstate") > 0.80


def test_china_separates_nine_tenths_of_light_and_99_percent_of_heavy_rare_earths(world: World) -> None:
    assert _share(world, "neodymium oxide") == pytest.approx(0.91, abs=0.02)
    assert _share(world, "dysprosium oxide") == pytest.approx(0.99, abs=0.01)
    assert _share(world, "samarium oxide") == pytest.approx(0.99, abs=0.01)


def test_mountain_pass_and_kuantan_make_the_neodymium_praseodymium_they_report(world: World) -> None:
    for process, place, reported_t in (
        ("light separation, Mountain Pass", "USA", 1_294),
        ("light separation, Mt Weld", "MYS", 5_655),
    ):
        recipe = world.recipes[(world.recipes["process"] == process) & (world.recipes["role"] == "output")]
        share = recipe.loc[recipe["product"].isin(["neodymium oxide", "praseodymium oxide"]), "t_per_t"].sum()
        activity = float(world.producers["activity_t_per_yr"][f"{process}|{place}"])
        assert share * activity == pytest.approx(reported_t, rel=0.06)


def test_world_totals_are_near_the_published_ones(world: World) -> None:
    used = world.uses.groupby("product")["use_t_per_yr"].sum()
    gallium = used["gallium, high purity"] + used["gallium, low purity"]
    assert gallium == pytest.approx(335, rel=0.05)
    assert used["tungsten powder and carbide"] == pytest.approx(102_000, rel=0.06)
    assert used[used.index.str.startswith("NdFeB")].sum() == pytest.approx(260_000 * 0.713, rel=0.03)


def test_every_line_has_value_added_and_every_place_a_gdp(world: World) -> None:
    assert (world.lines["value_added_musd_per_yr"] > 0).all()
    assert (world.lines["low"] < world.lines["value_added_musd_per_yr"]).all()
    assert (world.places["gdp_musd"] > 0).all()


def test_no_line_is_larger_than_its_countrys_manufacturing(world: World) -> None:
    lines = world.lines.groupby("place")["value_added_musd_per_yr"].sum()
    gdp = world.places["gdp_musd"]
    assert (lines / gdp.reindex(lines.index)).max() < 0.30


def test_home_deliveries_take_no_week_and_dear_goods_fly(world: World) -> None:
    flows = world.flows
    home = flows["origin"] == flows["destination"]
    assert (flows.loc[home, "transit_weeks"] == 0).all()
    assert (flows.loc[~home, "transit_weeks"] >= 1).all()
    weeks = flows.set_index(["product", "origin", "destination"])["transit_weeks"]
    assert weeks["NdFeB magnet, Dy/Tb", "CHN", "DEU"] == 6
    assert weeks["NdFeB magnet, Dy/Tb", "CHN", "JPN"] == 1
    assert weeks["germanium metal", "CHN", "DEU"] == 1


def test_the_model_keeps_its_size(world: World) -> None:
    assert len(world.flows) <= 1400
    assert len(world.lines) <= 200
    assert len(world.uses) <= 560
    assert len(world.producers) <= 360


def test_the_eight_later_minerals_have_the_published_shares_of_china(world: World) -> None:
    for product, processes, published in (
        ("natural graphite", "mining", 1_270 / 1_550), ("bismuth metal", "refining", 14_000 / 16_300),
        ("indium metal", "refining", 760 / 1_090), ("tellurium metal", "refining", 750 / 981),
        ("molybdenum concentrate", "mining", 100 / 256), ("magnesium metal", "smelting", 953 / 1_080),
        ("graphite anode material", "anode", 0.93),
    ):  # fmt: skip
        assert _share(world, product, processes=processes) == pytest.approx(published, abs=0.06), product


def test_congo_digs_three_quarters_of_cobalt_and_refines_none(world: World) -> None:
    assert _share(world, "cobalt hydroxide", "COD") == pytest.approx(226 / 302, abs=0.03)
    assert _share(world, "cobalt chemicals", "COD") + _share(world, "cobalt metal", "COD") == 0


def test_lithium_leaves_the_salt_lakes_as_salt_and_australia_as_rock(world: World) -> None:
    flows = world.flows[world.flows["destination"] == "CHN"].set_index(["product", "origin"])["flow_t_per_yr"]
    assert flows["lithium concentrate", "AUS"] > 50_000
    assert flows["lithium chemicals", "CHL"] == pytest.approx(186_168 * 0.1879, rel=0.15)
    assert ("lithium concentrate", "CHL") not in flows


def test_a_mineral_added_joins_no_chain_that_was_there(world: World) -> None:
    recipes = world.recipes.merge(world.products["material"], left_on="product", right_index=True)
    mixed = recipes.groupby("process")["material"].agg(set)
    assert {frozenset(m) for m in mixed if len(m) > 1} == {frozenset({"rare earths", "magnets"})}


def test_every_mineral_that_lives_on_another_metal_names_its_host(world: World) -> None:
    for process in ("bismuth refining", "indium refining", "tellurium refining", "cobalt mining"):
        own = world.producers[world.producers["process"] == process]
        assert (own["host"] != "").all(), process
