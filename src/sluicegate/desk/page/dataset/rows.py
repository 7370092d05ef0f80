"""Rows of the dataset as tables: a few of them, with their numbers in words and the marks of their sources."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

from sluicegate.desk.page.block import Block, Cell, Note, Section, Table, words
from sluicegate.desk.page.marks import Marks

Row = Mapping[str, Any]
Line = Callable[[Row], Sequence[Cell]]
MOST = 8
"""Rows of a table in text; the document has them all."""


def text_cell(text: object) -> Cell:
    """A cell of words; empty for what is absent."""
    return Cell(words("" if text is None else str(text)))


def cells(*texts: object) -> tuple[Cell, ...]:
    """A line of such cells."""
    return tuple(text_cell(t) for t in texts)


def starts(project: Row) -> str:
    """When a project of the model starts: the median day, and the span of 90 %."""
    return f"{project['starts_p50']} ({project['starts_p05']} to {project['starts_p95']})"


def tonnes(value: float | None) -> str:
    """Tonnes in words, no finer than four digits or a tenth of a tonne; empty for what is absent."""
    if value is None:
        return ""
    if abs(value) >= 100:
        return f"{float(f'{value:.4g}'):,.0f}"
    return f"{float(f'{value:.3g}'):g}"


def percent(value: float | None) -> str:
    """A share in percent, to a whole; empty for what is absent."""
    return "" if value is None else f"{value * 100:.0f} %"


def some(
    rows: Sequence[Row], head: Sequence[str], line: Callable[[Row], Sequence[Cell]], most: int = MOST
) -> tuple[Block, ...]:
    """The first rows as a table, and how many more there are; nothing where there is none."""
    if not rows:
        return ()
    table = Table(tuple(head), tuple(tuple(line(row)) for row in rows[:most]))
    if len(rows) <= most:
        return (table,)
    return (table, Note(words(f"{most} of {len(rows)}; all with --json", tone="muted")))


def weeks(count: float | None) -> str:
    """A number of weeks; empty for what is absent."""
    return "" if count is None else f"{count:g} week{'' if count == 1 else 's'}"


def section(title: str, blocks: Iterable[Block]) -> tuple[Section, ...]:
    """A section, or none where it would be empty."""
    found = tuple(blocks)
    return (Section("", title, found),) if found else ()


def citations(groups: Iterable[Row]) -> dict[str, str]:
    """Citation by figure id, of groups of figures."""
    return {f["id"]: f["source"] for group in groups for f in group["figures"]}


def figure_sections(groups: Sequence[Row], marks: Marks, most: int = 6) -> tuple[Section, ...]:
    """A section for each metric: what, where, when, the number with its source, how it is known."""
    head = ("What", "Where", "When", "Number", "Known as")
    line = _line(marks, several=len({f["material"] for group in groups for f in group["figures"]}) > 1)
    return tuple(
        found
        for group in groups
        for found in section(f"Figures: {group['metric']}", some(group["figures"], head, line, most))
    )


def _line(marks: Marks, *, several: bool) -> Line:
    return lambda figure: figure_cells(figure, marks, several=several)


def figure_cells(figure: Row, marks: Marks, *, several: bool = False) -> tuple[Cell, ...]:
    """What (with its material where they are several), where, when, the number with its mark, how it is known."""
    stage = "" if figure["stage"] in ("", "use", "supply") or figure["stage"] in figure["item"] else figure["stage"]
    named = figure["material"] if several else ""
    what = ", ".join(t for t in (named, stage, figure["item"]) if t) or figure["material"] or figure["metric"]
    where = " → ".join(p for p in (figure["place"], figure["partner"]) if p)
    known = [figure["grade"], "" if figure["status"] == "observed" else figure["status"]]
    known += [] if figure["preferred"] else ["not preferred"]
    return (
        text_cell(what),
        text_cell(where),
        text_cell(figure["period"]),
        Cell(words(figure["amount"], mark=marks.of(figure["id"]))),
        text_cell(", ".join(k for k in known if k)),
    )
