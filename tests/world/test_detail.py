import pytest

from sluicegate.world import World
from sluicegate.world.detail import details, special
from sluicegate.world.element import LUMP, element_output, load_elements
from sluicegate.world.figures import load_figures
from sluicegate.world.plant import load_plants
from sluicegate.world.reference import figure_ids
from sluicegate.world.show import show
from sluicegate.world.table import read_table


def test_a_provinces_share_is_its_quota_over_the_national_one(world: World) -> None:
    document = special(world, "cn-jx")
    assert document is not None
    assert document["shares"][0]["share"] == pytest.approx(40_300 / 114_000)
    assert len(document["shares"][0]["refs"].split(";")) == 2


def test_what_no_source_gives_of_a_province_is_absent(world: World) -> None:
    assert special(world, "CN-GX") is None
    assert "provinces" not in details(world, "rare earth concentrate, ionic clay")


def test_elements_of_the_lump_add_up_to_it(world: World) -> None:
    made = element_output(world, load_elements(world))
    lump = world.recipes[(world.recipes["product"] == LUMP) & (world.recipes["role"] == "output")]
    runs = world.producers.merge(lump[["process", "t_per_t"]], on="process")
    assert made["t_per_yr"].sum() == pytest.approx((runs["activity_t_per_yr"] * runs["t_per_t"]).sum())


def test_europium_comes_from_light_ores_and_erbium_does_not(world: World) -> None:
    europium, erbium = special(world, "europium oxide"), special(world, "Erbium")
    assert europium is not None
    assert erbium is not None
    assert any(row["process"] == "separation, Bayan Obo" for row in europium["output"])
    assert not any(row["process"] == "separation, Bayan Obo" for row in erbium["output"])


def test_scandium_is_of_another_origin(world: World) -> None:
    assert special(world, "scandium") is None
    document = show(world, "scandium")
    assert not document["producers"]
    assert document["figures"]


def test_a_name_of_the_chain_is_nothing_special(world: World) -> None:
    assert special(world, "dysprosium oxide") is None


def test_magnets_with_and_without_heavy_rare_earths_show_their_content(world: World) -> None:
    grades = details(world, "NdFeB magnet, Dy/Tb")["grades"]
    assert {row["element"] for row in grades} >= {"dysprosium", "terbium", "neodymium"}
    free = details(world, "NdFeB magnet, Dy/Tb-free")["grades"]
    assert not {"dysprosium", "terbium"} & {row["element"] for row in free}


def test_a_process_shows_what_it_leaves_behind(world: World) -> None:
    burdens = {row["burden"]: row for row in details(world, "mining, ionic clay")["burdens"]}
    assert burdens["electricity"]["amount"] == pytest.approx(8.8)
    assert burdens["electricity"]["refs"]


def test_every_plant_is_part_of_a_producer(world: World) -> None:
    plants = load_plants(world)
    assert set(plants["producer"]) <= set(world.producers.index)
    assert plants["share"].between(0, 1, inclusive="right").all()
    assert (plants.groupby("producer")["share"].sum() <= 1 + 1e-9).all()


@pytest.mark.parametrize("name", ["plants", "provinces", "elements", "grades", "burdens", "crosschecks"])
def test_what_stands_beside_the_chain_cites_figures_that_exist(name: str) -> None:
    table = read_table(name)
    known = load_figures().table.index
    cited = [ref for refs in table["refs"] for ref in figure_ids(refs)]
    assert cited
    assert [ref for ref in cited if ref not in known] == []


def test_a_number_beside_the_chain_is_cited_or_called_a_judgement() -> None:
    for name in ("plants", "provinces", "elements", "grades", "burdens"):
        table = read_table(name)
        assert set(table.loc[table["refs"] == "", "label"]) <= {"judgement"}, name
