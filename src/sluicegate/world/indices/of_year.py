"""What a year without the largest exporter costs a place: ours, and the US Geological Survey's."""

from __future__ import annotations

from typing import Any

from sluicegate.terms import InputError, place_in_sentence
from sluicegate.world.disruption import year_without
from sluicegate.world.indices.entry import Entry
from sluicegate.world.indices.subject import Subject
from sluicegate.world.published import load_published
from sluicegate.world.year import BASE_YEAR

CUTTER = "CHN"
"""Whose net exports stop, as in the Survey's report."""
SURVEYED = "USA"
UNIT = "bn USD"
CUT, LOSS = "complete restriction of China net exports, {}", "US GDP decrease"
"""The Survey's scenario of a material, and what it prints of it."""


def disruption(subject: Subject) -> Entry | None:
    """Value added the place loses in a year without China's net exports, bn USD: median and 90 % band."""
    try:
        found = year_without(subject.world, subject.material, country=CUTTER, place=subject.place)
    except InputError:
        return None
    if not found.by_industry or subject.place == CUTTER:
        return None
    band = found.bands()["value_added_lost_musd"]
    first = next(iter(found.by_industry))
    because = f"a year without China's exports costs {place_in_sentence(subject.place)} most in {first}"
    inputs = tuple(f"parameter:{name}" for name in found.parameters)
    return Entry("disruption", band.q50 / 1000, band.q05 / 1000, band.q95 / 1000, UNIT, BASE_YEAR,
                 "the balanced chain of the base year", because, inputs)  # fmt: skip


def printed_disruption(subject: Subject) -> Entry | None:
    """The Survey's decrease of US output, bn USD: central, low, high."""
    scenario = CUT.format(subject.material)
    row = surveyed(scenario, LOSS)
    if row is None or subject.place != SURVEYED:
        return None
    central, low, high = (float(row[c]) for c in ("central", "low", "high"))
    because = f"the Survey has the United States lose {central:g} bn USD in a year without China's exports"
    inputs = (f"published:usgs_disruption|{scenario}|{LOSS}",)
    return Entry("disruption-printed", central, low, high, UNIT, 2024, str(row["source_id"]), because, inputs)


def surveyed(scenario: str, metric: str) -> dict[str, Any] | None:
    """The Survey's result of a scenario, with central, low and high; None where it prints none."""
    table = load_published("usgs_disruption")
    rows = table[(table["scenario"] == scenario) & (table["metric"] == metric)]
    return None if rows.empty else {str(k): v for k, v in rows.iloc[0].to_dict().items()}
