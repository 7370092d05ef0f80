"""Single plants and mines whose capacity is known: which part of which producer each is."""

from __future__ import annotations

from pathlib import Path

import pandas as pd

from sluicegate.world.reference import NamedNumbers
from sluicegate.world.table import cited, numbers, read_table


def load_plants(names: NamedNumbers, producers: pd.DataFrame, overlay: Path | None = None) -> pd.DataFrame:
    """Plants of the base year, one row for each producer a plant is part of.

    Parameters
    ----------
    producers : capacity_t_per_yr by producer, as `World.producers`

    Returns
    -------
    plant, producer (`process|place`), capacity_t_per_yr (of the process's activity), share (0-1, of the producer's
    capacity), label, reason, refs.
    """
    table = read_table("plants", overlay)
    table["refs"] = cited(table, ["capacity_t_per_yr"], names)
    capacity = numbers(table, "capacity_t_per_yr", names, where="plants.csv")
    producer = table["process"] + "|" + table["place"]
    whole = producer.map(producers["capacity_t_per_yr"])
    columns = {"producer": producer, "capacity_t_per_yr": capacity, "share": (capacity / whole).clip(upper=1.0)}
    return table.assign(**columns)[["plant", *columns, "label", "reason", "refs"]].dropna(subset="share")
