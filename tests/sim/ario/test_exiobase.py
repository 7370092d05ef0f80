"""EXIOBASE 3, in the layout of its archives."""

import shutil
from pathlib import Path

import numpy as np
import pytest
from bench.published_tables import EXIOBASE_DEMAND, EXIOBASE_REGIONS, drawn, write_exiobase3

from sluicegate.sim.ario.system import read_system
from sluicegate.sim.concordance import are_goods
from sluicegate.terms import InputError

pymrio = pytest.importorskip("pymrio", reason="the extra `mrio` is not installed")

REGIONS = ("US", "CN", "DE", "WA")
SECTORS = {
    "ixi": (
        "Manufacture of motor vehicles, trailers and semi-trailers (34)",
        "Chemicals nec",
        "Pulp",
        "Education (80)",
    ),
    "pxp": ("Motor vehicles, trailers and semi-trailers (34)", "Chemicals nec", "Pulp", "Education services (80)"),
}


@pytest.fixture(scope="module", params=["ixi", "pxp"])
def flows(request):
    return request.param, drawn(REGIONS, SECTORS[request.param], EXIOBASE_DEMAND)


@pytest.fixture
def folder(tmp_path, flows):
    return write_exiobase3(tmp_path / f"IOT_2022_{flows[0]}", flows[1])


def _zipped(folder, *, nested):
    """A zip with the folder in it, as some releases have it, or with the files at its root, as others do."""
    base = folder.parent.parent / "out" / folder.name
    inside = (folder.parent, folder.name) if nested else (folder, None)
    return Path(shutil.make_archive(str(base), "zip", *inside))


@pytest.mark.parametrize("how", ["folder", "zip", "flat zip", "parent"])
def test_flows_stand_where_their_labels_say(folder, flows, how):
    path = folder.parent if how == "parent" else folder
    if "zip" in how:
        path = _zipped(folder, nested=how == "zip")
    table = read_system(path, "exiobase3", 2022)
    made = flows[1]
    assert (table.unit, table.year, len(table.final)) == ("M.EUR", 2022, 28)
    for k, seller in enumerate(made.industries[:5]):
        buyer = made.industries[-2 - k]
        assert table.z[table.place(*seller), table.place(*buyer)] == made.z[k, -2 - k]


def test_coefficients_and_output_give_the_same_flows(tmp_path, flows):
    name, made = flows
    with_z = read_system(write_exiobase3(tmp_path / "a" / f"IOT_2022_{name}", made), "exiobase3")
    without = read_system(write_exiobase3(tmp_path / "b" / f"IOT_2022_{name}", made, without="Z"), "exiobase3")
    np.testing.assert_allclose(without.z, with_z.z, rtol=1e-9)


def test_the_names_that_edition_3_4_mixed_up_are_put_right(tmp_path, flows):
    name, made = flows
    old = drawn(("USA", "CHN", "DEU", "WWA"), made.sectors, EXIOBASE_DEMAND)
    table = read_system(write_exiobase3(tmp_path / f"IOT_2011_{name}", old), "exiobase3")
    assert set(table.regions) == set(REGIONS)


def test_a_hybrid_table_is_refused(folder):
    text = (folder / "unit.txt").read_text("utf-8")
    (folder / "unit.txt").write_text(text.replace("M.EUR", "tonnes", 1), "utf-8")
    with pytest.raises(InputError, match=r"units M\.EUR, tonnes"):
        read_system(folder, "exiobase3")


def _edit(name, change):
    def spoil(folder):
        (folder / name).write_text(change((folder / name).read_text("utf-8")), "utf-8")

    return spoil


@pytest.mark.parametrize(("spoil", "said"), [
    (lambda f: (f / "Z.txt").unlink(), "Z.txt"),
    (lambda f: (f / "Y.txt").unlink(), "Y.txt"),
    (lambda f: (f / "file_parameters.json").unlink(), "no file_parameters.json"),
    (_edit("file_parameters.json", lambda text: text[:40]), "cannot read it"),
    (_edit("file_parameters.json", lambda text: text.replace('"Y"', '"X"')), "no Y"),
    (_edit("Z.txt", lambda text: text[: len(text) // 2]), "sell and|no number"),
    (_edit("Z.txt", lambda text: text.replace("\t", ",")), "cannot read it|sell and|no number"),
    (_edit("Y.txt", lambda text: "\n".join(text.split("\n")[:9])), "6 sell to final demand"),
    (_edit("x.txt", lambda text: text.replace("\t1", "\t9").replace("\t2", "\t9")), "its rows and its output differ"),
])  # fmt: skip
def test_a_folder_that_is_spoilt_is_refused_in_words(folder, spoil, said):
    spoil(folder)
    with pytest.raises(InputError, match=said) as error:
        read_system(folder, "exiobase3")
    assert str(folder) in error.value.where


def test_a_file_of_the_folder_or_half_a_zip_is_refused(folder, tmp_path):
    with pytest.raises(InputError, match=r"no file_parameters\.json.*not a file in it"):
        read_system(folder / "Z.txt", "exiobase3")
    half = tmp_path / "half.zip"
    half.write_bytes(_zipped(folder, nested=True).read_bytes()[:5000])
    with pytest.raises(InputError, match="no whole zip"):
        read_system(half, "exiobase3")


def test_another_year_is_refused(folder):
    with pytest.raises(InputError, match="no table of 2021"):
        read_system(folder.parent, "exiobase3", 2021)
    with pytest.raises(InputError, match="no table of 2021"):
        read_system(folder, "exiobase3", 2021)


def test_its_regions_are_forty_nine_and_its_sectors_are_goods_or_not():
    assert len(set(EXIOBASE_REGIONS)) == 49
    for name, goods in (("exio3_ixi", 95), ("exio3_pxp", 127)):
        assert sum(are_goods(tuple(pymrio.get_classification(name).sectors["ExioName"])).values()) == goods
