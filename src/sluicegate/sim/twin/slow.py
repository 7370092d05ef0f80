"""Step 11: slow responses. Equations in `docs/explanation/simulator.md`."""

from __future__ import annotations

import numpy as np

from sluicegate.sim.engine import Engine, Week
from sluicegate.sim.state import State


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
