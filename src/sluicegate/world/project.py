"""Plants on their way: what they add, when they may start, since when they are known."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pandas as pd

from sluicegate.world.reference import NamedNumbers
from sluicegate.world.table import cited, numbers, read_table

STARTS = ("starts_p05", "starts_p50", "starts_p95")


def load_projects(names: NamedNumbers, as_of: date | None = None, overlay: Path | None = None) -> pd.DataFrame:
    """Projects known at a date; base-year capacity is with the producers.

    Returns
    -------
    index project; columns process, place, capacity_t_per_yr (of the process's activity), starts_p05, starts_p50,
    starts_p95 (dates), ramp_weeks (from start to capacity), known_on, label, reason, refs.
    """
    table = read_table("projects", overlay)
    table["refs"] = cited(table, ["capacity_t_per_yr"], names)
    for column in ("capacity_t_per_yr", "ramp_weeks"):
        table[column] = numbers(table, column, names, where="projects.csv")
    for column in (*STARTS, "known_on"):
        table[column] = [date.fromisoformat(day) for day in table[column]]
    known = [as_of is None or day <= as_of for day in table["known_on"]]
    return table[known].set_index("project")
