"""The fan: a path with its 50 and 90 % bands."""

from __future__ import annotations

import xml.etree.ElementTree as ET
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from itertools import chain

from sluicegate.desk.page.charts.axis import Frame, Scale, draw_months, draw_values, extent, nice_ticks, spread
from sluicegate.desk.page.charts.svg import (
    Values,
    add,
    area_path,
    data_list,
    line_path,
    picture,
    to_text,
    wrapped_heading,
    write,
)


@dataclass(frozen=True)
class Flag:
    """A day worth marking: a line across the picture, or a point on the median where `at_median`."""

    on: date
    label: str
    says: str
    at_median: bool = False


@dataclass(frozen=True)
class Bands:
    """Five quantiles of a path, shape (dates,) each; an absent value is None or NaN."""

    q05: Values
    q25: Values
    q50: Values
    q75: Values
    q95: Values

    def values(self) -> list[float | None]:
        """All values in one list."""
        return list(chain(self.q05, self.q25, self.q50, self.q75, self.q95))


def fan_chart(
    ident: str,
    title: str,
    desc: str,
    dates: Sequence[date],
    bands: Bands,
    *,
    y_title: str,
    width: float = 720,
    height: float = 280,
    y_range: tuple[float, float] | None = None,
    percent: bool = False,
    sides: tuple[str, str] | None = None,
    tone: str = "ink",
    heading: str = "",
    flags: Sequence[Flag] = (),
) -> str:
    """Draw a path with its bands over time.

    Parameters
    ----------
    ident : unique on the page, letters and digits
    title, desc : what a screen reader says
    dates : shape (dates,), rising
    bands : the five quantiles
    y_title : name and unit of the value
    width, height : in units of the picture, about pixels
    y_range : fixed ends of the value axis; None takes the data with zero
    percent : values are shares, shown in percent
    sides : words for above (the controller's) and below zero (the target's); the fan changes colour at zero
    tone : colour of a fan without sides: `controller`, `target`, or `ink` for everything else
    heading : a line of text inside the picture, for small multiples
    flags : days to mark with a label, and what a screen reader says of each

    Returns
    -------
    str : SVG; the quantiles stand in `data-` attributes of its paths

    Raises
    ------
    ValueError : no dates, or a quantile of another length than `dates`.
    """
    if not dates:
        raise ValueError("a fan needs at least one date")
    root = picture(ident, width, height, title, desc)
    lines = wrapped_heading(heading, width) if heading else []
    top = 26.0 + 15 * len(lines)
    frame = Frame(left=44, top=top, right=width - (70 if width >= 500 else 52), bottom=height - 38)
    ticks = nice_ticks(*(y_range or extent(bands.values())), ticks=4 if height > 200 else 3)
    x = Scale(dates[0].toordinal(), dates[-1].toordinal(), frame.left, frame.right)
    y = Scale(ticks[0], ticks[-1], frame.bottom, frame.top)
    for k, line in enumerate(lines):
        write(root, line, 0, 14 + 15 * k, "heading")
    write(root, y_title, 0, top - 14, "axis-title")
    draw_values(root, frame, y, ticks, percent=percent)
    draw_months(root, frame, x, dates)
    xs = [x(d.toordinal()) for d in dates]
    if sides:
        _two_sided(root, ident, frame, y, xs, bands, sides)
    else:
        _draw_fan(root, y, xs, bands, tone)
    _label_ends(root, frame, y, bands)
    for flag in flags:
        _draw_flag(root, frame, x, y, flag, dates, bands)
    return to_text(root)


def _draw_flag(root: ET.Element, frame: Frame, x: Scale, y: Scale, flag: Flag, dates: Sequence[date],
               bands: Bands) -> None:  # fmt: skip
    """A dashed line down on the flag's day with its label on top, or a dot on the median with its label above."""
    if not dates[0] <= flag.on <= dates[-1]:
        return
    at = x(flag.on.toordinal())
    group = add(root, "g", "flag")
    add(group, "title").text = flag.says
    if not flag.at_median:
        add(group, "line", "happening", x1=at, y1=frame.top, x2=at, y2=frame.bottom)
        write(group, flag.label, at, frame.top - 3, "flag-label", "middle")
        return
    near = min(range(len(dates)), key=lambda k: abs((dates[k] - flag.on).days))
    height = y.at(bands.q50[near])
    if height is not None:
        add(group, "circle", "peak", cx=at, cy=height, r=3)
        write(group, flag.label, at, height + (14 if height < frame.top + 16 else -7), "flag-label", "middle")


def _draw_fan(parent: ET.Element, y: Scale, xs: Sequence[float], bands: Bands, tone: str, *, data: bool = True) -> None:
    """The two bands and the median; `data` adds the values to the paths."""
    for name, low, high in (("90", bands.q05, bands.q95), ("50", bands.q25, bands.q75)):
        area = area_path(xs, [y.at(v) for v in low], [y.at(v) for v in high])
        path = add(parent, "path", f"band{name} {tone}", d=area)
        if data:
            path.set("data-low", data_list(low))
            path.set("data-high", data_list(high))
    points = [None if (h := y.at(v)) is None else (x, h) for x, v in zip(xs, bands.q50, strict=True)]
    path = add(parent, "path", f"line {tone}", d=line_path(points))
    if data:
        path.set("data-values", data_list(bands.q50))


def _two_sided(
    root: ET.Element, ident: str, frame: Frame, y: Scale, xs: Sequence[float], bands: Bands, sides: tuple[str, str]
) -> None:
    """The fan in one colour above zero and another below, with the words for both."""
    zero = min(max(y(0.0), frame.top), frame.bottom)
    halves = (("above", frame.top - 4, zero, "controller"), ("below", zero, frame.bottom, "target"))
    defs = add(root, "defs")
    for name, upper, lower, tone in halves:
        clip = add(defs, "clipPath", id=f"{ident}-{name}")
        add(clip, "rect", x=frame.left, y=upper, width=frame.right - frame.left + 2, height=max(0.0, lower - upper))
        group = add(root, "g", clip_path=f"url(#{ident}-{name})")
        _draw_fan(group, y, xs, bands, tone, data=name == "above")
    write(root, sides[0], frame.right - 6, frame.top + 16, "side controller", "end")
    write(root, sides[1], frame.left + 6, frame.bottom - 6, "side target")


def _label_ends(root: ET.Element, frame: Frame, y: Scale, bands: Bands) -> None:
    """Name the median and the bands at their right end, where each is known."""
    named = (("90 %", bands.q95, "tick"), ("50 %", bands.q75, "tick"), ("median", bands.q50, "end"))
    found = [(text, h, kind) for text, path, kind in named if path and (h := y.at(path[-1])) is not None]
    places = spread([h for _, h, _ in found], 13, frame.top, frame.bottom)
    for (text, _, kind), place in zip(found, places, strict=True):
        write(root, text, frame.right + 6, place + 4, kind)
