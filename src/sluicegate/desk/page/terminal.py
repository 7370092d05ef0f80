"""A page as text for a terminal: plain when piped, colour only as a second signal."""

from __future__ import annotations

from functools import singledispatch

from rich.cells import cell_len

from sluicegate.desk.page.block import Block, Chart, Entry, Listing, Note, Page, Section, Span, Table, words
from sluicegate.desk.page.lines import Line, indented, length, padded, painted, wrapped
from sluicegate.desk.page.terminal_table import table_lines

_LABEL = 18
"""Width of the labels before entries."""
_GAP = 2
_NARROWEST = 40


def page_text(page: Page, *, colour: bool, width: int) -> str:
    """The page in lines of at most `width` cells (40 at least), a newline at the end."""
    width = max(width, _NARROWEST)
    lines = _head(page, width)
    for entry in page.opening:
        lines += indented(_entry(entry, width - 2), 2)
    for section in page.sections:
        lines += [[], *_section(section, width)]
    if page.sources:
        lines += [[], *indented(_sources(page.sources, width - 4), 4)]
    return "".join(painted(line, colour=colour) + "\n" for line in lines)


def _sources(sources: tuple[str, ...], width: int) -> list[Line]:
    """The sources under their marks."""
    lines: list[Line] = [[Span("Sources", strong=True)]]
    for k, text in enumerate(sources, 1):
        mark = f"[{k}] ".rjust(5)
        first, *more = wrapped(words(text), width - len(mark))
        lines += [[Span(mark, tone="muted"), *first], *indented(more, len(mark))]
    return lines


def _head(page: Page, width: int) -> list[Line]:
    """Title at the left, publisher and date at the right of the same line where they fit."""
    title = wrapped(words(page.title, strong=True), width)
    room = width - length(title[-1]) - cell_len(page.byline)
    if len(title) == 1 and room >= _GAP:
        title[0] += [Span(" " * room), Span(page.byline, tone="muted")]
        return [*title, []]
    return [*title, *wrapped(words(page.byline, tone="muted"), width), []]


def _section(section: Section, width: int) -> list[Line]:
    lines: list[Line] = [[Span("  "), Span(section.title, strong=True)]]
    for block in section.blocks:
        lines += indented(_block(block, width - 4), 4)
    return lines


def _entry(entry: Entry, width: int, label_width: int = _LABEL) -> list[Line]:
    """The label in its column, the words beside it; a label too long for its column has a line of its own."""
    lines = [line for spans in (entry.spans, *entry.more) for line in wrapped(spans, width - label_width)] or [[]]
    label = Span(entry.label, strong=True)
    if cell_len(entry.label) < label_width:
        first = [*padded([label], label_width), *lines[0]]
        return [first, *indented(lines[1:], label_width)]
    return [*wrapped((label,), width), *indented(lines, 3)]


@singledispatch
def _block(block: Block, width: int) -> list[Line]:  # noqa: ARG001
    """A block as lines; pictures and folded detail are the browser's."""
    return []


@_block.register
def _(block: Note, width: int) -> list[Line]:
    return wrapped(block.spans, width)


@_block.register
def _(block: Listing, width: int) -> list[Line]:
    lines: list[Line] = []
    for k, entry in enumerate(block.entries, 1):
        numbered = Entry(f"{k}. {entry.label}", entry.spans, entry.more) if block.ranked else entry
        lines += _entry(numbered, width)
    return lines


@_block.register
def _(block: Chart, width: int) -> list[Line]:
    label = min(width // 2, _GAP + max((cell_len(entry.label) for entry in block.glance), default=0))
    return [line for entry in block.glance for line in _entry(entry, width, label)]


@_block.register
def _(block: Table, width: int) -> list[Line]:
    return table_lines(block, width)
