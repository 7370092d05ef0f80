"""The named numbers that other tables reckon with: published ones, and what follows from them."""

from __future__ import annotations

from pathlib import Path

import pandas as pd

from sluicegate.world.reference import NamedNumbers, cite
from sluicegate.world.table import number, read_table, records


def load_anchors(overlay: Path | None = None) -> pd.DataFrame:
    """Named numbers in the order of the file; a row may use names above it, and `figure` for its first reference.

    Returns
    -------
    index name; columns value (float, in `unit`), expression (as written), unit, label, reason, refs (its own figures
    and those of the names it uses).

    Raises
    ------
    InputError : an expression with a name that is not defined above it.
    NotFoundError : a reference to no figure.
    """
    written = read_table("anchors", overlay)
    known = NamedNumbers({}, {})
    for row in records(written):
        where = f"anchors.csv, {row['name']}"
        known[row["name"]] = number(row["value"], row["refs"], known, where=where)
        known.refs[row["name"]] = cite(row["refs"], [row["value"]], known)
    table = written.rename(columns={"value": "expression"}).set_index("name")
    table.insert(0, "value", pd.Series(dict(known)))
    return table.assign(refs=pd.Series(known.refs))


def named_numbers(anchors: pd.DataFrame) -> NamedNumbers:
    """What expressions need of `load_anchors`."""
    values = {str(name): float(value) for name, value in anchors["value"].items()}
    return NamedNumbers(values, {str(name): str(refs) for name, refs in anchors["refs"].items()})
