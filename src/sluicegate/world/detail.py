"""What the tables beside the chain say of a name: provinces, single plants, grades, lumped elements, burdens."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pandas as pd

from sluicegate.terms import place_name
from sluicegate.world.beside import load_beside
from sluicegate.world.chain import World
from sluicegate.world.element import element_output, load_elements
from sluicegate.world.plant import load_plants
from sluicegate.world.show import Rows, rows


def special(world: World, name: str) -> dict[str, Any] | None:
    """The document of a name that is no row of the chain: a province, or a lumped element; None for any other."""
    provinces = load_beside(world, "provinces", "share")
    code = name.upper()
    if code in set(provinces["province"]):
        own = provinces[provinces["province"] == code]
        return {"kind": "province", "name": code, "country": place_name("CHN"), "shares": rows(own)}
    element = name.lower().removesuffix(" oxide")
    elements = load_elements(world)
    if element not in set(elements["element"]):
        return None
    made = element_output(world, elements)
    shares = elements[elements["element"] == element]
    return {
        "kind": "element",
        "name": element,
        "note": "part of other rare earth oxides in the chain; use by element is not published",
        "output": rows(made[made["element"] == element].sort_values("t_per_yr", ascending=False)),
        "shares": rows(shares),
    }


def details(world: World, name: str) -> dict[str, Rows]:
    """Tables to show with a product, process, material or place of the chain; those without rows are left out.

    Returns
    -------
    any of plants, provinces, burdens (what a process takes and leaves), grades (of magnets), elements (in the lump).
    """
    process = _processes(world, name)
    plants = load_plants(world)
    made_by = plants["producer"].str.partition("|")
    found: dict[str, Callable[[], pd.DataFrame]] = {
        "plants": lambda: plants[made_by[0].isin(process) | (made_by[2] == name)],
        "provinces": lambda: _of(load_beside(world, "provinces", "share"), "process", process, name == "CHN"),
        "burdens": lambda: _of(load_beside(world, "burdens", "amount"), "process", process),
        "grades": lambda: _of(load_beside(world, "grades", "content"), "product", _products(world, name)),
        "elements": lambda: _of(load_elements(world), "ore", _products(world, name)),
    }
    tables = {title: table() for title, table in found.items()}
    return {title: rows(table) for title, table in tables.items() if len(table)}


def _of(table: pd.DataFrame, column: str, wanted: set[str], every: bool = False) -> pd.DataFrame:
    return table if every else table[table[column].isin(wanted)]


def _products(world: World, name: str) -> set[str]:
    """The product of that name, or the products of the material."""
    return {name} | set(world.products.index[world.products["material"] == name])


def _processes(world: World, name: str) -> set[str]:
    """The process of that name, or those that make the product or the material."""
    outputs = world.recipes[world.recipes["role"] == "output"]
    return {name} | set(outputs.loc[outputs["product"].isin(_products(world, name)), "process"])
