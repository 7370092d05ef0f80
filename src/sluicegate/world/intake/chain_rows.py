"""Rows of the chain's own tables in a user's hand: producers, projects, lines, flows, parameters and the others."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from functools import cache
from pathlib import Path

import pandas as pd

from sluicegate.terms import InputError, nearest
from sluicegate.world.expression import names_in
from sluicegate.world.intake.card import Card, own_card
from sluicegate.world.intake.opening import open_text, read_rows
from sluicegate.world.intake.problem import IntakeError, Problem
from sluicegate.world.intake.schema import as_number
from sluicegate.world.intake.taken import Taken
from sluicegate.world.overlay import overlay_of_tables
from sluicegate.world.table import DATA, KEYS, read_table

FIGURE = re.compile(r"figure\d*")
"""What stands for the figures of a row: `figure` the first, `figure2` the second."""

LABELS = ("official", "reported", "derived", "fitted", "practice", "judgement")
_NAMES = {"process": "processes", "product": "products", "place": "places", "industry": "industries"}
"""Columns that hold the key of another table."""
_MAY_BE_EMPTY = ("known_on",)
"""Columns of a key that may be empty."""
_SIGNED = ("anchors", "parameters")
"""Tables whose numbers may be negative: elasticities, changes."""
_PLACES = ("origin", "destination")


def is_chain(path: Path) -> bool:
    """Whether a file, or some file of a folder, is named as a table of the chain."""
    return bool(_files(path))


def read_chain(path: Path, *, card: Card | None = None, today: date) -> Taken:
    """A file named as a table of the chain, or a folder of them; columns may stand in any order.

    A column in which a cell may be empty may be missing; a key, a label, a reason and the numbers that every row of
    ours has must be there.

    Raises
    ------
    IntakeError : every problem of every file.
    InputError : no such file, empty, no CSV.
    """
    tables: dict[str, pd.DataFrame] = {}
    problems: list[Problem] = []
    for file in _files(path):
        table, wrong = _read(file)
        tables[file.stem] = table
        problems += wrong
    strange = [p.name for p in sorted(path.glob("*.csv")) if p.stem not in KEYS] if path.is_dir() else []
    problems += [Problem(None, "", "no table of this name", f"one of {', '.join(KEYS)}", f) for f in strange]
    if not problems:
        known = _names_of(tables)
        for name, table in tables.items():
            problems += _of_rows(name, table, known)
    if problems:
        raise IntakeError(problems, where=str(path))
    kept = {name: table.drop(columns="line") for name, table in tables.items()}
    return Taken("chain", card or own_card(path.name, today), sum(map(len, kept.values())), tables=kept)


def _files(path: Path) -> list[Path]:
    found = sorted(path.glob("*.csv")) if path.is_dir() else [path]
    return [p for p in found if p.suffix == ".csv" and p.stem in KEYS]


def _read(file: Path) -> tuple[pd.DataFrame, list[Problem]]:
    """A file with our columns and the line of each row; problems of its header and of the length of its rows."""
    opened = open_text(file)
    ours = list(read_table(file.stem).columns)
    key = [c for c in KEYS[file.stem] if c not in _MAY_BE_EMPTY]
    needed = [*key, *(c for c in ("label", "reason") if c in ours)]
    problems = [Problem(1, c, "no such column", f"the columns {', '.join(needed)}", file.name) for c in needed
                if c not in opened.columns]  # fmt: skip
    problems += [Problem(1, c, "unknown column", f"one of {', '.join(ours)}", file.name) for c in opened.columns
                 if c not in ours]  # fmt: skip
    rows = read_rows(opened)
    if not rows:
        raise InputError("a header and no rows", where=str(file), expected="one row a key", do="Name another.")
    read = []
    for line, cells in rows:
        if len(cells) != len(opened.columns):
            problems.append(Problem(line, "", f"{len(cells)} cells", f"{len(opened.columns)} cells", file.name))
        else:
            read.append(dict.fromkeys(ours, "") | dict(zip(opened.columns, cells, strict=True)) | {"line": line})
    return pd.DataFrame(read, columns=[*ours, "line"]), problems


def _names_of(tables: Mapping[str, pd.DataFrame]) -> dict[str, set[str]]:
    """Keys by table, the shipped and imported ones and those of the files themselves; the names of anchors too."""
    overlay = overlay_of_tables()
    known = {}
    for name in [*_NAMES.values(), "anchors"]:
        column = KEYS[name][0]
        own = set(tables[name][column]) if name in tables else set()
        known[name] = set(read_table(name, overlay)[column]) | own
    return known


def _of_rows(name: str, table: pd.DataFrame, known: Mapping[str, set[str]]) -> list[Problem]:
    """Every problem of the rows of one table."""
    kinds, found = _kinds(name), []
    again = table.duplicated(list(KEYS[name]))
    for (_, row), twice in zip(table.iterrows(), again, strict=True):
        cells = {str(c): str(v) for c, v in row.items()}
        wrong = [(c, expected) for c, text in cells.items() if c != "line"
                 and (expected := _wrong(name, c, text, kinds, known))]  # fmt: skip
        found += [Problem(int(row["line"]), c, repr(cells[c]), expected, f"{name}.csv") for c, expected in wrong]
        if twice:
            key = ", ".join(cells[c] for c in KEYS[name])
            found.append(Problem(int(row["line"]), "", f"{key} a second time", "one row for each", f"{name}.csv"))
    return found


def _kinds(name: str) -> dict[str, str]:
    """The type of every column of a table: text, expression, number or date."""
    columns = pd.read_csv(DATA / "columns.csv", dtype=str, keep_default_na=False)
    both = columns[columns["table"].isin(["*", name])]
    return {str(c): str(t) for c, t in zip(both["column"], both["type"], strict=True)}


def _wrong(table: str, column: str, text: str, kinds: Mapping[str, str], known: Mapping[str, set[str]]) -> str:
    """What was expected of a cell, empty where it is as it should be."""
    if not text:
        if column in KEYS[table] and column not in _MAY_BE_EMPTY:
            return "something: it names the row"
        if column in ("label", "reason"):
            return "a word or a sentence"
        return "a number: no row of ours lacks one" if column in _never_empty(table) else ""
    if column == "label":
        return "" if text in LABELS else f"one of {', '.join(LABELS)}"
    place = column in _PLACES and table == "flows"
    if (column in _NAMES or place) and (column,) != KEYS[table]:
        names = known["places" if place else _NAMES[column]]
        unknown = [n for n in text.split(";") if n not in names] if table == "flows" else [text] * (text not in names)
        return _known(unknown[0], names, "place" if place else column) if unknown else ""
    return _amount(text, kinds.get(column, "text"), known["anchors"], signed=table in _SIGNED)


@cache
def _never_empty(table: str) -> frozenset[str]:
    """Columns of numbers and dates in which every row of ours has one."""
    kinds, ours = _kinds(table), read_table(table)
    return frozenset(c for c in ours.columns if kinds.get(c, "text") != "text" and (ours[c] != "").all())


def _known(name: str, names: set[str], kind: str) -> str:
    near = nearest(name, names)
    hint = f"did you mean {near[0]}?" if near else f"known are {', '.join(sorted(names)[:8])}, …"
    return f"a {kind} of the world ({hint})"


def _amount(text: str, kind: str, anchors: set[str], *, signed: bool) -> str:
    """What was expected of a number, an expression or a date."""
    if kind == "date":
        try:
            date.fromisoformat(text)
        except ValueError:
            return "a date such as 2025-06-12"
    number = as_number(text)
    if kind in ("number", "expression") and number is not None:
        return "" if number >= 0 or signed else "no negative number"
    if kind == "number":
        return "a number with a decimal point"
    return _expression(text, anchors) if kind == "expression" else ""


def _expression(text: str, anchors: set[str]) -> str:
    try:
        unknown = [n for n in names_in(text) if n not in anchors and not FIGURE.fullmatch(n)]
    except SyntaxError:
        return "a number with a decimal point, or arithmetic on names of anchors.csv"
    if not unknown:
        return "" if re.search(r"[\w)]$", text) else "arithmetic on names of anchors.csv"
    near = nearest(unknown[0], anchors)
    return f"a number, or names of anchors.csv{f' (did you mean {near[0]}?)' if near else ''}"
