"""The named numbers that other tables reckon with: published ones, and what follows from them."""

from __future__ import annotations

from pathlib import Path

import pandas as pd

from sluicegate.world.expression import evaluate
from sluicegate.world.table import read_table


def load_anchors(overlay: Path | None = None) -> pd.DataFrame:
    """Named numbers in the order of the file; a row may use names above it.

    Returns
    -------
    index name; columns value (float, in `unit`), expression (as written), unit, label, reason, refs.

    Raises
    ------
    InputError : an expression with a name that is not defined above it.
    """
    written = read_table("anchors", overlay)
    known: dict[str, float] = {}
    for row in written.itertuples(index=False):
        known[str(row.name)] = evaluate(str(row.value), known, where=f"anchors.csv, {row.name}")
    table = written.rename(columns={"value": "expression"}).set_index("name")
    table.insert(0, "value", pd.Series(known))
    return table
