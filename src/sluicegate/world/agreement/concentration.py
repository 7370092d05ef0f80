"""Concentration of world output against the printed indices of 29 materials, 2018-22."""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd

from sluicegate.metrics import hhi
from sluicegate.world.figures import load_figures
from sluicegate.world.published import load_published

NAMES = {
    "Rare Earths (REO)": "rare earths", "Tungsten (W)": "tungsten", "Antimony": "antimony", "Gallium": "gallium",
    "Germanium": "germanium", "Graphite": "graphite", "Cobalt": "cobalt", "Lithium (Li2O)": "lithium",
    "Molybdenum": "molybdenum", "Bismuth": "bismuth", "Indium": "indium", "Tellurium": "tellurium",
    "Magnesite": "magnesium",
}  # fmt: skip
"""The printed materials of which our figures hold the output, and our names for them."""
PUBLISHER = "wmd"
"""The printed indices are of World Mining Data; only its figures are the same quantity."""


@dataclass(frozen=True)
class Compared:
    """One index both ways, 0-10,000; None where our figures have no output of the year by that publisher.

    `reason` says why the two are apart where they are.
    """

    material: str
    year: int
    printed: float
    ours: float | None
    reason: str


def compared_indices() -> list[Compared]:
    """All 145 printed indices with ours beside them."""
    table = load_figures().table
    made = table[(table["metric"] == "production") & table["source_id"].str.startswith(PUBLISHER)]
    return [
        _compared(row["material"], int(row["year"]), 1e4 * row["hhi_0_1"], row["world_total"], made)
        for row in load_published("world_hhi").to_dict("records")
    ]


def _compared(material: str, year: int, printed: float, total: float, made: pd.DataFrame) -> Compared:
    rows = made[(made["material"] == NAMES.get(material)) & (made["period"] == str(year)) & made["value"].notna()]
    rows = rows[~rows["place"].isin(["WLD", "ROW"]) & rows["stage"].isin(["mine", "refining"])]
    rows = rows[rows["item"].isin(["", "magnesite", "Li2O content"])]
    if len(rows) < 2:
        return Compared(material, year, printed, None, "")
    ours = hhi(list(rows["value"]))
    own_total = float(rows["value"].sum())
    revised = abs(own_total / total - 1) > 1e-3
    reason = f"the later edition has a world total of {own_total:,.0f} for {total:,.0f}" if revised else ""
    return Compared(material, year, printed, ours, reason)
