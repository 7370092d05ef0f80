"""The steps of the week, term by term, against the equations as `docs/explanation/simulator.md` writes them."""

import numpy as np
import pytest

from sluicegate.sim.engine import Engine
from sluicegate.sim.prepare import prepare
from sluicegate.sim.run import advance_week
from sluicegate.sim.state import base_state
from sluicegate.sim.twin.capacity import capacity
from sluicegate.sim.twin.demand import demand_on_producers
from sluicegate.sim.twin.orders import orders, wanted_cover
from sluicegate.sim.twin.prices import prices
from sluicegate.sim.twin.rationing import rationing
from sluicegate.sim.twin.recycling import collect
from sluicegate.sim.twin.slow import slow_responses
from sluicegate.sim.twin.transit import transit
from sluicegate.sim.twin.use import use

FIXED = {
    "order weeks": 4.0, "order limit": 3.0, "pool cover weeks": 2.0, "pool weeks": 5.0, "hoarding": 0.5,
    "hoarding fade weeks": 20.0, "price weeks": 4.0, "stock price weight": 0.3, "choke price": 20.0,
    "price elasticity": 0.4, "overtime": 0.1, "backlog survival": 0.9, "cover: line": 6.0, "variable cost": 0.6,
    "mothball weeks": 10.0, "grade power": 0.5,
}  # fmt: skip
PROJECT = {"name": "new", "process": "making", "place": "DEU", "capacity_t_per_yr": 365.25, "ramp_weeks": 4,
           "incentive_share_of_base_price": 1.5, "cost_share_of_base_price": 0.8, "lead_weeks": 10}  # fmt: skip
T = 3
"""Weeks at rest before."""


@pytest.fixture
def rested(toy, scenario):
    """Engine, state and week of one draw after some weeks in which nothing happened."""

    def make(*controls, weeks=30, fixed=None, **events):
        what = scenario(*controls, weeks=weeks, fixed=FIXED | (fixed or {}), **events)
        model = prepare(what, toy, draws=1, seed=1).compiled
        engine = Engine(model.net, model.knobs, model.timeline, model.controller)
        state = base_state(model.net, engine.sums, engine.knobs)
        for t in range(T + 1):
            week = advance_week(engine, state, t)
        return engine, state, week

    return make


def _slots(engine, product, place):
    return np.flatnonzero(engine.net.slot_node == engine.net.node(product, place))


def test_capacity_is_what_runs_is_brought_back_and_built_less_what_idles_and_is_out(rested, day):
    """E2: entrants idle on their own account, and an outage takes its share of them too."""
    i = "making|DEU"  # 5 t a week in the base year, 7 at full use
    halt = {"process": "making", "place": "DEU", "share": 0.4, "effective_from": day(0)}
    plant = {"process": "making", "place": "DEU", "capacity_t_per_yr": 3 * 365.25 / 7, "start": day(0), "ramp_weeks": 0}
    engine, state, week = rested(projects=[PROJECT | {"earliest": day(0)}], outages=[halt], plants=[plant])
    row = engine.net.producers.index(i)
    state.restart[row], state.closed[row], state.begin[:], state.entrant_closed[:] = 0.5, 0.25, T - 1, 0.5
    capacity(engine, state, week)
    entrant = 7 * 0.5 * 0.5  # two of four weeks of its ramp, half of it idle
    assert week.capacity[row] == pytest.approx(0.6 * ((5 + 0.5 * 2 + 3) * 0.75 + entrant))


def test_a_process_goes_by_the_worth_of_what_is_asked_of_its_products(rested):
    """E3: separation makes 0.5 t of cerium at 1 USD and 0.25 t of neodymium at 60, here at twice the price."""
    engine, state, week = rested()
    net, kn = engine.net, engine.knobs
    row, was = net.producers.index("separation|CHN"), state.wanted.copy()
    nodes = [net.node(p, "CHN") for p in ("cerium oxide", "neodymium oxide")]
    state.price[0, net.products.index("neodymium oxide")] = np.log(2)
    state.pool[nodes[0]] += 7.0
    state.backlog[:] = net.link_flow[:, None]
    week.capacity = np.full_like(week.capacity, 1e9)
    demand_on_producers(engine, state, week)
    flow = (engine.sums.links_to_origin @ net.link_flow)[nodes]
    ratios = [(flow[0] - 7 / 5) / flow[0], 1.0]
    worth = np.array([0.5 * 1, 0.25 * 60 * 2])
    assert week.asked[row] == pytest.approx(110 * (ratios @ worth) / worth.sum(), rel=1e-9)
    assert state.wanted[row] == pytest.approx(was[row] + 0.25 * (state.activity[row] - was[row]))
    assert kn.pool_weeks[0] == 5


