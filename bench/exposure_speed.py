"""How long `exposure` takes: in one process after the first question, and as a whole process, against 5 s."""

from __future__ import annotations

import subprocess
import sys
import time
from pathlib import Path

from bench.report import report

BOUND = 5.0  # seconds
REPEATS = 3
EXAMPLES = sorted((Path(__file__).parents[1] / "examples").glob("company-*.yaml"))


def main() -> None:
    from sluicegate.desk.exposure import exposure

    exposure(EXAMPLES[0], draws=32)  # the compiled week and the world are there
    rows = []
    for file in EXAMPLES:
        inside = min(_took(lambda file=file: exposure(file)) for _ in range(REPEATS))
        command = [sys.executable, "-c", "from sluicegate.cli import main; main()", "exposure", str(file), "--json"]
        whole = min(_took(lambda command=command: subprocess.run(command, check=True, capture_output=True))
                    for _ in range(REPEATS))  # fmt: skip
        rows.append([file.stem, f"{inside:.1f}", f"{whole:.1f}", f"{BOUND:.0f}", "yes" if whole < BOUND else "no"])
    report("exposure", "One company, as measured",
           ["company", "in a process that has answered before, s", "whole process, s", "bound, s", "held"], rows,
           notes=["256 draws, 52 weeks ahead under status-quo; wall time, the least of three.",
                  "The compiled week is kept from an earlier run."])  # fmt: skip


def _took(work: object) -> float:
    start = time.perf_counter()
    work()  # type: ignore[operator]
    return time.perf_counter() - start


if __name__ == "__main__":
    main()
