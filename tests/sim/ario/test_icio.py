"""OECD's tables, in the layouts of its editions."""

import zipfile

import numpy as np
import pandas as pd
import pytest
from bench.published_tables import ICIO_2023, ICIO_DEMAND, drawn, icio_frame

from sluicegate.sim.ario import ArbitraryLoss, simulate
from sluicegate.sim.ario.iosystem import table_of
from sluicegate.sim.ario.system import read_system
from sluicegate.terms import InputError

REGIONS = ("USA", "CHN", "DEU", "ROW")
SECTORS = ("C29", "C27", "C10T12", "A01_02", "L")


@pytest.fixture(scope="module")
def flows():
    return drawn(REGIONS, SECTORS, ICIO_DEMAND)


@pytest.fixture
def file(tmp_path, flows):
    icio_frame(flows).to_csv(tmp_path / "ICIO2023_2020.csv")
    return tmp_path / "ICIO2023_2020.csv"


def test_flows_stand_where_their_labels_say(file, flows):
    table = read_system(file, "oecd")
    at = flows.industries.index
    assert (table.unit, table.year) == ("M.USD", 2020)
    for seller, buyer in ((("USA", "C29"), ("CHN", "C27")), (("ROW", "L"), ("DEU", "A01_02"))):
        assert table.z[table.place(*seller), table.place(*buyer)] == pytest.approx(flows.z[at(seller), at(buyer)])


def test_it_is_what_pymrio_reads(file):
    pymrio = pytest.importorskip("pymrio", reason="the extra `mrio` is not installed")
    theirs, ours = table_of(pymrio.parse_oecd(file)), read_system(file, "oecd")
    assert (theirs.regions, theirs.sectors, theirs.unit) == (ours.regions, ours.sectors, ours.unit)
    np.testing.assert_allclose(ours.z, theirs.z, rtol=1e-14)
    np.testing.assert_allclose(ours.x, theirs.x, rtol=1e-12)


def test_an_industry_without_output_and_stocks_drawn_down_do_no_harm(file, flows):
    table = read_system(file, "oecd")
    idle = table.place(*flows.industries[-1])
    assert (flows.y < 0).any()
    assert table.x[idle] == 0
    run = simulate(table, [ArbitraryLoss(2, 5, {("USA", "C29"): 0.5})], days=30)
    assert np.isfinite(run.production).all()


def test_purchases_of_an_industry_that_makes_nothing_are_final_demand(tmp_path, flows):
    frame = icio_frame(flows)
    frame.loc["USA_C29", "ROW_L"] += 100.0
    frame.loc["USA_C29", "OUT"] += 100.0
    frame.to_csv(tmp_path / "2020.csv")
    table = read_system(tmp_path / "2020.csv", "oecd")
    run = simulate(table, days=100)
    np.testing.assert_allclose(run.production, np.tile(table.x / 365, (100, 1)), rtol=1e-9)


def test_value_added_below_zero_counts_as_none(tmp_path, flows):
    frame = icio_frame(flows)
    frame.loc["DEU_L", "CHN_C27"] += 10 * frame.loc["CHN_C27", "OUT"]
    frame.loc["DEU_L", "OUT"] += 10 * frame.loc["CHN_C27", "OUT"]
    frame.to_csv(tmp_path / "2020.csv")
    table = read_system(tmp_path / "2020.csv", "oecd")
    assert table.value_added[table.place("CHN", "C27")] == 0
    assert (table.value_added >= 0).all()


def test_parts_of_china_and_mexico_are_added_up(tmp_path, flows):
    """CN1 and CN2 hold the flows, CHN the final demand; its own rows are nought or not there at all."""
    whole = icio_frame(flows)
    chinese = [c for c in whole.columns if c.startswith("CHN_") and c in whole.index]
    for kept in (True, False):
        halves = [whole.copy() for _ in range(2)]
        parts = pd.concat([h.loc[chinese].rename(lambda r, k=k: r.replace("CHN", f"CN{k}")) / 2
                           for k, h in enumerate(halves, 1)])  # fmt: skip
        rows = pd.concat([whole.drop(chinese), *([0 * whole.loc[chinese]] if kept else []), parts])
        columns = [rows[chinese].rename(columns=lambda c, k=k: c.replace("CHN", f"CN{k}")) / 2 for k in (1, 2)]
        empty = [0 * rows[chinese]] if kept else []
        split = pd.concat([*columns, *empty, rows.drop(columns=chinese)], axis=1)
        file = tmp_path / f"ICIO2021_20{kept:02d}.csv"
        split.to_csv(file)
        whole.to_csv(tmp_path / "2001.csv")
        np.testing.assert_allclose(
            read_system(file, "oecd").z, read_system(tmp_path / "2001.csv", "oecd").z, rtol=1e-12
        )


