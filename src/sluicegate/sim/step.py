"""One week, in twelve numbered steps. `ORDER` is the order of events, as data one can print.

The equations are numbered (E1, E2 ...) and explained in `docs/explanation/simulator.md`. This is the
plain NumPy twin: each operation acts on arrays whose last axis is the draw, and no operation mixes draws.
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from sluicegate.sim.engine import Engine, Week
from sluicegate.sim.knobs import Border
from sluicegate.sim.network import Floats
from sluicegate.sim.state import Queue, State

SMOOTHING = 0.25  # share of the newest week in smoothed ratios: a memory of about a month
TINY = 1e-12
SLACK = 1e-9  # unmet need below this is rounding
LOG_PRICE_RANGE = (-1.5, 4.0)  # a fifth of the base price to fifty-five times it: 2010-11 saw thirty times


# 1 ------------------------------------------------------------------------------------------------
def dated_changes(eng: Engine, s: State, w: Week) -> None:
    """1. Dated changes take effect: how much of each link the measures cover this week."""
    w.covered = [covered_share(b, w.t) for b in eng.knobs.borders]
    for border, queue in zip(eng.knobs.borders, s.queues, strict=True):
        if border.until <= w.t:  # lifted: what waits may be shipped
            s.backlog[border.links] += queue.review.sum(axis=0) + queue.waiting
            queue.review[:], queue.waiting[:] = 0.0, 0.0


def covered_share(border: Border, t: int) -> Floats:
    """(M, D) share of a link held at the border in week t (E1); part weeks count by their days."""
    in_force = np.clip(t + 1 - border.effective, 0, 1) * np.clip(border.until - t, 0, 1)
    if in_force == 0:
        return np.zeros_like(border.covered)
    fading = border.overcomplied * np.exp(-max(t - border.effective, 0) / border.fade_weeks)
    return np.asarray(in_force * (border.covered + (1 - border.covered) * fading))


# 2 ------------------------------------------------------------------------------------------------
def capacity(eng: Engine, s: State, w: Week) -> None:
    """2. Capacity: what runs, plus idle capacity brought back, plus new plants, less outages (E2)."""
    idle = np.maximum(eng.knobs.capacity - eng.net.activity0[:, None], 0)
    running = eng.net.activity0[:, None] + s.restart * idle + eng.timeline.extra_capacity[w.t][:, None]
    w.capacity = (1 - eng.timeline.outage[w.t])[:, None] * running


# 3 ------------------------------------------------------------------------------------------------
def border(eng: Engine, s: State, w: Week) -> None:
    """3. The border: orders are filed or go free; some are granted, some leak, some are withdrawn (E6)."""
    free = s.orders.copy()
    for b, queue, covered in zip(eng.knobs.borders, s.queues, w.covered, strict=True):
        filed = covered * s.orders[b.links]
        free[b.links] -= filed
        queue.review[0] += filed
    s.backlog += free
    for b, queue, covered in zip(eng.knobs.borders, s.queues, w.covered, strict=True):
        flow = eng.net.link_flow[b.links][:, None]
        _review(b, queue, w.t)
        granted = np.minimum(queue.waiting, b.level[w.t][b.tier] * covered * flow)
        queue.waiting -= granted
        s.backlog[b.links] += granted
        leaked = np.minimum(queue.waiting, b.leak * np.maximum(covered * flow - granted, 0))
        queue.waiting -= leaked
        queue.leaking += leaked
        w.granted.append(granted)
        w.withdrawn.append(_withdraw(queue, (b.pending_limit + b.review_weeks) * flow))


def _review(b: Border, queue: Queue, t: int) -> None:
    """Move applications through the stages: each week a share passes on, once the office has started."""
    working = np.clip(t + 1 - (b.effective + b.office_start), 0, 1) * b.pass_rate
    for stage in range(b.stages - 1, -1, -1):
        moved = working * queue.review[stage]
        queue.review[stage] -= moved
        if stage + 1 < b.stages:
            queue.review[stage + 1] += moved
        else:
            queue.waiting += moved


def _withdraw(queue: Queue, limit: Floats) -> Floats:
    """(M, D) applications withdrawn because more than `limit` are pending: decided ones first, then the newest."""
    over = np.maximum(queue.waiting + queue.review.sum(axis=0) - limit, 0)
    decided = np.minimum(over, queue.waiting)
    newest = np.minimum(over - decided, queue.review[0])
    queue.waiting -= decided
    queue.review[0] -= newest
    return np.asarray(decided + newest)


# 4 ------------------------------------------------------------------------------------------------
def demand_on_producers(eng: Engine, s: State, w: Week) -> None:
    """4. Demand on producers: orders free to ship, and the gap in the maker's own stock.

    A process with co-products follows the value of its basket: the mean of its products' demand
    ratios, weighted by revenue at today's prices, never its scarcest product alone (E3).
    """
    net, kn = eng.net, eng.knobs
    target = kn.pool_cover_weeks * eng.pool0[:, None]
    asked = eng.sums.links_to_origin @ _to_ship(eng, s) + (target - s.pool) / kn.pool_weeks
    base = eng.sums.node_output0 * (1 - net.node_surplus)
    ratio = np.divide(np.maximum(asked, 0), base[:, None], out=np.ones_like(asked), where=base[:, None] > TINY)
    price = np.exp(s.price[eng.area[net.output_node], net.node_product[net.output_node]])
    worth = price * (net.output_value * net.output_coef)[:, None]
    basket = (eng.outputs_to_producer @ (worth * ratio[net.output_node])) / (eng.outputs_to_producer @ worth)
    w.asked = basket * net.activity0[:, None]
    s.activity = np.minimum(w.asked, w.capacity)
    s.wanted += SMOOTHING * (s.activity - s.wanted)


# 5 ------------------------------------------------------------------------------------------------
def production(eng: Engine, s: State, w: Week) -> None:
    """5. Production: at the wanted rate until an input is gone; outputs come in fixed shares (E4)."""
    net = eng.net
    inputs = net.producer_slots
    w.feed = net.slot_coef[inputs, None] * s.activity[net.slot_owner[inputs]]
    w.had = np.minimum(w.feed, s.stock[inputs])
    possible = np.minimum.reduceat(s.stock[inputs] / net.slot_coef[inputs, None], eng.fed_starts, axis=0)
    s.activity[eng.fed_producers] = np.minimum(s.activity[eng.fed_producers], possible)
    fed = net.slot_coef[inputs, None] * s.activity[net.slot_owner[inputs]]
    s.stock[inputs] -= fed
    s.used += eng.producer_use @ fed
    made = net.output_coef[:, None] * s.activity[net.output_producer]
    made_in_node = eng.sums.outputs_to_node @ made
    dumped = net.node_surplus[:, None] * made_in_node
    s.pool += made_in_node - dumped
    if (second := eng.timeline.new_supply[w.t]).any():
        made_in_node = made_in_node + second[:, None]
    s.made += eng.nodes_to_product @ made_in_node
    s.dumped += eng.nodes_to_product @ dumped


# 6 ------------------------------------------------------------------------------------------------
def rationing(eng: Engine, s: State, w: Week) -> None:
    """6. Rationing: what a maker has is shared among orders free to ship, home first by preference (E5)."""
    net, kn = eng.net, eng.knobs
    asked = _to_ship(eng, s)
    at_home = eng.sums.links_to_origin @ (asked * eng.home[:, None])
    abroad = eng.sums.links_to_origin @ asked - at_home
    even = np.minimum(1, _ratio(s.pool, at_home + abroad))
    first = even + kn.home_preference * (np.minimum(1, _ratio(s.pool, at_home)) - even)
    rest = np.clip(_ratio(s.pool - first * at_home, abroad), 0, 1)
    given = np.where(eng.home[:, None], first[net.link_origin], rest[net.link_origin])
    w.shipped = given * s.backlog
    s.backlog -= w.shipped
    w.turned_away = np.maximum(s.backlog - kn.order_limit * net.link_flow[:, None], 0)
    s.backlog -= w.turned_away
    w.exports = w.shipped.copy()
    for border, queue in zip(kn.borders, s.queues, strict=True):
        leaked = given[border.links] * queue.leaking
        queue.leaking -= leaked
        w.exports[border.links] += leaked
        late = (w.t + net.link_transit[border.links] + border.leak_weeks) % len(s.pipe)
        s.pipe[late, border.links] += leaked
    s.pool -= eng.sums.links_to_origin @ w.exports


def _to_ship(eng: Engine, s: State) -> Floats:
    """(E, D) what may leave the maker: orders free to ship and what leaks."""
    asked = s.backlog.copy()
    for border, queue in zip(eng.knobs.borders, s.queues, strict=True):
        asked[border.links] += queue.leaking
    return asked


def _ratio(have: Floats, asked: Floats) -> Floats:
    return np.divide(have, asked, out=np.ones_like(have), where=asked > TINY)


# 7 ------------------------------------------------------------------------------------------------
def transit(eng: Engine, s: State, w: Week) -> None:
    """7. Transit: a delay line; what arrives is shared among a node's buyers by what they have on order (E7)."""
    net = eng.net
    s.pipe[(w.t + net.link_transit) % len(s.pipe), np.arange(len(net.link_flow))] += w.shipped
    w.landed = s.pipe[w.t % len(s.pipe)].copy()
    s.pipe[w.t % len(s.pipe)] = 0.0
    withdrawn = eng.sums.links_to_destination @ w.turned_away
    for to_node, gone in zip(eng.held_to_node, w.withdrawn, strict=True):
        withdrawn += to_node @ gone
    arrived = eng.sums.links_to_destination @ w.landed + eng.timeline.new_supply[w.t][:, None]
    on_order = eng.sums.slots_to_node @ s.on_order
    base = (eng.sums.slots_to_node @ net.slot_use)[:, None]
    part = np.where(
        on_order[net.slot_node] > TINY,
        _ratio(s.on_order, on_order[net.slot_node]),
        net.slot_use[:, None] / np.where(base > 0, base, 1)[net.slot_node],
    )  # fmt: skip
    w.arrived = part * arrived[net.slot_node]
    w.second = part * eng.timeline.new_supply[w.t][net.slot_node, None]
    s.stock += w.arrived
    s.on_order = np.maximum(s.on_order - (w.arrived - w.second) - part * withdrawn[net.slot_node], 0)


