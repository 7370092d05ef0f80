"""Figures in a CSV of our own form: one row a figure, columns as the Table Schema has them."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date
from pathlib import Path

import pandas as pd

from sluicegate.terms import InputError
from sluicegate.world.intake.card import Card, own_card
from sluicegate.world.intake.opening import Opened, open_text, read_rows
from sluicegate.world.intake.problem import IntakeError, Problem
from sluicegate.world.intake.schema import DEFAULTS, FIELDS, NUMBERS, REQUIRED, as_number, check_row, known_materials
from sluicegate.world.intake.taken import Taken
from sluicegate.world.overlay import SAME


def read_tidy(path: Path, *, new_materials: Collection[str] = (), card: Card | None = None, today: date) -> Taken:
    """A CSV of figures; columns may stand in any order, and those that are not required may be missing.

    Parameters
    ----------
    new_materials : materials the dataset does not know yet
    card : its source; `known_on` of rows that have none is the card's

    Raises
    ------
    IntakeError : every problem of the file.
    InputError : no such file, empty, no CSV.
    """
    card = card or own_card(path.name, today)
    opened = open_text(path)
    problems = _of_header(opened)
    rows = read_rows(opened)
    if not rows:
        raise InputError("a header and no rows", where=str(path), expected="one row a figure", do="Name another.")
    if problems:
        raise IntakeError(problems, where=str(path))
    materials = known_materials() | frozenset(new_materials)
    read: list[dict[str, str]] = []
    for line, cells in rows:
        if len(cells) != len(opened.columns):
            problems.append(Problem(line, "", f"{len(cells)} cells", f"{len(opened.columns)} cells"))
            continue
        row = dict.fromkeys(FIELDS, "") | dict(zip(opened.columns, cells, strict=True))
        problems += check_row(row, line, materials, card.known_on)
        read.append(row | {"line": str(line)})
    problems += _twice(read)
    if problems:
        raise IntakeError(sorted(problems, key=lambda p: p.row or 0), where=str(path))
    return Taken("tidy", card, len(rows), _figures(read, card))


def _of_header(opened: Opened) -> list[Problem]:
    """Columns that are missing, unknown or named twice."""
    names = opened.columns
    needed = [*REQUIRED, *([] if {*NUMBERS} & {*names} else ["value"])]
    found = [Problem(1, c, "no such column", f"the columns {', '.join(REQUIRED)} and value") for c in needed
             if c not in names]  # fmt: skip
    found += [Problem(1, c, "unknown column", f"one of {', '.join(FIELDS)}") for c in names if c not in FIELDS]
    return found + [Problem(1, c, "a second column of this name", "each once") for c in sorted(
        {c for c in names if names.count(c) > 1})]  # fmt: skip


def _twice(rows: list[dict[str, str]]) -> list[Problem]:
    """Rows that state the same quantity as an earlier one."""
    first: dict[tuple[str, ...], str] = {}
    found = []
    for row in rows:
        key = tuple(row[c] or DEFAULTS.get(c, "") for c in SAME)
        if key in first:
            found.append(Problem(int(row["line"]), "", f"the same quantity as in row {first[key]}", "one row for each"))
        first.setdefault(key, row["line"])
    return found


def _figures(rows: list[dict[str, str]], card: Card) -> pd.DataFrame:
    table = pd.DataFrame(rows, columns=list(FIELDS))
    for column, default in {**DEFAULTS, "known_on": card.known_on}.items():
        table[column] = table[column].where(table[column] != "", default)
    for column in NUMBERS:
        table[column] = [float("nan") if (n := as_number(x)) is None else n for x in table[column]]
    return table
