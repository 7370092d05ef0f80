"""Who makes how much of a material at a stage in a year, from the figures of one source."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

import pandas as pd

from sluicegate.metrics import governed_concentration, hhi
from sluicegate.world.figures import load_figures
from sluicegate.world.overlay import Stamp, stamp

FEWEST_PLACES = 3
"""A source that names fewer places gives no picture of the world."""
OTHERS = ("ROW", "WLD")
RISK_UNKNOWN = (0.0, 5.0, 10.0)
"""Lowest, middle and highest risk of a government without an estimate."""


@dataclass(frozen=True)
class Output:
    """World output at one stage in one year.

    Parameters
    ----------
    material, stage, year : of what
    source_id : the one source of all figures, since editions and publishers count differently
    unit : of the figures
    made : by place, of the places the source names, none of them 0
    others : the source's line of other countries, taken as too many to concentrate anything
    figure_ids : the figures
    """

    material: str
    stage: str
    year: int
    source_id: str
    unit: str
    made: dict[str, float]
    others: float
    figure_ids: tuple[str, ...]

    @property
    def total(self) -> float:
        """The places named and the others together."""
        return sum(self.made.values()) + self.others

    @property
    def largest(self) -> tuple[str, float]:
        """The place that makes most, and its share, 0-1."""
        place = max(self.made, key=lambda p: self.made[p])
        return place, self.made[place] / self.total

    def hhi(self) -> float:
        """Concentration, 0-10,000."""
        return hhi(list(self.made.values())) * self._named**2

    def governed(
        self, risk: dict[str, float], *, unknown: float = RISK_UNKNOWN[1], trade: dict[str, float] | None = None
    ) -> float:
        """Concentration weighted by governance, 0-10; `risk` by place, 0-10, and `trade` parameters other than 1."""
        risks = [risk.get(place, unknown) for place in self.made]
        weights = [(trade or {}).get(place, 1.0) for place in self.made]
        return governed_concentration(list(self.made.values()), risks, weights) * self._named**2

    @property
    def _named(self) -> float:
        return sum(self.made.values()) / self.total


def world_output(material: str, stages: tuple[str, ...], year: int) -> Output | None:
    """Output at the first of the stages that one source covers in the year, None where none does.

    Of several sources the US Geological Survey's newest edition comes first, then the one with the most places.
    """
    table = _by_place(stamp())
    rows = table[(table["material"] == material) & (table["period"] == str(year))]
    for stage in stages:
        found = [
            group
            for _, group in rows[rows["stage"] == stage].groupby(["source_id", "item", "unit"])
            if (~group["place"].isin(OTHERS) & (group["value"] > 0)).sum() >= FEWEST_PLACES
            and not group["place"].duplicated().any()
        ]
        if found:
            return _output(material, stage, year, max(found, key=_standing))
    return None


@lru_cache(maxsize=4)
def _by_place(_own: Stamp) -> pd.DataFrame:
    """Every figure of output that a place has made."""
    table = load_figures().table
    made = (table["metric"] == "production") & (table["status"] == "observed") & (table["place"] != "WLD")
    return table[made & table["value"].notna()]


def _standing(rows: pd.DataFrame) -> tuple[bool, str, int]:
    survey = str(rows["source_id"].iloc[0]).startswith("usgs")
    return survey, max(rows["known_on"]) if survey else "", len(rows)


def _output(material: str, stage: str, year: int, rows: pd.DataFrame) -> Output:
    by_place = {str(p): float(v) for p, v in zip(rows["place"], rows["value"], strict=True)}
    return Output(
        material=material,
        stage=stage,
        year=year,
        source_id=str(rows["source_id"].iloc[0]),
        unit=str(rows["unit"].iloc[0]),
        made={p: v for p, v in by_place.items() if p not in OTHERS and v > 0},
        others=by_place.get("ROW", 0.0),
        figure_ids=tuple(str(i) for i in rows.index),
    )
