"""Figures of the dataset as a part of a page: newest first, each with its source."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from sluicegate.desk.page.block import Aside, Block
from sluicegate.desk.page.document import named_place
from sluicegate.web.pages.cells import note, number_cell, table_of, text_cell
from sluicegate.web.pages.view import Group

_MOST_GROUPS = 14
_MOST_ROWS = 12
_FIRST = (
    "production",
    "capacity",
    "trade quantity",
    "price",
    "consumption",
    "reserves",
    "net import reliance",
    "quota",
)


def figure_parts(groups: Sequence[Mapping[str, Any]], *, show_place: bool = True) -> Group:
    """Every metric folded away, its newest figures first; the rest is counted and stands in the JSON and the CSV."""
    order = {metric: k for k, metric in enumerate(_FIRST)}
    ranked = sorted(groups, key=lambda g: (order.get(g["metric"], len(order)), -int(g["count"])))
    blocks: list[Block] = [_metric(g, show_place=show_place) for g in ranked[:_MOST_GROUPS]]
    if len(ranked) > _MOST_GROUPS:
        blocks.append(note(f"and {len(ranked) - _MOST_GROUPS} more metrics, in the JSON document", tone="muted"))
    return Group("figures", "Published figures", tuple(blocks) or (note("None known.", tone="muted"),))


def _metric(group: Mapping[str, Any], *, show_place: bool) -> Aside:
    newest = sorted(group["figures"], key=lambda f: (f["preferred"], str(f["period"])), reverse=True)
    rows = [_row(f, show_place=show_place) for f in newest[:_MOST_ROWS]]
    return Aside(f"{group['metric']} ({group['count']})", table_of(("Of", "Amount", "Period", "Source"), rows))


def _row(f: Mapping[str, Any], *, show_place: bool) -> list[Any]:
    where = " to ".join(named_place(p) for p in (f["place"], f["partner"]) if p)
    what = f["item"] or f["stage"] or f["material"]
    return [
        text_cell(where if show_place and where else what, what if show_place and where else ""),
        number_cell(f["value"], f["unit"], id=f["id"], digits=4),
        text_cell(f["period"], f["grade"] or f["status"]),
        text_cell(f["source"], link=f"/sources/{f['source_id']}"),
    ]


def figure_rows(groups: Sequence[Mapping[str, Any]]) -> list[Mapping[str, Any]]:
    """All figures in one list, for CSV."""
    return [f for group in groups for f in group["figures"]]
