"""Which model and which data a number was made with."""

from __future__ import annotations

from datetime import date

from sluicegate.desk.number import Document
from sluicegate.desk.past import past_factor
from sluicegate.world.overlay import imports
from sluicegate.world.version import dataset_version, model_version

__all__ = ["dataset_version", "model_version", "own_data", "provenance"]


def provenance(day: date, *, draws: int, seed: int, command: str | None = None) -> Document:
    """What a number was made with, and the command that makes it again; without a command, only the former."""
    made = {
        "as_of": str(day),
        "dataset_version": dataset_version(),
        "model_version": model_version(),
        "seed": seed,
        "draws": draws,
        "bands_stretched_by": past_factor(day),
    } | own_data()
    if command is None:
        return made
    again = f"sluicegate {command} --as-of {day} --draws {draws} --seed {seed}"
    return made | {"sources": {}, "command": again}


def own_data() -> Document:
    """What of the user's own an answer was made with, as `{"overlay": [...]}`; nothing where there is none."""
    found = [{"name": i.name, "as": i.manifest["as"], "file": i.manifest["file"], "figures": i.manifest["figures"],
              "tables": i.tables, "imported_on": i.manifest["imported_on"]} for i in imports()]  # fmt: skip
    return {"overlay": found} if found else {}
