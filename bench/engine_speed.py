"""The twelve steps on the whole bundled world: link-steps a second, each step's cost, growth, two cores."""

from __future__ import annotations

import json
import subprocess
import sys
import time
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import numpy as np
from bench.clock import least
from bench.made_up_world import made_up
from bench.report import report
from bench.sparse_speed import BOUND, minimal

from sluicegate.scenario import load_scenario
from sluicegate.sim.kernel import (
    border,
    capacity,
    dated,
    dates,
    demand,
    gate,
    lanes,
    links,
    orders,
    pack,
    plan,
    prices,
    production,
    rationing,
    record,
    slow,
    supply,
    transit,
    use,
)
from sluicegate.sim.prepare import prepare
from sluicegate.sim.record import VARIABLES
from sluicegate.sim.run import Compiled, recorder, run
from sluicegate.sim.state import base_state
from sluicegate.world import load_world

SCENARIO, AS_OF, SIZES = "april-2025", date(2025, 4, 4), (1, 4, 16)
DRAWS, WEEKS, LONG = 256, 156, 572
"""Draws; weeks of the bundled world, and of the made-up one, whose 520 under control are those of `sparse_speed`."""
ASKED = 0.35
"""Of the rate that `sparse_speed` asks of a minimal step of 4,000 links."""
PRODUCTS, FEW = 50, 12
"""Of the made-up world, 500 nodes, 1,000 slots and 4,000 links; and where growth begins."""


def main() -> None:
    if "--one" in sys.argv:
        print(json.dumps(one(*(int(x) for x in sys.argv[2:6]))))
        return
    model, large = compiled(DRAWS, WEEKS), made_up(PRODUCTS, draws=DRAWS, weeks=LONG)
    rate("week", "The whole week on the bundled world", model)
    rate("week-sparse", "The whole week on a made-up world", large)
    here, there = dict(shares(model)), dict(shares(large))
    report("week-steps", "What each of the twelve steps costs",
           ["step", "share of a week on the bundled world, %", "on the made-up one of 4,000 links, %"],
           [[step, here[step], there[step]] for step in here],
           notes=["One block of 16 draws, double precision, weeks under the control; the steps are called one by one "
                  "from Python, which adds to the short ones."])  # fmt: skip
    growth()


def compiled(draws: int, weeks: int) -> Compiled:
    """The scenario on the whole world, its weeks cut or drawn out, changes from its 53rd week on."""
    world = load_world(AS_OF)
    scenario = load_scenario(SCENARIO, world).model_copy(update={"weeks": weeks})
    return prepare(scenario, world, draws=draws, seed=1).compiled


def rate(name: str, title: str, model: Compiled) -> None:
    rows: list[list[object]] = []
    active = model.timeline.weeks - model.rest
    steps = len(model.net.link_flow) * active * model.draws
    for dtype in (np.float64, np.float32):
        precision, least_step = np.dtype(dtype).name, minimal(dtype)
        for kept, variables in (("nothing", ()), ("everything", VARIABLES)):
            best = least(lambda v=variables, d=dtype: run(model, threads=1, variables=v, dtype=d))  # type: ignore[misc]
            speed = steps / best / 1e9
            rows.append([precision, kept, f"{best:.2f}", f"{1000 * speed:.0f}", f"{speed / BOUND[precision]:.2f}",
                         f"{speed / least_step:.2f}"])  # fmt: skip
    two = {kept: [least(lambda n=n, v=variables: run(model, threads=n, variables=v), time.perf_counter)  # type: ignore[misc]
                  for n in (1, 2)] for kept, variables in (("nothing", ()), ("everything", VARIABLES))}  # fmt: skip
    size = f"{len(model.net.link_flow):,} links, {len(model.net.slot_use):,} slots, {model.net.n_nodes:,} nodes"
    report(name, f"{title}: {size}, {active} weeks, {model.draws} draws",
           ["state", "recorded", "CPU s, one thread", "m link-steps/s and core", f"of the bound (asked: {ASKED})",
            "of our minimal step"], rows,
           notes=[*(f"Two threads take {pair[1]:.2f} s of wall time where one takes {pair[0]:.2f}, with {kept} "
                    f"recorded: {pair[0] / pair[1]:.2f} times (asked: 1.8)." for kept, pair in two.items()),
                  "The bound is what `sparse_speed` asks of a minimal step of 4,000 links: "
                  + ", ".join(f"{1000 * g:.0f} m in {name}" for name, g in BOUND.items())
                  + "; our minimal step was measured in the same run.",
                  "A link-step here is a share of all twelve steps, of nodes, slots and makers too; the layout of the "
                  "blocks counts in."])  # fmt: skip


