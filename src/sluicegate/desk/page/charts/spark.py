"""Sparklines: a path in the height of a line, as block characters or as a small picture."""

from __future__ import annotations

import math

from sluicegate.desk.page.charts.axis import extent
from sluicegate.desk.page.charts.svg import Values, add, data_list, line_path, picture, to_text

_BLOCKS = "▁▂▃▄▅▆▇█"
_WIDTH, _HEIGHT = 84.0, 18.0


def condensed(values: Values, most: int) -> list[float | None]:
    """At most `most` means of consecutive values; a stretch without any value stays absent."""
    size = max(1, math.ceil(len(values) / most))
    means: list[float | None] = []
    for k in range(0, len(values), size):
        part = [v for v in values[k : k + size] if v is not None and math.isfinite(v)]
        means.append(sum(part) / len(part) if part else None)
    return means


def spark_blocks(values: Values, *, most: int = 12, high: float | None = None) -> str:
    """The path in block characters from 0 (or its lowest negative) to `high`; an absent value is a blank."""
    means = condensed(values, most)
    low, top = extent(means)
    top = high if high is not None else top
    rise = (top - low) or 1.0
    return "".join(" " if v is None else _BLOCKS[max(0, min(7, round((v - low) / rise * 7)))] for v in means).rstrip()


def spark_svg(ident: str, values: Values, title: str) -> str:
    """The path as a picture of one line's height, from 0 to its highest."""
    low, high = extent(values)
    rise = (high - low) or 1.0
    step = _WIDTH / max(1, len(values) - 1)
    points = [
        (k * step, _HEIGHT - 2 - (v - low) / rise * (_HEIGHT - 4)) if v is not None and math.isfinite(v) else None
        for k, v in enumerate(values)
    ]
    root = picture(ident, _WIDTH, _HEIGHT, title, "Weekly path, from zero.")
    root.set("class", "spark")
    add(root, "line", "axis", x1=0, y1=_HEIGHT - 1.5, x2=_WIDTH, y2=_HEIGHT - 1.5)
    add(root, "path", "line ink", d=line_path(points), data_values=data_list(values))
    return to_text(root)
