"""Corrections: what the sources have wrong, why, and a guard that fails once a source repairs itself."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

import pandas as pd

from sluicegate.terms import SluicegateError
from sluicegate.world.file import read_words
from sluicegate.world.overlay import SAME

REMOVED = "removed"
"""What a correction of the field `figure` turns a whole figure into."""
SAME_NUMBER = 1e-4
"""Share by which a user's copy of a number may differ: sources round."""


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
    table = read_words("corrections")
    columns = ["correction_id", "figure_id", "field", "from", "to", "reason", "guard"]
    return tuple(Correction(*row) for row in table[columns].itertuples(index=False, name=None))


def correction_row(one: Correction) -> dict[str, str | None]:
    """A correction as a row of a document; `to` is None where the figure became absent."""
    return {
        "id": one.correction_id,
        "figure_id": one.figure_id,
        "field": one.field,
        "from": one.found,
        "to": one.becomes or None,
        "reason": one.reason,
        "guard": one.guard,
    }


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
    stale: list[str] = []
    removed: list[str] = []
    changed: dict[str, dict[str, str | float | bool]] = {}
    for one in corrections:
        column = "value" if one.field == "figure" else one.field
        there = one.figure_id in figures.index
        cell = figures.at[one.figure_id, column] if there else "no such figure"
        if not there or not _says(cell, one.found):
            stale.append(f"{one.correction_id}: {one.figure_id} has {column} {cell!r}, not {one.found!r}. {one.guard}")
        elif one.becomes == REMOVED:
            removed.append(one.figure_id)
        else:
            changed.setdefault(column, {})[one.figure_id] = _cell(one.becomes, column)
    if stale:
        raise SluicegateError("corrections that no longer fit their source:\n" + "\n".join(stale))
    out = figures.drop(index=removed)
    for column, cells in changed.items():
        out.loc[list(cells), column] = list(cells.values())
    return out


def corrected_likewise(own: pd.DataFrame, printed: pd.DataFrame, corrections: tuple[Correction, ...]) -> pd.DataFrame:
    """A user's figures with the corrections of the same quantity applied where they say what the source says.

    A user's copy of a table has the errors of the table; a figure that differs from what was found is left alone.

    Parameters
    ----------
    own, printed : the user's and the shipped figures, as their sources have them, indexed by `figure_id`
    """
    names = list(SAME)
    wrong = pd.MultiIndex.from_frame(printed.loc[[one.figure_id for one in corrections], names])
    touched = own[pd.MultiIndex.from_frame(own[names]).isin(wrong)]
    mended = touched
    for one in corrections:
        column = "value" if one.field == "figure" else one.field
        same = (touched[names] == printed.loc[one.figure_id, names]).all(axis=1)
        for name in touched.index[same]:
            if not _says(touched.at[name, column], one.found, within=SAME_NUMBER):
                continue
            if one.becomes == REMOVED:
                mended = mended.drop(index=name)
            else:
                mended = mended.copy()
                mended.loc[name, [column, "note"]] = [_cell(one.becomes, column), f"corrected: {one.reason}"]
    return pd.concat([own.drop(index=touched.index), mended]) if len(touched) else own


def _says(cell: object, found: str, *, within: float = 1e-9) -> bool:
    """Whether a cell still holds what the correction expects; numbers within a share of themselves."""
    if isinstance(cell, float):
        return bool(found) and abs(cell - float(found)) <= within * max(1.0, abs(cell))
    return str(cell) == found


def _cell(text: str, column: str) -> str | float | bool:
    """A corrected cell in its column's type."""
    if column in ("value", "low", "high"):
        return float(text) if text else float("nan")
    return text == "True" if column == "preferred" else text
