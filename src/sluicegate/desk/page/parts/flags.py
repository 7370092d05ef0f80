"""Days marked on a chart, and what the marks are: measures and outages in letters, peaks in numbers."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from string import ascii_lowercase

from sluicegate.desk.page.block import Cell, Table, words
from sluicegate.desk.page.charts import Flag
from sluicegate.desk.page.document import Record, records, said, texts
from sluicegate.desk.page.figure import day, read_date

NOT_NAMED = "no goods are missing and nobody orders more than usual"


def happening_flags(happenings: Sequence[Record]) -> list[Flag]:
    """A line for each day on which something happens in the run; what falls on one day shares a letter."""
    by_day: dict[str, list[str]] = {}
    for row in happenings:
        by_day.setdefault(said(row, "on"), []).append(said(row, "what"))
    dated = [(on, says) for text, says in by_day.items() if (on := read_date(text)) is not None]
    return [Flag(on, ascii_lowercase[k % 26], "; ".join(says)) for k, (on, says) in enumerate(dated)]


def peak_flags(paths: Sequence[Record]) -> Iterator[tuple[str, list[Flag]]]:
    """For each path its id and its peaks, numbered through all of them."""
    number = 0
    for path in paths:
        flags = []
        for peak in records(path, "peaks"):
            if (on := read_date(peak.get("at"))) is not None:
                number += 1
                flags.append(Flag(on, str(number), said(peak, "says") or NOT_NAMED, at_median=True))
        yield said(path, "id"), flags


def flag_legend(happenings: Sequence[Flag], peaks: Sequence[tuple[str, Sequence[Flag]]]) -> Table | None:
    """What every letter and number on the charts is; None where there is none."""
    rows = [(f.label, day(f.on), "", f.says) for f in happenings]
    rows += [(f.label, day(f.on), label, f.says) for label, own in peaks for f in own]
    cells = tuple(tuple(Cell(words(text)) for text in row) for row in rows)
    title = "What the marks are: days in letters, peaks in numbers"
    return Table(("Mark", "Day", "Of", "What stands behind it"), cells, title) if cells else None


def main_cause(row: Record) -> str:
    """What stands first behind a price in the week shown."""
    peak = next((p for p in records(row, "peaks") if p.get("at") == row.get("at")), {})
    found = records(peak, "causes")
    if not found:
        return next(iter(texts(peak, "also")), NOT_NAMED if peak else "")
    how = said(found[0], "how")
    return said(found[0], "what") + (f", {how}" if how else "")
