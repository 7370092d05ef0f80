"""The question `downstream`, through the door."""

import pytest

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
