"""A table of measured ratios: printed, and kept in the docs when asked with --write."""

from __future__ import annotations

import os
import platform
import sys
from collections.abc import Sequence
from datetime import date
from pathlib import Path

KEPT = Path(__file__).parents[1] / "docs" / "reference" / "speed"


def machine() -> str:
    """What the numbers were measured on, in one line."""
    model = next((line.split(":")[1].strip() for line in Path("/proc/cpuinfo").read_text().splitlines()
                  if line.startswith("model name")), platform.machine())  # fmt: skip
    return f"{model}, {os.cpu_count()} cores, Python {platform.python_version()}"


def report(name: str, title: str, columns: Sequence[str], rows: Sequence[Sequence[object]], *,
           notes: Sequence[str] = ()) -> None:  # fmt: skip
    """Print a table, and keep it as `docs/reference/speed/NAME.md` when `--write` is among the arguments.

    Parameters
    ----------
    rows : one value for each column; write the bound a row is held against into its own column
    notes : what was compared, what is not alike, what the machine did besides
    """
    body = [f"| {' | '.join(columns)} |", f"|{' --- |' * len(columns)}"]
    body += [f"| {' | '.join(str(v) for v in row)} |" for row in rows]
    print("\n".join([title, *body, *notes]))
    if "--write" in sys.argv:
        asked = " ".join("FOLDER" if Path(a).is_absolute() else a for a in sys.argv[1:] if a != "--write")
        command = f"python -m bench.{Path(sys.argv[0]).stem} {asked}".strip()
        KEPT.mkdir(parents=True, exist_ok=True)
        head = f"# {title}\n\n<!-- written by the command below with --write; do not edit -->\n\n"
        said = f"`{command}`, {date.today():%d %B %Y}, {machine()}.\n\n"
        rest = "".join(f"\n* {note}" for note in notes)
        (KEPT / f"{name}.md").write_text(head + said + "\n".join(body) + "\n" + rest + "\n", "utf-8")
