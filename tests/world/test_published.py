"""Printed results: whole, cited, on their scales."""

import pytest

from sluicegate.terms import NotFoundError
from sluicegate.world.published import PRINTED, load_published
from sluicegate.world.source import load_sources


@pytest.mark.parametrize("name", PRINTED)
def test_every_row_has_its_own_key_and_a_source(name: str) -> None:
    table = load_published(name)
    assert len(table)
    assert not table.duplicated(list(PRINTED[name])).any()
    assert set(table["source_id"]) <= set(load_sources())


def test_the_eu_study_has_90_rows_with_shares_from_nought_to_one() -> None:
    table = load_published("eu_2023")
    assert len(table) == 90
    for column in ("import_reliance_extraction", "import_reliance_processing", "recycled_input", "substitution_risk"):
        assert table[column].dropna().between(0, 1).all()


def test_the_world_indices_are_of_29_materials_and_five_years() -> None:
    table = load_published("world_hhi")
    assert (table["material"].nunique(), len(table)) == (29, 145)
    assert (table["largest_share"] ** 2 <= table["hhi_0_1"] + 1e-4).all()
    assert (table["hhi_0_1"] <= table["largest_share"] + 1e-4).all()


def test_low_central_and_high_are_in_order() -> None:
    table = load_published("usgs_disruption").dropna(subset=["low", "central", "high"])
    assert len(table) == 3
    assert (table["low"] < table["central"]).all()
    assert (table["central"] < table["high"]).all()


def test_an_unknown_table_is_named() -> None:
    with pytest.raises(NotFoundError, match="eu_2023"):
        load_published("eu_2024")
