"""Step 2: capacity. Equations in `docs/explanation/simulator.md`."""

from __future__ import annotations

import numpy as np

from sluicegate.sim.engine import Engine, Week
from sluicegate.sim.network import Floats
from sluicegate.sim.state import State
from sluicegate.sim.twin.deposit import grade


def capacity(eng: Engine, s: State, w: Week) -> None:
    """2. Capacity: what runs, is brought back or is new, less outages and idling, within quota and ore (E2)."""
    idle = np.maximum(eng.knobs.capacity - eng.net.activity0[:, None], 0)
    running = eng.net.activity0[:, None] + s.restart * idle + eng.timeline.extra_capacity[w.t][:, None]
    running = running * (1 - s.closed) + eng.entrants_to_producer @ entrants(eng, s, w.t)
    w.capacity = np.minimum((1 - eng.timeline.outage[w.t])[:, None] * running, eng.timeline.quota[w.t][:, None])
    if eng.depletes.any():
        left = eng.knobs.supply.reserves[eng.depletes, None] - s.extracted[eng.depletes]
        w.capacity[eng.depletes] = np.minimum(w.capacity[eng.depletes] * grade(eng, s), np.maximum(left, 0))


def entrants(eng: Engine, s: State, t: int) -> Floats:
    """(J, D) t of activity a week of entrants: ramping up from their start, less what idles (E18)."""
    sup = eng.knobs.supply
    ramp = np.clip((t + 1 - s.begin) / sup.entrant_ramp[:, None], 0, 1)
    return np.asarray(sup.entrant_capacity[:, None] * ramp * (1 - s.entrant_closed))
