"""How long the world takes to load: against a plain pandas read of the same files, and the bound of 0.5 s.

Seconds of the processor, so that a busy machine does not count; of a file that is imported, those of the clock.
"""

from __future__ import annotations

import argparse
import subprocess
import sys
import tempfile
import time
from os import environ
from pathlib import Path

BOUND = 0.5  # seconds
FILES = """
from time import process_time as now; begun = now()
import pandas as pd; imported = now()
from pathlib import Path; import sys
for file in Path(sys.argv[1]).glob("*.csv"): pd.read_csv(file, dtype=str, keep_default_na=False)
print(imported - begun, now() - imported)
"""
WORLD = """
from time import process_time as now; begun = now()
from sluicegate.world import load_world; imported = now()
load_world(); first = now()
load_world(); again = now()
from sluicegate.world.figures import load_figures; load_figures(); figures = now()
print(imported - begun, first - imported, again - first, figures - again)
"""


def fastest(code: str, *arguments: str, runs: int) -> list[float]:
    """Seconds of each part, of the run of a fresh process that took least in all."""
    timed = []
    for _ in range(runs):
        done = subprocess.run([sys.executable, "-c", code, *arguments], capture_output=True, text=True, check=True)
        timed.append([float(x) for x in done.stdout.split()])
    return min(timed, key=sum)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--runs", type=int, default=5)
    parser.add_argument("--import", dest="file", type=Path, help="also with this file imported")
    options = parser.parse_args()
    environ["SLUICEGATE_HOME"] = tempfile.mkdtemp()
    from sluicegate.world.table import DATA

    pandas, read = fastest(FILES, str(DATA), runs=options.runs)
    imports, first, again, figures = fastest(WORLD, runs=options.runs)
    print(f"plain pandas: import {pandas:.2f} s, reading the files {read:.2f} s")
    print(f"world: imports {imports:.2f} s ({imports / pandas:.1f} of pandas), first load {first:.2f} s "
          f"({first / read:.1f} of the plain read, {first / BOUND:.0%} of the bound), again {again:.2f} s, "
          f"figures then {figures * 1000:.0f} ms")  # fmt: skip
    if options.file:
        with_own(options.file, runs=options.runs)


def with_own(file: Path, *, runs: int) -> None:
    """Seconds to import a user's file, and to load the world and the figures with it."""
    from sluicegate.desk.intake import import_file

    begun = time.perf_counter()
    document = import_file(file)
    taken = time.perf_counter() - begun
    _, first, again, figures = fastest(WORLD, runs=runs)
    print(f"{file.name}: {document['rows']:,} rows read in {taken:.1f} s ({document['rows'] / taken:,.0f} a second), "
          f"{document['figures']:,} figures; then first load {first:.2f} s, again {again:.2f} s, "
          f"figures then {figures:.2f} s")  # fmt: skip


if __name__ == "__main__":
    main()
