"""Kernel and twin advanced side by side, week by week, in double precision."""

from __future__ import annotations

import importlib.util
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from sluicegate.sim.engine import Engine
from sluicegate.sim.kernel import dates, plan
from sluicegate.sim.kernel.advance import advance
from sluicegate.sim.kernel.gate import lay_out, nothing_waits
from sluicegate.sim.kernel.lanes import width
from sluicegate.sim.kernel.layout import ROWS, STATE, size
from sluicegate.sim.kernel.pack import BY_LINK, arenas, marks
from sluicegate.sim.kernel.record import room
from sluicegate.sim.run import Compiled, advance_week, recorder
from sluicegate.sim.state import State, base_state


def _beside(name: str) -> None:
    """Let tests of this folder, which is no package, import a module of it."""
    spec = importlib.util.spec_from_file_location(name, Path(__file__).parent / f"{name}.py")
    assert spec is not None
    assert spec.loader is not None
    sys.modules[name] = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(sys.modules[name])


for _name in ("random_worlds", "first_effect"):
    _beside(_name)
LANES = width(np.float64)
TONNES = ("stock", "on_order", "pool", "backlog", "wanted", "activity", "extracted")
"""Fields whose size is that of the flows; all others are shares, logs, weeks or multiples of normal, of size one."""


def _in_step(model: Compiled) -> Iterator[tuple[State, dict[str, np.ndarray]]]:
    """After each week: the twin's state, and the compiled state's fields as they stand in the arena, (row, D)."""
    assert model.draws <= LANES
    engine = Engine(model.net, model.knobs, model.timeline, model.controller)
    record = recorder(model, ())
    laid = plan.plan(engine, record.uses, model.watched, record.held)
    dated = dates.dated(model.timeline, model.knobs.supply.promise, laid.link_order)
    state = base_state(model.net, engine.sums, engine.knobs)
    rows = arenas(laid, engine, state, model.theta, 0, np.float64)[0]
    gates = lay_out(model.knobs, model.net.link_flow, model.timeline.weeks, LANES)
    waiting, marked = nothing_waits(gates, laid.counts["H"], LANES), marks(laid)
    for t in range(model.timeline.weeks):
        advance_week(engine, state, t)
        advance(laid.at, laid.whole, laid.real, rows, marked, gates, waiting, dated, room(record), t, t + 1, 0)
        found = {n: rows[int(laid.at[n]) :][: size(ROWS[n], laid.counts), : model.draws] for n in STATE}
        for name in BY_LINK:  # the compiled week sorts links by destination
            found[name] = found[name][np.argsort(laid.link_order, kind="stable")]
        found["share"] = found["share"] * found["share_scale"][model.net.link_destination]
        yield state, found


@pytest.fixture(scope="session")
def in_step() -> Callable[[Compiled], Iterator[tuple[State, dict[str, np.ndarray]]]]:
    """Kernel and twin side by side."""
    return _in_step


def _distance(name: str, one: np.ndarray, other: np.ndarray, flow: float) -> float:
    """How far one field is from another, over its size."""
    scale = max(np.abs(other).max(), flow) if name in TONNES else np.maximum(np.abs(other), 1)
    return float((np.abs(one - other) / np.maximum(scale, 1e-30)).max())


@pytest.fixture(scope="session")
def furthest() -> Callable[[Compiled], dict[str, float]]:
    """How far the kernel's state ever is from the twin's, by field, over its size; `theta` decides nothing else."""

    def find(model: Compiled) -> dict[str, float]:
        worst: dict[str, float] = {}
        flow = float(model.net.link_flow.max())  # a backlog is what is left of orders, so as exact as they are
        for state, kernel in _in_step(model):
            for name, ours in kernel.items():
                theirs: Any = getattr(state, name, None)
                if theirs is None or not ours.size:  # what is under way and on order is laid out by node
                    continue
                far = _distance(name, ours, theirs.reshape(ours.shape), flow)
                worst[name] = max(worst.get(name, 0.0), far)
        return worst

    return find


@pytest.fixture(scope="session")
def shaken() -> Callable[[Compiled], dict[str, float]]:
    """How far the twin gets from itself, by field, where each number of its state is rounded anew after every week.

    What a model makes of a rounding no second code of it can be nearer to. By two units in the last place, either way.
    """

    def find(model: Compiled) -> dict[str, float]:
        engine = Engine(model.net, model.knobs, model.timeline, model.controller)
        one, other = (base_state(model.net, engine.sums, engine.knobs) for _ in range(2))
        rng, flow, worst = np.random.default_rng(0), float(model.net.link_flow.max()), dict.fromkeys(STATE, 0.0)
        for t in range(model.timeline.weeks):
            for state in (one, other):
                advance_week(engine, state, t)
            for name in STATE:
                mine: Any = getattr(one, name, None)
                if mine is None or not mine.size or name == "begin":  # a whole number of weeks
                    continue
                yours = getattr(other, name)
                worst[name] = max(worst[name], _distance(name, yours, mine, flow))
                yours *= 1 + 2.0**-51 * rng.uniform(-1, 1, yours.shape)
        return worst

    return find
