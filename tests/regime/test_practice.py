from datetime import date

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sluicegate.regime import MATERIAL_GROUPS, eligible_at, eligible_schedule, load_practice
from sluicegate.regime.practice import practice_rows
from sluicegate.terms import NotFoundError

NAMES = {
    "office_start_weeks", "review_weeks_mean", "review_stages", "overcompliance_share", "overcompliance_fade_weeks",
    "swing_log_sd", "swing_memory_weeks", "clampdown_per_year", "clampdown_depth", "clampdown_weeks",
    "frontload_weeks_of_use", "frontload_surge_limit", "customs_clearing_weeks", "leak_share", "leak_delay_weeks",
    "leak_price_premium", "statutory_review_days", "monthly_noise", "level_after_control",
}  # fmt: skip
GROUPS = st.sampled_from(MATERIAL_GROUPS)
PLACES = st.sampled_from([None, "USA", "DEU", "JPN", "KOR", "IND", "BRA"])


@given(st.dates(date(2010, 9, 21), date(2027, 1, 1)), GROUPS, PLACES)
def test_no_parameter_is_known_later_than_the_as_of_date(as_of: date, group: str, place: str | None) -> None:
    found = load_practice(as_of, group, place)
    assert all(p.known_on is None or p.known_on <= as_of for p in found.values())
    assert set(found) >= NAMES


def test_every_row_has_a_one_sentence_reason_and_records_are_dated() -> None:
    for row in practice_rows():
        parameter = row.parameter
        assert parameter.reason.endswith(".")
        assert parameter.label == "judgement" or (parameter.known_on and parameter.refs), parameter


@pytest.mark.parametrize("group", MATERIAL_GROUPS)
@pytest.mark.parametrize("end_use", ["civil", "military"])
def test_the_eligible_share_never_exceeds_the_flow(group: str, end_use: str) -> None:
    for step in eligible_schedule(date(2026, 11, 1), group, "USA", end_use):  # type: ignore[arg-type]
        assert 0 < step.share.p05 <= step.share.p95 < 1


def test_the_fitted_delay_from_order_to_first_licensed_shipment_is_12_19_31_weeks() -> None:
    practice, rng = load_practice(date(2024, 7, 1), "tungsten"), np.random.default_rng(1)
    parts = ("office_start_weeks", "review_weeks_mean", "customs_clearing_weeks")
    total = sum(practice[name].quantile(rng.uniform(size=100_000)) for name in parts)
    assert np.quantile(total, [0.05, 0.5, 0.95]) == pytest.approx([12, 19, 31], rel=0.06)


def test_before_august_2023_nothing_was_fitted() -> None:
    assert "fitted" not in {p.label for p in load_practice(date(2023, 8, 1), "gallium and germanium").values()}


def test_european_approvals_rose_from_a_quarter_to_six_tenths_within_june_2025() -> None:
    def share(as_of: date, week: float) -> float:
        return eligible_at(eligible_schedule(as_of, "magnets", "DE"), week).p50

    assert share(date(2025, 6, 4), 9) < share(date(2025, 6, 27), 12)
    assert share(date(2025, 6, 27), 12) == 0.6


def test_japan_fell_behind_all_others_in_2026() -> None:
    weeks = 42
    for as_of in (date(2026, 1, 31), date(2026, 7, 1)):
        japan = eligible_at(eligible_schedule(as_of, "rare earth raw materials", "JP"), weeks)
        korea = eligible_at(eligible_schedule(as_of, "rare earth raw materials", "KR"), weeks)
        assert japan.p50 < korea.p50


def test_military_users_get_less_than_civil_ones_at_every_time() -> None:
    for as_of in (date(2022, 1, 1), date(2024, 1, 1), date(2025, 7, 1), date(2026, 9, 1)):
        for place in ("USA", "JPN", "DEU"):
            civil, military = (eligible_schedule(as_of, "magnets", place, use) for use in ("civil", "military"))  # type: ignore[arg-type]
            assert eligible_at(military, 60).p50 < eligible_at(civil, 60).p50


def test_an_unknown_group_names_the_nearest() -> None:
    with pytest.raises(NotFoundError, match="magnets"):
        load_practice(date(2025, 1, 1), "magnet")
