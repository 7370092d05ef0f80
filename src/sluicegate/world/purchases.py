"""What a place imports of a material and from whom, from the customs flows among the figures."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

import pandas as pd

from sluicegate.world.figures import load_figures
from sluicegate.world.overlay import Stamp, stamp


@dataclass(frozen=True)
class Purchases:
    """Imports of a material into one place in one year, gross tonnes, over the customs codes that are listed.

    Parameters
    ----------
    by_origin : imports from each origin that is listed (smaller flows are not)
    total_t : all imports
    value_musd : what they cost; None where a value is missing
    codes : the six-digit codes summed
    source_id : the source of the flows
    figure_ids : the figures
    """

    by_origin: dict[str, float]
    total_t: float
    value_musd: float | None
    codes: tuple[str, ...]
    source_id: str
    figure_ids: tuple[str, ...]

    @property
    def unlisted_t(self) -> float:
        """Imports whose origin is not listed."""
        return max(self.total_t - sum(self.by_origin.values()), 0.0)


def purchases(material: str, place: str, year: int) -> Purchases | None:
    """Imports of a material in a year; None where no customs total of the place is among the figures."""
    table = _flows(stamp())
    rows = table[(table["material"] == material) & (table["partner"] == place) & (table["period"] == str(year))]
    amounts, values = rows[rows["metric"] == "trade quantity"], rows[rows["metric"] == "trade value"]
    totals = amounts[amounts["place"] == "WLD"]
    if not len(totals) or totals["value"].sum() <= 0:
        return None
    listed = amounts[(amounts["place"] != "WLD") & amounts["item"].isin(totals["item"])]
    paid = values[(values["place"] == "WLD") & values["item"].isin(totals["item"])]
    return Purchases(
        by_origin={str(p): float(v) for p, v in listed.groupby("place")["value"].sum().items()},
        total_t=float(totals["value"].sum()),
        value_musd=float(paid["value"].sum()) if len(paid) == len(totals) else None,
        codes=tuple(sorted(str(item).split()[1] for item in totals["item"])),
        source_id=str(totals["source_id"].iloc[0]),
        figure_ids=tuple(str(i) for i in [*totals.index, *listed.index, *paid.index]),
    )


@lru_cache(maxsize=4)
def _flows(_own: Stamp) -> pd.DataFrame:
    """Every customs flow of a six-digit code."""
    table = load_figures().table
    coded = table["item"].str.startswith("HS ") & table["source_id"].str.startswith("baci")
    return table[coded & table["value"].notna()]
