"""Customs codes as goods of the dataset: which material a code is of, and how its figures name it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

from sluicegate.world.figures import printed_figures
from sluicegate.world.table import read_table, records

MOSTLY = 0.5
"""A code is a material's when at least this share of its tonnage is; a code that lumps more is nobody's."""

_CODE = re.compile(r"HS (\d{6})\b")
_LONGEST = 120


@dataclass(frozen=True)
class Good:
    """A six-digit code.

    Parameters
    ----------
    code : six digits
    material : of the dataset, empty where the code lumps several
    item : how its figures name it
    """

    code: str
    material: str
    item: str


def known_goods(descriptions: Mapping[str, str] | None = None) -> dict[str, Good]:
    """The six-digit codes of the dataset's products and figures.

    Parameters
    ----------
    descriptions : of codes, to name those that have no figure yet; else the products name them
    """
    return {
        code: Good(code, material, item or good_item(code, (descriptions or {}).get(code, "; ".join(products))))
        for code, (material, item, products) in _known().items()
    }


def good_item(code: str, description: str) -> str:
    """How figures name a code that has none yet."""
    words = " ".join(description.split())
    words = words if len(words) <= _LONGEST else f"{words[: _LONGEST - 1]}…"
    return f"HS {code} {words}, gross weight" if words else f"HS {code}, gross weight"


@lru_cache(maxsize=1)
def _known() -> dict[str, tuple[str, str, tuple[str, ...]]]:
    """By code: material, item of the figures we have or empty, products that contain it."""
    named = _named()
    shares: dict[str, dict[str, float]] = {}
    products: dict[str, list[str]] = {}
    for row in records(read_table("products")):
        for code, share in _codes(row["hs"]):
            by_material = shares.setdefault(code, {})
            by_material[row["material"]] = by_material.get(row["material"], 0.0) + share
            products.setdefault(code, []).append(row["product"])
    found = {}
    for code in sorted({*shares, *named}):
        material, item = named.get(code, ("", ""))
        largest = max(shares.get(code, {"": 0.0}).items(), key=lambda pair: pair[1])
        if not material and largest[1] >= MOSTLY:
            material = largest[0]
        found[code] = (material, item, tuple(products.get(code, [])))
    return found


def _codes(cell: str) -> list[tuple[str, float]]:
    """The six-digit codes of a cell such as `284690:0.06;2846901300:1`; longer ones are parts of another."""
    pairs = [part.split(":") for part in cell.split(";") if part]
    return [(code, float(share)) for code, share in pairs if len(code) == 6]


def _named() -> dict[str, tuple[str, str]]:
    """Material and item of the codes that trade figures are of, as most of them have it."""
    table = printed_figures()
    trade = table[table["metric"].isin(["trade quantity", "trade value"])]
    counted = trade.groupby(["material", "item"]).size().sort_values(kind="stable")
    return {m[1]: (str(material), str(item)) for material, item in counted.index if (m := _CODE.match(str(item)))}
