"""Band bars: one row per thing, its median as a dot on its bands."""

from __future__ import annotations

import xml.etree.ElementTree as ET
from collections.abc import Sequence
from dataclasses import dataclass

from sluicegate.desk.page.charts.axis import Frame, Scale, extent, nice_ticks, tick_label
from sluicegate.desk.page.charts.svg import add, data_list, picture, text_width, to_text, write
from sluicegate.terms import Band
from sluicegate.terms.inert import shortened

_ROW = 44.0
_LABEL_SIZE = 13.0


@dataclass(frozen=True)
class Bar:
    """A row: what it is, its band, and a second value drawn as an upright tick (None for none)."""

    label: str
    band: Band
    beside: float | None = None


def band_bars(
    ident: str,
    title: str,
    desc: str,
    bars: Sequence[Bar],
    *,
    x_title: str,
    width: float = 720,
    x_range: tuple[float, float] | None = None,
    sided: bool = False,
) -> str:
    """Draw medians with their 50 and 90 % bands on one scale, with its zero.

    Parameters
    ----------
    bars : the rows, top to bottom
    x_title : name and unit of the value
    x_range : fixed ends of the axis; None takes the data with zero
    sided : above zero is the controller's, below it the target's; colours say so

    Raises
    ------
    ValueError : no rows.
    """
    if not bars:
        raise ValueError("band bars need at least one row")
    height = _ROW * len(bars) + 46
    root = picture(ident, width, height, title, desc)
    frame = Frame(left=8, top=4, right=width - 14, bottom=height - 42)
    ends = [v for bar in bars for v in (bar.band.q05, bar.band.q50, bar.band.q95, bar.beside)]
    ticks = nice_ticks(*(x_range or extent(ends)), ticks=5 if width >= 500 else 4)
    x = Scale(ticks[0], ticks[-1], frame.left, frame.right)
    step = ticks[1] - ticks[0]
    for tick in ticks:
        at_zero = abs(tick) < step * 1e-6
        add(root, "line", "zero" if at_zero else "grid", x1=x(tick), y1=frame.top, x2=x(tick), y2=frame.bottom)
        anchor = "start" if tick == ticks[0] else "end" if tick == ticks[-1] else "middle"
        write(root, tick_label(tick, step), x(tick), frame.bottom + 16, "tick", anchor)
    write(root, x_title, frame.left, frame.bottom + 34, "axis-title")
    for k, bar in enumerate(bars):
        _draw_row(root, x, frame, k, bar, sided=sided)
    return to_text(root)


def _draw_row(root: ET.Element, x: Scale, frame: Frame, k: int, bar: Bar, *, sided: bool) -> None:
    """One row: its words above, its bands below them."""
    top = frame.top + k * _ROW
    y, band = top + 32, bar.band
    longest = int((frame.right - frame.left) / text_width("x", _LABEL_SIZE))
    write(root, shortened(bar.label, longest), frame.left + 5, top + 17, "row-label")
    row = add(root, "g", data_values=data_list([band.q05, band.q25, band.q50, band.q75, band.q95]))
    tone = ("target" if band.q50 < 0 else "controller") if sided else "ink"
    for low, high, half, kind in ((band.q05, band.q95, 3.0, "band90"), (band.q25, band.q75, 6.0, "band50")):
        left, right = x.at(low), x.at(high)
        if left is not None and right is not None:
            add(row, "rect", f"{kind} {tone}", x=left, y=y - half, width=max(right - left, 1.0), height=2 * half)
    middle, other = x.at(band.q50), x.at(bar.beside)
    if middle is not None:
        add(row, "circle", f"dot {tone}", cx=middle, cy=y, r=4.0)
    if other is not None:
        add(root, "line", "beside", x1=other, y1=y - 9, x2=other, y2=y + 9)
