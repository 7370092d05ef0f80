"""Prices over the years."""

import numpy as np
import pytest

from sluicegate.project.file import Confrontation, Market
from sluicegate.project.price import chances, confronted, wandering


def test_a_wandering_price_is_lognormal_about_one():
    market = Market(volatility=0.4, half_life_years=2)
    price = wandering(market, chances(60, 40_000, 1))
    spread = 0.4 / np.sqrt(2 * np.log(2) / 2)  # Schwartz (1997), model 1: the long-run spread of the log price
    assert price.mean(axis=1) == pytest.approx(np.ones(60), abs=0.02)
    assert np.log(price).std(axis=1) == pytest.approx(np.full(60, spread), rel=0.02)


def test_a_gap_halves_in_its_half_life():
    x = np.log(wandering(Market(volatility=0.4, half_life_years=2), chances(60, 40_000, 1)))
    assert np.corrcoef(x[10], x[34])[0, 1] == pytest.approx(0.5, abs=0.02)


def test_the_time_in_confrontation_is_that_of_a_telegraph_process():
    what = Confrontation(per_year=0.25, years=2.0)
    on = confronted(what, chances(1200, 2000, 1))
    enter, leave = 1 - np.exp(-0.25 / 12), 1 - np.exp(-1 / 24)
    stay = (1 - leave) + leave * enter  # a confrontation that ends may be followed by the next at once
    assert on[400:].mean() == pytest.approx(enter / (enter + 1 - stay), rel=0.03)


def test_likelier_confrontations_hold_the_rarer_ones():
    luck = chances(240, 200, 1)
    rare, often = (confronted(Confrontation(), luck, per_year=p) for p in (0.1, 0.6))
    assert (often | ~rare).all()
    assert often.sum() > rare.sum()
