"""Step 4: demand on producers. Equations in `docs/explanation/simulator.md`."""

from __future__ import annotations

import numpy as np

from sluicegate.sim.engine import Engine, Week
from sluicegate.sim.state import State
from sluicegate.sim.twin.ratio import SMOOTHING, TINY
from sluicegate.sim.twin.rationing import to_ship


def demand_on_producers(eng: Engine, s: State, w: Week) -> None:
    """4. Demand on producers: orders free to ship, and the gap in the maker's own stock.

    A process with co-products follows the value of its basket: the mean of its products' demand
    ratios, weighted by revenue at today's prices, never its scarcest product alone (E3).
    """
    net, kn = eng.net, eng.knobs
    target = kn.pool_cover_weeks * eng.pool0[:, None]
    asked = eng.sums.links_to_origin @ to_ship(eng, s) + (target - s.pool) / kn.pool_weeks
    asked += kn.supply.promise.offtake[w.t][:, None]
    base = eng.sums.node_output0 * net.node_sold
    ratio = np.divide(np.maximum(asked, 0), base[:, None], out=np.ones_like(asked), where=base[:, None] > TINY)
    price = np.exp(s.price[eng.area[net.output_node], net.node_product[net.output_node]])
    worth = price * (net.output_value * net.output_coef)[:, None]
    basket = (eng.outputs_to_producer @ (worth * ratio[net.output_node])) / (eng.outputs_to_producer @ worth)
    w.asked = basket * net.activity0[:, None]
    s.activity = np.minimum(w.asked, w.capacity)
    s.wanted += SMOOTHING * (s.activity - s.wanted)
