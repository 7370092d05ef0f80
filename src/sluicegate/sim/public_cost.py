"""What floors and offtake cost those who promised them."""

from __future__ import annotations

import numpy as np

from sluicegate.scenario import Offtake, Priced
from sluicegate.sim.compile import WEEKS_PER_YEAR
from sluicegate.sim.network import Floats
from sluicegate.sim.promise import base_price, made_at, price_over_base
from sluicegate.sim.result import Result
from sluicegate.sim.window import in_weeks

KG = 1000


def public_cost(result: Result) -> list[tuple[Priced, Floats]]:
    """Each promise of a scenario with what it cost its payer, (W, D) USD a week, 2024 USD (E22, ours).

    A floor costs its gap to the quote on what the place makes, at most `t_per_yr`. An offtake costs its price, or
    the quote where that is higher or no price is given, on what its payer took; that is kept, and what it would
    fetch is not counted against the cost. Several offtakes of one node share what was taken by their volume.
    """
    events = (*result.scenario.floors, *result.scenario.offtakes)
    return [(event, _cost(result, event)) for event in events]


def _cost(result: Result, event: Priced) -> Floats:
    compiled = result.model.compiled
    net, world = compiled.net, result.model.world
    node, on = made_at(net, event), in_weeks(result.scenario, event.effective_from, event.until)[:, None]
    area = 0 if compiled.controller == net.node_place[node] else 1
    quote = np.exp(result.record.price[area, net.node_product[node]])
    promised = price_over_base(event, world, net, compiled.controller)
    usd_per_t = KG * base_price(world, net, event, compiled.controller)
    if isinstance(event, Offtake):
        promise = compiled.knobs.supply.promise
        taken = result.record.taken[list(promise.taken_from).index(node)]
        own = on * (event.t_per_yr or 0.0) / WEEKS_PER_YEAR
        whole = promise.offtake[:, [node]]
        part = np.divide(own, whole, out=np.zeros_like(whole), where=whole > 0)
        return np.asarray(usd_per_t * np.maximum(quote, promised) * taken * part)
    most = np.inf if event.t_per_yr is None else event.t_per_yr / WEEKS_PER_YEAR
    return np.asarray(usd_per_t * np.maximum(promised - quote, 0) * on * np.minimum(_made(result, node), most))


def _made(result: Result, node: int) -> Floats:
    """(W, D) t a week made at a node."""
    net = result.model.compiled.net
    rows = np.flatnonzero(net.output_node == node)
    made = result.record.of("activity", net.output_producer[rows]) * net.output_coef[rows][:, None, None]
    return np.asarray(made.sum(axis=0))
