"""Whole processes from a warm cache: a run at the command line, and the whole bundled world for two years."""

from __future__ import annotations

import json
import subprocess
import sys
import time

from bench.report import report

WHOLE = """
import json, time
marks = [("start", time.perf_counter())]
from datetime import date
from sluicegate.desk.answer import READ, rows_read, week_in
from sluicegate.scenario import load_scenario
from sluicegate.sim.prepare import prepare
from sluicegate.sim.run import run
from sluicegate.world import load_world
marks.append(("imports", time.perf_counter()))
world = load_world(date(2025, 4, 4))
scenario = load_scenario("april-2025", world).model_copy(update={"weeks": 104})
marks.append(("world", time.perf_counter()))
model = prepare(scenario, world, draws=256, seed=1)
marks.append(("draws and borders", time.perf_counter()))
record = run(model.compiled, variables=READ, stock_week=week_in(scenario, scenario.as_of), rows=rows_read(model))
marks.append(("104 weeks, first call", time.perf_counter()))
print(json.dumps({b[0]: b[1] - a[1] for a, b in zip(marks, marks[1:])}))
"""
CLI = "from sluicegate.cli import main; main()"
COMMANDS = {
    "sluicegate run april-2025 --draws 256 --json": ["-c", CLI, "run", "april-2025", "--draws", "256", "--json"],
    "the whole world, 104 weeks, 256 draws": ["-c", WHOLE],
}  # fmt: skip
REPEATS = 3


def main() -> None:
    rows, notes = [], []
    for title, arguments in COMMANDS.items():
        first, *taken = [measured(arguments) for _ in range(REPEATS + 1)]  # the first may compile
        wall, cpu, peak, said = min(taken, key=lambda m: m[0])
        rows.append([title, f"{first[0]:.1f}", f"{wall:.2f}", f"{cpu:.2f}", f"{peak:.0f}", "3 s, 600 MB"])
        if arguments[1] == WHOLE:
            notes = ["The whole world, where the time goes: "
                     + ", ".join(f"{k} {v:.2f} s" for k, v in json.loads(said).items()) + "."]  # fmt: skip
    notes.append("Recorded is what the answers of `run` are read from.")
    notes.append("Compiled code is kept by a digest of its sources; a first call may compile, the others may not.")
    report("run", "A run as a whole process", ["run", "first, s", "wall, s", "CPU, s", "peak, MB", "bound"], rows,
           notes=notes)  # fmt: skip


def measured(arguments: list[str]) -> tuple[float, float, float, str]:
    """Wall and CPU seconds, peak memory in MB and output of a fresh Python process."""
    begun = time.perf_counter()
    inner = (
        "import resource, subprocess, sys, json, time;"
        "p = subprocess.run([sys.executable, *sys.argv[1:]], capture_output=True, text=True, check=True);"
        "u = resource.getrusage(resource.RUSAGE_CHILDREN);"
        "print(json.dumps([u.ru_utime + u.ru_stime, u.ru_maxrss / 1024, p.stdout]))"
    )
    code = [sys.executable, "-c", inner, *arguments]
    done = subprocess.run(code, capture_output=True, text=True, check=True)
    cpu, peak, said = json.loads(done.stdout)
    return time.perf_counter() - begun, cpu, peak, said


if __name__ == "__main__":
    main()
