"""The Sankey: columns of nodes, ribbons as wide as what goes between them."""

from __future__ import annotations

import xml.etree.ElementTree as ET
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from sluicegate.desk.page.charts.axis import spread
from sluicegate.desk.page.charts.svg import add, picture, shown, text_width, to_text, wrapped_heading, write
from sluicegate.terms.inert import shortened

_BAR = 12.0
_GAP = 5.0
_TOP = 44.0
_SIZE = 11.5
_MARGIN = 176.0
"""Room at the right for the words of the last column."""


@dataclass(frozen=True)
class Node:
    """A bar: its key, its words, the column it stands in (0 is the first), and `controller`, `target` or `ink`."""

    key: str
    label: str
    column: int
    tone: str = "ink"


@dataclass(frozen=True)
class Ribbon:
    """What goes from one node to one of the next column; `value` in any one unit, not below 0."""

    source: str
    target: str
    value: float


@dataclass
class _Placed:
    node: Node
    x: float
    y: float
    height: float
    left: float = 0.0
    right: float = 0.0


def sankey(
    ident: str,
    title: str,
    desc: str,
    nodes: Sequence[Node],
    ribbons: Sequence[Ribbon],
    *,
    columns: Sequence[str],
    width: float = 880,
    height: float = 440,
) -> str:
    """Draw what goes from column to column; a node is as high as the larger of what comes and what goes.

    Parameters
    ----------
    columns : headings, shape (columns,)
    ribbons : between nodes of neighbouring columns; each carries its value in `data-value`

    Raises
    ------
    ValueError : no ribbons, or a ribbon to a node that is not there.
    """
    known = {node.key for node in nodes}
    if not ribbons or any(r.source not in known or r.target not in known for r in ribbons):
        raise ValueError("a Sankey needs ribbons between nodes that are there")
    root = picture(ident, width, height, title, desc)
    placed, scale = _place(nodes, ribbons, len(columns), width, height)
    order = {key: p.y for key, p in placed.items()}
    links = add(root, "g", "ribbons")
    for ribbon in sorted(ribbons, key=lambda r: (order[r.source], order[r.target])):
        _draw_ribbon(links, placed[ribbon.source], placed[ribbon.target], ribbon, scale)
    for k, heading in enumerate(columns):
        room = (width - _MARGIN) / max(len(columns) - 1, 1) - 10 if k < len(columns) - 1 else _MARGIN
        for n, line in enumerate(wrapped_heading(heading, room, size=_SIZE + 3)):
            write(root, line, _column_x(k, len(columns), width), 12 + 14 * n, "heading")
    for k in range(len(columns)):
        _draw_column(root, [p for p in placed.values() if p.node.column == k], k, len(columns), width, height)
    return to_text(root)


def _column_x(column: int, columns: int, width: float) -> float:
    return column * (width - _BAR - _MARGIN) / max(columns - 1, 1)


def _place(nodes: Sequence[Node], ribbons: Sequence[Ribbon], columns: int, width: float,
           height: float) -> tuple[dict[str, _Placed], float]:  # fmt: skip
    """Where each node stands, in the order given, and units of height by value."""
    goes, comes = defaultdict[str, float](float), defaultdict[str, float](float)
    for r in ribbons:
        goes[r.source] += r.value
        comes[r.target] += r.value
    size = {n.key: max(goes[n.key], comes[n.key]) for n in nodes}
    by_column = [[n for n in nodes if n.column == k and size[n.key] > 0] for k in range(columns)]
    room = [(height - _TOP - 8 - _GAP * max(len(c) - 1, 0), sum(size[n.key] for n in c)) for c in by_column if c]
    scale = min(free / total for free, total in room if total > 0)
    placed = {}
    for k, column in enumerate(by_column):
        y = _TOP
        for node in column:
            placed[node.key] = _Placed(node, _column_x(k, columns, width), y, max(size[node.key] * scale, 0.6))
            y += placed[node.key].height + _GAP
    return placed, scale


def _draw_ribbon(parent: ET.Element, start: _Placed, end: _Placed, ribbon: Ribbon, scale: float) -> None:
    """One ribbon, taking its place on both bars."""
    thick = ribbon.value * scale
    y0, y1 = start.y + start.right, end.y + end.left
    start.right += thick
    end.left += thick
    x0, x1 = start.x + _BAR, end.x
    middle = (x0 + x1) / 2
    curve = (
        f"M{shown(x0)} {shown(y0)}C{shown(middle)} {shown(y0)} {shown(middle)} {shown(y1)} {shown(x1)} {shown(y1)}"
        f"V{shown(y1 + thick)}"
        f"C{shown(middle)} {shown(y1 + thick)} {shown(middle)} {shown(y0 + thick)} {shown(x0)} {shown(y0 + thick)}Z"
    )
    path = add(parent, "path", f"ribbon {start.node.tone}", d=curve, data_value=f"{ribbon.value:.6g}",
               data_from=ribbon.source, data_to=ribbon.target)  # fmt: skip
    add(path, "title").text = f"{start.node.label} to {end.node.label}: {ribbon.value:,.3g}"


def _draw_column(root: ET.Element, column: Sequence[_Placed], k: int, columns: int, width: float,
                 height: float) -> None:  # fmt: skip
    """The bars of a column and their words, moved apart where bars are thin."""
    room = _MARGIN - 8 if k == columns - 1 else (width - _MARGIN) / max(columns - 1, 1) - _BAR - 12
    longest = max(4, int(room / text_width("x", _SIZE)))
    heights = spread([p.y + p.height / 2 for p in column], 13, _TOP, height - 8)
    for p, y in zip(column, heights, strict=True):
        add(root, "rect", f"node {p.node.tone}", x=p.x, y=p.y, width=_BAR, height=p.height)
        write(root, shortened(p.node.label, longest), p.x + _BAR + 5, y + 4, f"node-label {p.node.tone}")
