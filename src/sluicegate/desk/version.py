"""Which model and which data a number was made with."""

from __future__ import annotations

import hashlib
from functools import cache
from importlib.metadata import version
from importlib.resources import files
from importlib.resources.abc import Traversable

DATA_FOLDERS = ("world/data", "regime/register", "regime/data", "sim/data", "response/data", "scenario/bundled")


def model_version() -> str:
    """The package's version."""
    return version("sluicegate")


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