def test_what_a_maker_is_promised_to_sell_is_asked_of_it(rested, day):
    taken = {"payer": "JPN", "product": "magnet", "place": "DEU", "t_per_yr": 365.25 / 7, "effective_from": day(0)}
    (without, state, week), (engine, other, then) = rested(), rested(offtakes=[taken])
    row = engine.net.producers.index("making|DEU")
    for eng, s, w in ((without, state, week), (engine, other, then)):
        s.pool[:], s.backlog[:] = eng.knobs.pool_cover_weeks * eng.pool0[:, None], eng.net.link_flow[:, None]
        demand_on_producers(eng, s, w)
    assert then.asked[row] - week.asked[row] == pytest.approx(1.0)


def test_makers_turn_away_what_they_owe_beyond_their_limit(rested):
    """E5: the order limit times the usual flow, here with nothing to ship."""
    engine, state, week = rested()
    flow = engine.net.link_flow[:, None]
    state.pool[:], state.backlog[:] = 0.0, 5 * flow
    rationing(engine, state, week)
    assert week.turned_away == pytest.approx(2 * flow)
    assert state.backlog == pytest.approx(3 * flow)


def test_what_a_maker_turned_away_or_an_office_saw_withdrawn_is_no_longer_on_order(rested, control):
    engine, state, week = rested(control("magnet", kind="licence", week=1, destinations=("USA",)))
    own, links = _slots(engine, "magnet", "USA"), engine.knobs.borders[0].links
    into = np.flatnonzero(engine.net.link_destination == engine.net.node("magnet", "USA"))
    state.pipe[:], state.on_order[own] = 0.0, 10.0
    week.shipped, week.turned_away = np.zeros_like(week.shipped), np.zeros_like(week.turned_away)
    week.turned_away[into[-1]], week.withdrawn = 3.0, [np.full((len(links), 1), 9.0)]
    transit(engine, state, week)
    assert state.on_order[own] == pytest.approx(10 - (3 + 9) / len(own))


def test_an_order_replaces_use_and_closes_a_part_of_the_gap(rested):
    """E10: what is stuck at a maker does not count as on its way; what came unordered is not ordered."""
    engine, state, week = rested()
    net, own = engine.net, _slots(engine, "magnet", "USA")
    cover, use = engine.knobs.cover[own, 0], net.slot_use[own]
    into = np.flatnonzero(net.link_destination == net.node("magnet", "USA"))
    state.stock[own, 0] = (cover - 0.5) * use
    state.on_order[own, 0] = 4.0 * use
    state.backlog[:] = 0.0
    state.backlog[into[0]] = 0.25 * 4 * use.sum()
    week.second[own, 0] = 0.2 * use
    week.need[own, 0] = 0.9 * use
    before = state.on_order.copy()
    orders(engine, state, week)
    way = (net.link_flow[into] * net.link_transit[into]).sum() / net.link_flow[into].sum()
    gap = 0.9 * cover + (1 - 0.2) * way - (cover - 0.5) - 4 * 0.75
    expected = np.clip(0.9 - 0.2 + gap / 4, 0, 3) * use
    assert (state.on_order - before)[own, 0] == pytest.approx(expected)
    assert expected.min() > 0


@pytest.mark.parametrize("at_border", [False, True])
def test_buyers_do_not_count_on_what_is_stuck_at_a_border_either(at_border, rested, control):
    engine, state, week = rested(control("magnet", kind="licence", week=1, destinations=("USA",)))
    queue = state.queues[0]
    for part in (queue.review, queue.waiting, queue.leaking, state.backlog):
        part[:] = 0.0
    own = _slots(engine, "magnet", "USA")
    state.on_order[own] = 1e6
    if at_border:
        queue.waiting[:] = 1e6 * len(own)
    before = state.on_order.copy()
    orders(engine, state, week)
    assert ((state.on_order - before)[own] > 0).all() == at_border


