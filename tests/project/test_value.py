"""What a project is worth, against closed forms."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.stats import norm
from tests.project.conftest import PLAIN

from sluicegate.project import Project
from sluicegate.project.cash import present
from sluicegate.project.file import Support
from sluicegate.project.value import (
    break_even,
    break_even_of_main,
    by_product_share,
    case,
    chance_within,
    enough_confrontation,
    parts,
    survives,
    treasury_cost,
)

STILL = {"market": {"volatility": 0.0}}
MONTHLY = 1.1 ** (-1 / 12)


def _with(plant, draws=256, changed=None, **support):
    """A plant that is offered support, and that support."""
    found = plant(draws=draws, support=support, **(changed or {}))
    return found, found.project.support


def _annuity(first, months):
    return MONTHLY**first * (1 - MONTHLY**months) / (1 - MONTHLY)


def test_a_plant_without_chance_is_worth_its_annuity(plant):
    wanted = -100 / 24 * _annuity(0, 24) + (40 - 6) / 12 * _annuity(24, 120)
    assert plant(**STILL).npv(Support()) == pytest.approx(np.full(256, wanted), rel=1e-12)


def test_at_its_break_even_price_it_is_worth_nothing(plant):
    ratio = float(break_even(plant(**STILL))[0])
    output = {"product": "good", "t_per_yr": 1000, "price_usd_per_kg": 40 * ratio}
    assert plant(**STILL, outputs=[output]).npv(Support()) == pytest.approx(np.zeros(256), abs=1e-9)


def test_by_products_sold_at_base_lower_the_break_even_price_of_the_main_one(plant):
    """With half of sales from a by-product the main one must only earn what the by-product leaves of the cost."""
    main = PLAIN["outputs"][0]
    beside = {"product": "other", "t_per_yr": 500, "price_usd_per_kg": 80}
    found = plant(**STILL, outputs=[main, beside])
    ratio, whole = float(break_even_of_main(found)[0]), float(break_even(found)[0])
    assert ratio == pytest.approx(2 * whole - 1)
    assert by_product_share(found) == pytest.approx(0.5)
    alone = plant(**STILL)
    assert break_even_of_main(alone) == pytest.approx(break_even(alone))
    assert by_product_share(alone) == 0


def test_at_the_break_even_of_the_main_one_the_plant_is_worth_nothing(plant):
    beside = {"product": "other", "t_per_yr": 200, "price_usd_per_kg": 30}
    ratio = float(break_even_of_main(plant(**STILL, outputs=[PLAIN["outputs"][0], beside]))[0])
    main = {"product": "good", "t_per_yr": 1000, "price_usd_per_kg": 40 * ratio}
    assert plant(**STILL, outputs=[main, beside]).npv(Support()) == pytest.approx(np.zeros(256), abs=1e-9)


@pytest.mark.parametrize(("rate", "years", "chance"), [(0, 10, 0), (0.1, 10, 1 - np.exp(-1)), (100, 1, 1)])
def test_a_rate_of_confrontations_is_a_chance_within_years(rate, years, chance):
    assert chance_within(rate, years) == pytest.approx(chance)


def test_a_floor_is_worth_a_strip_of_puts(plant):
    """Black (1976): a put on a lognormal price of mean F costs K N(-d2) - F N(-d1)."""
    found, floor = _with(plant, 16384, floor={"product": "good", "usd_per_kg": 38, "years": 10})
    s = 0.4 / np.sqrt(2 * np.log(2) / 2)
    d1 = np.log(40 / 38) / s + s / 2
    put = 38 * norm.cdf(s - d1) - 40 * norm.cdf(-d1)
    gain = found.npv(floor) - found.npv(Support())
    assert gain.mean() == pytest.approx(put / 12 * _annuity(24, 120), rel=0.02)


def _npv_with_floor(usd_per_kg):
    support = {"floor": {"product": "good", "usd_per_kg": usd_per_kg, "years": 8}}
    found = case(Project.model_validate(PLAIN | {"support": support}), {}, {}, draws=32, seed=2)
    return found.npv(found.project.support)


@settings(max_examples=20, deadline=None)
@given(st.floats(5, 60), st.floats(1, 30))
def test_a_higher_floor_never_lowers_the_value(low, more):
    lower, higher = (_npv_with_floor(k) for k in (low, low + more))
    assert (higher >= lower - 1e-9).all()


def test_what_a_floor_gives_the_owner_the_treasury_pays(plant):
    found, floor = _with(plant, changed={"discount_rate": 0.05}, treasury_rate=0.05,
                         floor={"product": "good", "usd_per_kg": 45, "years": 5})  # fmt: skip
    gain = found.npv(floor) - found.npv(Support())
    assert treasury_cost(found, floor) == pytest.approx(gain, rel=1e-9)


@pytest.mark.parametrize("rate", [0.0, 0.04, 0.1])
def test_a_loan_is_worth_nothing_at_the_owners_own_rate_and_more_below(plant, rate):
    found, loan = _with(plant, loan={"musd": 60, "rate": rate, "years": 8})
    gain = (found.npv(loan) - found.npv(Support()))[0]
    assert gain == pytest.approx(0, abs=1e-9) if rate == 0.1 else gain > 1


def test_a_grant_saves_what_it_pays_of_the_capital(plant):
    found, grant = _with(plant, grant_musd=30)
    gain = found.npv(grant) - found.npv(Support())
    assert gain == pytest.approx(np.full(256, 30 / 24 * _annuity(0, 24)), rel=1e-12)


def test_an_offtake_of_all_output_leaves_no_chance(plant):
    found, offtake = _with(plant, offtake={"product": "good", "share": 1, "usd_per_kg": 40, "years": 10})
    assert found.npv(offtake) == pytest.approx(plant(**STILL).npv(Support()), rel=1e-12)


def test_a_plant_stands_idle_rather_than_lose_more(plant):
    dear = {"outputs": [PLAIN["outputs"][0] | {"variable_usd_per_kg": 80}]}
    money = plant(**dear, **STILL).cash(Support())
    assert money.idle[24:].all()
    assert money.owner[30] == pytest.approx(np.full(256, -0.35 * 6 / 12))


def test_at_the_root_the_mean_value_is_zero(plant):
    poor = plant(capex_musd=230)
    found = enough_confrontation(poor, Support())
    assert 0 < found < 10
    assert poor.npv(Support(), per_year=found).mean() == pytest.approx(0, abs=0.2)


@pytest.mark.parametrize(("capex", "said"), [(20, 0.0), (5000, None)])
def test_a_plant_may_need_no_confrontation_or_find_none_enough(plant, capex, said):
    assert enough_confrontation(plant(capex_musd=capex), Support()) == said


def test_a_price_cut_below_cost_ends_a_plant_without_reserve_and_a_floor_saves_it(plant):
    cut = {"share": 0.5, "after_months": 0, "months": 24}
    low, floor = _with(plant, changed=STILL | {"fixed_musd_per_yr": 30, "price_cut": cut},
                       floor={"product": "good", "usd_per_kg": 40, "years": 10})  # fmt: skip
    assert (survives(low, Support()) == 0).all()
    assert (survives(low, floor) == 1).all()


def test_parts_are_each_kind_alone():
    both = Support.model_validate({"grant_musd": 5, "loan": {"musd": 10, "rate": 0.03, "years": 5}})
    assert set(parts(both)) == {"grant", "loan"}
    assert parts(both)["loan"].grant_musd is None


def test_present_value_discounts_by_month():
    assert present(np.ones((13, 1)), 0.1)[0] == pytest.approx(_annuity(0, 13), rel=1e-12)
