"""`downstream` on tables of the sizes of EXIOBASE 3 and OECD's ICIO, as whole processes: seconds and memory.

The published tables cannot be shipped; made-up ones of their size and layout are written to a folder first, which
takes minutes and some gigabytes. `python -m bench.downstream_speed FOLDER`; `--smoke` takes small tables.
"""

from __future__ import annotations

import sys
from pathlib import Path

from bench.published_tables import (
    EXIOBASE_DEMAND,
    EXIOBASE_REGIONS,
    ICIO_2023,
    ICIO_DEMAND,
    ICIO_REGIONS,
    drawn,
    icio_frame,
    write_exiobase3,
)
from bench.report import report
from bench.run_speed import CLI, measured

SCENARIO, DRAWS = "gallium-germanium-2023", 32
READ = """
import sys
from pathlib import Path
from sluicegate.sim.ario.system import read_system
print(len(read_system(Path(sys.argv[2]), sys.argv[1]).x))
"""


def exiobase(folder: Path, *, smoke: bool) -> tuple[str, Path, str]:
    """Kind, path and map of a table of EXIOBASE's size."""
    import pymrio

    path = folder / "IOT_2022_ixi"
    sectors = tuple(pymrio.get_classification("exio3_ixi").sectors["ExioName"])[
        87 if smoke else 0 : 92 if smoke else None
    ]
    if not path.exists():
        write_exiobase3(path, drawn(EXIOBASE_REGIONS, sectors, EXIOBASE_DEMAND, scale=3e4), without="A")
    return "exiobase3", path, "unit: M.EUR\nusd_per_unit: 1100000\nyear: 2022\n"


def icio(folder: Path, *, smoke: bool) -> tuple[str, Path, str]:
    """Kind, path and map of a table of ICIO's size."""
    path = folder / "ICIO2023_2020.csv"
    if not path.exists():
        icio_frame(drawn(ICIO_REGIONS, ICIO_2023[17:20] if smoke else ICIO_2023, ICIO_DEMAND, scale=1e5)).to_csv(path)
    return "oecd", path, "unit: M.USD\nusd_per_unit: 1200000\nyear: 2020\n"


def main() -> None:
    smoke = "--smoke" in sys.argv
    folder = Path(next(a for a in sys.argv[1:] if not a.startswith("--")))
    draws = 16 if smoke else DRAWS
    rows = []
    for make in (icio, exiobase):
        kind, path, text = make(folder, smoke=smoke)
        size = sum(f.stat().st_size for f in ([path] if path.is_file() else path.glob("*.txt"))) / 1e9
        (folder / f"{kind}.yaml").write_text(text, "utf-8")
        told = ["downstream", SCENARIO, "--draws", str(draws), "--table", f"{kind}:{path}", "--map",
                str(folder / f"{kind}.yaml"), "--json"]  # fmt: skip
        read, asked = measured(["-c", READ, kind, str(path)]), measured(["-c", CLI, *told])
        rows.append([path.name, f"{int(read[3]):,}", f"{size:.1f}", f"{read[0]:.0f}", f"{read[2] / 1e3:.1f}", draws,
                     f"{asked[0]:.0f}", f"{asked[1]:.0f}", f"{asked[2] / 1e3:.1f}"])  # fmt: skip
    report(
        "downstream", "`downstream` on tables of published size",
        ["table", "industries", "text, GB", "reading, s", "peak, GB", "draws", "the command, s", "CPU, s", "peak, GB"],
        rows,
        notes=["Tables of the published sizes and layouts with numbers drawn at random, measured once, on one core.",
               f"`sluicegate downstream {SCENARIO}`, a fresh process with compiled code kept.",
               "Days with the table take nearly all of the time: sixteen draws at a time, two passes over its flows."],
    )  # fmt: skip


if __name__ == "__main__":
    main()
