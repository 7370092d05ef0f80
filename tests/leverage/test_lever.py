"""Levers of the other side, against integrals and closed forms."""

from datetime import date, timedelta

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.integrate import quad

from sluicegate.leverage import edge
from sluicegate.leverage.lever import USD_PER_WEEK, deadweight, held, lever_loss, trade_left
from sluicegate.scenario import LeverUse
from sluicegate.sim.draws import Draws
from sluicegate.terms import InputError
from sluicegate.terms.parameter import Parameter
from sluicegate.world.lever import NEEDED, Lever, load_levers

RATE, ELASTICITY = st.floats(0.01, 2), st.floats(0.1, 3)


def _one(x):
    return np.full(1, float(x))


@given(RATE, ELASTICITY)
def test_the_deadweight_is_the_area_under_demand_less_the_duty(rate, elasticity):
    area = quad(lambda p: p**-elasticity, 1, 1 + rate)[0] - rate * (1 + rate) ** -elasticity
    assert deadweight(_one(rate), _one(elasticity))[0] == pytest.approx(area, rel=1e-6, abs=1e-12)


def test_a_small_duty_loses_harbergers_triangle():
    assert deadweight(_one(1e-3), _one(0.7))[0] == pytest.approx(0.7 * 1e-6 / 2, rel=2e-3)


def test_at_elasticity_one_the_two_forms_meet():
    near = deadweight(_one(0.5), np.array([1.0, 1 + 1e-6]))
    assert near[0] == pytest.approx(near[1], rel=1e-5)
    assert near[0] == pytest.approx(np.log(1.5) - 0.5 / 1.5)


@given(RATE, RATE, ELASTICITY)
def test_a_higher_duty_leaves_less_trade_and_costs_more(one, other, elasticity):
    low, high = sorted((one, other))
    assert trade_left(_one(high), _one(elasticity)) <= trade_left(_one(low), _one(elasticity))
    assert deadweight(_one(high), _one(elasticity)) >= deadweight(_one(low), _one(elasticity)) - 1e-12


def _lever(action, **values):
    inputs = {q: Parameter(q, "fixed", v, v, v, "x", "judgement", "test") for q, v in values.items()}
    return Lever("it", "USA", "CHN", action, "", "", inputs)


def _use(scenario, week, until=None, **how):
    first = scenario.start + timedelta(weeks=week)
    last = None if until is None else scenario.start + timedelta(weeks=until)
    return LeverUse(lever="it", effective_from=first, until=last, **how)


NO_DRAWS = Draws({}, {}, 1, 2)
GOODS = {"stake": 5218.0, "cover weeks": 4.0, "halving weeks": 10.0, "sales": 5218.0, "value added at home": 0.5,
         "sold elsewhere": 0.5}  # fmt: skip


def test_goods_withheld_bite_after_the_stock_and_halve_in_their_time(scenario):
    what = scenario(weeks=60)
    found = lever_loss(what, _lever("withheld", **GOODS), [_use(what, 10, 50)], NO_DRAWS)
    full = 5218 * USD_PER_WEEK
    assert (found.against[:14] == 0).all()
    assert found.against[24, 0] / found.against[14, 0] == pytest.approx(0.5)
    assert found.against[14, 0] == pytest.approx(full * 0.5 ** (0.5 / 10))
    assert (found.against[50:] == 0).all()
    assert found.by[10:50] == pytest.approx(np.full((40, 2), full / 4))


def test_a_duty_costs_both_sides_while_it_stands(scenario):
    what = scenario(weeks=20)
    told = {"imports": 1000.0, "elasticity": 1.0, "value added abroad": 0.8, "sold elsewhere": 0.25}
    found = lever_loss(what, _lever("tariff", **told), [_use(what, 5, added_rate=1.0)], NO_DRAWS)
    assert found.against[5:] == pytest.approx(np.full((15, 2), 1000 * USD_PER_WEEK * 0.5 * 0.8 * 0.75))
    assert found.by[5:] == pytest.approx(np.full((15, 2), 1000 * USD_PER_WEEK * (np.log(2) - 0.5)))
    assert (found.by[:5] == 0).all()


