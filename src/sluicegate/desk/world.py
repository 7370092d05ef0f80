"""The questions about the dataset: list, show, check, compare, value added, pinch."""

from __future__ import annotations

from sluicegate.desk.comparison import comparison
from sluicegate.desk.number import Document
from sluicegate.desk.version import dataset_version, own_data
from sluicegate.world import load_world
from sluicegate.world.check import check
from sluicegate.world.detail import details, special
from sluicegate.world.plant import load_plants
from sluicegate.world.show import list_names, show
from sluicegate.world.worth import label_shares, value_added
from sluicegate.world.year import BASE_YEAR


def world_list() -> Document:
    """Names of the products, places, industries and processes."""
    return {"dataset_version": dataset_version(), **own_data(), **list_names(load_world())}


def world_show(name: str) -> Document:
    """Everything the dataset has on a product, place, industry, process or material.

    Raises
    ------
    NotFoundError : no such name; the message names the nearest.
    """
    world = load_world()
    beside = special(world, name)
    if beside is None:
        return show(world, name) | details(world, name)
    return beside if beside["kind"] == "province" else show(world, beside["name"]) | beside


def world_check() -> Document:
    """Balances, adjustments, conflicts, gaps, ages, and what rests on assumptions."""
    return {"dataset_version": dataset_version(), **own_data(), **check(load_world())}


def world_value_added(industry: str | None = None, place: str | None = None) -> Document:
    """Value added by line with its band, and the share of it in goods that hold each product.

    Raises
    ------
    NotFoundError : no such industry or place.
    """
    table = value_added(load_world(), industry, place)
    return {
        "dataset_version": dataset_version(),
        **own_data(),
        "unit": "m USD of 2024",
        "labels": label_shares(table),
        "lines": table,
    }


def world_pinch(name: str | None = None) -> Document:
    """What hangs on one producer or plant, the largest loss of value added first.

    Raises
    ------
    NotFoundError : no product, material or industry of that name.
    """
    from sluicegate.world.pinch import pinch  # brings the solver

    world = load_world()
    return {"dataset_version": dataset_version(), **own_data(), "of": name or "all", "unit": "m USD of 2024 in a year",
            "stops": pinch(world, name, load_plants(world))}  # fmt: skip


def world_compare(material: str | None = None, *, place: str = "USA", year: int = BASE_YEAR) -> Document:
    """The indices side by side, for one material or all, as a place sees them; their ranks, and where they disagree.

    Raises
    ------
    NotFoundError : no such material or place; the message names the nearest.
    InputError : a year of which there are no output figures.
    """
    return {"dataset_version": dataset_version(), **own_data(), **comparison(load_world(), material, place, year)}


def why_pinch(number_id: str) -> Document | None:
    """What is behind an id of `world_pinch`; None for any other id."""
    from sluicegate.world.pinch import PREFIX, explain

    if not number_id.startswith(PREFIX):
        return None
    world = load_world()
    told = explain(world, number_id.removeprefix(PREFIX), load_plants(world))
    if told is None:
        return None
    inputs = [f"producer:{name}" for name in (*told["parts"], *told["others"])]
    return {
        "what": f"the least value added lost in a year without {told['stop']}",
        "value": sum(told["value_added_musd"].values()),
        "unit": "m USD of 2024",
        "equation": "P1 to P6 in world/stoppage.py: a linear programme over the balanced chain",
        "inputs": [*inputs, *(f"line:{line}" for line in told["value_added_musd"])],
        "detail": told,
        "label": "derived",
    }
