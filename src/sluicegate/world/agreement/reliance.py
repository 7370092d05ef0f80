"""Apparent consumption and net import reliance against those the US Geological Survey prints."""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd

from sluicegate.metrics import apparent_consumption, net_import_reliance
from sluicegate.world.figures import load_figures

HALF_PERCENT = 0.005
ROUNDED = 0.006
"""Consumption is printed to three figures, sums of such parts may be this far off."""
MADE = {
    "antimony": ("primary smelter production", "secondary production"),
    "rare earths": ("REE compounds and metals",),
}
"""What the Survey counts as made at home, among the figures."""
TRADED = {"antimony": ("oxide", "unwrought, powder")}
"""The forms whose trade it counts; rare earths are reckoned from consumption instead, their trade being unlisted."""


@dataclass(frozen=True)
class Compared:
    """One material and year in the United States; shares 0-1, None where the parts are not among the figures."""

    material: str
    year: int
    consumption_printed_t: float
    consumption_t: float
    reliance_printed: float
    reliance: float
    follows: bool


def compared_reliance() -> list[Compared]:
    """Every material and year whose parts are among the figures."""
    table = load_figures().table
    survey = table[table["source_id"].str.startswith("usgs-mcs-2026") & table["value"].notna()]
    found = (_compared(survey, material, year) for material in MADE for year in range(2021, 2026))
    return [row for row in found if row is not None]


def _compared(survey: pd.DataFrame, material: str, year: int) -> Compared | None:
    rows = survey[(survey["material"] == material) & (survey["period"] == str(year))]
    made = _sum(rows, "production", MADE[material], place="USA")
    used = rows[(rows["metric"] == "consumption") & rows["item"].isin(["apparent consumption", *MADE[material]])][
        "value"
    ]
    printed = rows[(rows["metric"] == "net import reliance") & rows["item"].isin(["", "compounds and metals"])]["value"]
    if made is None or used.empty or printed.empty:
        return None
    if material in TRADED:
        inward, outward = (
            _sum(rows, "trade quantity", TRADED[material], **{side: "USA"}) for side in ("partner", "place")
        )
    else:
        inward, outward = float(used.iloc[0]) - made, 0.0
    if inward is None or outward is None:
        return None
    total = apparent_consumption(made, inward, outward)
    reliance = net_import_reliance(made, inward, outward)
    return Compared(
        material=material, year=year, consumption_printed_t=float(used.iloc[0]), consumption_t=total,
        reliance_printed=float(printed.iloc[0]), reliance=reliance,
        follows=abs(reliance - float(printed.iloc[0])) <= HALF_PERCENT + ROUNDED
        and abs(total / float(used.iloc[0]) - 1) <= ROUNDED,
    )  # fmt: skip


def _sum(rows: pd.DataFrame, metric: str, items: tuple[str, ...], **where: str) -> float | None:
    """The items together, t; None where one of them is missing."""
    found = rows[(rows["metric"] == metric) & rows["item"].isin(items)]
    for column, place in where.items():
        found = found[found[column] == place]
    return float(found["value"].sum()) if set(found["item"]) == set(items) else None
