"""Axes: from numbers and dates to positions, with ticks a reader would choose."""

from __future__ import annotations

import math
import xml.etree.ElementTree as ET
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from sluicegate.desk.page.charts.svg import add, write
from sluicegate.desk.page.figure import MINUS

_FLAT = 1e-18
"""An axis shorter than this has no extent."""


@dataclass(frozen=True)
class Scale:
    """A straight line from values (`low` to `high`) to positions (`start` to `end`)."""

    low: float
    high: float
    start: float
    end: float

    def __call__(self, value: float) -> float:
        """The position of a value; the middle where the scale has no extent."""
        extent = self.high - self.low
        part = (value - self.low) / extent if extent else 0.5
        return self.start + part * (self.end - self.start)

    def at(self, value: float | None) -> float | None:
        """The position of a value, None where it is absent or not finite."""
        return self(value) if value is not None and math.isfinite(value) else None


@dataclass(frozen=True)
class Frame:
    """The box inside a picture's margins, in its units."""

    left: float
    top: float
    right: float
    bottom: float


def nice_step(extent: float, ticks: int) -> float:
    """The step of 1, 2 or 5 times a power of ten that divides `extent` into at most about `ticks` parts."""
    if extent < _FLAT:
        return 1.0
    rough = extent / max(ticks, 1)
    power = 10.0 ** math.floor(math.log10(rough))
    return next((m * power for m in (1, 2, 5) if m * power >= rough * (1 - 1e-9)), 10 * power)


def nice_ticks(low: float, high: float, ticks: int = 4) -> list[float]:
    """Round values that cover `low` to `high`."""
    step = nice_step(high - low, ticks)
    first, last = math.floor(low / step + 1e-9), math.ceil(high / step - 1e-9)
    return [k * step for k in range(first, max(last, first + 1) + 1)]


def extent(values: Iterable[float | None], *, include: Sequence[float] = (0.0,)) -> tuple[float, float]:
    """Lowest and highest of what is known in `values` together with `include`."""
    found = [v for v in values if v is not None and math.isfinite(v)]
    both = [*found, *include] or [0.0, 1.0]
    return min(both), max(both)


def tick_label(value: float, step: float, *, percent: bool = False) -> str:
    """A tick with as many decimals as its step needs."""
    factor = 100 if percent else 1
    decimals = max(0, -math.floor(math.log10(abs(step * factor)) + 1e-9))
    text = f"{value * factor:,.{decimals}f}"
    return text.replace("-", MINUS) if float(text.replace(",", "")) else "0"


def month_ticks(first: date, last: date, most: int) -> list[date]:
    """First days of months between two dates, at most `most` of them, a year's ticks on the same months."""
    months = (last.year - first.year) * 12 + last.month - first.month
    step = next((s for s in (1, 2, 3, 6, 12, 24, 60, 120) if months / s <= most), 240)
    start = first.year * 12 + first.month - 1
    ticks = []
    for k in range(start, start + months + 1):
        tick = date(k // 12, k % 12 + 1, 1)
        if k % step == 0 and first <= tick <= last:
            ticks.append(tick)
    return ticks or [first]


def draw_months(root: ET.Element, frame: Frame, scale: Scale, dates: Sequence[date]) -> None:
    """The time axis: month names under ticks, the year under the first tick and under each January."""
    add(root, "line", "axis", x1=frame.left, y1=frame.bottom, x2=frame.right, y2=frame.bottom)
    year = None
    for tick in month_ticks(dates[0], dates[-1], most=max(2, int((frame.right - frame.left) // 46))):
        x = scale(tick.toordinal())
        add(root, "line", "axis", x1=x, y1=frame.bottom, x2=x, y2=frame.bottom + 4)
        write(root, f"{tick:%b}", x, frame.bottom + 17, "tick", "middle")
        if tick.year != year:
            write(root, str(tick.year), x, frame.bottom + 31, "tick", "middle")
        year = tick.year


def draw_values(root: ET.Element, frame: Frame, scale: Scale, ticks: Sequence[float], *, percent: bool = False) -> None:
    """The value axis: hair lines across, labels at the left, zero drawn stronger."""
    step = ticks[1] - ticks[0] if len(ticks) > 1 else 1.0
    for tick in ticks:
        y = scale(tick)
        at_zero = abs(tick) < step * 1e-6
        add(root, "line", "zero" if at_zero else "grid", x1=frame.left, y1=y, x2=frame.right, y2=y)
        write(root, tick_label(tick, step, percent=percent), frame.left - 6, y + 4, "tick", "end")


def spread(positions: Sequence[float], gap: float, low: float, high: float) -> list[float]:
    """Positions moved apart so that neighbours keep `gap`, inside `low` to `high` where they fit."""
    order = sorted(range(len(positions)), key=lambda i: positions[i])
    placed = [0.0] * len(positions)
    floor = low
    for i in order:
        placed[i] = max(positions[i], floor)
        floor = placed[i] + gap
    ceiling = high
    for i in reversed(order):
        placed[i] = min(placed[i], ceiling)
        ceiling = placed[i] - gap
    return placed