def test_duties_that_overlap_are_one_duty(scenario):
    what = scenario(weeks=30)
    told = {"imports": 1000.0, "elasticity": 0.8, "value added abroad": 0.8, "sold elsewhere": 0.25}
    lever = _lever("tariff", **told)
    both = lever_loss(what, lever, [_use(what, 5, added_rate=0.3), _use(what, 10, 20, added_rate=0.1)], NO_DRAWS)
    one = lever_loss(what, lever, [_use(what, 5, added_rate=0.4)], NO_DRAWS)
    apart = lever_loss(what, lever, [_use(what, 5, added_rate=0.3)], NO_DRAWS)
    assert both.by[10:20] == pytest.approx(one.by[10:20])
    assert both.against[10:20] == pytest.approx(one.against[10:20])
    assert np.delete(both.by, slice(10, 20), axis=0) == pytest.approx(np.delete(apart.by, slice(10, 20), axis=0))


def test_a_lever_without_figures_is_absent_and_never_zero(scenario):
    what = scenario(weeks=20)
    with pytest.raises(ValueError, match="no figures"):
        lever_loss(what, _lever("none"), [_use(what, 5)], NO_DRAWS)


def test_every_lever_on_record_has_all_its_numbers_or_says_why_not():
    for lever in load_levers().values():
        assert set(NEEDED[lever.action]) <= set(lever.inputs)
        assert lever.known or lever.lacking


def test_levers_of_the_target_lower_the_edge_and_are_named(ask, control, scenario):
    free = ask(draws=4)
    use = _use(scenario(), 10, added_rate=0.5).model_copy(update={"lever": "tariffs"})
    plain, answered = (ask(control("magnet"), draws=4, levers=told) for told in ((), (use,)))
    before, after = edge(plain, free, "CHN", "USA"), edge(answered, free, "CHN", "USA")
    assert [u.lever.name for u in after.levers] == ["tariffs"]
    assert (after.burden_controller[20] > before.burden_controller[20]).all()
    assert np.nanmedian(after.a[20]) < np.nanmedian(before.a[20])
    assert edge(answered, free, "CHN", "DEU").levers == ()


def test_draws_of_a_lever_do_not_move_with_their_number():
    lever = load_levers()["tariffs"]
    few, many = (np.asarray(lever.inputs["elasticity"].quantile(Draws({}, {}, 3, n).chance("x", 1)[0])) for n in (4, 9))
    assert (few == many[:4]).all()


def test_of_a_lever_what_was_known_on_the_day_is_used():
    """The rate announced on 2 April 2025, not the one of the 10th."""
    assert load_levers(None, date(2025, 4, 4))["tariffs"].inputs["peak rate"].p50 == 0.54
    assert load_levers(None, date(2025, 4, 10))["tariffs"].inputs["peak rate"].p50 == 1.45
    for lever in load_levers(None, date(2025, 4, 4)).values():
        assert all(p.known_on is not None and p.known_on <= date(2025, 4, 4) for p in lever.inputs.values())


def test_a_lever_of_which_nothing_was_known_is_absent_and_says_since_when_it_is():
    before = load_levers(None, date(2023, 8, 1))
    assert not any(lever.known for lever in before.values())
    assert before["tariffs"].lacking == (
        "nothing of its imports, peak rate, elasticity was known on 2023-08-01, all from 2025-04-02 on"
    )
    assert before["visas"].lacking == load_levers()["visas"].lacking


def test_a_lever_held_before_anything_was_known_of_it_is_refused(ask):
    scenario = ask(draws=2, weeks=60).scenario
    held_by = scenario.model_copy(update={"levers": (LeverUse(lever="chips", effective_from=scenario.start),)})
    with pytest.raises(InputError, match="chips: nothing of its stake, cover weeks"):
        held(held_by, load_levers(None, date(2020, 1, 1)), "USA", "CHN", NO_DRAWS)
