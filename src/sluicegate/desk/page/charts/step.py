"""The step curve: a share that grows as one after another reaches a point."""

from __future__ import annotations

import xml.etree.ElementTree as ET
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sluicegate.desk.page.charts.axis import Frame, Scale, draw_months, draw_values, nice_ticks, spread
from sluicegate.desk.page.charts.svg import (
    Values,
    add,
    data_list,
    picture,
    step_path,
    text_width,
    to_text,
    wrapped_heading,
    write,
)

_SIZE = 12.0


@dataclass(frozen=True)
class Curve:
    """A labelled share (0 to 1) over dates, shape (dates,) both."""

    label: str
    dates: Sequence[date]
    shares: Values


def step_chart(
    ident: str,
    title: str,
    desc: str,
    curves: Sequence[Curve],
    *,
    y_title: str,
    width: float = 720,
    height: float = 260,
) -> str:
    """Draw shares over time as steps, each named at its right end; the order of dashes tells lines apart.

    Raises
    ------
    ValueError : no curve with a date.
    """
    days = sorted({d for curve in curves for d in curve.dates})
    if not days:
        raise ValueError("a step chart needs at least one date")
    root = picture(ident, width, height, title, desc)
    margin = min(0.42 * width, 16 + max(text_width(c.label, _SIZE) for c in curves))
    frame = Frame(left=40, top=28, right=width - margin, bottom=height - 38)
    x = Scale(days[0].toordinal(), days[-1].toordinal(), frame.left, frame.right)
    y = Scale(0, 1, frame.bottom, frame.top)
    write(root, y_title, 0, 12, "axis-title")
    draw_values(root, frame, y, nice_ticks(0, 1, 4), percent=True)
    draw_months(root, frame, x, days)
    ends = []
    for k, curve in enumerate(curves):
        pairs = [(x(d.toordinal()), y.at(v)) for d, v in zip(curve.dates, curve.shares, strict=True)]
        points = [None if h is None else (at, h) for at, h in pairs]
        add(root, "path", f"line series{k % 6}", d=step_path(points), data_values=data_list(curve.shares))
        ends.append(next((p[1] for p in reversed(points) if p), frame.bottom))
    _label_ends(root, frame, [curve.label for curve in curves], ends)
    return to_text(root)


def _label_ends(root: ET.Element, frame: Frame, labels: Sequence[str], ends: Sequence[float]) -> None:
    """The name of each curve at its right end, in two lines where the margin is narrow."""
    room = float(root.get("viewBox", "").split()[2]) - frame.right - 6
    wrapped = [wrapped_heading(label, room, size=_SIZE) for label in labels]
    lines = max(len(words) for words in wrapped)
    for k, (words, place) in enumerate(
        zip(wrapped, spread(ends, 2 + 13.0 * lines, frame.top, frame.bottom), strict=True)
    ):
        for n, line in enumerate(words):
            write(root, line, frame.right + 6, place + 4 + 13 * n, f"end series{k % 6}")
