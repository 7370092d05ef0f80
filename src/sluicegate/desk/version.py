"""Which model and which data a number was made with."""

from __future__ import annotations

import hashlib
from datetime import date
from functools import cache
from importlib.metadata import version
from importlib.resources import files
from importlib.resources.abc import Traversable

from sluicegate.desk.number import Document
from sluicegate.world.overlay import digest, imports

DATA_FOLDERS = (
    "world/data", "world/data/published", "regime/register", "regime/data", "sim/data", "response/data",
    "scenario/bundled",
)  # fmt: skip


def model_version() -> str:
    """The package's version."""
    return version("sluicegate")


def provenance(day: date, *, draws: int, seed: int, command: str | None = None) -> Document:
    """What a number was made with, and the command that makes it again; without a command, only the former."""
    made = {
        "as_of": str(day),
        "dataset_version": dataset_version(),
        "model_version": model_version(),
        "seed": seed,
        "draws": draws,
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


def dataset_version() -> str:
    """First twelve digits of a hash over the package's data and the user's imports: same data, same version."""
    own = digest()
    return hashlib.sha256(f"{_shipped()} {own}".encode()).hexdigest()[:12] if own else _shipped()


@cache
def _shipped() -> str:
    found = hashlib.sha256()
    for folder in DATA_FOLDERS:
        for file in sorted(_files(files("sluicegate") / folder), key=lambda f: f.name):
            found.update(file.name.encode())
            found.update(file.read_bytes())
    return found.hexdigest()[:12]


def _files(folder: Traversable) -> list[Traversable]:
    return [item for item in folder.iterdir() if item.is_file()]
