"""Which model and which data a number was made with."""

from __future__ import annotations

import hashlib
from datetime import date
from functools import cache
from importlib.metadata import version
from importlib.resources import files
from importlib.resources.abc import Traversable

from sluicegate.desk.number import Document

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
    }
    if command is None:
        return made
    again = f"sluicegate {command} --as-of {day} --draws {draws} --seed {seed}"
    return made | {"sources": {}, "command": again}


@cache
def dataset_version() -> str:
    """First twelve digits of a hash over every data file of the package: the same data, the same version."""
    digest = hashlib.sha256()
    for folder in DATA_FOLDERS:
        for file in sorted(_files(files("sluicegate") / folder), key=lambda f: f.name):
            digest.update(file.name.encode())
            digest.update(file.read_bytes())
    return digest.hexdigest()[:12]


def _files(folder: Traversable) -> list[Traversable]:
    return [item for item in folder.iterdir() if item.is_file()]
