"""The timeline: spans and days of dated things, one row each."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date

from sluicegate.desk.page.charts.axis import Frame, Scale, draw_months
from sluicegate.desk.page.charts.svg import add, picture, text_width, to_text, write
from sluicegate.terms.inert import shortened

_ROW = 36.0


@dataclass(frozen=True)
class Dated:
    """A row: what it is, the day it was announced, its spells in force, and spans in which it was suspended.

    An end that is None is open, and is drawn to the edge with an arrow.
    """

    label: str
    announced: date | None
    spells: Sequence[tuple[date, date | None]]
    suspended: Sequence[tuple[date, date | None]] = field(default=())


def timeline(
    ident: str, title: str, desc: str, rows: Sequence[Dated], *, today: date, last: date, width: float = 720
) -> str:
    """Draw what held from when to when; `today` is an upright line, `last` the right edge.

    Raises
    ------
    ValueError : no rows.
    """
    if not rows:
        raise ValueError("a timeline needs at least one row")
    first = min([today, *(d for r in rows for d in ([r.announced] if r.announced else []) + [a for a, _ in r.spells])])
    height = _ROW * len(rows) + 44
    root = picture(ident, width, height, title, desc)
    frame = Frame(left=4, top=4, right=width - 12, bottom=height - 38)
    x = Scale(first.toordinal(), max(last, today).toordinal(), frame.left, frame.right)
    draw_months(root, frame, x, [first, max(last, today)])
    longest = int(width / text_width("x", 12.5))
    for k, row in enumerate(rows):
        y = frame.top + k * _ROW
        write(root, shortened(row.label, longest), frame.left, y + 13, "row-label")
        for spans, kind in ((row.spells, "span controller"), (row.suspended, "span suspended")):
            for start, end in spans:
                left, right = x(start.toordinal()), x(min(end or last, last).toordinal())
                add(root, "rect", kind, x=left, y=y + 19, width=max(right - left, 1.5), height=9,
                    data_from=str(start), data_to=str(end) if end else "")  # fmt: skip
        if row.announced:
            add(root, "circle", "announced", cx=x(row.announced.toordinal()), cy=y + 23.5, r=4.0)
    at = x(today.toordinal())
    add(root, "line", "today", x1=at, y1=frame.top, x2=at, y2=frame.bottom)
    said = f"{today:%d %b %Y}"
    left = at - 4 - text_width(said, 11.5) >= 0
    write(root, said, at - 4 if left else at + 4, frame.bottom - 3, "tick", "end" if left else "start")
    return to_text(root)
