"""The questions about the dataset: list, show, check."""

from __future__ import annotations

from sluicegate.desk.number import Document
from sluicegate.desk.version import dataset_version, own_data
from sluicegate.world import load_world
from sluicegate.world.check import check
from sluicegate.world.show import list_names, show


def world_list() -> Document:
    """Names of the products, places, industries and processes."""
    return {"dataset_version": dataset_version(), **own_data(), **list_names(load_world())}


def world_show(name: str) -> Document:
    """Everything the dataset has on a product, place, industry, process or material.

    Raises
    ------
    NotFoundError : no such name; the message names the nearest.
    """
    return show(load_world(), name)


def world_check() -> Document:
    """Balances, adjustments, conflicts, gaps, ages, and what rests on assumptions."""
    return {"dataset_version": dataset_version(), **own_data(), **check(load_world())}