def test_before_a_day_that_is_announced_buyers_want_more_in_a_ramp_and_may_order_more(rested, control):
    """E10, by the listed share of what they buy of the controller, and the part of it a file belongs to."""
    stated = {"label": "judgement", "reason": "test"}
    rule = {"setting": "eligible_share", "value": 0.1, "end_use": "military", **stated}
    office = {"military_share": {"radar": {"share": 0.6, **stated}}}
    notice = control("magnet", kind="licence", week=12, notice=10, share=0.5, destinations=("USA",), rules=(rule,),
                     office=office)  # fmt: skip
    rush = {"magnets: frontload_weeks_of_use": 8.0, "magnets: frontload_surge_limit": 4.0}
    engine, state, week = rested(notice, fixed=rush)
    own = _slots(engine, "magnet", "USA")
    found, limit = wanted_cover(engine, state, week)
    china = state.share[engine.knobs.borders[0].links[0], 0]  # of what the United States buy, 11/12 at first
    assert found[own] - engine.knobs.cover[own] == pytest.approx(0.5 * china * 8 * (T + 1 - 2) / 10)
    assert limit[own] == pytest.approx(3 * (1 + 0.5 * china * (4 - 1)))
    other = _slots(engine, "magnet", "DEU")
    assert found[other] == pytest.approx(engine.knobs.cover[other])
    assert limit[other] == pytest.approx(3)


PRICED = [(1.0, 0.0, 0.0, 1.2), (0.5, 0.0, 0.0, 1.2), (0.5, 0.3, 0.0, 1.2), (9.0, 0.0, 0.0, 1.2), (9.0, 0.0, 0.0, 0.3),
          (1.0, 0.99, 0.0, 1.2), (1.0, 0.0, 2.0, 1.2)]  # fmt: skip


@pytest.mark.parametrize(("stock", "unmet", "fear", "weight"), PRICED)
def test_a_quote_nears_what_is_missing_and_what_stocks_call_for(stock, unmet, fear, weight, rested):
    """E12, of magnets outside; what buyers aim at beyond their cover counts as called for, makers' goods as held."""
    engine, state, week = rested(fixed={"stock price weight": weight})
    net, p = engine.net, engine.net.products.index("magnet")
    places = [c for c in net.places if c != "CHN"]
    own = np.concatenate([_slots(engine, "magnet", c) for c in places])
    makers = [n for c in places if (n := net.node("magnet", c)) is not None]
    state.stock[own] = stock * engine.knobs.cover[own] * net.slot_use[own, None]
    state.pool[makers] = stock * 2 * engine.pool0[makers, None]
    state.unmet[1, p] = unmet / 0.75  # nothing is missing this week, so a quarter of it is forgotten
    week.weeks = engine.knobs.cover + fear
    prices(engine, state, week)
    held = (engine.knobs.cover[own, 0] * net.slot_use[own]).sum() + 2 * engine.pool0[makers].sum()
    tight = 1 - stock * held / (held + fear * net.slot_use[own].sum())
    call = -np.log(1 - min(unmet, 0.95)) / 0.4 + weight * np.clip(tight, -1.5, 1)
    aim = np.log(20) * (1 - np.exp(-call / np.log(20))) if call > 0 else max(call, -1.5)
    assert state.price[1, p, 0] == pytest.approx(aim / 4, abs=1e-12)


def test_what_makers_and_lines_wish_for_beyond_their_base_use_is_not_missing(rested):
    engine, state, week = rested()
    net = engine.net
    week.had, week.feed = week.had.copy(), 2 * week.feed
    own = _slots(engine, "magnet", "USA") - net.n_producer_slots
    week.fill = week.fill.copy()
    week.fill[own] = 0.5
    prices(engine, state, week)
    outside = sum(use for c in ("DEU", "JPN", "USA") for use in net.slot_use[_slots(engine, "magnet", c)])
    assert state.unmet[1, net.products.index("magnet"), 0] == pytest.approx(0.25 * 6 / outside)
    assert state.unmet[:, net.products.index("ore")] == pytest.approx(0)


