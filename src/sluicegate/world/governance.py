"""How stable the government of a place is, as the World Bank rates it."""

from __future__ import annotations

from functools import cache

import pandas as pd

from sluicegate.metrics import governance_risk
from sluicegate.world.file import DATA

WGI = "wgi-2025"
"""The source of the ratings."""
FARTHEST_YEARS = 2
"""Ratings lag by a year or two and change slowly; of an older output they say nothing."""


@cache
def _estimates() -> pd.DataFrame:
    with (DATA / "governance.csv").open(encoding="utf-8") as text:
        return pd.read_csv(text, dtype={"place": str, "source_id": str})


def load_governance() -> pd.DataFrame:
    """place, year, political_stability (about -2.5 to 2.5, higher is better), source_id."""
    return _estimates().copy()


def risk_by_place(year: int) -> dict[str, float]:
    """Weakness of government of each place in a year, 0-10; of the nearest rated year, if that is at most two away."""
    table = load_governance()
    table = table[(table["year"] - year).abs() <= FARTHEST_YEARS]
    nearest = table.loc[(table["year"] - year).abs().groupby(table["place"]).idxmin()]
    risks = governance_risk(nearest["political_stability"].to_numpy())
    return dict(zip(nearest["place"], (float(r) for r in risks), strict=True))
