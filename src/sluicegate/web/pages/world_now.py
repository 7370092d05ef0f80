"""The base world and what is known of a name, remembered until the data changes."""

from __future__ import annotations

from functools import lru_cache

from sluicegate.desk.number import Document
from sluicegate.desk.version import dataset_version
from sluicegate.desk.world import world_show
from sluicegate.world import World, load_world


def world_now() -> World:
    """The world of the base year with all that is known."""
    return _world(dataset_version())


def shown(name: str) -> Document:
    """`world_show` of a name.

    Raises
    ------
    NotFoundError : no such name.
    """
    return _shown(name, dataset_version())


@lru_cache(maxsize=2)
def _world(_version: str) -> World:
    return load_world()


@lru_cache(maxsize=256)
def _shown(name: str, _version: str) -> Document:
    return world_show(name)