# 8 ------------------------------------------------------------------------------------------------
def use(eng: Engine, s: State, w: Week) -> None:
    """8. Use: a line runs at full rate until a critical input is gone; lost output may be caught up (E8)."""
    net, kn = eng.net, eng.knobs
    lines = net.line_slots
    saved = (1 - thrift(eng, s)) * np.exp(-kn.elasticity * s.price.reshape(-1, s.price.shape[-1])[eng.slot_area])
    w.need = net.slot_use[:, None] * saved
    w.need[net.producer_slots] = net.slot_coef[net.producer_slots, None] * s.wanted[net.slot_owner[net.producer_slots]]
    critical = net.slot_critical[lines, None]
    have = _ratio(s.stock[lines], w.need[lines])
    w.fill = np.minimum(1, have)
    running = np.minimum.reduceat(1 - critical * (1 - w.fill), net.class_starts, axis=0)
    spare = np.minimum.reduceat(np.where(critical > 0, have - 1, np.inf), net.class_starts, axis=0)
    w.running = running + np.clip(spare, 0, np.minimum(kn.overtime, s.lost))
    w.use = np.minimum(w.need[lines] * w.running[net.slot_owner[lines]], s.stock[lines])
    s.stock[lines] -= w.use
    s.used += eng.line_use @ w.use
    s.lost = np.maximum(s.lost + 1 - w.running, 0) * kn.backlog_survival


