"""Step 10: prices. Equations in `docs/explanation/simulator.md`."""

from __future__ import annotations

import numpy as np

from sluicegate.sim.engine import Engine, Week
from sluicegate.sim.state import State
from sluicegate.sim.twin.ratio import SLACK, SMOOTHING, ratio

LOWEST_LOG_PRICE = -1.5  # a fifth of the base price


def prices(eng: Engine, s: State, w: Week) -> None:
    """10. Prices: each area's log price moves towards what unmet need and stocks call for (E12)."""
    kn = eng.knobs
    asked = w.need[eng.net.line_slots]
    wanted = np.minimum(np.concatenate([w.feed, asked]), eng.net.slot_use[:, None])  # of the base use: more is hope
    had = np.minimum(np.concatenate([w.had, w.fill * asked]), wanted)
    missing = 1 - ratio(eng.slots_to_area @ had, eng.slots_to_area @ wanted)
    unmet, price = s.unmet.reshape(missing.shape), s.price.reshape(missing.shape)
    unmet += SMOOTHING * (missing - unmet)
    held = eng.slots_to_area @ s.stock + eng.nodes_to_area @ s.pool
    feared = eng.slots_to_area @ ((w.weeks - kn.cover) * eng.net.slot_use[:, None])
    tight = 1 - ratio(held, eng.usual_stock + feared)
    call = -np.log1p(-np.clip(unmet, 0, 0.95)) * (unmet > SLACK) / kn.price_elasticity
    call = call + kn.stock_price_weight * np.clip(tight, -1.5, 1)
    choke = np.log(kn.choke_price)
    aim = np.where(call > 0, -choke * np.expm1(-call / choke), np.maximum(call, LOWEST_LOG_PRICE))
    if eng.timeline.cost.size:
        aim = aim + eng.timeline.cost[w.t][:, None]
    price += (aim - price) / kn.price_weeks
