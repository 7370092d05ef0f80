"""Step 1: dated changes. Equations in `docs/explanation/simulator.md`."""

from __future__ import annotations

import numpy as np

from sluicegate.sim.engine import Engine, Week
from sluicegate.sim.knobs import Border
from sluicegate.sim.network import Floats
from sluicegate.sim.state import State


def dated_changes(eng: Engine, s: State, w: Week) -> None:
    """1. Dated changes take effect: how much of each link the measures cover this week."""
    w.covered = [covered_share(b, w.t) for b in eng.knobs.borders]
    for border, queue in zip(eng.knobs.borders, s.queues, strict=True):
        if border.until <= w.t:  # lifted: what waits may be shipped
            s.backlog[border.links] += queue.review.sum(axis=0) + queue.waiting
            queue.review[:], queue.waiting[:] = 0.0, 0.0


def covered_share(border: Border, t: int) -> Floats:
    """(M, D) share of a link held at the border in week t (E1); part weeks count by their days."""
    in_force = np.clip(t + 1 - border.effective, 0, 1) * np.clip(border.until - t, 0, 1)
    if in_force == 0:
        return np.zeros_like(border.covered)
    fading = border.overcomplied * np.exp(-max(t - border.effective, 0) / border.fade_weeks)
    return np.asarray(in_force * (border.covered + (1 - border.covered) * fading))
