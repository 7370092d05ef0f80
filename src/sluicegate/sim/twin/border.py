"""Step 3: the border and its licence office. Equations in `docs/explanation/simulator.md`."""

from __future__ import annotations

from itertools import groupby

import numpy as np

from sluicegate.sim.engine import Engine, Week
from sluicegate.sim.gate import Border
from sluicegate.sim.network import Floats
from sluicegate.sim.queue import Queue
from sluicegate.sim.state import State
from sluicegate.sim.twin.office import Held, admitted_shares, decide, lapse, prepare_papers
from sluicegate.sim.twin.quota import use_quota


def border(eng: Engine, s: State, w: Week) -> None:
    """3. The border: orders are filed or go free; some are granted, some leak, some are withdrawn (E6)."""
    free = s.orders + w.released
    w.granted = [np.zeros_like(c) for c in w.covered]
    w.withdrawn = [np.zeros_like(c) for c in w.covered]
    left = [pool.per_week[w.t].copy() for pool in eng.knobs.pools]
    every = zip(range(len(w.covered)), eng.knobs.borders, s.queues, w.covered, strict=True)
    for _, turn in groupby(every, key=lambda held: held[1].turn):
        here = list(turn)
        asked = [covered * (b.part[:, None] * free[b.links]) for _, b, _, covered in here]
        for held, filed in zip(here, asked, strict=True):
            np.subtract.at(free, held[1].links, filed)
            _file(held[1], held[2], filed, w.t)
        shares = admitted_shares(here, left, w.t)
        for held in here:
            let_through(eng, s, w, held, shares)
            np.add.at(free, held[1].links, w.granted[held[0]])
    s.backlog += free
    for b, queue in zip(eng.knobs.borders, s.queues, strict=True):
        queue.offered[:] = s.backlog[b.links]


def let_through(eng: Engine, s: State, w: Week, held: Held, shares: list[Floats]) -> None:
    """What one border grants, leaks and loses to withdrawal this week."""
    number, b, queue, covered = held
    flow = b.flow(eng.net.link_flow)
    if b.office is not None and queue.files is not None:
        lapse(b, queue, queue.files, s.backlog, w.t)
        granted, refused = decide(b, b.office, queue, queue.files, shares, w.t)
    elif b.allowance is not None:
        granted, refused = use_quota(b.allowance, queue, w.t), np.zeros_like(covered)
    else:
        _review(b, queue, w.t)
        granted, refused = np.minimum(queue.waiting, b.level[w.t][b.tier] * covered * flow), np.zeros_like(covered)
        queue.waiting -= granted
    leaked = np.minimum(queue.waiting, b.leak[w.t][b.tier] * np.maximum(covered * flow - granted, 0))
    queue.waiting -= leaked
    queue.leaking += leaked
    weeks = b.pending_limit + b.review_weeks[b.rule[w.t][b.tier]]
    w.granted[number] = granted
    w.withdrawn[number] = refused + _withdraw(queue, weeks * flow)


def _file(b: Border, queue: Queue, filed: Floats, t: int) -> None:
    """Put this week's orders at the head of the queue; in the short form they are in review at once."""
    if b.allowance is not None:
        queue.waiting += filed
    elif b.office is not None and queue.files is not None:
        prepare_papers(b.office, queue.files, filed, t, b.tier)
    else:
        queue.review[b.entry[b.rule[t][b.tier]], np.arange(len(filed))] += filed


def _review(b: Border, queue: Queue, t: int) -> None:
    """Move applications through the stages: each week a share passes on, once the office has started."""
    rule = b.rule[t][b.tier]
    working = np.clip(t + 1 - (b.effective + b.office_start), 0, 1) * b.pass_rate[rule]
    for stage in range(b.stages - 1, -1, -1):
        moved = working * queue.review[stage]
        queue.review[stage] -= moved
        if stage + 1 < b.stages:
            queue.review[stage + 1] += moved
        else:
            queue.waiting += moved


def _withdraw(queue: Queue, limit: Floats) -> Floats:
    """(R, D) applications withdrawn because more than `limit` are pending: decided ones first, then the newest."""
    over = np.maximum(queue.pending() - limit, 0)
    gone = np.minimum(over, queue.waiting)
    queue.waiting -= gone
    newest = [queue.review[0]] if queue.files is None else [*queue.files.preparing, queue.files.filed, *queue.review]
    for part in newest:
        more = np.minimum(over - gone, part)
        part -= more
        gone = gone + more
    return np.asarray(gone)
