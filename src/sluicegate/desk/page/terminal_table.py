"""A table in a terminal: columns as wide as their words where they fit, else one field per line."""

from __future__ import annotations

from itertools import zip_longest

from sluicegate.desk.page.block import Cell, Span, Spans, Table, words
from sluicegate.desk.page.charts import spark_blocks
from sluicegate.desk.page.lines import Line, indented, length, padded, wrapped

_GAP = 2
_NARROWEST = 13
_SPARK_CELLS = 12

Parts = tuple[Spans, ...]


def table_lines(table: Table, width: int) -> list[Line]:
    """The table in lines of at most `width` cells; under each median its band."""
    head: list[Parts] = [(words(title, tone="muted"),) for title in table.columns]
    rows = [[_parts(cell) for cell in row] for row in table.rows]
    wanted = [max(length(part) for row in [head, *rows] for part in row[k] or ((),)) for k in range(len(head))]
    widths = _fitted(wanted, width - _GAP * (len(wanted) - 1))
    if widths is None:
        return [line for row in rows for line in _stacked(table.columns, row, width)]
    return [line for row in [head, *rows] for line in _row(row, widths)]


def _parts(cell: Cell) -> Parts:
    """What stands in a cell, top to bottom, marks written out so that they count in its width."""
    spark = words(spark_blocks(cell.spark, most=_SPARK_CELLS))
    return tuple(part for part in (spark, _marked(cell.over), _marked(cell.under)) if part)


def _marked(spans: Spans) -> Spans:
    return tuple(Span(line.text, line.strong, line.tone) for line in (wrapped(spans, 10_000) or [[]])[0])


def _fitted(wanted: list[int], room: int) -> list[int] | None:
    """Column widths that sum to at most `room`, the widest cut first; None where some would be too narrow."""
    widths = list(wanted)
    while sum(widths) > room:
        widest = widths.index(max(widths))
        if widths[widest] <= _NARROWEST:
            return None
        widths[widest] -= 1
    return widths


def _row(row: list[Parts], widths: list[int]) -> list[Line]:
    """The cells of a row side by side."""
    columns = [[line for part in cell for line in wrapped(part, w)] for cell, w in zip(row, widths, strict=True)]
    lines: list[Line] = []
    for k in range(max(len(column) for column in columns)):
        line: Line = []
        for column, w in zip(columns, widths, strict=True):
            line += padded(column[k] if k < len(column) else [], w + _GAP)
        lines.append(line)
    return lines


def _stacked(titles: tuple[str, ...], row: list[Parts], width: int) -> list[Line]:
    """The first cell as a heading, the others below it with their column's name."""
    lines = [line for part in row[0] for line in wrapped(part, width)]
    field = min(_GAP + max(len(title) for title in titles), width // 2)
    for title, cell in zip(titles[1:], row[1:], strict=True):
        values = [line for part in cell for line in wrapped(part, width - field - _GAP)]
        names = wrapped(words(title, tone="muted"), field - _GAP) if values else []
        for name, value in zip_longest(names, values, fillvalue=Line()):
            lines += indented([[*padded(name, field), *value]], _GAP)
    return lines
