"""Write docs/reference from the code and its data, so that no fact is typed twice.

`python docs/generate.py` writes the pages; `python docs/generate.py --check` says which are out of date.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Sequence
from pathlib import Path

from pages.bad_inputs import bad_inputs
from pages.claims import claims
from pages.commands import commands
from pages.company import company
from pages.events import events
from pages.indices import indices
from pages.inputs import inputs
from pages.languages import said_in
from pages.metrics import metrics
from pages.past import calibration, hindcast
from pages.pinch import hangs
from pages.register import register
from pages.scenarios import scenarios
from pages.soundness import world_check
from pages.tables import tables
from pages.worth import worth

from sluicegate.world.intake.schema import SCHEMA_FILE, schema_text

REFERENCE = Path(__file__).parent / "reference"
PLOT = REFERENCE / "calibration.svg"
PAGES: dict[str, Callable[[], str]] = {
    "hindcast": hindcast,
    "commands": commands, "inputs": inputs, "order-of-events": events, "tables": tables, "scenarios": scenarios,
    "company": company,
    "metrics": metrics, "claims": claims, "register": register, "value-added": worth, "pinch": hangs,
    "world-check": world_check, "indices": indices, "bad-inputs": bad_inputs, "languages": said_in,
}  # fmt: skip


def stale() -> list[str]:
    """Names of the committed pages that differ from a fresh generation."""
    path = {name: REFERENCE / f"{name}.md" for name in PAGES}
    old = [n for n, page in PAGES.items() if not path[n].exists() or path[n].read_text("utf-8") != page()]
    old += [PLOT.name] * (not PLOT.exists() or PLOT.read_text("utf-8") != calibration())
    return old if SCHEMA_FILE.exists() and SCHEMA_FILE.read_text("utf-8") == schema_text() else [*old, SCHEMA_FILE.name]


def main(arguments: Sequence[str]) -> int:
    """Write the pages, or say which are out of date; returns the exit code."""
    if "--check" in arguments:
        found = stale()
        print("\n".join(f"out of date: {name}" for name in found))
        return bool(found)
    REFERENCE.mkdir(exist_ok=True)
    for name, page in PAGES.items():
        (REFERENCE / f"{name}.md").write_text(page(), "utf-8")
    SCHEMA_FILE.write_text(schema_text(), "utf-8")
    PLOT.write_text(calibration(), "utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
