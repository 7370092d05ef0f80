"""Run a compiled model: week by week, block of draws by block of draws, on one thread or more."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

import numpy as np

from sluicegate.sim.engine import Engine, Week
from sluicegate.sim.knobs import Knobs
from sluicegate.sim.network import Floats, Ints, Network
from sluicegate.sim.record import Recorder, Uses
from sluicegate.sim.state import State, base_state
from sluicegate.sim.timeline import Timeline
from sluicegate.sim.twin import ORDER

Progress = Callable[[int, int], None]


@dataclass(frozen=True)
class Compiled:
    """Everything the kernel needs: arrays only, no names of what they stand for but the network's lists."""

    net: Network
    knobs: Knobs
    timeline: Timeline
    theta: Floats
    controller: int | None
    watched: Ints

    @property
    def draws(self) -> int:
        """Number of draws."""
        return int(self.knobs.order_weeks.size)


def run(model: Compiled, *, block: int = 64, threads: int = 2, progress: Progress | None = None) -> Recorder:
    """Advance all draws over all weeks and return the record.

    Draws never touch each other, so the result is the same bit for bit for any block size and any
    number of threads. Weeks before the first change are the base year at rest (V1) and are filled in.
    """
    record = Recorder(model.net, Uses.of(model.net), model.watched, model.timeline.weeks, model.draws)
    blocks = [slice(a, min(a + block, model.draws)) for a in range(0, model.draws, block)]
    done = 0

    def advance(draws: slice) -> None:
        nonlocal done
        run_block(model, draws, record)
        done += 1
        if progress:
            progress(done, len(blocks))

    with ThreadPoolExecutor(max_workers=threads) as pool:
        list(pool.map(advance, blocks))
    return record


def run_block(model: Compiled, draws: slice, record: Recorder) -> State:
    """Advance one block of draws to the end, recording each week; returns the final state."""
    engine = Engine(model.net, model.knobs.block(draws), model.timeline, model.controller)
    state = base_state(model.net, engine.sums, engine.knobs)
    theta = model.theta[:, draws]
    rest = min(max(model.timeline.first_change - 1, 0), model.timeline.weeks - 1)
    state.pipe = np.roll(state.pipe, rest, axis=0)
    for t in range(rest, model.timeline.weeks):
        week = advance_week(engine, state, t)
        record.write(engine, state, week, theta, draws)
        if t == rest and rest < model.timeline.first_change:
            _fill_before(record, rest, draws)
    return state


def advance_week(engine: Engine, state: State, t: int) -> Week:
    """Take steps 1 to 11 for week t, in `ORDER`; changes `state`."""
    week = Week(t)
    for step in ORDER:
        step(engine, state, week)
    return week


def _fill_before(record: Recorder, rest: int, draws: slice) -> None:
    """Weeks before week `rest` equal it: nothing has changed yet."""
    for name in ("service", "use", "stock", "lost_share", "price", "exports", "imports", "activity"):
        array = getattr(record, name)
        array[..., :rest, draws] = array[..., rest : rest + 1, draws]
