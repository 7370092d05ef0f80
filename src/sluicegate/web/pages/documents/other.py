"""Any other document: its numbers and tables as they are."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from sluicegate.desk.page.block import Entry, words
from sluicegate.desk.page.document import said
from sluicegate.desk.page.figure import finite, quantity, read_band
from sluicegate.web.pages.cells import grouped, origin, table_of, text_cell
from sluicegate.web.pages.view import Group, View

Doc = Mapping[str, Any]
_MOST_ROWS = 60


def other_view(d: Doc, run: str) -> View:
    """A document without a page of its own."""
    entries = tuple(Entry(_words(k), words(in_words(v), link=_link(d, k, run))) for k, v in d.items()
                    if k not in {"title", "provenance"} and in_words(v))  # fmt: skip
    groups = [records_group(k, v, run) for k, v in d.items() if k != "provenance" and _rows(v)]
    data = {k: v for k, v in d.items() if _rows(v)}
    return View(said(d, "title") or "Answer", tuple(groups), opening=entries, data=data, run=run)


def _words(key: str) -> str:
    return key.replace("_", " ").capitalize()


def _rows(value: Any) -> bool:
    return isinstance(value, list) and bool(value) and all(isinstance(v, Mapping) for v in value)


def _link(d: Doc, key: str, run: str) -> str:
    value = d[key]
    return origin(value.get("id"), run) if isinstance(value, Mapping) else ""


def in_words(value: Any) -> str:
    """A value in few words: a band as its median and ends, a list as its first members; empty for records."""
    if band := read_band(value):
        return str(quantity(band))
    if isinstance(value, Mapping):
        parts = [f"{k.replace('_', ' ')} {text}" for k, v in value.items() if k != "id" and (text := in_words(v))]
        return "; ".join(parts[:8])
    if isinstance(value, list):
        return "" if any(isinstance(v, Mapping | list) for v in value) else ", ".join(in_words(v) for v in value[:8])
    known = finite(value)
    return grouped(known, 4) if known is not None else "" if value is None else str(value)


def records_group(key: str, rows: list[Doc], run: str = "") -> Group:
    """Records as a table, whose first column leads to the origin of the row's number."""
    columns = [c for c in dict.fromkeys(k for r in rows[:_MOST_ROWS] for k in r) if c != "id"][:7]
    cells = [[text_cell(in_words(r.get(c)), link=origin(r.get("id"), run) if k == 0 else "")
              for k, c in enumerate(columns)] for r in rows[:_MOST_ROWS]]  # fmt: skip
    anchor = re.sub(r"[^a-z]+", "-", key.casefold())
    return Group(f"of-{anchor}", _words(key), (table_of([c.replace("_", " ") for c in columns], cells),))
