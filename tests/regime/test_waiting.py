from dataclasses import replace
from datetime import date

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sluicegate.regime import MATERIAL_GROUPS, load_practice, load_register, material_group
from sluicegate.regime.waiting import Filing

START = date(2024, 9, 15)
FIRST_DAY = Filing("antimony", "DEU", "civil", effective_from=START, on=START, as_of=START)
DAYS = st.dates(date(2010, 1, 1), date(2026, 12, 31))


def test_long_after_effect_only_the_review_is_left_and_its_median_is_the_erlang_mixture() -> None:
    day = date(2026, 9, 15)
    band = replace(FIRST_DAY, on=day, as_of=day).waiting_days
    rng = np.random.default_rng(3)
    practice = load_practice(day, "antimony", "DEU")
    mean, stages = practice["review_weeks_mean"].quantile(rng.uniform(size=200_000)), practice["review_stages"].p50
    drawn = 7 * rng.gamma(stages, mean / stages)
    assert (band.q05, band.q50, band.q95) == pytest.approx(np.quantile(drawn, [0.05, 0.5, 0.95]), rel=0.03)


def test_filing_on_the_first_day_waits_longer_than_filing_a_year_later() -> None:
    assert FIRST_DAY.waiting_days.q50 > replace(FIRST_DAY, on=date(2025, 9, 15)).waiting_days.q50


def test_shares_are_shares() -> None:
    band = FIRST_DAY.approval_share
    assert 0 < band.q05 < band.q50 < band.q95 < 1


@given(st.sampled_from(MATERIAL_GROUPS), st.sampled_from(["civil", "military"]), DAYS, DAYS)
def test_a_filing_is_told_by_its_key(group: str, end_use: str, on: date, as_of: date) -> None:
    filing = Filing(group, "JPN", end_use, START, on, as_of)  # type: ignore[arg-type]
    assert Filing.read(filing.key) == filing


@pytest.mark.parametrize(
    "key", ["", "magnets", "magnets.DEU.civil.x.y.z", "gold.DEU.civil.2025-01-01.2025-01-01.2025-01-01"]
)
def test_what_is_no_key_is_no_filing(key: str) -> None:
    assert Filing.read(key) is None


def test_items_fall_into_the_group_of_their_material() -> None:
    items = [i for i in load_register().measure("CN-2025-18").items if i.effect == "licence"]
    assert {material_group(*i.materials) for i in items} == {"magnets", "rare earth raw materials"}
