"""How often controls come, against simulation and the register."""

from datetime import date

import numpy as np
import pytest

from sluicegate.regime import load_register
from sluicegate.regime.recurrence import Recurrence, recurrence


def test_the_chance_is_that_of_drawn_rates():
    found = Recurrence((date(2020, 1, 1),) * 4, 16.0)
    rate = np.random.default_rng(1).gamma(4.5, 1 / 16, 400_000)
    assert found.chance(5) == pytest.approx((1 - np.exp(-5 * rate)).mean(), abs=2e-3)
    assert found.rate_per_year == pytest.approx(rate.mean(), rel=5e-3)


def test_a_longer_wait_makes_one_more_likely_and_none_is_no_chance():
    found = Recurrence((), 10.0)
    assert found.chance(0) == 0
    assert found.chance(1) < found.chance(5) < 1


def test_announcements_of_one_day_count_once_and_later_ones_not_at_all():
    register = load_register()
    before, after = (recurrence(register, "CHN", "USA", d) for d in (date(2025, 10, 8), date(2025, 10, 10)))
    assert len(after.days) == len(before.days) + 1
    assert date(2025, 4, 4) in before.days


def test_a_ban_for_another_does_not_reach_the_target():
    register = load_register()
    on = date(2026, 11, 23)
    usa, japan = (recurrence(register, "CHN", place, on).days for place in ("USA", "JPN"))
    assert date(2010, 9, 21) in japan
    assert date(2010, 9, 21) not in usa
