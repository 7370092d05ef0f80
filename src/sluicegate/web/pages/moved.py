"""Numbers that an article moved, as briefs on record say: in a line, and as a table."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from sluicegate.desk.page.block import Block
from sluicegate.desk.page.figure import money, read_band
from sluicegate.web.pages.cells import band_cell, note, table_of, text_cell

_MOST = 30


def moved_table(moved: list[dict[str, Any]]) -> Block:
    """Numbers that briefs say an article moved, before and after."""
    rows = [
        [
            text_cell(n["number"], strong=True),
            band_cell(money(read_band(n["before"]), n["unit"])),
            band_cell(money(read_band(n["after"]), n["unit"]), id=n.get("id"), run=str(m["run"] or "")),
            text_cell(m["title"] or "Untitled article", link=f"/news/{m['article']}"),
        ]
        for m in moved
        for n in m["numbers"]
    ][:_MOST]
    nothing = "None: no brief was made since then that moved one. A story's page computes its brief."
    return table_of(("Number", "Before", "After", "By the story"), rows) if rows else note(nothing)


def moved_line(moved: Mapping[str, Any] | None, most: int = 2) -> str:
    """Which numbers a story moved, in a line: the first by name, the rest counted; empty where it moved none."""
    numbers = (moved or {}).get("numbers") or []
    if not numbers:
        return ""
    named = [f"{n['number']} {money(read_band(n['before']), n['unit']).median} → "
             f"{money(read_band(n['after']), n['unit']).median}" for n in numbers[:most]]  # fmt: skip
    rest = f" and {len(numbers) - most} more" if len(numbers) > most else ""
    return f"moved {'; '.join(named)}{rest}"


def moved_by(moved: Mapping[str, Any] | None, claim: str) -> str:
    """The numbers that one claim of a story moved, by name; empty where it moved none."""
    numbers = [n["number"] for n in (moved or {}).get("numbers") or [] if claim in n["by"]]
    return ", ".join(dict.fromkeys(numbers))


def moved_rows(numbers: Sequence[Mapping[str, Any]], run: str) -> Block:
    """The numbers one story moved, with the claims that did it."""
    rows = [
        [
            text_cell(n["number"], strong=True),
            band_cell(money(read_band(n["before"]), n["unit"])),
            band_cell(money(read_band(n["after"]), n["unit"]), id=n.get("id"), run=run),
            text_cell(f"{len(n['by'])} of its claims" if n["by"] else "the article as a whole"),
        ]
        for n in numbers[:_MOST]
    ]
    return table_of(("Number", "Before", "After", "Moved by"), rows) if rows else note("It moves no number.")
