"""The state of one block of draws: everything a step reads and changes."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from sluicegate.sim.knobs import Knobs
from sluicegate.sim.network import Floats, Network, Sums
from sluicegate.sim.queue import Queue, empty_queue

NEVER = 1e9
"""Week of a start that nobody has decided."""


@dataclass
class State:
    """Stocks, orders and prices of D draws at the end of a week; letters as in `Network`.

    Parameters
    ----------
    stock : (S, D) buyers' inventories, t ; on_order : (S, D) ordered and not yet arrived, t
    pool : (N, D) goods at the maker, t ; backlog : (E, D) orders free to ship, t
    orders : (E, D) orders placed last week, t ; pipe : (T, E, D) goods under way by week of arrival modulo T
    share : (E, D) share of a node's orders that goes to an origin
    reliability : (E, D) delivered over ordered, smoothed
    queues : one per border
    price : (2, P, D) log price against the base year, inside and outside the controller's border
    unmet : (2, P, D) share of what makers and lines wanted of their base use and had not, smoothed
    restart : (I, D) idle capacity brought back, 0-1 ; hoard : (S, D) extra target stock as a share of normal
    pressure : (S, D) weeks a buyer has been under pressure ; lost : (L, D) lost output that may be caught up, weeks
    need : (S, D) what buyers would have used in the week before at full rate
    wanted : (I, D) activity the orders ask for, smoothed ; recent : (E, D) shipped a week, smoothed
    activity : (I, D) this week's activity
    closed : (I, D) share of a maker mothballed ; expected : (I, D) smoothed value of its basket over the base year's
    extracted : (I, D) t of activity taken from the ground ; begin : (J, D) first week of an entrant, `NEVER` before
        it is decided ; entrant_closed : (J, D) share of it that idles
    recycled : (2P, D) share of what an area's lines use that comes back as scrap beyond the base year
    taken : (P, D) bought and kept by payers, running total, t
    made, used, dumped : (P, D) running totals, t, for the mass balance
    """

    stock: Floats
    on_order: Floats
    pool: Floats
    backlog: Floats
    orders: Floats
    pipe: Floats
    share: Floats
    reliability: Floats
    queues: tuple[Queue, ...]
    price: Floats
    unmet: Floats
    restart: Floats
    hoard: Floats
    pressure: Floats
    lost: Floats
    need: Floats
    wanted: Floats
    activity: Floats
    closed: Floats
    expected: Floats
    extracted: Floats
    begin: Floats
    entrant_closed: Floats
    recycled: Floats
    taken: Floats
    made: Floats
    used: Floats
    dumped: Floats


def base_state(net: Network, sums: Sums, knobs: Knobs, *, alike: int | None = None) -> State:
    """The base year at rest: what V1 says nothing may move away from.

    Parameters
    ----------
    alike : width of what is the same in every draw, all but `stock` and `pool`; the number of draws where None
    """
    d = knobs.order_weeks.size if alike is None else alike
    links, slots, products = len(net.link_flow), len(net.slot_use), len(net.products)
    column = np.ones(d)
    flow = net.link_flow[:, None] * column
    longest = int(net.link_transit.max(initial=0)) + max((b.leak_weeks for b in knobs.borders), default=0) + 1
    pipe = np.zeros((longest, links, d))
    for week in range(longest):
        pipe[week] = np.where(net.link_transit[:, None] > week, flow, 0.0)
    return State(
        stock=knobs.cover * net.slot_use[:, None],
        on_order=(net.slot_use * (mean_transit(net, sums)[net.slot_node] + 1))[:, None] * column,
        pool=knobs.pool_cover_weeks * (sums.links_to_origin @ net.link_flow)[:, None],
        backlog=np.zeros((links, d)),
        orders=flow.copy(),
        pipe=pipe,
        share=base_share(net, sums)[:, None] * column,
        reliability=np.ones((links, d)),
        queues=tuple(empty_queue(b, d) for b in knobs.borders),
        price=np.zeros((2, products, d)),
        unmet=np.zeros((2, products, d)),
        restart=np.zeros((len(net.producers), d)),
        hoard=np.zeros((slots, d)),
        pressure=np.zeros((slots, d)),
        lost=np.zeros((len(net.class_line), d)),
        need=net.slot_use[:, None] * column,
        wanted=net.activity0[:, None] * column,
        activity=net.activity0[:, None] * column,
        closed=np.zeros((len(net.producers), d)),
        expected=np.ones((len(net.producers), d)),
        extracted=np.zeros((len(net.producers), d)),
        begin=np.full((len(knobs.supply.entrants), d), NEVER),
        entrant_closed=np.zeros((len(knobs.supply.entrants), d)),
        recycled=np.zeros((2 * products, d)),
        taken=np.zeros((products, d)),
        made=np.zeros((products, d)),
        used=np.zeros((products, d)),
        dumped=np.zeros((products, d)),
    )


def base_share(net: Network, sums: Sums) -> Floats:
    """(E,) share of each link in what arrives at its destination in the base year."""
    arriving = sums.links_to_destination @ net.link_flow
    return np.asarray(net.link_flow / arriving[net.link_destination])


def mean_transit(net: Network, sums: Sums) -> Floats:
    """(N,) flow-weighted weeks under way to a node; 0 where nothing arrives."""
    arriving = sums.links_to_destination @ net.link_flow
    under_way = sums.links_to_destination @ (net.link_flow * net.link_transit)
    return np.asarray(np.divide(under_way, arriving, out=np.zeros_like(arriving), where=arriving > 0))
