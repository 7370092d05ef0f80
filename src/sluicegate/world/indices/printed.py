"""Indices that others reckon and print: the European Commission's two, the US Geological Survey's reliance."""

from __future__ import annotations

from typing import Any

import numpy as np

from sluicegate.terms import place_in_sentence
from sluicegate.world.figures import load_figures
from sluicegate.world.indices.entry import Entry
from sluicegate.world.indices.subject import Subject

HARDLY = 0.02
"""Recycled input not worth a word."""


def eu_supply_risk(subject: Subject) -> Entry | None:
    """Supply risk as the Commission prints it."""
    row = subject.printed_by_eu("supply_risk")
    if row is None:
        return None
    stage = str(row["stage_used"]).lower()
    counted = "world supply counts" if row[f"basis_{stage}"] == "GSonly" else "the EU's own sourcing counts too"
    less = f", less {row['recycled_input']:.0%} for what is recycled" if row["recycled_input"] >= HARDLY else ""
    named = "" if row["material"].casefold().endswith(subject.material) else f" of {row['material']}"
    because = f"the Commission looks at {stage}{named}, where {counted}{less}"
    return _printed("eu-supply-risk", row, "supply_risk", because)


def eu_economic_importance(subject: Subject) -> Entry | None:
    """Economic importance as the Commission prints it."""
    row = subject.printed_by_eu("economic_importance")
    if row is None:
        return None
    because = f"the industries of the EU that use it are worth {row['economic_importance']:g} of 10, whoever supplies"
    return _printed("eu-economic-importance", row, "economic_importance", because)


def _printed(method: str, row: dict[str, Any], column: str, because: str) -> Entry:
    inputs = (f"published:eu_2023|{row['material']}",)
    return Entry(method, float(row[column]), None, None, "0-10", 2023, str(row["source_id"]), because, inputs)


def printed_reliance(subject: Subject) -> Entry | None:
    """Net import reliance as the US Geological Survey prints it, for the United States."""
    table = load_figures().table
    rows = table[
        (table["metric"] == "net import reliance") & (table["material"] == subject.material)
        & (table["place"] == subject.place) & (table["period"] == str(subject.year)) & table["preferred"]
        & table[["value", "low", "high"]].notna().any(axis=1) & table["item"].isin(["", "compounds and metals"])
    ]  # fmt: skip
    if rows.empty:
        return None
    row = rows.iloc[0]
    value, low, high = (None if np.isnan(row[c]) else float(row[c]) for c in ("value", "low", "high"))
    because = f"{place_in_sentence(subject.place)} net-imports {_bounded(value, low, high)} of its use, whoever sells"
    return Entry("printed-reliance", value, low, high, "share", subject.year, str(row["source_id"]), because,
                 (str(rows.index[0]),))  # fmt: skip


def _bounded(value: float | None, low: float | None, high: float | None) -> str:
    if value is not None:
        return f"{value:.0%}"
    return f"more than {low:.0%}" if low is not None else f"less than {high or 0:.0%}"
