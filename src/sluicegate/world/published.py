"""Results that others have printed, kept beside our own to be checked against; never an input of the model."""

from __future__ import annotations

from functools import cache

import pandas as pd

from sluicegate.terms import NotFoundError
from sluicegate.world.file import read_words

PRINTED = {
    "eu_2023": ("material",),
    "eu_2023_trade": ("material", "place", "stage", "scope"),
    "geopolrisk_cases": ("material", "year", "place"),
    "iea_2025": ("quantity", "material", "year"),
    "rare_earths_2010": ("subject", "quantity"),
    "usgs_disruption": ("scenario", "metric"),
    "world_hhi": ("material", "year"),
}
"""The printed tables and the columns that name a row of each; every row has source_id and page."""

_WORDS = {
    "material", "member_of", "stage_used", "stages_assessed", "basis_extraction", "basis_processing", "place", "stage",
    "scope", "hs", "quantity", "unit", "subject", "scenario", "metric", "largest", "source_id", "page", "note",
}  # fmt: skip


@cache
def _load(name: str) -> pd.DataFrame:
    table = read_words(f"published/{name}")
    for column in table.columns.difference(list(_WORDS)):
        table[column] = pd.to_numeric(table[column])
    return table


def load_published(name: str) -> pd.DataFrame:
    """One printed table; words as text, numbers as floats, NaN where nothing is printed, shares 0-1.

    Raises
    ------
    NotFoundError : no such table.
    """
    if name not in PRINTED:
        raise NotFoundError(name, kind="published table", known=PRINTED, where="published")
    return _load(name).copy()
