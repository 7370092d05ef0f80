"""The sourced figures: complete, cited, dated, consistent."""

import re
from datetime import date

import pandas as pd
import pytest

from sluicegate.terms import InputError, NotFoundError, parse_place
from sluicegate.world.facility import load_facilities
from sluicegate.world.figures import load_figures, printed_figures
from sluicegate.world.governance import load_governance
from sluicegate.world.metric import GRADES, METRICS, STAGES
from sluicegate.world.published import PRINTED, load_published
from sluicegate.world.source import load_source, load_sources

APRIL = date(2025, 4, 4)


@pytest.fixture(scope="module")
def table():
    return printed_figures()


def test_ids_are_unique_and_readable(table):
    assert table.index.is_unique
    assert all(re.fullmatch(r"[A-Za-z0-9.-]+", name) for name in table.index)


def test_the_words_are_the_controlled_ones(table):
    assert set(table["metric"]) <= METRICS
    assert set(table["stage"]) <= STAGES
    assert set(table["grade"]) <= set(GRADES)
    assert set(table["status"]) == {"observed", "planned", "forecast"}


def test_every_figure_event_and_printed_result_has_a_source_and_every_source_one_of_them(table):
    told = {m.source_id for f in load_facilities().values() for m in f.milestones}
    printed = {source for name in PRINTED for source in load_published(name)["source_id"]}
    assert set(table["source_id"]) | told | printed | set(load_governance()["source_id"]) == set(load_sources())


def test_no_figure_comes_from_memory_or_is_marked_unusable(table):
    titles = pd.Series({s.source_id: s.title for s in load_sources().values()})
    assert not titles.str.contains("unverified|memory", case=False).any()
    assert not table["note"].str.contains("DO NOT USE|unverified").any()


def test_no_source_names_a_machine(table):
    words = pd.concat([table["note"], pd.Series([f"{s.title} {s.url}" for s in load_sources().values()])])
    assert not words.str.contains(r"(?:^|\s)/(?:work|tmp|home)/|localhost", regex=True).any()


def test_every_figure_has_a_number(table):
    assert table[["value", "low", "high"]].notna().any(axis=1).all()


def test_shares_lie_between_nothing_and_all(table):
    shares = table.loc[table["unit"] == "share", ["value", "low", "high"]]
    assert ((shares >= 0) & (shares <= 1) | shares.isna()).all().all()


def test_bounds_are_the_right_way_round(table):
    both = table.dropna(subset=["low", "high"])
    assert (both["low"] <= both["high"]).all()
    assert (both["value"].isna() | (both["value"].between(both["low"] * 0.999, both["high"] * 1.001))).all()


def test_nothing_observed_is_known_before_its_period_ends(table):
    observed = table[(table["status"] == "observed") & (table["period"] != "undated")]
    assert (observed["period"].map(period_end) <= observed["known_on"]).all()


def period_end(period: str) -> str:
    last = period.split("/")[-1]
    return str(pd.Period(last).end_time.date())


def test_no_figure_is_older_than_its_source(table):
    known = {s.source_id: s.known_on.isoformat() for s in load_sources().values()}
    assert (table["known_on"] >= table["source_id"].map(known)).all()


def test_nothing_known_later_leaks_into_an_answer():
    known = load_figures(APRIL)
    assert 0 < len(known) < len(load_figures())
    assert known.table["known_on"].max() <= "2025-04-04"
    with pytest.raises(NotFoundError):
        known.get("mine-output.antimony.CHN.2024.usgs-mcs-2026")


def test_places_are_places(table):
    codes = {*table["place"], *table["partner"]} - {"", "FRA"}
    assert all(parse_place(code) == code for code in codes)


def test_one_of_several_that_state_the_same_is_preferred(table):
    groups = table[table["contradicts"] != ""].groupby("contradicts")["preferred"].sum()
    assert (groups <= 1).all()
    assert (groups == 1).mean() > 0.98


@pytest.mark.parametrize("metric", ["production", "trade quantity"])
def test_the_latest_edition_is_preferred_to_the_earlier(table, metric):
    rows = table[(table["metric"] == metric) & table["source_id"].str.startswith("usgs-mcs-2025-rare")]
    rivals = rows[rows["contradicts"] != ""]
    assert not rivals["preferred"].any()


def test_concentration_follows_from_the_production_rows_of_every_material_and_year(table):
    stated = table[(table["metric"] == "hhi") & (table["source_id"] == "derived-wmd-2026")]
    assert set(stated["period"]) == {str(year) for year in range(2018, 2025)}
    output = table[(table["metric"] == "production") & (table["source_id"] == "wmd-2026")]
    for _, row in stated.iterrows():
        same = ["material", "stage", "item", "period"]
        made = output[(output[same] == row[same]).all(axis=1)]
        world = made.loc[made["place"] == "WLD", "value"].item()
        national = made.loc[made["place"] != "WLD", "value"]
        assert national.sum() == pytest.approx(world, rel=0.005), row.name
        assert ((national / world) ** 2).sum() == pytest.approx(row["value"], rel=0.01), row.name


