"""The frontier: cost across, what remains of the risk upward; the chosen plan marked."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sluicegate.desk.page.charts.axis import Frame, Scale, draw_values, extent, nice_ticks, spread, tick_label
from sluicegate.desk.page.charts.svg import add, line_path, picture, to_text, write

_APART = 15.0
"""Between two names at the ends of lines."""


@dataclass(frozen=True)
class Point:
    """A plan: what it costs, what remains; `chosen` for the one asked for."""

    label: str
    cost: float
    remains: float
    chosen: bool = False


def frontier(
    ident: str,
    title: str,
    desc: str,
    lines: Sequence[tuple[str, Sequence[Point]]],
    *,
    x_title: str,
    y_title: str,
    width: float = 720,
    height: float = 320,
) -> str:
    """Draw one line of plans or several, each named at its end.

    Parameters
    ----------
    lines : name and points in the order of cost; points carry `data-x` and `data-y`

    Raises
    ------
    ValueError : no points.
    """
    points = [p for _, line in lines for p in line]
    if not points:
        raise ValueError("a frontier needs at least one point")
    root = picture(ident, width, height, title, desc)
    frame = Frame(left=52, top=30, right=width - 96, bottom=height - 44)
    across, up = nice_ticks(*extent(p.cost for p in points), ticks=5), nice_ticks(*extent(p.remains for p in points))
    x, y = Scale(across[0], across[-1], frame.left, frame.right), Scale(up[0], up[-1], frame.bottom, frame.top)
    write(root, y_title, 0, 14, "axis-title")
    draw_values(root, frame, y, up)
    for tick in across:
        write(root, tick_label(tick, across[1] - across[0]), x(tick), frame.bottom + 17, "tick", "middle")
    write(root, x_title, frame.left, frame.bottom + 36, "axis-title")
    ends = spread([y(line[-1].remains) + 4 for _, line in lines if line], _APART, frame.top, frame.bottom - 6)
    named = iter(ends)
    for k, (name, line) in enumerate(lines):
        add(root, "path", f"line series{k % 6}", d=line_path([(x(p.cost), y(p.remains)) for p in line]))
        for p in line:
            dot = add(root, "circle", f"point series{k % 6}{' chosen' if p.chosen else ''}", cx=x(p.cost),
                      cy=y(p.remains), r=6.0 if p.chosen else 3.5, data_x=f"{p.cost:.6g}",
                      data_y=f"{p.remains:.6g}")  # fmt: skip
            add(dot, "title").text = p.label
            if p.chosen:
                left = x(p.cost) > (frame.left + frame.right) / 2
                above = min(y(p.remains) - 12, min(ends) - _APART)
                write(root, p.label, x(p.cost) + (-9 if left else 9), above, "end", "end" if left else "start")
        if line:
            write(root, name, x(line[-1].cost) + 10, next(named), f"end series{k % 6}")
    return to_text(root)
