from datetime import date

import numpy as np
import pytest

from sluicegate.regime import load_practice, load_register, material_group
from sluicegate.regime.waiting import approval_share, waiting_days

ITEM = next(i for i in load_register().measure("CN-2024-33").items if i.name == "antimony metal and products")
START = date(2024, 9, 15)


def test_long_after_effect_only_the_review_is_left_and_its_median_is_the_erlang_mixture() -> None:
    day = date(2026, 9, 15)
    band = waiting_days(ITEM, destination="DEU", effective_from=START, on=day, as_of=day)
    rng = np.random.default_rng(3)
    practice = load_practice(day, "antimony", "DEU")
    mean, stages = practice["review_weeks_mean"].quantile(rng.uniform(size=200_000)), practice["review_stages"].p50
    drawn = 7 * rng.gamma(stages, mean / stages)
    assert (band.q05, band.q50, band.q95) == pytest.approx(np.quantile(drawn, [0.05, 0.5, 0.95]), rel=0.03)


def test_filing_on_the_first_day_waits_longer_than_filing_a_year_later() -> None:
    first = waiting_days(ITEM, destination="DEU", effective_from=START, on=START, as_of=START)
    later = waiting_days(ITEM, destination="DEU", effective_from=START, on=date(2025, 9, 15), as_of=START)
    assert first.q50 > later.q50


def test_shares_are_shares() -> None:
    band = approval_share(ITEM, destination="USA", end_use="civil", effective_from=START, on=START, as_of=START)
    assert 0 < band.q05 < band.q50 < band.q95 < 1


def test_items_fall_into_the_group_of_their_material() -> None:
    groups = {material_group(item) for item in load_register().measure("CN-2025-18").items if item.effect == "licence"}
    assert groups == {"magnets", "rare earth raw materials"}
