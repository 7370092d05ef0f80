"""What promises cost those who make them."""

import numpy as np
import pytest

from sluicegate.sim.public_cost import public_cost

YEAR = 365.25 / 7


def test_a_floor_at_rest_costs_its_gap_on_what_is_made(ask, toy, day):
    floor = {"payer": "USA", "product": "magnet", "place": "DEU", "share_of_base_price": 1.3, "effective_from": day(0)}
    result = ask(floors=[floor], weeks=30, fixed={"incentive price": 9.0})
    ((event, cost),) = public_cost(result)
    price = toy.products.loc["magnet", "price_outside_usd_per_kg"]
    assert event.payer == "USA"
    assert cost == pytest.approx(5 * 1000 * price * 0.3, rel=1e-6)  # 5 t a week are made in Germany


def test_a_floor_below_the_quote_costs_nothing_and_a_capped_one_costs_less(ask, day):
    floor = {"payer": "USA", "product": "magnet", "place": "DEU", "effective_from": day(0)}
    high = {"share_of_base_price": 1.3}
    promises = ({"share_of_base_price": 0.9}, high, high | {"t_per_yr": 100})
    low, most, capped = (public_cost(ask(floors=[floor | p], weeks=20))[0][1].sum() for p in promises)
    assert low == 0 < capped < most


def test_an_offtake_costs_the_higher_of_its_price_and_the_quote_on_what_was_taken(ask, day):
    offtake = {"payer": "USA", "product": "magnet", "place": "DEU", "t_per_yr": 50, "usd_per_kg": 1e4,
               "effective_from": day(0)}  # fmt: skip
    result = ask(offtakes=[offtake], weeks=30)
    ((_, cost),) = public_cost(result)
    assert cost == pytest.approx(1e7 * result.record.taken[0], rel=1e-6)
    assert np.all(result.record.taken[0] <= 50 / YEAR * (1 + 1e-6))
    assert result.record.taken[0][10:].min() > 0
