"""Which data and which model a number comes from: a version of what is shipped and imported, a digest of one world."""

from __future__ import annotations

import hashlib
from dataclasses import fields
from functools import cache
from importlib.metadata import version
from importlib.resources import files
from importlib.resources.abc import Traversable

import pandas as pd

from sluicegate.world.chain import World
from sluicegate.world.overlay import digest

DATA_FOLDERS = (
    "world/data", "world/data/published", "regime/register", "regime/data", "sim/data", "response/data",
    "scenario/bundled",
)  # fmt: skip


def model_version() -> str:
    """The package's version."""
    return version("sluicegate")


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


def world_digest(world: World) -> str:
    """Twelve digits of a hash over a world's tables and uncertain inputs: what a run of it depends on, row by row."""
    found = hashlib.sha256()
    for part in fields(world):
        value = getattr(world, part.name)
        if isinstance(value, pd.DataFrame):
            found.update(f"{part.name} {list(value.columns)} {len(value)}".encode())
            found.update(pd.util.hash_pandas_object(value.astype(object), index=True).to_numpy().tobytes())
    for parameter in sorted(world.parameters, key=lambda p: p.name):
        found.update(repr(parameter).encode())
    return found.hexdigest()[:12]
