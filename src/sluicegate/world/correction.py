"""Corrections: what the sources have wrong, why, and a guard that fails once a source repairs itself."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import Any

import pandas as pd

from sluicegate.terms import SluicegateError
from sluicegate.world.source import DATA

REMOVED = "removed"
"""What a correction of the field `figure` turns a whole figure into."""


@dataclass(frozen=True)
class Correction:
    """One correction.

    Parameters
    ----------
    correction_id : readable id
    figure_id : the figure corrected
    field : the column corrected, or `figure` for the whole figure
    found : what the source says (for `figure`: its value)
    becomes : what stands instead, `removed`, or empty for absent
    reason : why
    guard : what a failing guard means
    """

    correction_id: str
    figure_id: str
    field: str
    found: str
    becomes: str
    reason: str
    guard: str


@cache
def load_corrections() -> tuple[Correction, ...]:
    """All corrections, in the order of the file."""
    with (DATA / "corrections.csv").open(encoding="utf-8") as text:
        table = pd.read_csv(text, dtype=str, keep_default_na=False)
    columns = ["correction_id", "figure_id", "field", "from", "to", "reason", "guard"]
    return tuple(Correction(*row) for row in table[columns].itertuples(index=False, name=None))


def corrected(figures: pd.DataFrame, corrections: tuple[Correction, ...]) -> pd.DataFrame:
    """The figures with every correction applied.

    Parameters
    ----------
    figures : indexed by `figure_id`, as the sources have them
    corrections : to apply, in order

    Raises
    ------
    SluicegateError : guards that fail, all at once: the source no longer says what a correction was made for.
    """
    named = figures.loc[figures.index.isin([one.figure_id for one in corrections])]
    cells: dict[str, dict[str, Any]] = {str(c): {str(i): cell for i, cell in named[c].items()} for c in named.columns}
    gone: set[str] = set()
    stale: list[str] = []
    for one in corrections:
        column = "value" if one.field == "figure" else one.field
        known = one.figure_id in cells[column] and one.figure_id not in gone
        found = cells[column][one.figure_id] if known else "no such figure"
        if not known or not _says(found, one.found):
            stale.append(f"{one.correction_id}: {one.figure_id} has {column} {found!r}, not {one.found!r}. {one.guard}")
        elif one.becomes == REMOVED:
            gone.add(one.figure_id)
        else:
            cells[column][one.figure_id] = _cell(one.becomes, column)
    if stale:
        raise SluicegateError("corrections that no longer fit their source:\n" + "\n".join(stale))
    return _with(figures, cells, {one.field for one in corrections}).drop(index=sorted(gone))


def _with(figures: pd.DataFrame, cells: dict[str, dict[str, Any]], columns: set[str]) -> pd.DataFrame:
    """The figures with the cells of some columns replaced, a column at a time: the table is long."""
    out = figures.copy()
    for column in sorted(columns & set(figures.columns)):
        ids = list(cells[column])
        out.loc[ids, column] = [cells[column][i] for i in ids]
    return out


def _says(cell: object, found: str) -> bool:
    """Whether a cell still holds what the correction expects; numbers within 1e-9."""
    if isinstance(cell, float):
        return bool(found) and abs(cell - float(found)) <= 1e-9 * max(1.0, abs(cell))
    return str(cell) == found


def _cell(text: str, column: str) -> str | float | bool:
    """A corrected cell in its column's type."""
    if column in ("value", "low", "high"):
        return float(text) if text else float("nan")
    return text == "True" if column == "preferred" else text
