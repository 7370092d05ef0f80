"""The question `downstream`, through the door."""

import pytest
from bench.published_tables import (
    EXIOBASE_DEMAND,
    EXIOBASE_REGIONS,
    ICIO_DEMAND,
    ICIO_REGIONS,
    drawn,
    icio_frame,
    write_exiobase3,
)

import sluicegate
from sluicegate.desk.shapes.downstream import DownstreamShape
from sluicegate.terms import InputError

NAME = "gallium-germanium-2023"
MAP = """unit: M.USD
usd_per_unit: 1000000
places: {USA: reg1, ROW: reg2}
industries: {compound semiconductors: manufactoring, fibre optics: electricity}
"""


@pytest.fixture(scope="module")
def document():
    return sluicegate.downstream(NAME, draws=16)


def test_the_document_has_its_shape(document):
    DownstreamShape.model_validate(document)


def test_every_number_can_be_asked_why(document):
    run = document["provenance"]["run"]
    for row in (document["total"], document["countries"][0], document["industries"][-1]):
        assert "value added lost" in sluicegate.why(row["id"], run=run)["what"]


def test_lines_and_economy_stand_apart(document):
    total = document["total"]
    assert 0 < total["lines"]["q95"] < total["economy"]["q95"]


def test_a_users_own_table_is_used(tmp_path):
    pytest.importorskip("pymrio")
    (tmp_path / "map.yaml").write_text(MAP)
    found = sluicegate.downstream(NAME, draws=16, table="test", mapping=str(tmp_path / "map.yaml"))
    assert {row["country"] for row in found["countries"]} >= {"reg1", "reg2"}


@pytest.mark.parametrize(("text", "said"), [
    ("usd_per_unit: 1", "no unit"), (MAP.replace("1000000", "-1"), "usd_per_unit is -1"), ("- a", "found list"),
    (MAP + "more: 1", "unknown field more"), (MAP.replace("M.USD", "M.EUR"), "and the table is in M.USD"),
    (MAP.replace("USA:", "USB:"), "unknown place 'USB'"), (MAP + "inventory_days: {coal: 9}", "unknown sector 'coal'"),
    (MAP + "year: next", "year is 'next'"), (MAP + "inventory_days: 0", "inventory_days is 0"),
])  # fmt: skip
def test_a_map_that_is_none_is_refused(tmp_path, text, said):
    pytest.importorskip("pymrio")
    (tmp_path / "map.yaml").write_text(text)
    with pytest.raises(InputError, match=said):
        sluicegate.downstream(NAME, draws=16, table="test", mapping=str(tmp_path / "map.yaml"))


def test_a_table_without_a_map_is_refused():
    with pytest.raises(InputError, match="a table without a map"):
        sluicegate.downstream(NAME, draws=16, table="test")


@pytest.fixture(scope="module")
def published(tmp_path_factory):
    """Small tables of EXIOBASE and of ICIO in their layouts, and the map of each: its unit, its worth, its year."""
    pymrio = pytest.importorskip("pymrio", reason="the extra `mrio` is not installed")
    folder = tmp_path_factory.mktemp("published")
    sectors = tuple(pymrio.get_classification("exio3_ixi").sectors["ExioName"])[86:93]
    write_exiobase3(folder / "IOT_2022_ixi", drawn(EXIOBASE_REGIONS, sectors, EXIOBASE_DEMAND, scale=1e5))
    icio_frame(drawn(ICIO_REGIONS, ("C20", "C26", "C27", "L"), ICIO_DEMAND, scale=1e5)).to_csv(folder / "2020.csv")
    (folder / "exiobase3.yaml").write_text("unit: M.EUR\nusd_per_unit: 1100000\nyear: 2022\n")
    (folder / "oecd.yaml").write_text("unit: M.USD\nusd_per_unit: 1200000\nyear: 2020\n")
    return folder


@pytest.mark.parametrize(("kind", "unit", "year", "sector"), [
    ("exiobase3", "M.EUR", 2022, "Manufacture of radio, television and communication equipment and apparatus (32)"),
    ("oecd", "M.USD", 2020, "C26"),
])  # fmt: skip
def test_a_published_table_is_run_with_no_more_said_than_its_unit_and_year(
    published, document, kind, unit, year, sector
):
    found = sluicegate.downstream(NAME, draws=16, table=f"{kind}:{published}", mapping=str(published / f"{kind}.yaml"))
    DownstreamShape.model_validate(found)
    assert (found["table"]["unit"], found["table"]["year"]) == (unit, year)
    assert next(row for row in found["industries"] if row["industry"] == sector)["lines"]["q95"] > 0
    assert found["total"]["lines"]["q95"] == pytest.approx(document["total"]["lines"]["q95"], rel=0.5)


def test_lines_without_a_sector_are_named(published):
    found = sluicegate.downstream(NAME, draws=16, table=f"oecd:{published}", mapping=str(published / "oecd.yaml"))
    assert all(line.startswith("solar glass") or " in " in line for line in found["table"]["left_out"])
    assert found["table"]["left_out"]


def test_the_map_of_one_table_does_not_pass_for_another(published, tmp_path):
    text = (published / "oecd.yaml").read_text("utf-8").replace("2020", "2022")
    (tmp_path / "map.yaml").write_text(text)
    with pytest.raises(InputError, match=r"unit M\.USD, and the table is in M\.EUR"):
        sluicegate.downstream(NAME, draws=16, table=f"exiobase3:{published}", mapping=str(tmp_path / "map.yaml"))


def test_a_place_may_be_spread_over_regions_and_a_sector_chosen(published, tmp_path):
    (tmp_path / "map.yaml").write_text((published / "oecd.yaml").read_text() + "places: {DEU: [MEX, CAN], ROW: null}\n"
                                       "industries: {compound semiconductors: C27}\n")  # fmt: skip
    found = sluicegate.downstream(NAME, draws=16, table=f"oecd:{published}", mapping=str(tmp_path / "map.yaml"))
    lost = {row["country"]: row["lines"] for row in found["countries"] if row["lines"]["q95"] > 0}
    assert {"MEX", "CAN"} <= set(lost)
    assert "DEU" not in lost
