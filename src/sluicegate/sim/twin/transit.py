"""Step 7: transit. Equations in `docs/explanation/simulator.md`."""

from __future__ import annotations

import numpy as np

from sluicegate.sim.engine import Engine, Week
from sluicegate.sim.state import State
from sluicegate.sim.twin.priority import gained, off_order
from sluicegate.sim.twin.ratio import TINY, ratio


def transit(eng: Engine, s: State, w: Week) -> None:
    """7. Transit: payers take offtake; a delay line; arrivals go to buyers by their orders, some first (E7, E22).

    What a second source brings goes the same way up to what is on order, and beyond that by base use: nobody called
    for it, and to part it by the last crumb on order would make much of a rounding.
    """
    net = eng.net
    w.taken = np.minimum(eng.knobs.supply.promise.offtake[w.t][:, None], s.pool)  # payers take what makers have left
    s.pool -= w.taken
    s.taken += eng.nodes_to_product @ w.taken
    s.pipe[(w.t + net.link_transit) % len(s.pipe), np.arange(len(net.link_flow))] += w.shipped
    w.landed = s.pipe[w.t % len(s.pipe)].copy()
    s.pipe[w.t % len(s.pipe)] = 0.0
    withdrawn = eng.sums.links_to_destination @ w.turned_away
    for to_node, gone in zip(eng.held_to_node, w.withdrawn, strict=True):
        withdrawn += to_node @ gone
    ordered = eng.sums.links_to_destination @ w.landed
    second = eng.timeline.new_supply[w.t][:, None]
    on_order = eng.sums.slots_to_node @ s.on_order
    base = (eng.sums.slots_to_node @ net.slot_use)[:, None]
    even = net.slot_use[:, None] / np.where(base > 0, base, 1)[net.slot_node]
    part = np.where(on_order[net.slot_node] > TINY, ratio(s.on_order, on_order[net.slot_node]), even)
    called_for = np.clip(on_order - ordered, 0, second)
    w.second = part * called_for[net.slot_node] + even * (second - called_for)[net.slot_node]
    w.arrived = part * ordered[net.slot_node] + w.second
    served = gained(eng, s, w, w.arrived)
    s.stock += w.arrived
    s.on_order = np.maximum(s.on_order - part * (ordered + withdrawn)[net.slot_node], 0)
    of_second = np.divide(second, ordered + second, out=np.zeros_like(ordered), where=ordered + second > TINY)
    for slots, more in served:
        brought = more * of_second[net.slot_node[slots[0]]]
        w.arrived[slots] += more
        w.second[slots] += brought
        s.stock[slots] += more
        s.on_order[slots] = off_order(s.on_order[slots], more - brought)
