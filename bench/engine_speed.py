"""One week of the simulator against a NumPy triad over the arrays it works on, in the same run."""

from __future__ import annotations

import time
from datetime import date

import numpy as np

from sluicegate.scenario import load_scenario
from sluicegate.sim.engine import Engine
from sluicegate.sim.focus import focused
from sluicegate.sim.prepare import prepare
from sluicegate.sim.run import advance_week
from sluicegate.sim.state import base_state
from sluicegate.world import load_world

BLOCK = 64
WEEKS = 40


def main() -> None:
    world = load_world(date(2025, 4, 4))
    scenario = load_scenario("april-2025", world)
    model = prepare(scenario, focused(world, scenario), draws=BLOCK, seed=1).compiled
    net = model.net
    engine = Engine(net, model.knobs, model.timeline, model.controller)
    state = base_state(net, engine.sums, engine.knobs)
    first = model.timeline.first_change
    for t in range(first, first + 5):
        advance_week(engine, state, t)
    begun = time.process_time()
    for t in range(first + 5, first + 5 + WEEKS):
        advance_week(engine, state, t)
    week = (time.process_time() - begun) / WEEKS

    slots = np.random.default_rng(1).random((len(net.slot_use), BLOCK))
    links = np.random.default_rng(2).random((len(net.link_flow), BLOCK))
    begun = time.process_time()
    for _ in range(200):
        np.add(slots, 0.5 * slots)
        np.add(links, 0.5 * links)
    triad = (time.process_time() - begun) / 200
    cells = (len(net.slot_use) + len(net.link_flow)) * BLOCK
    print(f"{len(net.slot_use)} slots, {len(net.link_flow)} links, {net.n_nodes} nodes, {BLOCK} draws a block")
    print(f"one week of one block: {week * 1e3:.2f} ms, {cells / week / 1e6:.1f} m slot and link updates a second")
    print(f"a triad over the same arrays: {triad * 1e3:.3f} ms; a week costs {week / triad:.0f} triads")


if __name__ == "__main__":
    main()
