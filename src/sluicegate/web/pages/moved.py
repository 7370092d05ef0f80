"""Numbers that an article moved, as briefs on record say: in a line, and as a table."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from sluicegate.desk.page.block import Block
from sluicegate.desk.page.figure import Figure, change, money, money_of, read_band, share
from sluicegate.web.pages.cells import band_cell, note, table_of, text_cell

Doc = Mapping[str, Any]
_MOST = 30


def moved_table(moved: Sequence[Doc]) -> Block:
    """Numbers that stories moved, before and after, with the story that did it."""
    rows = [
        [
            *_cells(n, str(m["run"] or "")),
            text_cell(m["title"] or "Untitled article", link=f"/news/{m['article']}"),
        ]
        for m in moved
        for n in m["numbers"]
    ][:_MOST]
    nothing = "None: no brief was made since then that moved one. A story's page computes its brief."
    return table_of(("Number", "Before", "After", "By the story"), rows) if rows else note(nothing)


def moved_rows(numbers: Sequence[Doc], run: str) -> Block:
    """The numbers one story moved, with the claims that did it."""
    rows = [
        [*_cells(n, run), text_cell(f"{len(n['by'])} of its claims" if n["by"] else "the article as a whole")]
        for n in numbers[:_MOST]
    ]
    return table_of(("Number", "Before", "After", "Moved by"), rows) if rows else note("It moves no number.")


def _cells(n: Doc, run: str) -> list[Any]:
    return [text_cell(n["number"], strong=True), band_cell(in_figures(n["before"], n["unit"])),
            band_cell(in_figures(n["after"], n["unit"]), id=n.get("id"), run=run)]  # fmt: skip


def in_figures(value: Any, unit: str) -> Figure:
    """A band as a sum of money, a share or a change in percent, or in its unit."""
    band = read_band(value)
    if unit == "share":
        return share(band)
    return change(band) if unit == "change as a share" else money(band, unit)


def moved_line(moved: Doc | None, most: int = 2) -> str:
    """Which numbers a story moved, in a line: sums of money first, the rest counted; empty where it moved none."""
    numbers = sorted((moved or {}).get("numbers") or [], key=lambda n: money_of(n["unit"]) is None)
    if not numbers:
        return ""
    named = [f"{n['number']}, {in_figures(n['before'], n['unit']).median} → "
             f"{in_figures(n['after'], n['unit']).median}" for n in numbers[:most]]  # fmt: skip
    rest = f"; and {len(numbers) - most} more" if len(numbers) > most else ""
    return f"moved {'; '.join(named)}{rest}"


def moved_by(moved: Doc | None, claim: str, most: int = 2) -> str:
    """The numbers that one claim of a story moved, the first by name; empty where it moved none."""
    numbers = sorted((moved or {}).get("numbers") or [], key=lambda n: money_of(n["unit"]) is None)
    names = list(dict.fromkeys(n["number"] for n in numbers if claim in n["by"]))
    rest = f" and {len(names) - most} more" if len(names) > most else ""
    return "; ".join(names[:most]) + rest
