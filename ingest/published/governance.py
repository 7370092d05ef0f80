"""Political stability by country and year, from the two collections that hold it."""

from __future__ import annotations

from pathlib import Path

import pandas as pd

AGREEING = 5.1e-5
"""One collection keeps four decimals; more than half of the last is a contradiction."""


def governance(folder: Path) -> pd.DataFrame:
    """place, year, political_stability (about -2.5 to 2.5), source_id; the more precise value where both have one.

    Raises
    ------
    ValueError : the two collections contradict each other.
    """
    first = pd.read_csv(folder / "rare-earths/governance.csv", dtype=str)
    second = pd.read_csv(folder / "other-minerals/governance_wgi.csv", dtype=str)
    both = pd.concat([
        first.rename(columns={"country": "place"})[["place", "year", "value"]],
        second.rename(columns={"iso3": "place"})[["place", "year", "value"]],
    ])  # fmt: skip
    spread = both.assign(number=both["value"].astype(float)).groupby(["place", "year"])["number"].agg(["min", "max"])
    apart = spread[spread["max"] - spread["min"] > AGREEING]
    if len(apart):
        raise ValueError(f"the two collections of governance disagree: {apart.index.tolist()}")
    kept = both.drop_duplicates(["place", "year"], keep="first").sort_values(["place", "year"], ignore_index=True)
    return kept.rename(columns={"value": "political_stability"}).assign(source_id="wgi-2025")
