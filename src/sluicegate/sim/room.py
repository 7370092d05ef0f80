"""What a run of a compiled model will need of memory, from what it will record."""

from __future__ import annotations

import sys
from collections.abc import Iterable
from dataclasses import fields, is_dataclass
from typing import Any

import numpy as np

from sluicegate.sim.budget import DOUBLE, SINGLE, Budget
from sluicegate.sim.gate import held_links
from sluicegate.sim.kernel.plan import plan
from sluicegate.sim.network import Network
from sluicegate.sim.record import ROOM, VARIABLES, Rows, Uses, kept_of, recorded_rows, stored
from sluicegate.sim.run import BLOCK, Compiled
from sluicegate.terms.home import caches

CODE = 125_000_000
"""Bytes of numba, LLVM and the compiled week, where they are not loaded yet."""
COMPILER = 220_000_000
"""Bytes that compiling takes beside, the first time on a machine."""
THREAD = 6_000_000
"""Bytes a thread takes beside its arena, to lay it out."""
READING = 90
"""Numbers a week and draw that reading an answer holds at a time: losses of two sides by kind, edges, quotes."""
READ_ONCE = 12_000_000
"""Bytes that reading takes whatever the draws."""
SAMPLE = 3
"""Numbers an input and draw while the inputs are sampled."""
SHARED = ("supply", "stages", "priorities", "borders", "pools")
"""Of `Knobs`, what hangs on the scenario; the rest is shared by runs of one world on the same draws."""
SLOT_ARRAYS, AMPLE = 6, 3


def room(compiled: Compiled, variables: Iterable[str] = VARIABLES, *, inputs: int, draws: int | None = None,
         still: bool = True, stock_week: int | None = None, rows: Rows | None = None, threads: int = 2,
         block: int = BLOCK, beside: bool = False, reading: float = READING) -> Budget:  # fmt: skip
    """What a run needs, of `draws` draws where they are not those of the model, which has two at least.

    Parameters
    ----------
    inputs : how many uncertain inputs there are ; block : draws a thread takes at once
    variables, still, stock_week, rows : as in `Recorder`
    beside : a run beside another of the same world; what they share is counted there: inputs, code, what the threads
        work in, one run after the other, and the reading of the two
    reading : numbers of eight bytes a week and draw that the reader holds at a time
    """
    draws = compiled.draws if draws is None else draws
    weeks = compiled.timeline.weeks
    recorded = weeks if not (still and compiled.still) else 1
    per_draw = _model(compiled, beside) + (0 if beside else DOUBLE * SAMPLE * inputs)
    return Budget(
        record=_record(compiled, frozenset(variables), recorded, stock_week, rows, draws),
        model=per_draw * draws + held(compiled.timeline),
        reading=0 if beside else int(reading * DOUBLE * weeks * draws),
        once=0 if beside else READ_ONCE + _code() + threads * (_arena(compiled, block) + THREAD),
        draws=draws,
    )  # fmt: skip


def copied(compiled: Compiled, variables: Iterable[str]) -> float:
    """Numbers of eight bytes a week and draw of what a Dataset puts together anew: imports, prices from their logs."""
    prices = 2 * 2 * len(compiled.net.products) * ("price" in variables)
    return (len(compiled.watched) * ("imports" in variables) + prices) * SINGLE / DOUBLE


def ample(net: Network, watched: int, *, weeks: int, draws: int) -> int:
    """Bytes with which any command has enough: what everything recorded would take, some times over."""
    slots = len(net.slot_use)
    counts = recorded_rows(net, slots - net.n_producer_slots, watched, watched, net.n_nodes, slots)
    return AMPLE * (SINGLE * sum(counts.values()) * weeks + SLOT_ARRAYS * DOUBLE * slots) * _wide(draws)


def held(what: Any) -> int:
    """Bytes of all arrays in a dataclass, or in several."""
    if isinstance(what, np.ndarray):
        return what.nbytes
    if isinstance(what, tuple | list):
        return sum(held(x) for x in what)
    return sum(held(getattr(what, f.name)) for f in fields(what)) if is_dataclass(what) else 0


def _record(compiled: Compiled, variables: frozenset[str], weeks: int, stock_week: int | None,
            rows: Rows | None, draws: int) -> int:  # fmt: skip
    """Bytes of what is recorded."""
    knobs = compiled.knobs
    watched_held = np.flatnonzero(np.isin(compiled.watched, held_links(knobs.borders)))
    counts = recorded_rows(compiled.net, len(Uses.of(compiled.net).line), len(compiled.watched), len(watched_held),
                           len(knobs.supply.promise.taken_from), len(knobs.stages.slot),
                           len(knobs.priorities.user_owner))  # fmt: skip
    kept = kept_of(counts, stored(variables), rows or {}, watched_held)
    spans = {"stock": weeks if stock_week is None else 1}
    drawn = sum(len(k.rows) * spans.get(name, weeks) for name, k in kept.items())
    summed = sum(len(k.summed) * weeks for k in kept.values())
    worth = len(compiled.net.class_line) * draws
    return SINGLE * drawn * _wide(draws) + DOUBLE * (summed * (_wide(draws) // ROOM) + worth)


def _model(compiled: Compiled, beside: bool) -> int:
    """Bytes a draw of the sampled inputs, as two draws have more than one."""
    few, one = (compiled.knobs.block(slice(0, n)) for n in (2, 1))
    if beside:
        return sum(held(getattr(few, name)) - held(getattr(one, name)) for name in SHARED)
    return held(few) - held(one) + DOUBLE * len(compiled.theta)


def _code() -> int:
    """Bytes of code that is yet to be loaded, and of the compiler where none of ours was compiled here before."""
    if "sluicegate.sim.kernel.blocks" in sys.modules:
        return 0
    compiled = any(next(base.glob("kernel-*/**/*.nbc"), None) for base in caches())
    return CODE if compiled else CODE + COMPILER


def _arena(compiled: Compiled, block: int) -> int:
    """Bytes of the arena of a block of draws."""
    late = np.flatnonzero(np.isin(compiled.watched, held_links(compiled.knobs.borders)))
    laid = plan(compiled.engine(slice(0, 1)), Uses.of(compiled.net), compiled.watched, late)
    return laid.n_rows * DOUBLE * _wide(block)


def _wide(draws: int) -> int:
    """Draws, rounded up to whole blocks."""
    return -(-draws // ROOM) * ROOM
