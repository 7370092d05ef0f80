import pytest
from hypothesis import given
from hypothesis import strategies as st

from sluicegate.metrics import economic_importance, governed_concentration, hhi, supply_risk

share = st.floats(min_value=0, max_value=1)
amounts = st.lists(st.floats(min_value=0.01, max_value=1e6), min_size=1, max_size=12)


@given(amounts)
def test_with_one_risk_for_all_it_is_that_risk_times_the_plain_index(supply: list[float]) -> None:
    assert governed_concentration(supply, [6.0] * len(supply)) == pytest.approx(6 * hhi(supply) / 10_000)


def test_export_restrictions_weigh_more_and_the_eu_less() -> None:
    assert governed_concentration([1], [5], 1.1) == pytest.approx(5.5)
    assert governed_concentration([1, 1], [5, 5], [1.1, 0.8]) == pytest.approx(5 * 0.25 * 1.9)


@given(st.floats(min_value=0, max_value=10), share, share, share)
def test_world_and_eu_sourcing_alike_leave_import_reliance_without_effect(
    c: float, ir: float, r: float, s: float
) -> None:
    assert supply_risk(c, c, ir, r, s) == pytest.approx(c * (1 - r) * s)
    assert supply_risk(c, None, ir, r, s) == pytest.approx(c * (1 - r) * s)


def test_full_import_reliance_takes_half_of_each() -> None:
    assert supply_risk(6, 2, 1, 0, 1) == 4
    assert supply_risk(6, 2, 0, 0, 1) == 2


def test_heavy_rare_earths_all_from_one_country_differ_by_substitution_alone() -> None:
    """Erbium 5.6 with SI 1.00, gadolinium 3.3 with 0.59 (European Commission 2023): one concentration gives both."""
    concentration = 5.6 / 0.99
    assert round(supply_risk(concentration, None, 1, 0.01, 0.59), 1) == 3.3
    assert round(supply_risk(concentration, None, 1, 0.01, 0.92), 1) == 5.2


def test_all_use_in_the_largest_sector_is_the_most_important() -> None:
    assert economic_importance([1.0], [10.0], 1.0) == 10


@pytest.mark.parametrize("call", [
    lambda: governed_concentration([], []),
    lambda: governed_concentration([1], [11]),
    lambda: governed_concentration([1, 2], [5]),
    lambda: supply_risk(None, None, 1, 0, 1),
    lambda: supply_risk(5, 5, 100, 0, 1),
    lambda: economic_importance([0.8, 0.8], [1, 1], 1),
])  # fmt: skip
def test_what_has_no_meaning_is_refused(call) -> None:
    with pytest.raises(ValueError, match=r"index|risk|shares|needed|substitution"):
        call()
