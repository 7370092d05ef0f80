"""Our places and industries in the names of published tables."""

import pytest
from bench.published_tables import EXIOBASE_REGIONS, ICIO_2023, ICIO_REGIONS

from sluicegate.sim.concordance import are_goods, regions_of, sectors_of
from sluicegate.world import load_world

ICIO_2025 = ("A01", "C20", "C21", "C22", "C23", "C24A", "C24B", "C25", "C26", "C27", "C28", "C29", "C301", "C302T309")
ICIO_2018 = ("01T03", "20", "21", "22", "23", "24", "25", "26", "27", "28", "29", "30", "35T39")


@pytest.fixture(scope="module")
def world():
    return load_world()


@pytest.mark.parametrize("regions", [EXIOBASE_REGIONS, ICIO_REGIONS])
def test_every_place_of_a_line_stands_somewhere_and_every_region_has_a_place(world, regions):
    found = regions_of(world.places.index, regions)
    assert set(world.lines["place"]) <= set(found)
    assert {r for several in found.values() for r in several} == set(regions)


def test_the_rest_of_the_union_is_shared_by_its_members(world):
    for regions, germany in ((EXIOBASE_REGIONS, "DE"), (ICIO_REGIONS, "DEU")):
        found = regions_of(world.places.index, regions)
        assert len(found["EUO"]) == 24
        assert found["DEU"] == (germany,)
        assert germany not in found["EUO"] + found["ROW"]


@pytest.mark.parametrize(("sectors", "vehicles", "aircraft"), [
    (ICIO_2023, "C29", "C30"), (ICIO_2025, "C29", "C302T309"), (ICIO_2018, "29", "30"),
])  # fmt: skip
def test_every_industry_has_a_sector_of_the_edition(world, sectors, vehicles, aircraft):
    found = sectors_of(world.industries.index, sectors)
    assert set(found) == set(world.industries.index)
    assert (found["motor vehicles"], found["aerospace and defence"]) == (vehicles, aircraft)


@pytest.mark.parametrize("name", ["exio3_ixi", "exio3_pxp"])
def test_every_industry_has_a_sector_of_exiobase(world, name):
    pymrio = pytest.importorskip("pymrio", reason="the extra `mrio` is not installed")
    sectors = tuple(pymrio.get_classification(name).sectors["ExioName"])
    found = sectors_of(world.industries.index, sectors)
    assert set(found) == set(world.industries.index)
    assert found["motor vehicles"].endswith("otor vehicles, trailers and semi-trailers (34)")


def test_goods_can_be_held_and_services_cannot():
    found = are_goods(ICIO_2023)
    assert [found[s] for s in ("C29", "B09", "G", "D", "H49", "J62_63")] == [True, True, False, False, False, False]
    assert are_goods(("C01T05AGR", "C40T41EGW", "C34MTR")) == {
        "C01T05AGR": True, "C40T41EGW": False, "C34MTR": True}  # fmt: skip
    assert are_goods(("food", "mining")) == {}