@pytest.mark.parametrize("metric", ["trade quantity", "trade value"])
def test_flows_between_places_do_not_exceed_what_the_places_trade_in_all(metric):
    table = load_figures().table
    flows = table[(table["metric"] == metric) & (table["source_id"] == "baci-2026")]
    for end, other in (("place", "partner"), ("partner", "place")):
        between = flows[(flows["place"] != "WLD") & (flows["partner"] != "WLD")]
        parts = between.groupby(["material", "item", "period", end])["value"].sum()
        whole = flows[flows[other] == "WLD"].set_index(["material", "item", "period", end])["value"]
        both = pd.concat([parts, whole], axis=1, keys=["parts", "whole"]).dropna()
        assert len(both) >= 500
        assert (both["parts"] <= both["whole"] * 1.001 + 0.01).all()


def test_output_of_the_twelve_minerals_is_there_for_every_year(table):
    output = table[(table["metric"] == "production") & (table["place"] != "WLD")]
    years = output.groupby("material")["period"].agg(set)
    minerals = ["tungsten", "gallium", "antimony", "germanium", "graphite", "bismuth", "indium", "tellurium",
                "molybdenum", "magnesium", "cobalt", "lithium"]  # fmt: skip
    assert all({str(year) for year in range(2018, 2025)} <= years[m] for m in [*minerals, "rare earths"])


def test_world_rare_earth_output_is_the_sum_of_the_countries(table):
    rows = table[(table["metric"] == "production") & (table["source_id"] == "usgs-mcs-2026-v1-3-rare-earths")]
    mined = rows[(rows["stage"] == "mine") & (rows["material"] == "rare earths") & (rows["period"] == "2024")]
    national = mined.loc[mined["place"] != "WLD", "value"].sum()
    assert national == pytest.approx(mined.loc[mined["place"] == "WLD", "value"].item(), rel=0.02)


def test_the_derived_smelting_share_follows_from_the_figures_it_names():
    figures = load_figures()
    share = figures.get("smelting-share.antimony.CHN.2024.derived")
    oxide, ingot, world = (figures.get(n) for n in re.findall(r"[a-z]+-output\.antimony\.[\w.-]+", share.note))
    assert share.value == pytest.approx(oxide.value * 0.835 * 12 / 11 / world.value, abs=1e-3)
    assert share.low == pytest.approx(ingot.value * 12 / 11 / world.value, abs=1e-3)


def test_the_mining_quota_is_the_sum_of_its_batches_and_of_its_ores():
    quotas = {(f.material, f.period, f.item): f.value for f in load_figures().find(metric="quota", stage="mine")}
    batches = [quotas["rare earths", "2022", f"REO total, batch {n}"] for n in (1, 2)]
    assert sum(batches) == quotas["rare earths", "2022", ""]
    ores = (
        quotas["heavy rare earths", "2021", "ion-adsorption (medium/heavy)"]
        + quotas["light rare earths", "2021", "rock ore (light)"]
    )
    assert ores == quotas["rare earths", "2021", ""]


def test_spare_capacity_is_what_capacity_exceeds_output_by():
    figures = load_figures()
    for spare in figures.find(metric="spare capacity"):
        able, made = (figures.get(n) for n in re.findall(r"[a-z-]+\.[a-z]+\.[\w.-]+", spare.note)[:2])
        assert spare.value == max(able.value - made.value, 0)
        assert (able.period, able.place) == (made.period, made.place) == (spare.period, spare.place)


def test_an_unknown_id_or_material_or_column_names_the_nearest():
    figures = load_figures()
    with pytest.raises(NotFoundError, match=r"mine-output\.antimony\.CHN\.2024"):
        figures.get("mine-output.antimony.CHN.2024.usgs-2026")
    with pytest.raises(NotFoundError, match="antimony"):
        figures.find(material="antimon")
    with pytest.raises(InputError, match="colour"):
        figures.find(colour="red")
    with pytest.raises(NotFoundError):
        load_source("usgs-mcs-1926")


def test_a_figure_cites_itself_in_one_line():
    line = load_figures().text("mine-output.antimony.CHN.2024.usgs-mcs-2026")
    assert "40,000 t" in line
    assert "US Geological Survey" in line
    assert "\n" not in line


def test_the_files_stay_small():
    from sluicegate.world.file import DATA

    assert len((DATA / "figures.csv").read_bytes()) < 5_000_000
