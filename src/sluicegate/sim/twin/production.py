"""Step 5: production. Equations in `docs/explanation/simulator.md`."""

from __future__ import annotations

import numpy as np

from sluicegate.sim.engine import Engine, Week
from sluicegate.sim.state import State


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
    kept = net.node_sold[:, None] * made_in_node
    dumped = made_in_node - kept
    s.pool += kept
    if (second := eng.timeline.new_supply[w.t]).any():
        made_in_node = made_in_node + second[:, None]
    s.made += eng.nodes_to_product @ made_in_node
    s.dumped += eng.nodes_to_product @ dumped