def thrift(eng: Engine, s: State) -> Floats:
    """(S, D) share of use saved: nothing for half the time, then rising to its ceiling (E9)."""
    kn = eng.knobs
    return kn.thrift_ceiling * np.clip(2 * s.pressure / kn.thrift_weeks - 1, 0, 1)


# 9 ------------------------------------------------------------------------------------------------
def orders(eng: Engine, s: State, w: Week) -> None:
    """9. Orders: replace use, move stock to target, split over origins by share, price and reliability (E10, E11)."""
    net, kn = eng.net, eng.knobs
    weeks, limit = wanted_cover(eng, s, w)
    under_way = (net.slot_use[:, None] - w.second) * eng.transit[net.slot_node][:, None]
    position = w.need * weeks + under_way - s.stock - s.on_order * _moving(eng, s)[net.slot_node]
    order = np.clip(w.need - w.second + position / kn.order_weeks, 0, limit * net.slot_use[:, None])
    s.on_order += order
    asked = eng.sums.slots_to_node @ order
    s.reliability += SMOOTHING * (np.clip(_ratio(w.exports, s.orders), 0, 1) - s.reliability)
    landed_price = s.price[eng.area[net.link_origin], net.node_product[net.link_origin]]
    pull = eng.base_share[:, None] * np.exp(-kn.price_tilt * landed_price) * s.reliability**kn.reliability_tilt
    total = eng.sums.links_to_destination @ pull
    aim = _ratio(pull, total[net.link_destination])
    s.share += np.clip(aim - s.share, -kn.switch_per_week, kn.switch_per_week)
    s.share = _ratio(s.share, (eng.sums.links_to_destination @ s.share)[net.link_destination])
    s.orders = asked[net.link_destination] * s.share


