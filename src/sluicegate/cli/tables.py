"""Plain tables and trees of a document, for the terminal."""

from __future__ import annotations

import shutil
import textwrap
from collections.abc import Sequence
from typing import Any

WIDEST = 28
"""Characters of a column that is not the last."""


def table(head: Sequence[str], rows: Sequence[Sequence[object]], *, whole: bool = False) -> str:
    """Rows under a head, the last column cut to the width of the terminal (100 columns when piped).

    Parameters
    ----------
    whole : what is too long in the last column goes on below instead, as quotes should
    """
    cells = [[_plain(c) for c in row] for row in rows]
    widths = [min(max(len(x) for x in column), WIDEST) for column in zip(head, *cells, strict=True)]
    widths[-1] = max(len(line[-1]) for line in [head, *cells])
    room = max(shutil.get_terminal_size((100, 24)).columns - sum(widths[:-1]) - 2 * (len(widths) - 1), 20)
    widths[-1] = min(widths[-1], room)
    lines = [line for row in [head, *cells] for line in (_wrapped(row, room) if whole else [row])]
    return "\n".join(
        "  ".join(_cut(c, w).ljust(w) for c, w in zip(line, widths, strict=True)).rstrip() for line in lines
    )


def _wrapped(row: Sequence[str], room: int) -> list[list[str]]:
    """A row as the lines that its last cell takes."""
    first, *more = textwrap.wrap(row[-1], room, break_on_hyphens=False) or [""]
    return [[*row[:-1], first], *([""] * (len(row) - 1) + [line] for line in more)]


def _branch(name: str, value: Any, indent: int) -> str:
    pad, inner = "  " * indent, tree(value, indent + 1)
    if isinstance(value, list | tuple) or "\n" in inner:
        return f"{pad}{name}:\n{inner}"
    return f"{pad}{name}: {inner.strip()}"


def tree(document: Any, indent: int = 0) -> str:
    """A document as indented lines: a mapping by its keys, a list by dashes; what is absent is left out."""
    pad = "  " * indent
    if isinstance(document, dict):
        present = {k: v for k, v in document.items() if v not in (None, "", [], {}, ())}
        return "\n".join(_branch(str(k).replace("_", " "), v, indent) for k, v in present.items())
    if isinstance(document, list | tuple):
        return "\n".join(f"{pad}- {tree(item, indent + 1).strip()}" for item in document)
    return f"{pad}{_plain(document)}"


def _plain(value: object) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, float):
        return f"{value:.4g}"
    return " ".join("".join(c if c.isprintable() else " " for c in str(value)).split())


def _cut(text: str, width: int) -> str:
    return text if len(text) <= width else text[: width - 1] + "…"


def mixed(mix: dict[str, float]) -> str:
    """A mix of moves: its only move, or each with its share."""
    return next(iter(mix)) if len(mix) == 1 else ", ".join(f"{name} {p:.1%}" for name, p in mix.items())


def banded(found: dict[str, float], digits: int = 3) -> str:
    """A median with its 90 % band, some digits each; millions are written out."""
    median, low, high = (f"{float(f'{found[q]:.{digits}g}'):,.12g}" for q in ("q50", "q05", "q95"))
    return f"{median} ({low} to {high})"
