import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sluicegate.metrics import geopolrisk
from sluicegate.world.published import load_published

share = st.floats(min_value=0, max_value=1)


@pytest.mark.parametrize("case", load_published("geopolrisk_cases").to_dict("records"), ids=lambda c: c["material"])
def test_the_worked_cases_come_out_to_every_printed_digit(case) -> None:
    """Imports of one supplier that stands for all: weighted imports over imports is their mean instability."""
    mean = case["weighted_imports_t"] / case["imports_t"]
    found = geopolrisk(
        1e4 * case["hhi_0_1"], [case["imports_t"]], [mean], case["home_output_t"], case["price_usd_per_kg"]
    )
    assert found.import_risk == pytest.approx(case["import_risk"], rel=1e-14)
    assert found.score == pytest.approx(case["score"], rel=1e-14)
    assert found.midpoint_usd_per_kg == pytest.approx(case["midpoint_usd_per_kg"], rel=1e-14)
    assert found.factor_kg_cu_eq_per_kg == pytest.approx(case["factor_kg_cu_eq_per_kg"], rel=1e-14)


@given(share, st.floats(min_value=0, max_value=1e6))
def test_output_at_home_never_raises_the_score(rated: float, made: float) -> None:
    assert geopolrisk(5000, [7], [rated], made, 1).score <= geopolrisk(5000, [7], [rated], 0, 1).score


@given(share)
def test_one_supplier_of_everything_scores_its_own_instability(rated: float) -> None:
    assert geopolrisk(10_000, [3], [rated], 0, 1).score == pytest.approx(rated)


def test_a_supplier_without_a_rating_counts_as_the_middle() -> None:
    assert geopolrisk(10_000, [1, 1], [np.nan, 0.1], 0, 1).score == pytest.approx(0.3)


def test_many_cases_at_once_are_the_cases_one_by_one() -> None:
    rng = np.random.default_rng(3)
    imports, rated, hhi = rng.random((4, 5)), rng.random((4, 5)), 1e4 * rng.random(4)
    at_once = geopolrisk(hhi, imports, rated, 2.0, 3.0).score
    singly = [geopolrisk(h, i, g, 2.0, 3.0).score for h, i, g in zip(hhi, imports, rated, strict=True)]
    assert at_once == pytest.approx(singly, rel=1e-14)


@pytest.mark.parametrize(("imports", "rated", "made"), [([-1], [0.5], 3), ([1], [1.5], 0), ([0], [0.5], 0)])
def test_what_is_no_case_is_refused(imports, rated, made) -> None:
    with pytest.raises(ValueError, match=r"weights|within"):
        geopolrisk(5000, imports, rated, made, 1)
