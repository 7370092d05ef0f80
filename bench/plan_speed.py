"""Seconds and memory of a two-stage plan: 1,000 draws against 30 s and 200 MB, beside one programme in scipy."""

from __future__ import annotations

import resource
import subprocess
import sys
import time
from collections.abc import Callable
from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path

import numpy as np

from sluicegate.response.l_shaped import tail_mean
from sluicegate.response.two_stage import Problem, solve

BOUND_S, BOUND_MB = 30.0, 200.0
USES, LINES, PRODUCTS, PERIODS = 25, 12, 5, 39
BUDGET = 600.0


def instance(draws: int, seed: int = 1) -> Problem:
    """As large as the United States in april-2025: 25 uses of five products, three years by four weeks."""
    rng = np.random.default_rng(seed)
    gap = rng.uniform(0, 28, (USES, PERIODS, draws)) * rng.random((1, 1, draws))
    gap[:, :13] = 0  # the control comes after a year
    brings = np.zeros((2 * PRODUCTS, PERIODS, 1))
    brings[:PRODUCTS, 3] = 1
    brings[PRODUCTS:] = 28 * np.clip((np.arange(PERIODS) - 6) / 6, 0, 1)[:, None]
    return Problem(
        np.arange(USES) % PRODUCTS, rng.integers(0, LINES, USES), gap,
        rng.lognormal(0, 1, (USES, 1)) * rng.lognormal(0, 0.3, (USES, draws)), np.tile(np.arange(PRODUCTS), 2),
        np.arange(2 * PRODUCTS) < PRODUCTS, brings,
        np.concatenate([rng.uniform(1, 5, PRODUCTS), rng.uniform(500, 2000, PRODUCTS)]),
        np.concatenate([np.full(PRODUCTS, 180.0), np.full(PRODUCTS, 0.3)]),
    )  # fmt: skip


def one(draws: int, whole: bool) -> None:
    """Solve one instance in this process and print what it took."""
    problem = instance(draws)
    begun = time.perf_counter()
    if whole:
        value, rounds = _rival()(problem, BUDGET)[0], 0
    else:
        plan = solve(problem, BUDGET)
        value, rounds = plan.cost + 0.5 * plan.loss.mean() + 0.5 * tail_mean(plan.loss), plan.rounds
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1e3
    print(time.perf_counter() - begun, memory, value, rounds)


def _rival() -> Callable[[Problem, float], tuple[float, np.ndarray]]:
    """The one programme of the tests."""
    spec = spec_from_file_location("rival", Path(__file__).parents[1] / "tests" / "response" / "conftest.py")
    assert spec is not None
    assert spec.loader is not None
    module = module_from_spec(spec)
    spec.loader.exec_module(module)
    return module.one_programme  # type: ignore[no-any-return]


def main() -> None:
    from bench.report import report

    rows = []
    for draws, whole in ((20, False), (20, True), (100, False), (300, False), (1000, False)):
        command = [sys.executable, "-m", "bench.plan_speed", "--one", str(draws), *(["--whole"] if whole else [])]
        out = subprocess.run(command, check=True, capture_output=True, text=True).stdout.split()
        seconds, memory, value = (float(x) for x in out[:3])
        held = "yes" if seconds < BOUND_S and memory < BOUND_MB else "no"
        rows.append([draws, "one programme, scipy" if whole else "draw by draw", f"{seconds:.1f}", f"{memory:.0f}",
                     out[3] if not whole else "", f"{value:.3f}", "" if whole else held])  # fmt: skip
    report(
        "plan",
        "A two-stage plan, as measured",
        ["draws", "how", "s", "MB, the whole process", "rounds", "optimum", "within 30 s and 200 MB"],
        rows,
        notes=[
            f"{USES} uses of {PRODUCTS} products in {LINES} lines, {PERIODS} periods, ten options, CVaR at 0.9 "
            "with weight 0.5; one core, each row in a process of its own.",
            "One programme grows with the draws; as written in the tests it is for small instances.",
        ],
    )


if __name__ == "__main__":
    if "--one" in sys.argv:
        one(int(sys.argv[sys.argv.index("--one") + 1]), "--whole" in sys.argv)
    else:
        main()
