"""Step 11, compiled."""

from __future__ import annotations

import math
from typing import Any

from numba import njit

from sluicegate.sim.kernel.cache import BARE
from sluicegate.sim.kernel.lanes import anywhere, both, either, load, maximum, pick, store, where
from sluicegate.sim.kernel.ratio import clip

DEAR = math.log(1.5)


@njit(**BARE)
def slow_responses(at: Any, whole: Any, real: Any, rows: Any) -> None:
    """11. Slow responses: idle capacity restarts, pressure qualifies thrift, fear fades (E9, E13)."""
    for i in range(at.n_I):
        asked, restart = load(rows, at.asked + i), load(rows, at.restart + i)
        pressed = both(asked >= load(rows, at.can + i) * 0.999, asked > 1.001 * pick(real, at.activity0 + i))
        moved = where(pressed, 1.0, restart * -0.25) / load(rows, at.restart_weeks + i)
        store(rows, at.restart + i, clip(restart + moved, 0.0, 1.0))
    hoarding = load(rows, at.hoarding)
    keep = 1.0 - 1.0 / load(rows, at.hoarding_fade_weeks)
    for s in range(at.n_S):
        target = load(rows, at.cover + s) * pick(real, at.slot_use + s)
        stock = load(rows, at.stock + s)
        landed = load(rows, at.price + pick(whole, at.slot_area + s)) + load(
            rows, at.taxed + pick(whole, at.slot_node + s)
        )
        low = either(stock < target * 0.5, landed > DEAR)
        pressure, hoard, empty = load(rows, at.pressure + s), load(rows, at.hoard + s), stock < target * 0.1
        if anywhere(either(low, pressure > 0.0)):
            store(rows, at.pressure + s, maximum(pressure + where(low, target * 0.0 + 1.0, -0.25), 0.0))
        if anywhere(either(empty, hoard > 0.0)):
            store(rows, at.hoard + s, where(empty, hoarding, hoard * keep))
