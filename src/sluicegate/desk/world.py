"""The questions about the dataset: list, show, check, compare."""

from __future__ import annotations

from sluicegate.desk.comparison import comparison
from sluicegate.desk.number import Document
from sluicegate.desk.version import dataset_version
from sluicegate.world import load_world
from sluicegate.world.check import check
from sluicegate.world.show import list_names, show
from sluicegate.world.year import BASE_YEAR


def world_list() -> Document:
    """Names of the products, places, industries and processes."""
    return {"dataset_version": dataset_version(), **list_names(load_world())}


def world_show(name: str) -> Document:
    """Everything the dataset has on a product, place, industry, process or material.

    Raises
    ------
    NotFoundError : no such name; the message names the nearest.
    """
    return show(load_world(), name)


def world_check() -> Document:
    """Balances, adjustments, conflicts, gaps, ages, and what rests on assumptions."""
    return {"dataset_version": dataset_version(), **check(load_world())}


def world_compare(material: str | None = None, *, place: str = "USA", year: int = BASE_YEAR) -> Document:
    """The indices side by side, for one material or all, as a place sees them; their ranks, and where they disagree.

    Raises
    ------
    NotFoundError : no such material or place; the message names the nearest.
    InputError : a year of which there are no output figures.
    """
    return {"dataset_version": dataset_version(), **comparison(load_world(), material, place, year)}
