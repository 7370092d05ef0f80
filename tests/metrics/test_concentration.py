from math import sqrt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sluicegate.metrics import hhi, hirschman

TUNGSTEN_2024_T = {
    "AUS": 920, "AUT": 840, "BOL": 1700, "CHN": 67000, "PRK": 1900, "PRT": 650, "RUS": 1500, "RWA": 1300, "ESP": 700,
    "VNM": 3400,
}  # fmt: skip
"""Mine output, t W: USGS, Mineral Commodity Summaries 2026."""


def test_tungsten_mining_has_the_index_derived_from_the_usgs_table() -> None:
    """0.6712 of the world total of 82,000 t, 'other countries' (1,700 t) taken as too many to count."""
    share_named = sum(TUNGSTEN_2024_T.values()) / 82_000
    assert hhi(list(TUNGSTEN_2024_T.values())) * share_named**2 == pytest.approx(6712, rel=2e-3)


def test_antimony_and_gallium_have_the_indices_derived_from_the_usgs_tables() -> None:
    antimony = [1270, 5300, 4500, 40000, 50, 90, 800, 700, 200, 600, 260, 40000, 22000, 3000, 220]
    assert hhi(antimony) == pytest.approx(2644, rel=5e-3)
    assert hhi([839, 3, 6]) == pytest.approx(9789, rel=1e-3)


def test_one_supplier_is_complete_concentration() -> None:
    assert hhi([7.0]) == 10_000
    assert hirschman([7.0]) == 100


@given(st.integers(min_value=1, max_value=200))
def test_equal_partners_give_the_closed_form(n: int) -> None:
    assert hirschman([2.0] * n) == pytest.approx(100 / sqrt(n))


@given(st.lists(st.floats(min_value=0.01, max_value=1e6), min_size=2, max_size=20))
def test_a_merger_of_two_suppliers_never_lowers_the_index(amounts: list[float]) -> None:
    merged = [amounts[0] + amounts[1], *amounts[2:]]
    assert hhi(merged) >= hhi(amounts) - 1e-9


def test_no_supply_has_no_index() -> None:
    with pytest.raises(ValueError, match="above 0"):
        hhi([0.0, 0.0])
