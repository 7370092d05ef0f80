"""What a line does when an input is missing, and when it is back."""

from dataclasses import replace

import numpy as np
import pytest

from sluicegate.sim.engine import Week
from sluicegate.sim.prepare import prepare
from sluicegate.sim.state import base_state
from sluicegate.sim.twin.transit import transit
from sluicegate.terms.parameter import Parameter


def test_a_line_that_would_like_to_catch_up_is_not_short(ask, calm, control, row):
    run = ask(control("magnet", until=40), fixed=calm | {"overtime": 0.15, "thrift": 0.0}, weeks=120, draws=2)
    i = row(run, "cars|USA", "magnet")
    use = run.record.use[i] / run.record.uses.use[i]
    assert (run.record.service[i][use > 1 - 1e-6] > 1 - 1e-6).all()
    assert use[50:].max() == pytest.approx(1.15, abs=1e-4)
    assert use.max() <= 1.15 + 1e-4


def test_catching_up_never_returns_more_than_was_lost(toy, ask, calm, control):
    small = Parameter("theta small", "logitnormal", 0.1, 0.2, 0.3, "share", "judgement", "toy")
    uses = toy.uses.copy()
    uses.loc[(uses["line"] == "radar|USA") & (uses["product"] == "magnet"), "theta_parameter"] = small.name
    world = replace(toy, uses=uses, parameters=[*toy.parameters, small])
    held = calm | {small.name: 0.2, "theta": 0.99, "overtime": 0.2, "backlog survival": 0.99}
    run = ask(control("magnet", until=40), fixed=held, world=world, weeks=150, draws=2)
    lost = run.record.lost_share[run.lines["line"] == "radar|USA"][0]
    assert lost.min() < 0  # it does catch up
    assert (lost.cumsum(axis=0) > -1e-6).all()


def test_a_critical_input_stops_a_line_an_important_one_halves_it_a_replaceable_one_does_not(ask, calm, control, row):
    run = ask(control("cerium oxide"), outages=[{"process": "separation", "place": p, "share": 1.0,
              "effective_from": "2024-03-11"} for p in ("CHN", "JPN")], fixed=calm | {"overtime": 0.0, "theta": 0.6},
              draws=1)  # fmt: skip
    lost = {p: run.record.lost_share[run.lines["line"] == f"glass|{p}"][0, -1, 0] for p in ("JPN", "USA", "CHN")}
    served = {p: run.record.service[row(run, f"glass|{p}", "cerium oxide"), -1, 0] for p in lost}
    assert max(served.values()) < 0.05
    assert lost["JPN"] == pytest.approx(0.6 * (1 - served["JPN"]), abs=1e-4)
    assert lost["USA"] == pytest.approx(0.5 * 0.6 * (1 - served["USA"]), abs=1e-4)
    assert lost["CHN"] == 0


def test_a_shortage_of_one_input_does_not_make_the_other_dearer(ask, calm, control):
    run = ask(control("magnet"), fixed=calm, draws=1)
    gallium = run.model.compiled.net.products.index("gallium, low purity")
    assert run.record.lost_share[run.lines["line"] == "radar|USA"].max() > 0.2
    assert run.record.price[:, gallium].max() < 0.01


def test_idle_capacity_restarts_when_makers_abroad_are_asked_for_more(ask, calm, control):
    run = ask(control("magnet"), fixed=calm, draws=1)
    names = run.model.compiled.net.producers
    activity = run.record.activity[names.index("making|JPN"), :, 0]
    assert activity[:11].max() == pytest.approx(15)
    assert activity.max() == pytest.approx(20, rel=1e-3)
    assert activity.max() <= 20 * (1 + 1e-6)


def test_a_second_source_replaces_orders_and_leaves_stocks_as_they_were(ask, calm, day, row):
    source = {"place": "USA", "products": ("magnet",), "share_of_use": 0.3, "start": day(10), "ramp_weeks": 0}
    run = ask(second_sources=[source], fixed=calm, draws=1, weeks=104)
    i = row(run, "cars|USA", "magnet")
    assert run.record.stock[i, -1, 0] == pytest.approx(run.record.stock[i, 0, 0], rel=1e-3)
    came = run.record.imports[(run.links["destination"] == "USA") & (run.links["product"] == "magnet"), -1, 0].sum()
    assert came == pytest.approx(0.7 * 12, rel=1e-3)


def test_of_what_a_second_source_brings_buyers_get_what_they_have_on_order_and_the_rest_by_use(toy, scenario, day):
    source = {"place": "USA", "products": ("magnet",), "share_of_use": 0.75, "start": day(0), "ramp_weeks": 0}
    model = prepare(scenario(second_sources=[source]), toy, draws=1, seed=1).compiled
    engine = model.engine()
    state, week = base_state(model.net, engine.sums, engine.knobs), Week(1)
    own = np.flatnonzero(model.net.slot_node == model.net.node("magnet", "USA"))
    state.pipe[:], state.on_order[own] = 0.0, np.array([[2.0, 1.0, 0.0, 0.0, 0.5, 0.0]]).T
    week.shipped = week.turned_away = np.zeros_like(state.backlog)
    transit(engine, state, week)
    use = model.net.slot_use[own]
    assert week.second[own, 0] == pytest.approx([2, 1, 0, 0, 0.5, 0] + (0.75 * 12 - 3.5) * use / 12)
    assert state.on_order[own, 0] == pytest.approx([2, 1, 0, 0, 0.5, 0])  # nobody had ordered it there


def test_a_stock_order_raises_the_stock_by_its_days(ask, calm, day, row):
    order = {"place": "USA", "products": ("magnet",), "days": 35, "effective_from": day(5), "industries": ("cars",)}
    run = ask(stocks=[order], fixed=calm, draws=1, weeks=104)
    i, other = row(run, "cars|USA", "magnet"), row(run, "radar|USA", "magnet")
    assert run.cover_days(i)[-1, 0] - run.cover_days(i)[0, 0] == pytest.approx(35, abs=0.5)
    assert run.cover_days(other)[-1, 0] == pytest.approx(run.cover_days(other)[0, 0], abs=0.5)


def test_thrift_starts_after_half_its_time_and_stays_under_its_ceiling(ask, calm, control, row):
    held = calm | {"thrift": 0.2, "thrift, weeks": 20, "cover: line": 3, "overtime": 0.0}
    run = ask(control("magnet", until=50), fixed=held, draws=1)
    i = row(run, "cars|USA", "magnet")
    wanted = run.record.use[i, :, 0] / np.maximum(run.record.service[i, :, 0], 1e-9) / run.record.uses.use[i]
    assert wanted[:20] == pytest.approx(1, abs=0.15)
    assert run.record.use[i, 60, 0] / run.record.uses.use[i] == pytest.approx(0.8, abs=0.01)


def test_makers_who_can_deliver_are_asked_for_more_when_others_cannot(ask, calm, day):
    outage = {"process": "mining", "place": "CHN", "share": 0.8, "effective_from": day(5)}
    run = ask(outages=[outage], fixed=calm, draws=1)
    names = run.model.compiled.net.producers
    assert run.record.activity[names.index("mining|USA"), 40:, 0].min() > 1.2 * 20
