"""A made-up world of any size for the whole week: products in chains, places that trade them, lines at the end.

Behaviour, delays of the office and their spread are those of a bundled scenario; the network alone is made up: it is at
rest until the measures of the scenario begin, which hold `HELD` of its links.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import numpy as np

from sluicegate.scenario import load_scenario
from sluicegate.sim.focus import focused
from sluicegate.sim.network import Floats, Network
from sluicegate.sim.prepare import prepare
from sluicegate.sim.run import Compiled
from sluicegate.world import load_world

SCENARIO, AS_OF, HELD, PLACES, ORIGINS, CLASSES = "april-2025", date(2025, 4, 4), 0.15, 10, 8, 3


def made_up(products: int, *, draws: int, weeks: int, seed: int = 1) -> Compiled:
    """A compiled model with 80 links, 10 nodes and 20 to 24 slots a product; 50 products are 4,000 links.

    Each product but the first fifth is made of one other, in every place; the last two fifths go to lines, each in
    three classes of cover.
    """
    world = load_world(AS_OF)
    scenario = load_scenario(SCENARIO, world).model_copy(update={"weeks": weeks})
    like = prepare(scenario, focused(world, scenario), draws=draws, seed=seed).compiled
    net = network(products, seed)
    return replace(like, net=net, knobs=_knobs(like, net, seed), timeline=_timeline(like, net), controller=0,
                   theta=np.full((len(net.slot_use) - net.n_producer_slots, draws), 0.5),
                   watched=np.flatnonzero(net.node_place[net.link_origin] != net.node_place[net.link_destination]),
                   )  # fmt: skip


def network(products: int, seed: int) -> Network:
    """The network: what is used draws its flows, what flows is made, what is made uses, from the last product up."""
    rng = np.random.default_rng(seed)
    raw, end = products // 5, products - 2 * products // 5
    nodes = products * PLACES
    places = np.arange(PLACES)
    share = rng.lognormal(0, 0.5, (products, PLACES, ORIGINS))
    share /= share.sum(axis=2, keepdims=True)
    origin = np.stack([np.stack([np.sort((c + np.arange(ORIGINS)) % PLACES) for c in places])] * products)
    use, made = np.zeros((products, PLACES)), np.zeros((products, PLACES))
    use[end:] = rng.lognormal(2, 0.5, (products - end, PLACES))
    flow = np.zeros_like(share)
    for p in range(products - 1, -1, -1):
        flow[p] = use[p][:, None] * share[p]
        np.add.at(made[p], origin[p], flow[p])
        if p >= raw:
            use[p - raw] += 1.2 * made[p]
    fed = np.arange(raw * PLACES, nodes)
    line_node = np.arange(end * PLACES, nodes)
    lines = len(line_node)
    line_slots = np.repeat(np.arange(lines), CLASSES)
    of_product, of_place = np.repeat(np.arange(products), PLACES), np.tile(places, products)
    base = np.zeros((products, PLACES))
    base[end:] = use[end:] - np.where(
        np.arange(end, products)[:, None] + raw < products, 1.2 * _next(made, end, raw), 0
    )
    return Network(
        products=tuple(f"p{p}" for p in range(products)), places=tuple(f"c{c}" for c in places),
        node_product=of_product, node_place=of_place, node_sold=np.ones(nodes),
        producers=tuple(f"p{n // PLACES}|c{n % PLACES}" for n in range(nodes)), activity0=made.reshape(-1),
        output_producer=np.arange(nodes), output_node=np.arange(nodes), output_coef=np.ones(nodes),
        output_value=np.ones(nodes), slot_node=np.concatenate([fed - raw * PLACES, line_node[line_slots]]),
        slot_use=np.concatenate([1.2 * made.reshape(-1)[fed], base[end:].reshape(-1)[line_slots] / CLASSES]),
        slot_owner=np.concatenate([fed, np.arange(lines * CLASSES)]),
        slot_coef=np.concatenate([np.full(len(fed), 1.2), np.full(lines * CLASSES, np.nan)]),
        slot_critical=np.ones(len(fed) + lines * CLASSES), n_producer_slots=len(fed),
        lines=tuple(f"l{n}|c{n % PLACES}" for n in range(lines)), class_line=line_slots,
        class_weight=np.full(lines * CLASSES, 1 / CLASSES), class_starts=np.arange(lines * CLASSES),
        link_origin=(origin + PLACES * np.arange(products)[:, None, None]).reshape(-1),
        link_destination=np.repeat(np.arange(nodes), ORIGINS), link_flow=flow.reshape(-1),
        link_transit=rng.integers(0, 7, nodes * ORIGINS),
    )  # fmt: skip


def _next(made: Floats, end: int, raw: int) -> Floats:
    """What is made of each of the last products, 0 where nothing is."""
    after = np.zeros_like(made[end:])
    after[: max(len(made) - end - raw, 0)] = made[end + raw :]
    return after


def _knobs(like: Compiled, net: Network, seed: int) -> Any:
    """Behaviour as in the scenario, spread over the network at random; its measures on some of the links."""
    rng, k = np.random.default_rng(seed), like.knobs
    abroad = np.flatnonzero(net.node_place[net.link_origin] != net.node_place[net.link_destination])
    held = np.sort(rng.choice(abroad, int(HELD * len(net.link_flow)), replace=False))

    def some(values: Any, count: int, first: int = 0) -> Any:
        return values[rng.integers(first, len(values), count)]

    slots, fed, makers = len(net.slot_use), net.n_producer_slots, len(net.producers)
    mine = like.net.n_producer_slots
    by_slot = {name: np.concatenate([some(getattr(k, name)[:mine], fed), some(getattr(k, name), slots - fed, mine)])
               for name in ("cover", "thrift_ceiling", "thrift_weeks", "elasticity")}  # fmt: skip
    room = 1 + some(k.capacity / np.maximum(like.net.activity0, 1e-9)[:, None] - 1, makers).clip(0, 1)
    supply = replace(
        k.supply, reserves=np.full(makers, k.supply.reserves.max()), moves_to=np.full(slots, -1),
        moves=np.zeros((slots, k.order_weeks.size)), entrant_producer=rng.integers(0, makers, len(k.supply.entrants)),
        promise=replace(k.supply.promise, floor=np.zeros((like.timeline.weeks, net.n_nodes)),
                        offtake=np.zeros((like.timeline.weeks, net.n_nodes))),
    )  # fmt: skip
    supply = replace(supply, entrant_producer=np.sort(supply.entrant_producer))
    border = k.borders[0]
    rows = rng.integers(0, len(border.links), len(held))
    border = replace(border, links=held, part=np.ones(len(held)), covered=border.covered[rows],
                     overcomplied=border.overcomplied[rows], tier=border.tier[rows])  # fmt: skip
    return replace(
        k, **by_slot, capacity=room * net.activity0[:, None], restart_weeks=some(k.restart_weeks, makers),
        price_elasticity=some(k.price_elasticity, 2 * len(net.products)), supply=supply, borders=(border,), pools=(),
    )  # fmt: skip


def _timeline(like: Compiled, net: Network) -> Any:
    """No change from outside but the measure."""
    weeks = like.timeline.weeks
    makers, slots = len(net.producers), len(net.slot_use)
    none = np.zeros((weeks, 0))
    return replace(like.timeline, outage=np.zeros((weeks, makers)), extra_capacity=np.zeros((weeks, makers)),
                   stock_weeks=np.zeros((weeks, slots)), saving=np.zeros((weeks, slots)),
                   new_supply=np.zeros((weeks, net.n_nodes)),
                   quota=np.full((weeks, makers), np.inf), duty=none, levied=none, cost=none,
                   contract=np.zeros(len(net.link_flow), dtype=bool))  # fmt: skip
