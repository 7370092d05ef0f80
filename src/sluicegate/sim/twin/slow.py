"""Step 11: slow responses. Equations in `docs/explanation/simulator.md`."""

from __future__ import annotations

import numpy as np

from sluicegate.sim.engine import Engine, Week
from sluicegate.sim.state import State
from sluicegate.sim.twin.deposit import extract
from sluicegate.sim.twin.investment import basket, invest, mothball
from sluicegate.sim.twin.recycling import collect
from sluicegate.sim.twin.use import landed_price


def slow_responses(eng: Engine, s: State, w: Week) -> None:
    """11. Slow responses: capacity restarts, idles or is built; ore, scrap, thrift and fear move (E9, E13-E21)."""
    net, kn = eng.net, eng.knobs
    pressed = np.where(w.asked >= 0.999 * w.capacity, 1.0, 0.0) * (w.asked > 1.001 * net.activity0[:, None])
    s.restart = np.clip(s.restart + (pressed - 0.25 * (1 - pressed) * s.restart) / kn.restart_weeks, 0, 1)
    target = kn.cover * net.slot_use[:, None]
    low = (s.stock < 0.5 * target) | (landed_price(eng, s, w) > np.log(1.5))
    s.pressure = np.maximum(s.pressure + np.where(low, 1.0, -0.25), 0)
    empty = s.stock < 0.1 * target
    s.hoard = np.where(empty, kn.hoarding, s.hoard * (1 - 1 / kn.hoarding_fade_weeks))
    value = basket(eng, s, w.t)
    mothball(eng, s, value)
    invest(eng, s, w, value)
    extract(eng, s)
    collect(eng, s)
