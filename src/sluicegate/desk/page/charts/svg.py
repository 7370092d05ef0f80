"""SVG from plain numbers: elements, paths, and the accessible frame of a picture.

Looks are classes, never style attributes, so that one style sheet serves light, dark and print.
"""

from __future__ import annotations

import math
import xml.etree.ElementTree as ET
from collections.abc import Iterable, Sequence
from textwrap import wrap

from sluicegate.terms.inert import inert_text

Point = tuple[float, float]
Values = Sequence[float | None]

_CHAR_WIDTH = 0.56
"""Mean width of a character of the sans face, in its size."""


def shown(x: float) -> str:
    """A coordinate to a tenth of a unit, without a trailing zero."""
    return f"{x:.1f}".removesuffix(".0")


def picture(ident: str, width: float, height: float, title: str, desc: str) -> ET.Element:
    """An `svg` element of `width` x `height` units that a screen reader announces by `title` and `desc`."""
    root = ET.Element(
        "svg",
        {
            "xmlns": "http://www.w3.org/2000/svg",
            "viewBox": f"0 0 {shown(width)} {shown(height)}",
            "role": "img",
            "aria-labelledby": f"{ident}-t {ident}-d",
        },
    )
    ET.SubElement(root, "title", {"id": f"{ident}-t"}).text = inert_text(title) or "Chart"
    ET.SubElement(root, "desc", {"id": f"{ident}-d"}).text = inert_text(desc) or "See the table beside it."
    return root


def add(parent: ET.Element, tag: str, kind: str = "", **attributes: float | str) -> ET.Element:
    """A child element with class `kind`; `_` in attribute names becomes `-`."""
    plain = {
        k.rstrip("_").replace("_", "-"): shown(v) if isinstance(v, int | float) else v for k, v in attributes.items()
    }
    return ET.SubElement(parent, tag, ({"class": kind} if kind else {}) | plain)


def write(parent: ET.Element, text: str, x: float, y: float, kind: str, anchor: str = "start") -> None:
    """`text` at a point."""
    add(parent, "text", kind, x=x, y=y, text_anchor=anchor).text = inert_text(text)


def text_width(text: str, size: float) -> float:
    """About how wide `text` is in type of `size`."""
    return len(text) * size * _CHAR_WIDTH


def wrapped_heading(text: str, width: float, *, size: float = 13.0, most: int = 2) -> list[str]:
    """`text` in at most `most` lines of about `width`, the last cut short where it does not fit."""
    lines = wrap(inert_text(text), max(8, int(width / text_width("x", size))))
    return lines if len(lines) <= most else [*lines[: most - 1], lines[most - 1] + "…"]


def to_text(root: ET.Element) -> str:
    """The picture as well-formed XML."""
    return ET.tostring(root, encoding="unicode")


def runs(points: Iterable[Point | None]) -> list[list[Point]]:
    """The unbroken stretches of a path; a point that is None is a gap."""
    stretches: list[list[Point]] = [[]]
    for point in points:
        if point is None:
            stretches.append([])
        else:
            stretches[-1].append(point)
    return [s for s in stretches if s]


def _polyline(points: Sequence[Point]) -> str:
    return "L".join(f"{shown(x)} {shown(y)}" for x, y in points)


def line_path(points: Iterable[Point | None]) -> str:
    """Path data through the points, broken at gaps."""
    return "".join(f"M{_polyline(stretch)}" for stretch in runs(points))


def step_path(points: Iterable[Point | None]) -> str:
    """Path data that holds each value until the next point."""
    data = ""
    for stretch in runs(points):
        data += f"M{_polyline(stretch[:1])}" + "".join(f"H{shown(x)}V{shown(y)}" for x, y in stretch[1:])
    return data


def area_path(xs: Sequence[float], lower: Values, upper: Values) -> str:
    """Path data of the areas between two curves (shape (points,) each), broken where either is absent."""
    pairs = [(x, (a, b)) if a is not None and b is not None else None for x, a, b in zip(xs, lower, upper, strict=True)]
    data, stretch = "", list[tuple[float, tuple[float, float]]]()
    for pair in [*pairs, None]:
        if pair is not None:
            stretch.append(pair)
            continue
        if len(stretch) > 1:
            there = [(x, ab[1]) for x, ab in stretch]
            back = [(x, ab[0]) for x, ab in reversed(stretch)]
            data += f"M{_polyline(there + back)}Z"
        stretch = []
    return data


def data_list(values: Values) -> str:
    """Values as one attribute, in order, an absent one empty: numbers that can be read back."""
    return ",".join("" if v is None or not math.isfinite(v) else f"{v:.6g}" for v in values)
