"""Run a compiled model: week by week, block of draws by block of draws, on one thread or more."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import Any, Literal

import numpy as np

from sluicegate.sim.engine import Engine, Week
from sluicegate.sim.gate import held_links
from sluicegate.sim.knobs import Knobs
from sluicegate.sim.network import Floats, Ints, Network
from sluicegate.sim.record import ROOM, VARIABLES, Recorder, Rows, Uses
from sluicegate.sim.state import State, base_state
from sluicegate.sim.timeline import Timeline
from sluicegate.sim.twin import ORDER
from sluicegate.terms import InputError

Progress = Callable[[int, int], None]
BLOCK = 32


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

    @property
    def rest(self) -> int:
        """The last week at rest: weeks before it equal it (V1)."""
        return min(max(self.timeline.first_change - 1, 0), self.timeline.weeks - 1)

    @property
    def still(self) -> bool:
        """Whether nothing ever changes, so that all weeks are alike."""
        return self.timeline.first_change >= self.timeline.weeks

    def engine(self, draws: slice = slice(None)) -> Engine:
        """The model of some of the draws."""
        return Engine(self.net, self.knobs.block(draws), self.timeline, self.controller)


def run(model: Compiled, *, block: int = BLOCK, threads: int = 2, progress: Progress | None = None,
        engine: Literal["kernel", "twin"] = "kernel", variables: Iterable[str] = VARIABLES,
        stock_week: int | None = None, rows: Rows | None = None,
        dtype: Any = np.float64) -> Recorder:  # fmt: skip
    """Advance all draws over all weeks and return the record.

    Draws never touch each other, so the result is the same bit for bit for any block size and any
    number of threads. Weeks before the first change are the base year at rest (V1) and are filled in.

    Parameters
    ----------
    block : draws handed to a thread at once ; progress : called with blocks done and blocks in all
    engine : the compiled kernel, or the NumPy twin it is proven against
    variables, stock_week, rows : what to record, as `Recorder`
    dtype : precision of the kernel's state; the record is always single

    Raises
    ------
    InputError : the kernel cannot be compiled on this machine.
    """
    record = recorder(model, variables, still=model.still, stock_week=stock_week, rows=rows)
    take = _twin(model, record) if engine == "twin" else _kernel(model, record, dtype)
    whole = engine == "kernel" or rows is not None  # blocks of the kernel, whatever its precision; sums are of so many
    step = -(-block // ROOM) * ROOM if whole else block
    blocks = [slice(a, min(a + step, model.draws)) for a in range(0, model.draws, step)]
    done = 0

    def advance(draws: slice) -> None:
        nonlocal done
        take(draws)
        done += 1
        if progress:
            progress(done, len(blocks))

    with ThreadPoolExecutor(max_workers=threads) as pool:
        list(pool.map(advance, blocks))
    record.fill_before(model.rest if model.rest < model.timeline.first_change else 0)
    return record


def recorder(model: Compiled, variables: Iterable[str] = VARIABLES, *, still: bool = False,
             stock_week: int | None = None, rows: Rows | None = None) -> Recorder:  # fmt: skip
    """An empty record of a compiled model, with room for the variables named; parameters and errors as `Recorder`."""
    net, promised = model.net, model.knobs.supply.promise.taken_from
    return Recorder(net, Uses.of(net), model.watched, model.timeline.weeks, model.draws, variables, promised,
                    held=held_links(model.knobs.borders), stages=len(model.knobs.stages.slot),
                    users=len(model.knobs.priorities.user_owner), rest=model.rest,
                    still=still, stock_week=stock_week, rows=rows)  # fmt: skip


def _twin(model: Compiled, record: Recorder) -> Callable[[slice], Any]:
    return lambda draws: run_block(model, draws, record)


def _kernel(model: Compiled, record: Recorder, dtype: Any) -> Callable[[slice], None]:
    """What advances some draws through the compiled kernel."""
    try:
        from sluicegate.sim.kernel import blocks, dates, plan  # numba takes long to load
        from sluicegate.sim.kernel.record import room
    except ImportError as error:
        raise InputError(f"the compiled simulator does not load: {error}", where="numba",
                         expected="numba 0.61 or newer",
                         do="Reinstall sluicegate with its requirements.") from error  # fmt: skip
    every = model.engine()
    laid = plan.plan(every, record.uses, model.watched, record.held)
    dated = dates.dated(model.timeline, model.knobs.supply.promise, laid.link_order)
    into = room(record)

    def advance(draws: slice) -> None:
        eng, theta = every.block(draws), model.theta[:, draws]
        blocks.run_blocks(laid, eng, theta, dated, into, model.rest, draws.start, dtype)

    return advance


def run_block(model: Compiled, draws: slice, record: Recorder) -> State:
    """Advance one block of draws to the end with the twin, recording each week; returns the final state."""
    engine = model.engine(draws)
    state = base_state(model.net, engine.sums, engine.knobs)
    theta = model.theta[:, draws]
    state.pipe = np.roll(state.pipe, model.rest, axis=0)
    for t in range(model.rest, model.timeline.weeks):
        week = advance_week(engine, state, t)
        record.write(engine, state, week, theta, draws)
    return state


def advance_week(engine: Engine, state: State, t: int) -> Week:
    """Take steps 1 to 11 for week t, in `ORDER`; changes `state`."""
    week = Week(t)
    for step in ORDER:
        step(engine, state, week)
    return week
