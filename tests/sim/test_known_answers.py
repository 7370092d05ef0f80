"""Cases whose answer is known before they are run."""

from dataclasses import replace

import numpy as np
import pytest

from sluicegate.sim.behaviour import load_behaviour
from sluicegate.sim.engine import Engine
from sluicegate.sim.prepare import prepare
from sluicegate.sim.run import advance_week
from sluicegate.sim.side import controller_loss, target_loss
from sluicegate.sim.state import base_state
from sluicegate.world import World

GALLIUM, RADAR = "gallium, low purity", "radar|USA"


@pytest.mark.parametrize("theta", [1.0, 0.2])
def test_a_cheap_input_costs_what_the_products_that_contain_it_are_worth(theta, ask, calm, control):
    run = ask(control(GALLIUM), fixed=calm | {"theta": theta, "gallium and germanium: leak_share": 0.0}, draws=1)
    line = run.lines["line"] == RADAR
    weekly = 20_000e6 / (365.25 / 7)
    assert run.lost_value_added()[line, -1, 0] == pytest.approx(theta * weekly, rel=1e-6)


def test_two_inputs_banned_cost_no_more_than_the_sum_and_no_less_than_the_larger(ask, control):
    both = ask(control("magnet", GALLIUM, kind="licence"), draws=8, weeks=104)
    alone = {"like": both.model.draws, "weeks": 104}
    magnets, gallium = (ask(control(goods, kind="licence"), **alone) for goods in ("magnet", GALLIUM))
    line = magnets.lines.index[magnets.lines["line"] == RADAR][0]
    one, other, joint = (r.lost_value_added()[line].sum(axis=0) for r in (magnets, gallium, both))
    assert (joint <= one + other).all()
    assert (joint >= np.maximum(one, other)).all()


def test_the_host_of_a_by_product_does_not_notice_its_price(toy, scenario):
    engine, state = _at_rest(toy, scenario)
    state.price[:, engine.net.products.index(GALLIUM)] = np.log(10)
    hosts = [i for i, name in enumerate(engine.net.producers) if name.startswith(("mining", "separation"))]
    for t in range(52):
        advance_week(engine, state, t)
        assert state.activity[hosts] / engine.net.activity0[hosts][:, None] == pytest.approx(1, rel=1e-9)


def test_a_by_product_in_demand_is_made_up_to_its_capacity_and_no_further(toy, scenario):
    engine, state = _at_rest(toy, scenario)
    engine.net = _more_use(engine.net, GALLIUM, 10)
    extraction = [i for i, name in enumerate(engine.net.producers) if name.startswith("extraction")]
    for t in range(78):
        advance_week(engine, state, t)
        assert (state.activity <= engine.knobs.capacity * (1 + 1e-9)).all()
    assert state.activity[extraction] / engine.knobs.capacity[extraction] == pytest.approx(1, rel=1e-6)


def test_more_demand_for_magnets_makes_cerium_cheaper(toy, scenario):
    engine, state = _at_rest(toy, scenario)
    engine.net = _more_use(engine.net, "magnet", 1.1)
    for t in range(78):
        advance_week(engine, state, t)
    assert (state.activity[engine.net.producers.index("separation|CHN")] > 110 * 1.02).all()
    assert (state.price[0, engine.net.products.index("cerium oxide")] < -0.01).all()


def test_fear_lifts_a_price_and_drops_it_again_under_a_quota_that_never_binds(ask, control):
    """As in 2011: a little over half of the quota was used, and yet the price overshot and crashed."""
    fear = {"magnets: frontload_weeks_of_use": 26.0, "magnets: frontload_surge_limit": 4.0, "order limit": 3.0,
            "stock price weight": 0.8}  # fmt: skip
    ample = control(
        "magnet", week=60, notice=50, kind="quota", quota={"t_per_period": 20 * 52 / 0.56, "period": "year"}
    )
    run = ask(ample, fixed=fear, weeks=260, draws=4)
    price = run.record.price[1, run.model.compiled.net.products.index("magnet")]
    assert (price.max(axis=0) > 0.03).all()
    assert (price.argmin(axis=0) > price.argmax(axis=0)).all()
    assert (price.min(axis=0) < -0.05).all()


def test_no_line_stops_in_a_halt_shorter_than_stocks_and_imports_fall_and_rebound(ask, control, row):
    """As Japan in 2010: shipments stopped for two months, and stocks lasted longer."""
    stocks = {"cover: line": 16.0, "hoarding": 0.3}
    run = ask(control("magnet", week=20, until=28, destinations=("USA",)), fixed=stocks, weeks=120)
    link = run.links.query("product == 'magnet' and origin == 'CHN' and destination == 'USA'").index[0]
    flow = run.links.loc[link, "flow_t_per_week"]
    assert run.record.service[row(run, "cars|USA", "magnet")].min() > 1 - 1e-6
    assert (run.record.imports[link, 20:34].min(axis=0) < 0.05 * flow).all()
    assert (run.record.imports[link, 28:60].max(axis=0) > 1.2 * flow).all()


def test_the_loss_of_a_side_is_one_function_for_both_sides(ask, control):
    run, free = ask(control("magnet")), ask()
    for place in ("CHN", "USA", "JPN"):
        as_target, as_controller = target_loss(run, free, place), controller_loss(run, free, place, None)
        assert np.array_equal(as_target.total, as_controller.total)


def test_exchanging_the_names_of_the_two_sides_exchanges_their_losses(toy, ask, calm, control):
    swapped = _renamed(toy, {"CHN": "USA", "USA": "CHN"})
    alike = calm | {name: p.p50 for name, p in load_behaviour().items()} | {"theta": 0.6}
    other_side = {"world": swapped, "controller": "USA", "target": "CHN", "draws": 1}
    leaky = alike | {"magnets: leak_share": 0.1}
    here, free_here = ask(control("magnet"), draws=1, fixed=leaky), ask(draws=1, fixed=alike)
    there = ask(control("magnet", origin="USA"), fixed=leaky, **other_side)
    free_there = ask(fixed=alike, **other_side)
    for mine, yours in (("CHN", "USA"), ("USA", "CHN"), ("JPN", "JPN")):
        a = target_loss(here, free_here, mine).total
        b = target_loss(there, free_there, yours).total
        np.testing.assert_allclose(a, b, rtol=1e-4, atol=1e-4 * np.abs(a).max())
        assert np.abs(a).max() > 0


def _at_rest(toy: World, scenario):
    compiled = prepare(scenario(weeks=104), toy, draws=4, seed=1).compiled
    engine = Engine(compiled.net, compiled.knobs, compiled.timeline, compiled.controller)
    return engine, base_state(compiled.net, engine.sums, engine.knobs)


def _more_use(net, product, times):
    """The network with a larger use of a product by its lines."""
    more = net.node_product[net.slot_node] == net.products.index(product)
    more[net.producer_slots] = False
    return replace(net, slot_use=np.where(more, times * net.slot_use, net.slot_use))


def _renamed(world: World, names: dict[str, str]) -> World:
    producers = world.producers.assign(place=world.producers["place"].replace(names))
    producers.index = producers["process"] + "|" + producers["place"]
    lines = world.lines.assign(place=world.lines["place"].replace(names))
    lines.index = lines["industry"] + "|" + lines["place"]
    uses = world.uses.assign(place=world.uses["place"].replace(names))
    return replace(
        world,
        producers=producers,
        lines=lines,
        uses=uses.assign(line=uses["industry"] + "|" + uses["place"]),
        flows=world.flows.replace({"origin": names, "destination": names}),
        places=world.places.rename(index=names),
    )