def shares(model: Compiled) -> list[list[object]]:
    """Share of the time of each step, on one block."""
    width = lanes.width(np.float64)
    eng = model.engine(slice(0, width))
    into = recorder(model, ())
    laid = plan.plan(model.engine(), into.uses, model.watched, into.held)
    d = dates.dated(model.timeline, model.knobs.supply.promise, laid.link_order)
    state = base_state(eng.net, eng.sums, eng.knobs)
    x = pack.arenas(laid, eng, state, model.theta[:, :width], model.rest, np.float64)[0]
    g = gate.lay_out(eng.knobs, eng.net.link_flow, model.timeline.weeks, width, np.float64)
    w = gate.nothing_waits(g, laid.counts["H"], width, np.float64)
    marks = pack.marks(laid)
    at, whole, real, kept = laid.at, laid.whole, laid.real, record.room(into)
    steps: dict[str, Callable[[int], Any]] = {
        "1 dated changes": lambda t: dated.dated_changes(at, x, g, w, t),
        "2 capacity": lambda t: capacity.capacity(at, whole, real, x, d.outage, d.extra_capacity, d.quota, t),
        "6 border, the office": lambda t: border.border(at, whole, x, marks, g, w, t),
        "3 demand": lambda t: demand.demand_on_producers(at, whole, real, x, d.offtake, t),
        "4 production": lambda _: production.production(at, whole, real, x),
        "5 rationing": lambda _: rationing.rationing(at, x, marks),
        "6 front-loading": lambda t: links.forestall(at, whole, x, g, t),
        "5, 6, 7 on links": lambda t: (links.duty_borne(at, whole, x, d.duty, t),
                                       links.links(at, whole, real, x, marks, w, d.landed, kept, t, 0)),
        "7 offtake, transit": lambda t: (transit.offtake(at, x, d.offtake, t),
                                         transit.transit(at, whole, real, x, d.new_supply, t)),
        "8 use": lambda t: use.use(at, whole, real, x, d.saving, t),
        "9 orders": lambda t: orders.orders(at, whole, real, x, d.stock_weeks, t),
        "10 prices": lambda t: prices.prices(at, whole, x, d.cost, t),
        "11 slow responses": lambda _: slow.slow_responses(at, whole, real, x),
        "11 supply": lambda t: supply.supply(at, whole, real, x, d.floor, t),
    }  # fmt: skip
    spent = dict.fromkeys(steps, 0)
    for t in range(model.rest, model.timeline.weeks):
        for name, step in steps.items():
            begun = time.perf_counter_ns()
            step(t)
            spent[name] += time.perf_counter_ns() - begun if t > model.rest else 0  # the first call compiles
    total = sum(spent.values())
    return [[name, f"{100 * ns / total:.0f}"] for name, ns in spent.items()]


def one(draws: int, weeks: int, threads: int, products: int) -> dict[str, float]:
    """CPU seconds and peak memory of one run in a process of its own; of the bundled world where no products are."""
    model = made_up(products, draws=draws, weeks=weeks) if products else compiled(draws, weeks)
    before = peak_mb()
    cpu = least(lambda: run(model, threads=threads))
    return {"cpu": cpu, "before": before, "peak": peak_mb(),
            "active": model.timeline.weeks - model.rest}  # fmt: skip


def peak_mb() -> float:
    """Most memory this process ever held; what its parent held before it started does not count."""
    rows = dict(line.split(":", 1) for line in Path("/proc/self/status").read_text().splitlines() if ":" in line)
    return int(rows["VmHWM"].split()[0]) / 1024


def growth() -> None:
    """Time and memory at 1, 4 and 16 times the draws, the weeks under control, and the links of a made-up world."""
    rows: list[list[object]] = []
    for what in ("draws", "weeks", "links"):
        first: dict[str, float] = {}
        for times in SIZES:
            draws, weeks = 32 * times if what == "draws" else 32, 52 + 52 * times if what == "weeks" else 104
            products = FEW * times if what == "links" else 0
            args = [sys.executable, "-m", "bench.engine_speed", "--one", *map(str, (draws, weeks, 1, products))]
            found = json.loads(subprocess.run(args, check=True, capture_output=True, text=True).stdout)
            first = first or found
            more = (found["peak"] - found["before"]) / max(first["peak"] - first["before"], 1)
            rows.append([what, times, f"{found['cpu']:.2f}", f"{found['cpu'] / first['cpu']:.1f}",
                         f"{found['peak']:.0f}", f"{more:.1f}"])  # fmt: skip
    report("week-growth", "Growth of a run on the bundled world, one thread",
           ["what grows", "times", "CPU s", "over the first", "peak MB of the process", "MB over the first"], rows,
           notes=[f"From 32 draws and 52 weeks under the control; links from {FEW * 80:,}, in a made-up world."]
           )  # fmt: skip


if __name__ == "__main__":
    main()
