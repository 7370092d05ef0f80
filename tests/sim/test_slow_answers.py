"""The slow answers of step 11 and of use, term by term, each against its closed form."""

import numpy as np
import pytest

from sluicegate.sim.engine import Engine, Week
from sluicegate.sim.prepare import prepare
from sluicegate.sim.run import advance_week
from sluicegate.sim.state import NEVER, base_state
from sluicegate.sim.twin.capacity import entrants
from sluicegate.sim.twin.orders import wanted_cover
from sluicegate.sim.twin.slow import slow_responses

PROJECT = {"name": "new", "process": "making", "place": "DEU", "capacity_t_per_yr": 900, "ramp_weeks": 4,
           "incentive_share_of_base_price": 1.5, "cost_share_of_base_price": 1.2, "lead_weeks": 10}  # fmt: skip


@pytest.fixture
def after(toy, scenario):
    """Engine, state and last week after some weeks at one price of all goods over the base year's."""

    def play(weeks, price=4.0, fixed=None, **events):
        what = scenario(weeks=60, fixed={"expectation weeks": 13.0, "price weeks": 1e12} | (fixed or {}), **events)
        compiled = prepare(what, toy, draws=2, seed=1).compiled
        engine = Engine(compiled.net, compiled.knobs, compiled.timeline, compiled.controller)
        state, week = base_state(compiled.net, engine.sums, engine.knobs), Week(0)
        for t in range(weeks):
            state.price[:] = np.log(price)
            week = advance_week(engine, state, t)
        return engine, state, week

    return play


def _slot(engine, line, product):
    """The slots of a line's product."""
    net = engine.net
    own = [s for s in range(net.n_producer_slots, len(net.slot_use))
           if net.lines[net.class_line[net.slot_owner[s]]] == line]  # fmt: skip
    return [s for s in own if net.products[net.node_product[net.slot_node[s]]] == product]


@pytest.mark.parametrize(("lead", "first", "begins"), [(10, 0, 13), (0, 0, 3), (10, 30, 41)])
def test_a_plant_begins_its_lead_time_after_the_week_it_is_decided(lead, first, begins, after, day):
    """At four times the price 4 - 3 (12/13)^(t+1) is expected after week t: above 1.5 from the third week on."""
    project = PROJECT | {"earliest": day(first), "lead_weeks": lead}
    assert after(45, projects=[project])[1].begin == pytest.approx(begins)


@pytest.mark.parametrize(("t", "share"), [(12, 0), (13, 0.25), (14, 0.5), (16, 1), (20, 1)])
def test_a_plant_ramps_up_evenly_from_its_start(t, share, after, day):
    engine, state, _ = after(20, projects=[PROJECT | {"earliest": day(0)}])
    assert entrants(engine, state, t) == pytest.approx(share * 900 / (365.25 / 7))


@pytest.mark.parametrize("lacking", ["finance", "permits"])
def test_a_plant_without_finance_or_permits_never_comes(lacking, after, day):
    assert (after(30, projects=[PROJECT | {"earliest": day(0), lacking: 0}])[1].begin == NEVER).all()


def test_finance_and_permits_both_must_come(toy, scenario, day):
    project = PROJECT | {"earliest": day(0), "finance": 0.5, "permits": 0.6}
    go = prepare(scenario(projects=[project]), toy, draws=400, seed=1).compiled.knobs.supply.entrant_go
    assert go.mean() == pytest.approx(0.3, abs=3 * np.sqrt(0.3 * 0.7 / 400))


@pytest.mark.parametrize("lacking", ["project finance", "project permits"])
def test_projects_on_record_need_both_too(lacking, bundled, scenario):
    supply = prepare(scenario(fixed={lacking: 0.0}), bundled, draws=4, seed=1).compiled.knobs.supply
    assert supply.entrants
    assert not supply.entrant_go.any()


@pytest.mark.parametrize(("line", "replaceable"), [("glass|CHN", 1), ("glass|USA", 0.5), ("glass|JPN", 0)])
def test_use_falls_with_price_as_far_as_it_can_be_replaced(line, replaceable, after):
    engine, _, week = after(1, fixed={"demand elasticity": 0.2})
    own = _slot(engine, line, "cerium oxide")
    expected = engine.net.slot_use[own] * 4 ** (-0.2 * replaceable)
    assert pytest.approx(np.tile(expected, (2, 1))) == week.need[own].T


def test_what_is_saved_of_a_product_is_asked_of_its_substitute(after, day, monkeypatch):
    monkeypatch.setattr("sluicegate.sim.substitute.load_substitutes", lambda: {"magnet": ("gallium, low purity", 3.0)})
    saving = {"place": "USA", "products": ("magnet",), "share_of_ceiling": 1, "start": day(0), "ramp_weeks": 0}
    fixed = {"thrift": 0.1, "substitution moved": 0.4, "demand elasticity": 0.0}
    engine, _, week = after(1, price=1.0, fixed=fixed, thrift=[saving])
    magnets, gallium = (_slot(engine, "radar|USA", p) for p in ("magnet", "gallium, low purity"))
    use, need = engine.net.slot_use, week.need[:, 0]
    assert need[magnets] == pytest.approx(0.9 * use[magnets])
    assert need[gallium] == pytest.approx(use[gallium] + 0.4 * 3 * 0.1 * use[magnets])


def test_the_compiled_week_moves_what_is_saved_as_the_twin_does(toy, scenario, control, furthest, monkeypatch):
    monkeypatch.setattr("sluicegate.sim.substitute.load_substitutes", lambda: {"magnet": ("gallium, low purity", 3.0)})
    model = prepare(scenario(control("magnet", until=50), weeks=80), toy, draws=3, seed=2).compiled
    assert (model.knobs.supply.moves_to >= 0).any()
    assert max(furthest(model).values()) < 1e-11


def test_after_a_stock_out_buyers_aim_at_more_and_the_fear_fades(after):
    engine, state, week = after(1, price=1.0, fixed={"hoarding": 0.5, "hoarding fade weeks": 20.0})
    usual = state.stock.copy()
    state.stock[3] = 0.0
    slow_responses(engine, state, week)
    assert state.hoard[3] == pytest.approx(0.5)
    assert not state.hoard[4].any()
    assert wanted_cover(engine, state, week)[0][3] == pytest.approx(1.5 * engine.knobs.cover[3])
    state.stock[:] = usual
    slow_responses(engine, state, week)
    assert state.hoard[3] == pytest.approx(0.5 * (1 - 1 / 20))
