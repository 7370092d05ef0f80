"""The talks: five moves against five, and what is compared with them, as a fresh process."""

from __future__ import annotations

import json

from bench.report import report
from bench.run_speed import CLI, measured

DRAWS = (64, 256)


def main() -> None:
    measured(["-c", CLI, "negotiate", "april-2025", "--draws", "4", "--json"])  # compiles what is not kept yet
    rows = []
    for draws in DRAWS:
        wall, cpu, peak, said = measured(["-c", CLI, "negotiate", "april-2025", "--draws", str(draws), "--json"])
        told = json.loads(said)
        moves = " x ".join(str(len(told["moves"][side])) for side in ("controller", "target"))
        rows.append(["april-2025", moves, draws, f"{wall:.1f}", f"{cpu:.1f}", f"{wall / draws * 1e3:.0f}",
                     f"{peak:.0f}", "60 s at 256 draws"])  # fmt: skip
    report(
        "negotiate", "The talks, five moves against five",
        ["scenario", "moves", "draws", "wall, s", "CPU, s", "ms a draw", "peak, MB", "bound"], rows,
        notes=["Columns that differ by levers alone are not simulated again; four paths beside the game are."],
    )  # fmt: skip


if __name__ == "__main__":
    main()
