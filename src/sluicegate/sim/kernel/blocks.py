"""Draws through the compiled week: laid out in blocks, advanced outside Python's lock, written to the record."""

from __future__ import annotations

from typing import Any

import numpy as np

from sluicegate.sim.engine import Engine
from sluicegate.sim.kernel.advance import advance
from sluicegate.sim.kernel.dates import Dated
from sluicegate.sim.kernel.gate import lay_out, nothing_waits
from sluicegate.sim.kernel.lanes import width
from sluicegate.sim.kernel.pack import arenas, marks
from sluicegate.sim.kernel.plan import Plan
from sluicegate.sim.kernel.record import Record
from sluicegate.sim.network import Floats
from sluicegate.sim.state import base_state


def run_blocks(plan: Plan, eng: Engine, theta: Floats, dated: Dated, record: Record, first: int, draw: int,
               dtype: Any = np.float64) -> None:  # fmt: skip
    """Advance the draws of an engine, the first of which is number `draw`, from week `first` to the end.

    Parameters
    ----------
    theta : (line slots, D) share of value at stake
    record : written to; its draw axis is a multiple of the block's width
    """
    state = base_state(eng.net, eng.sums, eng.knobs, alike=1)
    state.pipe = np.roll(state.pipe, first, axis=0)
    rows = arenas(plan, eng, state, theta, first, dtype)
    del state
    for block in range(len(rows)):
        begin = block * width(dtype)
        knobs = eng.knobs.block(slice(begin, begin + width(dtype)))
        gates = lay_out(knobs, eng.net.link_flow, eng.timeline.weeks, width(dtype), dtype)
        waiting = nothing_waits(gates, plan.counts["H"], width(dtype), dtype)
        advance(plan.at, plan.whole, plan.real, rows[block], marks(plan), gates, waiting, dated, record,
                first, eng.timeline.weeks, draw + begin)  # fmt: skip
