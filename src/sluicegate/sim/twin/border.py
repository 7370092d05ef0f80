"""Step 3: the border and its licence office. Equations in `docs/explanation/simulator.md`."""

from __future__ import annotations

import numpy as np

from sluicegate.sim.engine import Engine, Week
from sluicegate.sim.knobs import Border
from sluicegate.sim.network import Floats
from sluicegate.sim.state import Queue, State


def border(eng: Engine, s: State, w: Week) -> None:
    """3. The border: orders are filed or go free; some are granted, some leak, some are withdrawn (E6)."""
    free = s.orders.copy()
    for b, queue, covered in zip(eng.knobs.borders, s.queues, w.covered, strict=True):
        filed = covered * s.orders[b.links]
        free[b.links] -= filed
        queue.review[0] += filed
    s.backlog += free
    for b, queue, covered in zip(eng.knobs.borders, s.queues, w.covered, strict=True):
        flow = eng.net.link_flow[b.links][:, None]
        _review(b, queue, w.t)
        granted = np.minimum(queue.waiting, b.level[w.t][b.tier] * covered * flow)
        queue.waiting -= granted
        s.backlog[b.links] += granted
        leaked = np.minimum(queue.waiting, b.leak * np.maximum(covered * flow - granted, 0))
        queue.waiting -= leaked
        queue.leaking += leaked
        w.granted.append(granted)
        w.withdrawn.append(_withdraw(queue, (b.pending_limit + b.review_weeks) * flow))


def _review(b: Border, queue: Queue, t: int) -> None:
    """Move applications through the stages: each week a share passes on, once the office has started."""
    working = np.clip(t + 1 - (b.effective + b.office_start), 0, 1) * b.pass_rate
    for stage in range(b.stages - 1, -1, -1):
        moved = working * queue.review[stage]
        queue.review[stage] -= moved
        if stage + 1 < b.stages:
            queue.review[stage + 1] += moved
        else:
            queue.waiting += moved


def _withdraw(queue: Queue, limit: Floats) -> Floats:
    """(M, D) applications withdrawn because more than `limit` are pending: decided ones first, then the newest."""
    over = np.maximum(queue.waiting + queue.review.sum(axis=0) - limit, 0)
    decided = np.minimum(over, queue.waiting)
    newest = np.minimum(over - decided, queue.review[0])
    queue.waiting -= decided
    queue.review[0] -= newest
    return np.asarray(decided + newest)