def test_the_edition_of_2016_turns_its_labels_round(tmp_path, flows):
    frame = icio_frame(flows).drop(columns="OUT")
    turned = frame.rename(columns={f"{r}_{c}": f"{c}_{r}" for r, c in flows.demand})
    turned["DISC"] = 0.0
    turned = turned.drop(index=["TLS", "VA", "OUT"])
    turned.to_csv(tmp_path / "ICIO2016_2011.csv", quoting=2)
    table = read_system(tmp_path / "ICIO2016_2011.csv", "oecd")
    assert {("DEU", "HFCE"), ("ALL", "DISC")} <= set(table.final)
    assert table.year == 2011


@pytest.fixture
def archive(tmp_path, flows):
    """As OECD's download is: a zip with a CSV for each year."""
    with zipfile.ZipFile(tmp_path / "2016-2022_SML.zip", "w") as opened:
        for year in (2021, 2022):
            opened.writestr(f"{year}_SML.csv", icio_frame(flows).mul(year / 2000).to_csv())
    return tmp_path / "2016-2022_SML.zip"


@pytest.mark.parametrize("folder", [False, True])
def test_the_year_is_found_in_an_archive_and_in_a_folder(archive, flows, folder):
    table = read_system(archive.parent if folder else archive, "oecd", 2021)
    assert table.year == 2021
    assert table.z.sum() == pytest.approx(flows.z.sum() * 2021 / 2000)


def test_several_years_or_none_of_them_are_told(archive, file):
    with pytest.raises(InputError, match=r"2 tables: 2021_SML\.csv, 2022_SML\.csv"):
        read_system(archive, "oecd")
    with pytest.raises(InputError, match="no table of 2019"):
        read_system(archive, "oecd", 2019)
    with pytest.raises(InputError, match="no table of 2019"):
        read_system(file, "oecd", 2019)


def _cut(text, share):
    return text[: int(share * len(text))]


@pytest.mark.parametrize(("spoil", "said"), [
    (lambda text: _cut(text, 0.6), "industries have no row"),
    (lambda text: text.split("\nROW_L,")[0] + "\nROW_L,1,2,3\n", "no output of ROW_L"),
    (lambda text: text.replace(",", ";"), "its first line begins"),
    (lambda text: text.replace(",", "\t"), "its first line begins"),
    (lambda _: "region,sector\n1,2\n", "its first line begins"),
    (lambda _: "", "its first line begins"),
    (lambda text: text.replace("USA_C29,", "USA_C29,x", 2).replace("USA_C29,x", "USA_C29,", 1), "no number"),
    (lambda text: text.replace("DEU_C29", "USA_C29"), "stands twice|no row"),
])  # fmt: skip
def test_a_file_that_is_spoilt_is_refused_in_words(file, spoil, said):
    file.write_text(spoil(file.read_text("utf-8")), "utf-8")
    with pytest.raises(InputError, match=said) as error:
        read_system(file, "oecd")
    assert "ICIO2023_2020.csv" in error.value.where


def test_rows_that_do_not_add_up_to_their_output_are_refused(file, flows):
    frame = icio_frame(flows)
    frame["OUT"] *= 1.05
    frame.to_csv(file)
    with pytest.raises(InputError, match=r"differ by 4\.8%"):
        read_system(file, "oecd")


def test_a_download_that_broke_off_is_no_zip(archive):
    archive.write_bytes(archive.read_bytes()[:2000])
    with pytest.raises(InputError, match="no whole zip"):
        read_system(archive, "oecd", 2021)


def test_the_sectors_of_2023_are_forty_five():
    assert len(ICIO_2023) == 45
