"""The minimal sparse step: on lanes, in C++, against the machine's cache; and on two cores."""

from __future__ import annotations

import ctypes
import shutil
import subprocess
import tempfile
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from pathlib import Path
from typing import Any

import numpy as np
from bench.clock import least
from bench.report import report
from bench.sparse_step import Chain, advance, at_rest, chain, triad

from sluicegate.sim.kernel.aligned import aligned
from sluicegate.sim.kernel.lanes import width

WEEKS, DRAWS, REPEATS, L2_BYTES = 520, 1024, 5, 600_000
BOUND = {"float64": 1.0, "float32": 2.2}


def main() -> None:
    what, rows, notes = chain(), [], []
    with tempfile.TemporaryDirectory() as folder:
        rival = compiled(Path(folder))
        for dtype in (np.float64, np.float32):
            name = np.dtype(dtype).name
            ours = minimal(dtype)
            theirs = rate(what, dtype, lambda x, d, t=dtype: call(rival, what, x, d, t)) if rival else None
            limit = triad_bytes(dtype)
            used = ours * 1e9 * what.bytes_a_link * np.dtype(dtype).itemsize / 8
            rows.append([name, f"{ours:.2f}", BOUND[name], f"{theirs:.2f}" if theirs else "no g++",
                         f"{ours / theirs:.2f}" if theirs else "n/a", f"{used / 1e9:.0f}", f"{limit / 1e9:.0f}",
                         f"{used / limit:.2f}"])  # fmt: skip
            if rival:
                notes.append(f"{name}: largest relative difference from C++ {apart(rival, what, dtype):.0e}.")
    one, two = two_cores(what)
    notes += [
        f"{len(what.final)} nodes, {len(what.need):,} slots, {len(what.origin):,} links of which "
        f"{int((what.held >= 0).sum())} wait for licences; {WEEKS} weeks, {DRAWS:,} draws, one thread, least CPU time "
        f"of {REPEATS}.",
        f"Two threads over the blocks: {one:.2f} s of wall time to {two:.2f}, {one / two:.2f} times (asked: 1.8).",
        "Bytes are counted from the loads and stores of the step, each row once as written; the triad runs over "
        f"{L2_BYTES // 1000} kB on the same lanes. Asked: 0.6 of it.",
    ]
    columns = ["precision", "G link-steps/s and core", "asked", "C++", "ours over C++", "GB/s", "triad, GB/s", "of it"]
    report("sparse-growth", "A minimal sparse step, growth by links",
           ["links", "CPU s", "G link-steps/s and core", "kB a block"], growth(),
           notes=["Linear in links up to what the second cache holds."])  # fmt: skip
    report("sparse", "A minimal sparse step: lanes, C++, the second cache", columns, rows, notes=notes)


def growth() -> list[list[object]]:
    """The step on 1, 4 and 16 times 1,000 links, double precision."""
    rows: list[list[object]] = []
    for times in (1, 4, 16):
        what = chain(nodes=125 * times, links=1000 * times)
        found = rate(what, np.float64, lambda x, d, w=what: advance(x, d, *w.arrays, WEEKS))
        kept = at_rest(what, 1, np.float64)[0].nbytes / 1e3
        rows.append([f"{1000 * times:,}", f"{len(what.origin) * WEEKS * DRAWS / found / 1e9:.2f}", f"{found:.2f}",
                     f"{kept:,.0f}"])  # fmt: skip
    return rows


def cpu(work: Callable[[], object]) -> float:
    """Least seconds of this thread alone."""
    return least(work, time.thread_time, REPEATS)


def minimal(dtype: Any) -> float:
    """Billions of link-steps a second of our minimal step, on 4,000 links."""
    what = chain()
    return rate(what, dtype, lambda x, d: advance(x, d, *what.arrays, WEEKS))


def rate(what: Chain, dtype: Any, step: Callable[[Any, Any], object]) -> float:
    """Billions of link-steps a second."""
    blocks = DRAWS // width(dtype)
    rows, drawn = at_rest(what, blocks, dtype)
    step(aligned(rows[0], dtype), drawn[0])  # compiles

    def work() -> None:
        for block in range(blocks):
            step(rows[block], drawn[block])

    return len(what.origin) * WEEKS * DRAWS / cpu(work) / 1e9


def triad_bytes(dtype: Any) -> float:
    """Bytes a second of a triad that fits the second cache."""
    rows = np.ones((L2_BYTES // 128, width(dtype)), dtype=dtype)
    triad(rows, 1)
    times = 20_000
    return 128 * (len(rows) // 3) * 3 * times / cpu(lambda: triad(rows, times))


def compiled(folder: Path) -> Any:
    """The C++ step, or None where there is no compiler."""
    if not (found := shutil.which("g++")):
        return None
    made = folder / "step.so"
    source = Path(__file__).parent / "sparse_step.cpp"
    options = ["-O3", "-march=native", "-ffp-contract=fast", "-Wno-psabi", "-shared", "-fPIC"]
    subprocess.run([found, *options, "-o", str(made), str(source)], check=True)
    return ctypes.CDLL(str(made))


def call(rival: Any, what: Chain, x: Any, drawn: Any, dtype: Any, weeks: int = WEEKS) -> None:
    door = rival.advance64 if np.dtype(dtype) == np.float64 else rival.advance32
    arrays = [np.ascontiguousarray(a) for a in what.arrays]
    pointers = [a.ctypes.data_as(ctypes.c_void_p) for a in (x, drawn, *arrays)]
    door(*pointers, ctypes.c_int64(len(what.final)), ctypes.c_int64(weeks))


def apart(rival: Any, what: Chain, dtype: Any) -> float:
    """Largest difference of the states after all weeks, relative to the larger of state and 1e-3."""
    rows, drawn = at_rest(what, 1, dtype)
    ours, theirs = rows[0], aligned(rows[0], dtype)
    advance(ours, drawn[0], *what.arrays, WEEKS)
    call(rival, what, theirs, drawn[0], dtype)
    return float((np.abs(ours - theirs) / np.maximum(np.abs(theirs), 1e-3)).max())


def two_cores(what: Chain) -> tuple[float, float]:
    """Least wall seconds of all draws in double precision on one thread and on two."""
    blocks = DRAWS // width(np.float64)
    rows, drawn = at_rest(what, blocks, np.float64)

    def work(threads: int) -> None:
        with ThreadPoolExecutor(threads) as pool:
            list(pool.map(lambda b: advance(rows[b], drawn[b], *what.arrays, WEEKS), range(blocks)))

    one, two = (least(partial(work, threads), time.perf_counter, REPEATS) for threads in (1, 2))
    return one, two


if __name__ == "__main__":
    main()
