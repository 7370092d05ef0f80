"""Lines of a terminal: spans wrapped to a width in cells, padded, painted."""

from __future__ import annotations

from collections.abc import Iterable

from rich.cells import cell_len, chop_cells
from rich.color import ColorSystem
from rich.style import Style

from sluicegate.desk.page.block import Span, Spans
from sluicegate.desk.page.figure import NBSP

Line = list[Span]
_STYLES = {"plain": "", "muted": "dim", "bad": "red", "good": "green"}


def painted(line: Line, *, colour: bool) -> str:
    """A line as a string, with escape codes only where colour is asked for."""
    spans = [Span(s.text.replace(NBSP, " "), s.strong, s.tone) for s in line]
    if not colour:
        return "".join(s.text for s in spans).rstrip()
    painted = ""
    for span in spans:
        look = f"{'bold ' if span.strong else ''}{_STYLES[span.tone]}".strip()
        painted += Style.parse(look).render(span.text, color_system=ColorSystem.STANDARD) if look else span.text
    return painted


def length(line: Iterable[Span]) -> int:
    """The width of a line in cells."""
    return sum(cell_len(span.text) for span in line)


def wrapped(spans: Spans, width: int) -> list[Line]:
    """Spans with their marks, broken at blanks into lines of at most `width` cells; a longer word is cut."""
    lines: list[Line] = [[]]
    for span in spans:
        text = f"{span.text}{NBSP}[{span.mark.number}]" if span.mark is not None else span.text
        for word in _words(text, width):
            if length(lines[-1]) + cell_len(word.rstrip(" ")) > width and lines[-1]:
                lines.append([])
            kept = word if lines[-1] else word.lstrip(" ")
            if kept:
                lines[-1].append(Span(kept, span.strong, span.tone))
    return [line for line in lines if line]


def _words(text: str, width: int) -> list[str]:
    """The words of `text`, each with the blank after it; one wider than `width` at its fixed blanks, else in pieces."""
    found: list[str] = []
    for part in text.split(" "):
        if NBSP in part and cell_len(part) > width:
            pieces = _words(part.replace(NBSP, " "), width)
        else:
            pieces = chop_cells(part, width) if cell_len(part) > width else [part]
        found += [*pieces[:-1], pieces[-1] + " "]
    return [*found[:-1], found[-1].removesuffix(" ")]


def indented(lines: Iterable[Line], by: int) -> list[Line]:
    """The lines moved right; an empty one stays empty."""
    return [[Span(" " * by), *line] if line else [] for line in lines]


def padded(line: Line, width: int) -> Line:
    """The line filled with blanks to `width` cells."""
    return [*line, Span(" " * max(0, width - length(line)))]