def _moving(eng: Engine, s: State) -> Floats:
    """(N, D) share of what a node has on order that is not stuck at a maker or a border.

    Buyers do not count on what is stuck; they would order less from those who can deliver.
    """
    stuck = _to_ship(eng, s)
    for border, queue in zip(eng.knobs.borders, s.queues, strict=True):
        stuck[border.links] += queue.review.sum(axis=0) + queue.waiting
    on_order = eng.sums.slots_to_node @ s.on_order
    return np.clip(1 - _ratio(eng.sums.links_to_destination @ stuck, on_order), 0, 1)


def wanted_cover(eng: Engine, s: State, w: Week) -> tuple[Floats, Floats]:
    """(S, D) weeks of use buyers aim to hold and the most they order, in weeks of use."""
    net, kn = eng.net, eng.knobs
    extra = np.zeros((net.n_nodes, kn.order_weeks.size))
    surge = np.zeros_like(extra)
    for b, to_node in zip(kn.borders, eng.held_to_node, strict=True):
        share = s.share[b.links]
        if b.announced <= w.t < b.effective:  # never true without notice: announced is then NaN
            along = min((w.t + 1 - b.announced) / (b.effective - b.announced), 1)
            extra += to_node @ (b.covered * share * b.frontload_weeks * along)
            surge += to_node @ (b.covered * share * (b.surge_limit - 1))
    weeks = kn.cover * (1 + s.hoard) + extra[net.slot_node] + eng.timeline.stock_weeks[w.t][:, None]
    return weeks, kn.order_limit * (1 + surge[net.slot_node])


# 10 -----------------------------------------------------------------------------------------------
def prices(eng: Engine, s: State, w: Week) -> None:
    """10. Prices: each area's log price moves towards what unmet need and stocks call for (E12)."""
    kn = eng.knobs
    asked = w.need[eng.net.line_slots]
    wanted = np.minimum(np.concatenate([w.feed, asked]), eng.net.slot_use[:, None])  # of the base use: more is hope
    had = np.minimum(np.concatenate([w.had, w.fill * asked]), wanted)
    missing = 1 - _ratio(eng.slots_to_area @ had, eng.slots_to_area @ wanted)
    unmet, price = s.unmet.reshape(missing.shape), s.price.reshape(missing.shape)
    unmet += SMOOTHING * (missing - unmet)
    held = eng.slots_to_area @ s.stock + eng.nodes_to_area @ s.pool
    tight = 1 - _ratio(held, eng.usual_stock)
    call = -np.log1p(-np.clip(unmet, 0, 0.95)) * (unmet > SLACK) / kn.price_elasticity
    aim = np.clip(call + kn.stock_price_weight * np.clip(tight, -1.5, 1), *LOG_PRICE_RANGE)
    price += (aim - price) / kn.price_weeks


# 11 -----------------------------------------------------------------------------------------------
def slow_responses(eng: Engine, s: State, w: Week) -> None:
    """11. Slow responses: idle capacity restarts, pressure qualifies thrift, fear fades (E9, E13)."""
    net, kn = eng.net, eng.knobs
    pressed = np.where(w.asked >= 0.999 * w.capacity, 1.0, 0.0) * (w.asked > 1.001 * net.activity0[:, None])
    s.restart = np.clip(s.restart + (pressed - 0.25 * (1 - pressed) * s.restart) / kn.restart_weeks, 0, 1)
    price = s.price.reshape(-1, s.price.shape[-1])[eng.slot_area]
    target = kn.cover * net.slot_use[:, None]
    low = (s.stock < 0.5 * target) | (price > np.log(1.5))
    s.pressure = np.maximum(s.pressure + np.where(low, 1.0, -0.25), 0)
    empty = s.stock < 0.1 * target
    s.hoard = np.where(empty, kn.hoarding, s.hoard * (1 - 1 / kn.hoarding_fade_weeks))


Step = Callable[[Engine, State, Week], None]
ORDER: tuple[Step, ...] = (
    dated_changes,
    capacity,
    border,
    demand_on_producers,
    production,
    rationing,
    transit,
    use,
    orders,
    prices,
    slow_responses,
)
"""The steps in the order they are taken. The border decides before makers plan and goods are rationed, so that
what is licensed this week can be made and shipped this week; step 12, the record, is `record.Recorder`."""


def order_of_events() -> list[str]:
    """The order of events, one line a step, as the docstrings say it."""
    return [(step.__doc__ or "").split("\n")[0] for step in ORDER]
