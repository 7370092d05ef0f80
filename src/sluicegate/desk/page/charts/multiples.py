"""Small multiples: the same fan for several things, on common scales."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sluicegate.desk.page.charts.axis import extent
from sluicegate.desk.page.charts.fan import Bands, Flag, fan_chart


@dataclass(frozen=True)
class Panel:
    """One of the small pictures."""

    label: str
    dates: Sequence[date]
    bands: Bands
    tone: str = "ink"
    flags: Sequence[Flag] = ()


def small_multiples(
    ident: str,
    panels: Sequence[Panel],
    *,
    y_title: str,
    percent: bool = False,
    include: tuple[float, ...] = (0.0,),
    width: float = 270,
    height: float = 205,
) -> tuple[str, ...]:
    """One SVG per panel, all with the value axis that holds every panel and the values in `include`."""
    y_range = extent((v for panel in panels for v in panel.bands.values()), include=include)
    return tuple(
        fan_chart(
            f"{ident}{k}",
            panel.label,
            f"{y_title}: median with 50 and 90 % bands, by week.",
            panel.dates,
            panel.bands,
            y_title=y_title,
            width=width,
            height=height,
            y_range=y_range,
            percent=percent,
            tone=panel.tone,
            heading=panel.label,
            flags=panel.flags,
        )
        for k, panel in enumerate(panels)
    )
