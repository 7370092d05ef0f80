"""Step 1: dated changes. Equations in `docs/explanation/simulator.md`."""

from __future__ import annotations

import numpy as np

from sluicegate.sim.engine import Engine, Week
from sluicegate.sim.gate import Border
from sluicegate.sim.network import Floats
from sluicegate.sim.state import State


def dated_changes(eng: Engine, s: State, w: Week) -> None:
    """1. Dated changes take effect: how much of each link the measures cover this week."""
    w.covered = [covered_share(b, w.t) for b in eng.knobs.borders]
    w.released = np.zeros_like(s.orders)
    for border, queue in zip(eng.knobs.borders, s.queues, strict=True):
        if not border.hold[w.t].any():  # lifted or suspended: what waits is free, unless another border holds it
            np.add.at(w.released, border.links, queue.release())


def covered_share(border: Border, t: int) -> Floats:
    """(R, D) share of a row held at the border in week t (E1); part weeks count by their days."""
    fading = border.overcomplied * np.exp(-max(t - border.effective, 0) / border.fade_weeks)
    return np.asarray(border.hold[t] * (border.covered + (1 - border.covered) * fading))
