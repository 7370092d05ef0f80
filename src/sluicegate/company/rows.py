"""A company's file as CSV: one row a thing, its `kind` in the first column, fields named as in YAML."""

from __future__ import annotations

import csv
import io
from typing import Any

from sluicegate.terms import InputError, nearest

KINDS = {
    "company": ("name", "place", "counted_on", "industry", "currency", "note"),
    "line": ("name", "value_per_week"),
    "use": ("line", "input", "per_week", "unit", "criticality"),
    "input": ("name", "product", "hs", "piece_kg", "stock", "unit", "price_per_kg"),
    "on order": ("input", "amount", "unit", "arrives"),
    "supplier": ("input", "origin", "share", "lead_weeks"),
    "alternative": ("input", "origin", "share", "qualification_weeks", "begun_on", "lead_weeks", "qualification_cost"),
    "application": ("name", "input", "origin", "amount", "unit", "filed_on"),
}
"""Kinds of rows and the columns each may fill; an empty cell is a field left out."""
COLUMNS = ("kind", *dict.fromkeys(column for columns in KINDS.values() for column in columns))
_PARTS = {"use": ("lines", "line", "uses"), "on order": ("inputs", "input", "on_order"),
          "supplier": ("inputs", "input", "suppliers"), "alternative": ("inputs", "input", "alternatives")}  # fmt: skip
"""Rows that belong to another thing: its list, the column that names it, the field they fill."""


def from_rows(text: str, *, where: str) -> dict[str, Any]:
    """The company's data from CSV text, as YAML would give it.

    Raises
    ------
    InputError : unknown columns or kinds, a row for a line or input that has no row of its own, no company.
    """
    found: dict[str, Any] = {"inputs": [], "lines": [], "applications": []}
    parts: list[tuple[int, str, dict[str, str]]] = []
    for number, row in _rows(text, where):
        kind = row.pop("kind", "")
        _check(kind, row, f"{where}, line {number}")
        if kind == "company":
            found |= row
        elif kind in _PARTS:
            parts.append((number, kind, row))
        else:
            found[f"{kind}s"].append(row)
    for number, kind, row in parts:
        _attach(found, kind, row, f"{where}, line {number}")
    return found


def _rows(text: str, where: str) -> list[tuple[int, dict[str, str]]]:
    """Rows with their line in the file, without empty cells."""
    try:
        reader = csv.DictReader(io.StringIO(text, newline=""), strict=True)
        rows = [(reader.line_num, row) for row in reader]
    except csv.Error as error:
        raise InputError(f"not CSV ({error})", where=where, expected="rows with commas", do="Mend the row.") from error
    unknown = [c for c in reader.fieldnames or [] if c not in COLUMNS]
    if unknown or "kind" not in (reader.fieldnames or []):
        raise InputError(f"columns {', '.join(map(str, reader.fieldnames or []))}", where=where,
                         expected=f"columns among {', '.join(COLUMNS)}", do="Mend the first row.")  # fmt: skip
    for number, row in rows:
        if None in row:
            raise InputError("more cells than columns", where=f"{where}, line {number}", expected="a cell a column",
                             do="Quote cells with commas.")  # fmt: skip
    return [(n, {k: v.strip() for k, v in row.items() if v and v.strip()}) for n, row in rows if any(row.values())]


def _check(kind: str, row: dict[str, str], where: str) -> None:
    if kind not in KINDS:
        close = nearest(kind, KINDS)
        raise InputError(f"kind {kind!r}", where=where, expected=f"one of {', '.join(KINDS)}",
                         do=f"Did you mean {close[0]!r}?" if close else "Mend the first cell.")  # fmt: skip
    foreign = [column for column in row if column not in KINDS[kind]]
    if foreign:
        raise InputError(f"{', '.join(foreign)} on a row of kind {kind!r}", where=where,
                         expected=f"only {', '.join(KINDS[kind])}", do="Empty those cells.")  # fmt: skip


def _attach(found: dict[str, Any], kind: str, row: dict[str, str], where: str) -> None:
    """Put a row into the thing it belongs to."""
    listed, column, field = _PARTS[kind]
    name = row.pop(column, "")
    owner = next((x for x in found[listed] if x.get("name") == name), None)
    if owner is None:
        raise InputError(f"{column} {name!r} has no row of its own", where=where, expected=f"a row of kind {column!r}",
                         do="Add it, or mend the name.")  # fmt: skip
    owner.setdefault(field, []).append(row)
