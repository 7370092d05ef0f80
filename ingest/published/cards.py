"""The sources of the printed results: which card a collected row's words mean."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import pandas as pd

SHIPPED = ["source_id", "publisher", "title", "year", "url", "licence", "known_on"]


@cache
def _table() -> pd.DataFrame:
    return pd.read_csv(Path(__file__).with_name("sources.csv"), dtype=str, keep_default_na=False)


def cards() -> pd.DataFrame:
    """The cards to ship: those that the figures do not bring already."""
    table = _table()
    return table.loc[table["publisher"] != "", SHIPPED].sort_values("source_id", ignore_index=True)


def source_id(words: str) -> str:
    """The id of the source that a collected row names.

    Raises
    ------
    ValueError : none of ours, or more than one.
    """
    table = _table()
    found = [row.source_id for row in table.itertuples() if words.startswith(tuple(row.collected_as.split("|")))]
    if len(found) != 1:
        raise ValueError(f"source {words!r} means {found or 'no card'} in ingest/published/sources.csv")
    return str(found[0])
