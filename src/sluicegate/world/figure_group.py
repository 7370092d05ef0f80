"""Figures as a reader wants them: by what they measure, the preferred and newest first."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from sluicegate.world.figures import Figure
from sluicegate.world.metric import GRADES

ORDER = (
    "production", "share of world output", "hhi", "capacity", "spare capacity", "run rate", "utilisation",
    "share of capacity", "reserves", "resource", "quota", "share of quota", "consumption", "end-use share",
    "share of world consumption", "content per unit", "product share", "cost share", "net import reliance",
    "import share", "export share", "price", "price ratio", "price change", "price floor", "unit cost",
    "breakeven price", "stock", "stock cover", "stock target", "stock purchase plan", "stock value",
    "stock shipments", "recycling share", "process yield", "process loss", "process share", "process input",
    "environmental burden", "environmental cost", "composition", "ore grade", "supply potential", "elasticity",
    "lead time", "project cost", "financing", "licence approval share", "trade quantity", "trade value",
)  # fmt: skip
"""Metrics in the order they are shown; others stand by name before trade, which has the most rows."""


def figure_row(figure: Figure) -> dict[str, Any]:
    """A figure as a row of a document: its id, number, unit, bounds, and where it stands."""
    return {
        "id": figure.figure_id,
        "metric": figure.metric,
        "material": figure.material,
        "item": figure.item,
        "stage": figure.stage,
        "place": figure.place,
        "partner": figure.partner,
        "period": figure.period,
        "value": figure.value,
        "low": figure.low,
        "high": figure.high,
        "unit": figure.unit,
        "amount": figure.amount(),
        "status": figure.status,
        "grade": figure.grade,
        "preferred": figure.preferred,
        "source": figure.source.citation(),
        "source_id": figure.source_id,
        "known_on": figure.known_on.isoformat(),
        "note": figure.note,
    }


def grouped(figures: Iterable[Figure]) -> list[dict[str, Any]]:
    """The figures by metric.

    Returns
    -------
    one entry a metric, in the order of `ORDER`: `metric`, `count`, `figures` (rows as `figure_row`): what is preferred
    and observed before what is not, the newest year first, then the better grade, the world before its places, large
    before small.
    """
    groups: dict[str, list[Figure]] = {}
    for figure in figures:
        groups.setdefault(figure.metric, []).append(figure)
    return [
        {
            "metric": metric,
            "count": len(groups[metric]),
            "figures": [figure_row(f) for f in sorted(groups[metric], key=_rank)],
        }
        for metric in sorted(groups, key=_place)
    ]


def _place(metric: str) -> tuple[float, str]:
    before_trade = ORDER.index("trade quantity") - 0.5
    return (float(ORDER.index(metric)) if metric in ORDER else before_trade), metric


def _rank(figure: Figure) -> tuple[bool, bool, int, int, bool, bool, float, str]:
    size = figure.value if figure.value is not None else (figure.high or figure.low or 0.0)
    return (
        not figure.preferred,
        figure.status != "observed",
        -(figure.last_year or 0),
        GRADES.index(figure.grade),
        figure.place != "WLD",
        bool(figure.item),
        -size,
        figure.figure_id,
    )
