"""Past coverage widens bands, and leaves them alone where they held what they say."""

import copy
from datetime import date

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sluicegate.desk.past import past_factor, past_sentence
from sluicegate.history import past as room
from sluicegate.history.past import stored, stretch, widened


def _points(observed):
    return [{"q05": -1.0, "q50": 0.0, "q95": 1.0, "observed": float(x)} for x in observed]


def test_bands_that_held_what_they_say_are_not_stretched():
    assert stretch(_points(np.r_[np.linspace(-0.9, 0.9, 27), 1.4, -2, 1.1])) == 1.0


def test_bands_that_held_too_little_are_stretched_until_nine_in_ten_of_the_past_lie_inside():
    seen = np.random.default_rng(1).normal(0, 2, 200)  # bands of half their width
    factor = stretch(_points(seen))
    assert 0.9 <= (np.abs(seen) <= factor).mean() <= 0.92
    fresh = np.random.default_rng(2).normal(0, 2, 4000)
    assert abs((np.abs(fresh) <= factor).mean() - 0.9) < 0.05


def test_bands_that_are_off_on_one_side_are_judged_by_that_side():
    points = [{"q05": -9.0, "q50": 0.0, "q95": 1.0, "observed": x} for x in (3.0, 3.0, 3.0, 3.0)]
    assert stretch(points) == 3.0


def test_the_shipped_past_holds_what_it_says_and_the_sentence_would_say_if_not(monkeypatch):
    day = date(2026, 1, 1)
    assert past_factor(day) == 1.0
    assert "stretched" not in past_sentence(day)
    narrow = copy.deepcopy(stored())
    for point in (p for e in narrow["episodes"] for s in e["series"] for p in s["points"]):
        point["observed"] += 9
    monkeypatch.setattr(room, "stored", lambda: narrow)
    assert past_factor(day) > 2
    assert "bands are stretched by" in past_sentence(day)


def test_a_series_of_exports_is_stretched_by_the_past_and_a_price_is_not(monkeypatch):
    from sluicegate.desk import series as asked

    what = {"scenario": "gallium-germanium-2023", "product": "gallium, low purity", "draws": 16, "every": "month"}
    before = asked.series(measure="exports", **what)["series"][-1]
    monkeypatch.setattr(asked, "past_factor", lambda _: 2.0)
    after = asked.series(measure="exports", **what)["series"][-1]
    assert after["q50"] == pytest.approx(before["q50"])
    assert after["q95"] - after["q50"] == pytest.approx(2 * (before["q95"] - before["q50"]))


@given(st.lists(st.floats(0, 1), min_size=2, max_size=30), st.floats(1, 5))
def test_stretched_samples_keep_their_median_and_stay_possible(values, factor):
    samples = np.array([*values, 0.5] if len(values) % 2 == 0 else values)
    found = widened(samples, factor, low=0, high=1)
    assert np.median(found) == pytest.approx(np.median(samples), abs=1e-12)
    assert ((found >= 0) & (found <= 1)).all()
    assert np.array_equal(widened(samples, 1.0), samples)
