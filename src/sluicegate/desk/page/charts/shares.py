"""Bars of shares: what each cause or input answers for."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sluicegate.desk.page.charts.axis import Scale, extent
from sluicegate.desk.page.charts.svg import add, picture, text_width, to_text, write
from sluicegate.desk.page.figure import MINUS
from sluicegate.terms.inert import shortened

_ROW = 38.0


@dataclass(frozen=True)
class Share:
    """What it is, its share (1 is the whole; what helps is below 0), and an interval where there is one."""

    label: str
    value: float
    low: float | None = None
    high: float | None = None
    tone: str = "ink"


def share_bars(ident: str, title: str, desc: str, shares: Sequence[Share], *, width: float = 720) -> str:
    """Draw shares as bars from zero, largest as given, each with its percent.

    Raises
    ------
    ValueError : no shares.
    """
    if not shares:
        raise ValueError("bars of shares need at least one")
    root = picture(ident, width, _ROW * len(shares) + 4, title, desc)
    low, high = extent([v for s in shares for v in (s.value, s.low, s.high)])
    x = Scale(low, max(high, 1e-9), 4 if low >= 0 else 50, width - 58)
    for k, share in enumerate(shares):
        y = k * _ROW
        write(root, shortened(share.label, int(width / text_width("x", 13.0))), 9 if low >= 0 else 0, y + 14,
              "row-label")  # fmt: skip
        left, right = sorted((x(0.0), x(share.value)))
        add(root, "rect", f"bar {share.tone}", x=left, y=y + 19, width=max(right - left, 1.0), height=12,
            data_value=f"{share.value:.6g}")  # fmt: skip
        if share.low is not None and share.high is not None:
            add(root, "line", "whisker", x1=x(share.low), y1=y + 25, x2=x(share.high), y2=y + 25)
            right = max(right, x(share.high))
        write(root, f"{share.value * 100:.0f} %".replace("-", MINUS), right + 6, y + 30, "bar-value")
    add(root, "line", "zero", x1=x(0.0), y1=0, x2=x(0.0), y2=_ROW * len(shares))
    return to_text(root)
