"""The shipped tables as they are written, with a user's own rows laid over them."""

from __future__ import annotations

from collections import ChainMap
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, cast

import pandas as pd

from sluicegate.terms import InputError
from sluicegate.world.expression import evaluate, names_in
from sluicegate.world.overlay import tables_named
from sluicegate.world.reference import NamedNumbers, cite, figure_ids, figure_value

DATA = Path(__file__).parent / "data"

KEYS: dict[str, tuple[str, ...]] = {
    "anchors": ("name",),
    "burdens": ("process", "burden"),
    "composition": ("ore", "product"),
    "crosschecks": ("industry", "places"),
    "demand": ("industry", "product"),
    "elements": ("ore", "element"),
    "flows": ("product", "origin", "destination"),
    "grades": ("product", "grade", "element"),
    "industries": ("industry",),
    "inputs": ("buyer", "seller"),
    "lever_inputs": ("lever", "quantity", "known_on"),
    "levers": ("lever",),
    "levies": ("place", "products", "levy", "effective_from"),
    "lines": ("industry", "place"),
    "parameters": ("name", "known_on"),
    "places": ("place",),
    "plants": ("plant", "process", "place"),
    "provinces": ("process", "province", "period"),
    "processes": ("process",),
    "producers": ("process", "place"),
    "products": ("product",),
    "projects": ("project",),
    "regions": ("region",),
    "recipes": ("process", "product", "role"),
    "sectors": ("sector",),
    "separations": ("process",),
    "transit": ("origin_zone", "destination_zone"),
}
"""The tables of the model and the columns that name a row of each."""


def read_table(name: str, overlay: Path | None = None) -> pd.DataFrame:
    """One table as text, absent cells as empty strings.

    Parameters
    ----------
    name : a key of `KEYS`
    overlay : folder with files of the same names and columns, or with imports in subfolders; a row there replaces ours
        with the same key, or is added

    Raises
    ------
    InputError : columns that differ from ours, or two rows with one key.
    """
    table = _read(DATA / f"{name}.csv")
    key = list(KEYS[name])
    for path in tables_named(name, overlay):
        own = _read(path)
        if list(own.columns) != list(table.columns):
            raise InputError(
                f"columns {', '.join(own.columns)}",
                where=str(path),
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


def numbers(table: pd.DataFrame, column: str, names: NamedNumbers, *, where: str) -> pd.Series[float]:
    """A column of expressions as numbers, NaN where the cell is empty.

    `figure` in an expression is the row's first reference, `figure2` its second, and so on.

    Raises
    ------
    InputError : a cell that is not arithmetic on known names.
    NotFoundError : a reference to no figure.
    """
    refs = table["refs"] if "refs" in table else [""] * len(table)
    values = [
        number(text, ref, names, where=f"{where}, row {row}, {column}") if text else float("nan")
        for row, (text, ref) in enumerate(zip(table[column], refs, strict=True), start=2)
    ]
    return pd.Series(values, index=table.index, dtype=float, name=column)


def number(text: str, refs: str, names: Mapping[str, float], *, where: str) -> float:
    """The value of one cell; raises as `numbers`."""
    if "figure" in text:
        names = ChainMap(_figures_of(text, refs, where=where), cast("dict[str, float]", names))
    return evaluate(text, names, where=where)


def _figures_of(text: str, refs: str, *, where: str) -> dict[str, float]:
    """What `figure`, `figure2`, ... of an expression stand for: the first, second, ... figure of the row."""
    ids = {"figure" if at == 1 else f"figure{at}": ref for at, ref in enumerate(figure_ids(refs), start=1)}
    return {name: figure_value(ids[name], where=where) for name in names_in(text) if name in ids}


def cited(table: pd.DataFrame, columns: Sequence[str], names: NamedNumbers) -> pd.Series[str]:
    """The `refs` of each row with the figures behind the names its expressions use."""
    rows = records(table[["refs", *columns]])
    refs = [cite(row["refs"], [row[column] for column in columns], names) for row in rows]
    return pd.Series(refs, index=table.index, dtype=object, name="refs")


def records(table: pd.DataFrame) -> list[dict[str, Any]]:
    """The rows of a table as dictionaries by column, in order."""
    return [{str(key): value for key, value in row.items()} for row in table.to_dict("records")]


def _read(path: Path) -> pd.DataFrame:
    return pd.read_csv(path, dtype=object, keep_default_na=False, encoding="utf-8")
