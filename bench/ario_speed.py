"""ARIO mode against BoARIO at its fastest setting, single runs and ensembles, in the same run of this script.

Needs pymrio and BoARIO. `--smoke` takes the small table alone and few draws.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time

import numpy as np
from bench.report import report

from sluicegate.sim.ario import ArbitraryLoss, Settings, Table, ensemble, simulate
from sluicegate.sim.ario.system import read_system

SIZES = {"48 (pymrio's test table)": (0, 0, 365), "400 (20 x 20)": (20, 20, 365), "1,500 (50 x 30)": (50, 30, 100)}
BOUNDS = {48: (150, 500, 1000), 400: (40, 75, 200), 1500: (30, 60, 200)}
RIVAL = """
import json, logging, sys, time, warnings
warnings.simplefilter("ignore"); logging.disable(logging.CRITICAL)
import numpy as np, pandas as pd, pymrio
from boario.event import from_series
from boario.extended_models import ARIOPsiModel
from boario.simulation import Simulation
sys.path.insert(0, "bench/..")
from bench.ario_speed import made_up
from pymrio.core.mriosystem import IOSystem
nr, ns, days, repeats = map(int, sys.argv[1:])
if nr:
    t = made_up(nr, ns)
    index = pd.MultiIndex.from_tuples(t.industries, names=["region", "sector"])
    columns = pd.MultiIndex.from_tuples(t.final, names=["region", "category"])
    system = IOSystem(Z=pd.DataFrame(t.z, index, index), Y=pd.DataFrame(t.y, index, columns),
                      x=pd.DataFrame(t.x[:, None], index, ["indout"]))
    system.A = pymrio.calc_A(system.Z, system.x)
else:
    system = pymrio.load_test(); system.calc_all()
best, made = 1e9, 0.0
for _ in range(repeats):
    model = ARIOPsiModel(system, monetary_factor=10**6)
    lost = pd.Series(0.4, index=model.industries[:1])
    simulation = Simulation(model, n_temporal_units_to_sim=days)
    simulation.add_event(from_series(lost, event_type="arbitrary", occurrence=5, duration=40, recovery_tau=40))
    begun = time.process_time(); simulation.loop(); best = min(best, time.process_time() - begun)
    made = simulation.production_realised.to_numpy().sum()
print(json.dumps([best, float(made)]))
"""
TUNED = {"OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1", "MALLOC_MMAP_THRESHOLD_": "1073741824",
         "MALLOC_TRIM_THRESHOLD_": "1073741824", "MALLOC_TOP_PAD_": "268435456"}  # fmt: skip


def made_up(regions: int, sectors: int) -> Table:
    """A balanced table drawn at random, with a lean to home."""
    rng = np.random.default_rng(0)
    n = regions * sectors
    a = rng.lognormal(0, 1.5, (n, n)) * (1 + 20 * np.kron(np.eye(regions), np.ones((sectors, sectors))))
    a = a / a.sum(axis=0) * rng.uniform(0.3, 0.6, n)
    y = rng.lognormal(3, 1, (n, regions))
    z = a * np.linalg.solve(np.eye(n) - a, y.sum(axis=1))
    names = tuple(f"r{i:03d}" for i in range(regions)), tuple(f"s{i:03d}" for i in range(sectors))
    return Table(*names, z, y, z.sum(axis=1) + y.sum(axis=1), tuple((r, "final") for r in names[0]))


def boario(regions: int, sectors: int, days: int, repeats: int) -> tuple[float, float]:
    """CPU seconds of the fastest of BoARIO's runs in a process of its own, and all it made."""
    done = subprocess.run([sys.executable, "-c", RIVAL, str(regions), str(sectors), str(days), str(repeats)],
                          env=os.environ | TUNED, capture_output=True, text=True, check=True)  # fmt: skip
    seconds, made = json.loads(done.stdout.splitlines()[-1])
    return seconds, made


def single(table: Table, days: int, repeats: int) -> tuple[float, float]:
    """CPU seconds of the fastest single run with five variables recorded, and all it made."""
    event = ArbitraryLoss(5, 40, {table.industries[0]: 0.4}, 40)
    best = np.inf
    for _ in range(repeats):
        begun = time.process_time()
        run = simulate(table, [event], Settings(compatible=True), days=days)
        best = min(best, time.process_time() - begun)
    return best, float(run.production.sum())


def many(table: Table, days: int, draws: int, dtype: type) -> float:
    """CPU seconds for each run of an ensemble on one thread, output and unmet demand of every industry summed."""
    lost = np.zeros((days, 1, draws))
    lost[5:60] = np.linspace(0.1, 0.9, draws)
    ensemble(table, table.industries[:1], lost[:2, :, :1], dtype=dtype, threads=1)
    begun = time.process_time()
    ensemble(table, table.industries[:1], lost, dtype=dtype, threads=1)
    return (time.process_time() - begun) / draws


def main() -> None:
    smoke = "--smoke" in sys.argv
    rows = []
    for title, (regions, sectors, days) in list(SIZES.items())[: 1 if smoke else None]:
        table = made_up(regions, sectors) if regions else read_system(None, "test")
        n = len(table.x)
        simulate(table, days=2)
        theirs, made = boario(regions, sectors, days, 1 if smoke else 3)
        ours, ours_made = single(table, days, 2 if smoke else 10)
        assert abs(ours_made / made - 1) < 1e-9, "not the same run"
        draws = 32 if smoke else {48: 1000, 400: 1000, 1500: 128}[n]
        double, half = (many(table, days, draws, dtype) for dtype in (np.float64, np.float32))
        bounds = BOUNDS[n]
        times = [f"{theirs / x:.0f} ({bound})" for x, bound in zip((ours, double, half), bounds, strict=True)]
        rows.append([title, days, f"{1e3 * theirs:.1f}", f"{1e3 * ours:.3f}", times[0], draws,
                     f"{1e3 * double:.3f}", times[1], f"{1e3 * half:.3f}", times[2]])  # fmt: skip
    report(
        "ario", "ARIO mode against BoARIO",
        ["industries", "days", "BoARIO, ms", "ours, ms", "times faster (bound)", "draws", "a run of the ensemble, ms",
         "times (bound)", "in single precision, ms", "times (bound)"], rows,
        notes=["CPU time, the least of the repeats, one thread each; BoARIO 0.7.2 with memory thresholds raised.",
               "Not alike: BoARIO always records 12 variables, our single run 5, an ensemble two sums by industry.",
               "The single run copies BoARIO's gates and rounding; both made the same within 1e-9 in this run."],
    )  # fmt: skip


if __name__ == "__main__":
    main()
