"""How long `exposure` takes: in one process after the first question, and as a whole process, against 5 s."""

from __future__ import annotations

import subprocess
import sys
import time
from functools import partial
from pathlib import Path

from bench.clock import least
from bench.report import report

BOUND = 5.0  # seconds
EXAMPLES = sorted((Path(__file__).parents[1] / "examples").glob("company-*.yaml"))


def main() -> None:
    from sluicegate.desk.exposure import exposure

    exposure(EXAMPLES[0], draws=32)  # the compiled week and the world are there
    rows = []
    for file in EXAMPLES:
        inside = least(partial(exposure, file), time.perf_counter)
        command = [sys.executable, "-c", "from sluicegate.cli import main; main()", "exposure", str(file), "--json"]
        whole = least(partial(subprocess.run, command, check=True, capture_output=True), time.perf_counter)
        rows.append([file.stem, f"{inside:.1f}", f"{whole:.1f}", f"{BOUND:.0f}", "yes" if whole < BOUND else "no"])
    report("exposure", "One company, as measured",
           ["company", "in a process that has answered before, s", "whole process, s", "bound, s", "held"], rows,
           notes=["256 draws, 52 weeks ahead under status-quo; wall time, the least of three.",
                  "The compiled week is kept from an earlier run."])  # fmt: skip


if __name__ == "__main__":
    main()
