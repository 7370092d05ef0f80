"""Who runs which process where: activity, capacity, hosts, idle plant."""

from __future__ import annotations

from pathlib import Path

import pandas as pd

from sluicegate.world.reference import NamedNumbers
from sluicegate.world.table import cited, numbers, read_table

SCRAP = "recycling"
"""Processes so named run at most as in the base year: scrap does not grow with need."""


def load_producers(names: NamedNumbers, processes: pd.DataFrame, overlay: Path | None = None) -> pd.DataFrame:
    """Producers (a process in a place) by name `process|place`, before reconciliation.

    Returns
    -------
    index producer; columns process, place, prior_t_per_yr (activity), sd_rel, capacity_t_per_yr, restart_weeks (for
    capacity that stands idle), host (what a by-product depends on, or empty), cover_parameter, label, reason, refs.
    """
    table = read_table("producers", overlay)
    table["refs"] = cited(table, ["activity_t_per_yr", "capacity_t_per_yr"], names)
    for column in ("activity_t_per_yr", "activity_sd_rel", "capacity_t_per_yr", "restart_weeks"):
        table[column] = numbers(table, column, names, where="producers.csv")
    table = table.rename(columns={"activity_t_per_yr": "prior_t_per_yr", "activity_sd_rel": "sd_rel"})
    table["cover_parameter"] = table["process"].map(processes["cover_parameter"])
    table.insert(0, "producer", table["process"] + "|" + table["place"])
    return table.set_index("producer")
