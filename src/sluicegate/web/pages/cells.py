"""Cells of tables that lead on: to the page of a thing, or to the origin of a number."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any
from urllib.parse import quote

from sluicegate.desk.page.block import Cell, Note, Span, Spans, Table, Tone, words
from sluicegate.desk.page.document import named_place
from sluicegate.desk.page.figure import MINUS, Figure, finite, number

NONE = "—"
"""Nothing known; never a zero."""


def text_cell(text: Any, under: str = "", *, strong: bool = False, tone: Tone = "plain", link: str = "") -> Cell:
    """Words, with fainter words below."""
    shown = str(text) if text not in (None, "") else NONE
    return Cell(words(shown, strong=strong, tone=tone, link=link), words(under, tone="muted"))


def origin(number_id: Any, run: str = "") -> str:
    """The address of a number's origin; empty without an id."""
    if not number_id:
        return ""
    return f"/why/{quote(str(number_id), safe=':,.')}" + (f"?run={run}" if run else "")


def number_cell(value: Any, unit: str = "", *, id: Any = None, run: str = "", under: str = "", digits: int = 3) -> Cell:  # noqa: A002
    """A number in its unit, which leads to its origin."""
    known = finite(value)
    text = NONE if known is None else f"{grouped(known, digits)} {unit}".strip()
    return Cell(words(text, link=origin(id, run)), words(under, tone="muted"))


def band_cell(found: Figure, *, id: Any = None, run: str = "", strong: bool = False) -> Cell:  # noqa: A002
    """A median over its band, which leads to its origin."""
    return Cell(words(found.median, strong=strong, link=origin(id, run)), words(found.band, tone="muted"))


def grouped(value: float, digits: int = 3) -> str:
    """A number with its thousands apart, to so many significant digits."""
    return number(value, digits) if value else "0"


def place_cell(code: Any, under: str = "") -> Cell:
    """A place by name, which leads to its page."""
    return text_cell(named_place(code), under, link=f"/countries/{code}")


def product_cell(name: Any, under: str = "") -> Cell:
    """A product, which leads to its page."""
    return text_cell(name, under, link=f"/materials/{quote(str(name))}")


def refs_cell(label: Any, refs: Any) -> Cell:
    """How sure a row is, and the first record behind it."""
    first = str(refs or "").split(";")[0].strip()
    return Cell(words(str(label or NONE)), words("source" if first else "", tone="muted", link=origin(first)))


def table_of(columns: Sequence[str], rows: Sequence[Sequence[Cell]], caption: str = "") -> Table:
    """A table, of which every row has all columns."""
    return Table(tuple(columns), tuple(tuple(row) for row in rows), caption)


def note(text: str, *, tone: Tone = "plain", link: str = "") -> Note:
    """A paragraph of one span."""
    return Note(words(text, tone=tone, link=link))


def spans_of(*parts: str | tuple[str, str]) -> Spans:
    """Words and links in a row; a pair is words and address."""
    return tuple(s for p in parts for s in (words(p) if isinstance(p, str) else words(p[0], link=p[1])))


def share_text(value: Any) -> str:
    """A share in percent, `—` where not known."""
    known = finite(value)
    return NONE if known is None else f"{100 * known:.3g} %".replace("-", MINUS)


def get(row: Mapping[str, Any], *path: str) -> Any:
    """The value at `path`, None where there is none."""
    value: Any = row
    for key in path:
        value = value.get(key) if isinstance(value, Mapping) else None
    return value


def listed(items: Sequence[tuple[str, str]], *, between: str = " · ") -> Spans:
    """Words with addresses, one after another."""
    spans: list[Span] = []
    for text, link in items:
        spans += ([Span(between)] if spans else []) + [Span(text, link=link)]
    return tuple(spans)
