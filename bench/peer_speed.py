"""Link-steps a second of Mesa, SimPy and PySD on a minimal chain, beside our minimal sparse step; needs the three."""

from __future__ import annotations

import tempfile
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

import numpy as np
from bench.clock import REPEATS, least
from bench.peer_chain import in_mesa, in_pysd, in_simpy, plain
from bench.report import report
from bench.sparse_speed import WEEKS as SPARSE_WEEKS
from bench.sparse_speed import rate
from bench.sparse_step import advance, chain

CHAINS, WEEKS, LINKS = 100, 520, 2


def main() -> None:
    what = chain()
    ours = 1e9 * rate(what, np.float32, lambda x, d: advance(x, d, *what.arrays, SPARSE_WEEKS))
    rows: list[list[object]] = [["ours, a sparse step with queue and price, single precision", f"{ours:,.0f}", "1", ""]]
    for name, run in (("mesa", _mesa), ("simpy", _simpy), ("pysd", _pysd)):
        try:
            said = f"{name} {version(name)}"
        except PackageNotFoundError:
            rows.append([name, "not installed", "", f"pip install {name}"])
            continue
        seconds, chains, apart = run()
        steps = LINKS * WEEKS * chains / seconds
        rows.append([said, f"{steps:,.0f}", f"{ours / steps:,.0f}", f"{apart:.0e}"])
    columns = ["tool", "link-steps/s and core", "ours is faster, times", "largest difference from the plain rule"]
    report("peers", "A minimal chain in general tools, per link-step", columns, rows,
           notes=["Read thousands, not digits: the rules differ. Theirs is a chain of three stocks without licences or "
                  "prices, ours has both and is an ensemble's rate.",
                  f"{CHAINS} chains in one model ({WEEKS} weeks); PySD runs one chain at a time. Least CPU time of "
                  f"{REPEATS}."])  # fmt: skip


def _mesa() -> tuple[float, int, float]:
    return least(lambda: in_mesa(CHAINS, WEEKS)), CHAINS, _apart(in_mesa(CHAINS, WEEKS))


def _simpy() -> tuple[float, int, float]:
    return least(lambda: in_simpy(CHAINS, WEEKS)), CHAINS, _apart(in_simpy(CHAINS, WEEKS))


def _pysd() -> tuple[float, int, float]:
    with tempfile.TemporaryDirectory() as folder:
        model = in_pysd(Path(folder), WEEKS)
        columns = ["Ore", "Oxide", "Magnet"]
        seconds = least(lambda: model.run(return_columns=columns))
        made = model.run(return_columns=columns)[columns].iloc[-1].to_numpy(float)
    return seconds, 1, _apart(made)


def _apart(stocks: object) -> float:
    return float(np.abs(np.asarray(stocks, dtype=float) - plain(WEEKS)).max())


if __name__ == "__main__":
    main()