def test_idle_capacity_comes_back_where_more_is_asked_than_a_maker_can_and_goes_four_times_as_slowly(rested):
    """E13; a maker that an outage keeps from its usual work has nothing to bring back."""
    engine, state, week = rested()
    a0, rate = engine.net.activity0[:, None], 1 / engine.knobs.restart_weeks
    state.restart[:] = 0.4
    for asked, can, step in ((1.2, 1.1, 1.0), (1.05, 1.2, -0.25 * 0.4), (1.0, 0.5, -0.25 * 0.4)):
        before = state.restart.copy()
        week.asked, week.capacity = asked * a0, can * a0
        state.restart[:] = 0.4
        slow_responses(engine, state, week)
        assert state.restart - 0.4 == pytest.approx(step * rate)
        state.restart = before


@pytest.mark.parametrize(("stock", "price", "step"), [
    (0.45, 1.0, 1), (0.55, 1.0, -0.25), (1.0, 1.55, 1), (1.0, 1.45, -0.25),
])  # fmt: skip
def test_pressure_is_weeks_of_half_a_stock_or_a_price_half_as_high_again(stock, price, step, rested):
    engine, state, week = rested()
    state.pressure[:], state.price[:] = 5.0, np.log(price)
    state.stock = stock * engine.knobs.cover * engine.net.slot_use[:, None]
    slow_responses(engine, state, week)
    assert state.pressure == pytest.approx(5 + step)


@pytest.mark.parametrize(("stock", "hoard"), [(0.09, 0.5), (0.11, 0.3 * (1 - 1 / 20))])
def test_fear_begins_below_a_tenth_of_the_stock_aimed_at_and_fades(stock, hoard, rested):
    engine, state, week = rested()
    state.hoard[:] = 0.3
    state.stock = stock * engine.knobs.cover * engine.net.slot_use[:, None]
    slow_responses(engine, state, week)
    assert state.hoard == pytest.approx(hoard)


@pytest.mark.parametrize(("price", "left", "step"), [(0.5, 1.0, 0.1), (0.7, 1.0, -1 / 13), (0.7, 0.64, 0.1)])
def test_a_maker_closes_below_its_cost_and_reopens_in_its_restart_time(price, left, step, rested, day):
    """E17, E21: at a grade of 0.8, the root of what is left, a cost of 0.6 is 0.75 of the base price."""
    deposit = {"process": "mining", "place": "CHN", "reserves_t": 1e5}
    engine, state, week = rested(depletion=True, deposits=[deposit], projects=[PROJECT | {"earliest": day(0)}])
    mine = engine.net.producers.index("mining|CHN")
    state.closed[:], state.price[:], state.extracted[mine] = 0.5, np.log(price), (1 - left) * 1e5
    state.entrant_closed[:] = 0.5
    slow_responses(engine, state, week)
    assert state.closed[mine] - 0.5 == pytest.approx(step)
    assert state.entrant_closed - 0.5 == pytest.approx(0.1)  # below its own cost of 0.8
    state.price[:], state.entrant_closed[:] = 0.0, 0.5
    slow_responses(engine, state, week)
    assert state.entrant_closed - 0.5 == pytest.approx(-1 / 13)


@pytest.mark.parametrize(("price", "aim"), [(4.0, 0.2 * (1 - 4**-0.5)), (1.0, 0.0), (0.5, 0.0)])
def test_scrap_comes_back_as_a_price_above_the_base_year_s_pays_for_it_with_a_lag(price, aim, rested):
    """E19."""
    engine, state, _ = rested(fixed={"recycling ceiling": 0.2, "recycling elasticity": 0.5, "recycling weeks": 26.0})
    state.recycled[:], state.price[:] = 0.05, np.log(price)
    collect(engine, state)
    assert state.recycled == pytest.approx(0.05 + (aim - 0.05) / 26)


def test_a_line_uses_again_what_comes_back_of_its_own_area_and_orders_that_much_less(rested):
    """E19."""
    engine, state, week = rested()
    p = engine.net.products.index("magnet")
    state.recycled[:] = 0.0
    state.recycled[len(engine.net.products) + p] = 0.2  # outside
    use(engine, state, week)
    outside, inside = (_slots(engine, "magnet", c) for c in ("USA", "CHN"))
    first = engine.net.n_producer_slots
    assert week.returned[outside - first] == pytest.approx(0.2 * week.use[outside - first])
    assert not week.returned[inside - first].any()
    second = week.second.copy()
    orders(engine, state, week)
    assert week.second[outside] - second[outside] == pytest.approx(week.returned[outside - first])
