"""What is mined, separated, refined and made: the products and the recipes that link them."""

from __future__ import annotations

from pathlib import Path

import pandas as pd

from sluicegate.world.reference import NamedNumbers
from sluicegate.world.table import cited, numbers, read_table

LIGHT = ("lanthanum oxide", "cerium oxide", "praseodymium oxide", "neodymium oxide")
"""What a light separation makes; the heavier part of its feed leaves unseparated."""


def load_products(names: NamedNumbers, overlay: Path | None = None) -> pd.DataFrame:
    """Products by name.

    Returns
    -------
    index product; columns material, stage (mine, oxide, metal, intermediate, magnet), unit, element, hs
    (`code:share;...`, HS 2022, the share of the code's tonnage that is this product), price_inside_usd_per_kg
    (China, without tax, 2024), price_outside_usd_per_kg (2024), may_pile_up (bool: output beyond all use is
    stocked), label, reason, refs.
    """
    table = read_table("products", overlay)
    prices = ("price_inside_usd_per_kg", "price_outside_usd_per_kg")
    table["refs"] = cited(table, prices, names)
    for column in prices:
        table[column] = numbers(table, column, names, where="products.csv")
    table["may_pile_up"] = table["may_pile_up"] == "yes"
    return table.set_index("product")


def load_processes(overlay: Path | None = None) -> pd.DataFrame:
    """Processes by name: material, stage of what they make, cover_parameter of their feed, description."""
    return read_table("processes", overlay).set_index("process")


def load_recipes(names: NamedNumbers, overlay: Path | None = None) -> pd.DataFrame:
    """Inputs and outputs of every process, separations included.

    Returns
    -------
    process, product, role (`input` or `output`), t_per_t (t of the product per t of activity), low, high, label,
    reason, refs.
    """
    table = read_table("recipes", overlay)
    table["refs"] = cited(table, ["t_per_t"], names)
    for column in ("t_per_t", "low", "high"):
        table[column] = numbers(table, column, names, where="recipes.csv")
    return pd.concat([table, _separated(names, overlay)], ignore_index=True)


def load_composition(names: NamedNumbers, overlay: Path | None = None) -> pd.DataFrame:
    """Share of each oxide in the rare earths of an ore: ore, product, share, low, high (0-1), label, reason, refs."""
    table = read_table("composition", overlay)
    for column in ("share", "low", "high"):
        table[column] = numbers(table, column, names, where="composition.csv")
    return table


def _separated(names: NamedNumbers, overlay: Path | None) -> pd.DataFrame:
    """Outputs of the separations: composition of the ore times the yield, in fixed shares."""
    pairs = read_table("separations", overlay).merge(load_composition(names, overlay), on="ore")
    pairs = pairs[(pairs["separates"] == "all") | pairs["product"].isin(LIGHT)]
    made = pairs[["process", "product", "label", "reason", "refs"]].assign(role="output")
    for column, share in (("t_per_t", "share"), ("low", "low"), ("high", "high")):
        made[column] = pairs[share] * names["separation_yield"]
    return made


def products_with_code(hs: str, products: pd.DataFrame) -> list[str]:
    """Products some of whose customs codes begin with a code, or are the beginning of it; `products` as loaded."""
    return [str(name) for name, listed in products["hs"].items() if isinstance(listed, str)
            and any(_same_code(part.partition(":")[0].strip(), hs) for part in listed.split(";") if part)]  # fmt: skip


def _same_code(listed: str, asked: str) -> bool:
    return listed.startswith(asked) or asked.startswith(listed)
