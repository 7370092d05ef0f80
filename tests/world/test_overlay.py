"""Imports laid over the dataset: preferred where they state the same, both visible, gone without a trace."""

from __future__ import annotations

import json
from datetime import date

import pytest

from sluicegate.desk.intake import import_file, remove_import
from sluicegate.terms import InputError
from sluicegate.world import load_world
from sluicegate.world.claimed import check_claim
from sluicegate.world.figures import load_figures
from sluicegate.world.overlay import digest, imports, overlay_folder, stamp, tables_named
from sluicegate.world.source import load_source

HEADER = "metric,material,stage,place,period,value,unit,known_on"
OURS = "mine-output.antimony.CHN.2024.usgs-mcs-2026"
OWN = "own.mine.production.antimony.mine.CHN.2024"


@pytest.fixture
def own(tmp_path, monkeypatch):
    """A home of the test's own, and a way to import lines into it."""
    monkeypatch.setenv("SLUICEGATE_HOME", str(tmp_path / "home"))

    def take(name, *lines, file="figures-of-ours.csv", header=HEADER):
        (tmp_path / file).write_text("\n".join([header, *lines]) + "\n", "utf-8")
        return import_file(tmp_path / file, name=name, replace=True)

    return take


def test_without_an_import_nothing_is_laid_over(tmp_path, monkeypatch):
    monkeypatch.setenv("SLUICEGATE_HOME", str(tmp_path / "nothing"))
    assert (stamp(), imports(), digest(), tables_named("producers", None)) == ((), (), "", [])
    assert not (tmp_path / "nothing").exists()


def test_a_users_figure_is_preferred_and_ours_stays_under_the_same_key(own):
    before = load_figures().table
    own("mine", "production,antimony,mine,China,2024,70000,t,2026-03-01")
    figures = load_figures()
    assert len(figures) == len(before) + 1
    theirs, ours = figures.get(OWN), figures.get(OURS)
    assert (theirs.preferred, ours.preferred) == (True, False)
    assert theirs.contradicts == ours.contradicts == before.at[OURS, "contradicts"] != ""
    assert ours.value == before.at[OURS, "value"]
    assert load_source(theirs.source_id).publisher == "own figures"


def test_a_figure_that_nothing_of_ours_states_contradicts_nothing(own):
    own("mine", "production,antimony,mine,CHE,2024,1,t,2026-03-01")
    figure = load_figures().get("own.mine.production.antimony.mine.CHE.2024")
    assert (figure.contradicts, figure.preferred) == ("", True)


def test_of_two_imports_the_later_is_preferred(own):
    for name, value in (("first", 1), ("second", 2)):
        own(name, f"production,antimony,mine,CHE,2024,{value},t,2026-03-01")
    preferred = [f for f in load_figures().find(material="antimony", place="CHE", metric="production") if f.preferred]
    assert [f.value for f in preferred] == [2]


def test_an_import_that_is_removed_leaves_no_trace(own):
    before = load_figures().table
    own("mine", "production,antimony,mine,CHN,2024,70000,t,2026-03-01")
    remove_import("mine")
    assert load_figures().table.equals(before)
    assert list(overlay_folder().iterdir()) == []


def test_a_claim_is_checked_against_the_users_figure_first(own):
    amount = [{"value": 70_000, "unit": "t", "qualifier": ""}]
    ask = ("production_volume", ["antimony"], ["CHN"], [], amount, ["2024"])
    assert check_claim(*ask, date(2026, 6, 1)).verdict == "disagrees"
    own("mine", "production,antimony,mine,CHN,2024,70000,t,2026-03-01")
    found = check_claim(*ask, date(2026, 6, 1))
    assert (found.verdict, found.parts[0].compared[0].basis.figures[0].figure_id) == ("agrees", OWN)


def test_a_users_figure_is_not_known_before_its_day(own):
    own("mine", "production,antimony,mine,CHN,2024,70000,t,2026-03-01")
    assert OWN not in load_figures(date(2026, 2, 28)).table.index
    assert OWN in load_figures(date(2026, 3, 1)).table.index


def test_a_known_error_is_corrected_in_a_users_copy_too(own):
    header = "metric,material,item,stage,period,value,unit,place,partner,known_on"
    item = '"HS 284690 rare-earth compounds other than cerium, product weight"'
    row = f"trade quantity,rare earths,{item},,2024,40700,t,TUR,BEN,2026-01-31"
    other = row.replace("40700", "3")
    assert own("raw", row, header=header)["figures"] == 1
    assert not load_figures().table.index.str.startswith("own.raw.").any()
    own("raw", other, header=header)
    assert load_figures().table.index.str.startswith("own.raw.").sum() == 1


def test_rows_of_the_chain_replace_ours_and_the_balance_is_struck_anew(own):
    row = "gallium extraction,DEU,20,0.1,33,104,alumina,judgement,restarted,"
    header = "process,place,activity_t_per_yr,activity_sd_rel,capacity_t_per_yr,restart_weeks,host,label,reason,refs"
    shipped = load_world()
    own("plants", row, file="producers.csv", header=header)
    world = load_world()
    assert world.producers["activity_t_per_yr"]["gallium extraction|DEU"] == pytest.approx(20, rel=0.5)
    remove_import("plants")
    assert load_world().producers.equals(shipped.producers)


def test_a_manifest_that_is_broken_is_told_with_the_way_out(own):
    own("mine", "production,antimony,mine,CHN,2024,70000,t,2026-03-01")
    (overlay_folder() / "mine" / "manifest.json").write_text("{", "utf-8")
    with pytest.raises(InputError, match="world import --remove mine"):
        load_figures()
    remove_import("mine")
    assert len(load_figures()) > 0


def test_figures_that_are_broken_are_told_with_the_way_out(own):
    own("mine", "production,antimony,mine,CHN,2024,70000,t,2026-03-01")
    (overlay_folder() / "mine" / "figures.parquet").write_bytes(b"no parquet")
    manifest = overlay_folder() / "mine" / "manifest.json"
    manifest.write_text(json.dumps(json.loads(manifest.read_text("utf-8"))), "utf-8")
    with pytest.raises(InputError, match="world import --remove mine"):
        load_figures()
