"""Step 2: capacity. Equations in `docs/explanation/simulator.md`."""

from __future__ import annotations

import numpy as np

from sluicegate.sim.engine import Engine, Week
from sluicegate.sim.state import State


def capacity(eng: Engine, s: State, w: Week) -> None:
    """2. Capacity: what runs, plus idle capacity brought back, plus new plants, less outages, within quota (E2)."""
    idle = np.maximum(eng.knobs.capacity - eng.net.activity0[:, None], 0)
    running = eng.net.activity0[:, None] + s.restart * idle + eng.timeline.extra_capacity[w.t][:, None]
    w.capacity = np.minimum((1 - eng.timeline.outage[w.t])[:, None] * running, eng.timeline.quota[w.t][:, None])
