"""The shipped tables as they are written, with a user's own rows laid over them."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import pandas as pd

from sluicegate.terms import InputError
from sluicegate.world.expression import evaluate

DATA = Path(__file__).parent / "data"

KEYS: dict[str, tuple[str, ...]] = {
    "anchors": ("name",),
    "composition": ("ore", "product"),
    "demand": ("industry", "product"),
    "flows": ("product", "origin", "destination"),
    "industries": ("industry",),
    "lines": ("industry", "place"),
    "parameters": ("name", "known_on"),
    "places": ("place",),
    "processes": ("process",),
    "producers": ("process", "place"),
    "products": ("product",),
    "recipes": ("process", "product", "role"),
    "separations": ("process",),
    "transit": ("origin_zone", "destination_zone"),
}
"""The tables of the model and the columns that name a row of each."""


def read_table(name: str, overlay: Path | None = None) -> pd.DataFrame:
    """One table as text, absent cells as empty strings.

    Parameters
    ----------
    name : a key of `KEYS`
    overlay : folder with files of the same names and columns; a row there replaces ours with the same key, or is added

    Raises
    ------
    InputError : columns that differ from ours, or two rows with one key.
    """
    table = _read(DATA / f"{name}.csv")
    key = list(KEYS[name])
    if overlay is not None and (overlay / f"{name}.csv").exists():
        own = _read(overlay / f"{name}.csv")
        if list(own.columns) != list(table.columns):
            raise InputError(
                f"columns {', '.join(own.columns)}",
                where=str(overlay / f"{name}.csv"),
                expected=", ".join(table.columns),
                do="Rename or add the columns.",
            )
        table = pd.concat([table, own]).drop_duplicates(key, keep="last")
    twice = table[table.duplicated(key)]
    if len(twice):
        rows = "; ".join(", ".join(row) for row in twice[key].itertuples(index=False))
        raise InputError(
            f"rows named twice: {rows}", where=f"{name}.csv", expected=f"one row per {', '.join(key)}", do="Drop one."
        )
    return table.reset_index(drop=True)


def numbers(table: pd.DataFrame, column: str, names: Mapping[str, float], *, where: str) -> pd.Series:
    """A column of expressions as numbers, NaN where the cell is empty.

    Raises
    ------
    InputError : a cell that is not arithmetic on known names.
    """
    values = [
        evaluate(text, names, where=f"{where}, row {row}, {column}") if text else float("nan")
        for row, text in enumerate(table[column], start=2)
    ]
    return pd.Series(values, index=table.index, dtype=float, name=column)


def _read(path: Path) -> pd.DataFrame:
    return pd.read_csv(path, dtype=str, keep_default_na=False, encoding="utf-8").astype(object)
