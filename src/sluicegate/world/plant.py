"""Single plants and mines whose capacity is known: which part of which producer each is."""

from __future__ import annotations

import pandas as pd

from sluicegate.world.beside import load_beside
from sluicegate.world.chain import World


def load_plants(world: World) -> pd.DataFrame:
    """Plants of the base year, one row for each producer a plant is part of.

    Returns
    -------
    plant, producer (`process|place`), capacity_t_per_yr (of the process's activity), share (0-1, of the producer's
    capacity), label, reason, refs.
    """
    table = load_beside(world, "plants", "capacity_t_per_yr")
    table["producer"] = table["process"] + "|" + table["place"]
    whole = table["producer"].map(world.producers["capacity_t_per_yr"])
    table["share"] = (table["capacity_t_per_yr"] / whole).clip(upper=1.0)
    columns = ["plant", "producer", "capacity_t_per_yr", "share", "label", "reason", "refs"]
    return table[columns].dropna(subset="share")
