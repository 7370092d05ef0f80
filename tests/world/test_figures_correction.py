"""Corrections: each fits its source today, and says so when it no longer does."""

import dataclasses

import pytest

from sluicegate.terms import SluicegateError
from sluicegate.world.correction import corrected, load_corrections
from sluicegate.world.figures import load_figures, printed_figures


def test_every_correction_fits_its_source_and_says_why():
    corrections = load_corrections()
    corrected(printed_figures(), corrections)
    assert all(c.reason and c.guard for c in corrections)
    assert len({c.correction_id for c in corrections}) == len(corrections)


def test_the_guard_fails_when_a_source_repairs_itself():
    stale = tuple(dataclasses.replace(c, found="1") for c in load_corrections() if c.field == "low")
    with pytest.raises(SluicegateError, match="drop or renew"):
        corrected(printed_figures(), stale)


def test_all_failing_guards_are_told_at_once():
    stale = tuple(dataclasses.replace(c, figure_id="gone") for c in load_corrections()[:3])
    with pytest.raises(SluicegateError) as told:
        corrected(printed_figures(), stale)
    assert str(told.value).count("no such figure") == 3


def test_flows_that_are_errors_are_gone_and_their_totals_smaller():
    figures = load_figures().table
    assert not figures.index.str.contains(r"284690.TUR-BEN|810110.(?:CHN|WLD)-NGA", regex=True).any()
    world = "trade-quantity.rare-earths.hs-284690.WLD-WLD.2024.baci-2026"
    assert figures.at[world, "value"] == pytest.approx(169_624 - 40_700)


def test_the_fujian_plant_makes_alloy():
    plant = load_figures().find(material="magnets", place="CHN", metric="capacity", stage="magnet")
    assert not any("Shin-Etsu" in f.item for f in plant)


def test_the_rejected_separation_capacity_is_not_in_the_dataset():
    assert not any(f.value == 23_000 for f in load_figures().find(metric="capacity", stage="separation", place="CHN"))
