"""The places of the model: their zone for transit, and their size."""

from __future__ import annotations

from pathlib import Path

import pandas as pd

from sluicegate.world.reference import NamedNumbers
from sluicegate.world.table import cited, numbers, read_table


def load_places(names: NamedNumbers, overlay: Path | None = None) -> pd.DataFrame:
    """Places by code.

    Returns
    -------
    index place; columns zone (of the transit table), gdp_musd (2024 USD), label, reason, refs.
    """
    table = read_table("places", overlay)
    table["refs"] = cited(table, ["gdp_bn_usd"], names)
    gdp = 1000 * numbers(table, "gdp_bn_usd", names, where="places.csv") * names["usd_2024_per_2023"]
    return table.drop(columns="gdp_bn_usd").assign(gdp_musd=gdp).set_index("place")
