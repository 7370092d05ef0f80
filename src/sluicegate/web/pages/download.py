"""What a page gives to take along: CSV of raw rows, and charts as files of their own."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from sluicegate.desk.page.block import Chart, Panels, Table
from sluicegate.terms import NotFoundError
from sluicegate.web.pages.view import Rows, View
from sluicegate.web.style import chart_style

_RISKY = ("=", "+", "-", "@", "\t", "\r", "\n", "|", "%")
_NUMBER = re.compile(r"[+-]?\d[\d.,]*([eE][+-]?\d+)?")


def safe_cell(value: Any) -> str:
    """A cell as text that no spreadsheet takes for a formula; numbers stay numbers, what is absent stays empty."""
    if value is None or value != value:
        return ""
    text = str(value)
    risky = text.lstrip(" \u00a0\ufeff").startswith(_RISKY)
    return f"'{text}" if risky and not _NUMBER.fullmatch(text) else text


def flat(record: Mapping[str, Any], prefix: str = "") -> dict[str, Any]:
    """A record in one level: `starts.q05` as `starts_q05`, lists joined by `;` (lists of records are counted)."""
    row: dict[str, Any] = {}
    for key, value in record.items():
        name = f"{prefix}{key}"
        if isinstance(value, Mapping):
            row |= flat(value, f"{name}_")
        elif isinstance(value, list | tuple):
            row[name] = len(value) if any(isinstance(v, Mapping) for v in value) else "; ".join(map(str, value))
        else:
            row[name] = value
    return row


def csv_of_rows(rows: Rows) -> str:
    """Raw rows as CSV with one header, in the order in which columns first appear."""
    flattened = [flat(row) for row in rows]
    columns = list(dict.fromkeys(name for row in flattened for name in row))
    return _csv([columns, *([row.get(c) for c in columns] for row in flattened)])


def csv_of_table(table: Table) -> str:
    """A table as shown, bands in columns of their own."""
    head = [name for column in table.columns for name in (column, f"{column} (below)")]
    rows = [[text for cell in row for text in (_text(cell.over), _text(cell.under))] for row in table.rows]
    return _csv([head, *rows])


def _text(spans: Sequence[Any]) -> str:
    return "".join(span.text for span in spans)


def _csv(rows: Sequence[Sequence[Any]]) -> str:
    out = io.StringIO()
    csv.writer(out, lineterminator="\r\n").writerows([safe_cell(v) for v in row] for row in rows)
    return out.getvalue()


def csv_of(view: View, part: str) -> str:
    """The raw rows of that name, or the table of that anchor.

    Raises
    ------
    NotFoundError : the page has neither.
    """
    if part in view.data:
        return csv_of_rows(view.data[part])
    tables = {ident: table for ident, table, _ in _parts(view)}
    if part not in tables:
        raise NotFoundError(part[:60], kind="table", known=[*view.data, *tables], where="part")
    return csv_of_table(tables[part])


def svg_of(view: View, part: str) -> str:
    """A chart as a file that stands alone, with the page's looks inside.

    Raises
    ------
    NotFoundError : the page has no such chart.
    """
    charts = {ident: picture for ident, _, picture in _parts(view) if picture}
    if part not in charts:
        raise NotFoundError(part[:60], kind="chart", known=list(charts), where="part")
    head, _, rest = charts[part].partition(">")
    return f"{head}><style>{chart_style()}</style>{rest}"


def _parts(view: View) -> Iterator[tuple[str, Table, str]]:
    """Every table of the page with its anchor, and the picture it belongs to."""
    for section in view.sections:
        for k, block in enumerate(section.blocks, 1):
            ident = f"{section.key}-{k}"
            if isinstance(block, Table):
                yield ident, block, ""
            elif isinstance(block, Chart):
                yield ident, block.twin, block.wide()
            elif isinstance(block, Panels):
                for n, (picture, twin) in enumerate(zip(block.pictures(), block.twins, strict=True), 1):
                    yield f"{ident}-{n}", twin, picture
