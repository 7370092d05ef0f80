"""A run or a brief: the page of the command line, with causes, downloads and links to where it leads."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from sluicegate.desk.page.block import Chart, Note
from sluicegate.desk.page.charts import Share, share_bars
from sluicegate.desk.page.document import record, records, said
from sluicegate.desk.page.figure import amount
from sluicegate.desk.page.layout import brief_page, exposure_page, plan_page, result_page
from sluicegate.desk.store import explanations_of
from sluicegate.terms import InputError
from sluicegate.web.pages.cells import listed, note, origin, share_text, table_of, text_cell
from sluicegate.web.pages.view import Group, View, view_of_page

Doc = Mapping[str, Any]
_MOST_CAUSES = 8
_MOST_SHORTAGES = 3


def run_view(d: Doc, run: str) -> View:
    """The `run` document as a page."""
    view = view_of_page(result_page(dict(d)), run=run, data=_data(d))
    return replace(view, sections=(*view.sections[:3], *causes(d, run), *view.sections[3:]))


def brief_view(d: Doc, run: str) -> View:
    """The `brief` document as a page."""
    view = view_of_page(brief_page(dict(d)), run=run, data=_data(d) | {"claims": records(d, "claims")})
    return replace(view, sections=(*view.sections[:3], *causes(d, run), *view.sections[3:]))


def exposure_view(d: Doc, run: str) -> View:
    """The `exposure` document as a page."""
    data = {key: d[key] for key in ("lines", "inputs", "applications", "actions", "would_change") if d.get(key)}
    view = view_of_page(exposure_page(dict(d)), run=run, data=data)
    return replace(view, sections=(*view.sections, _origins(d, run)))


def plan_view(d: Doc, run: str) -> View:
    """The `plan` document, of a place or of a company, as a page."""
    data = {key: d[key] for key in ("actions", "alone", "options", "frontier") if d.get(key)}
    view = view_of_page(plan_page(dict(d)), run=run, data=data)
    return replace(view, sections=(*view.sections, _origins(d, run)))


def _origins(d: Doc, run: str) -> Group:
    """Every number that has an id, by what it is of, leading to its formula and inputs."""
    kinds = (("lines", "line"), ("inputs", "input"), ("applications", "application"), ("frontier", "budget"))
    named = [(_called(d, r, key), said(r, "id")) for kind, key in kinds for r in records(d, kind)]
    single = ("value_at_risk", "margins", "information")
    named += [(key.replace("_", " "), said(record(d, key), "id")) for key in single]
    links = listed([(label, origin(number_id, run)) for label, number_id in named if number_id])
    return Group("origins", "Where the numbers come from", (Note(links),))


def _called(d: Doc, row: Doc, key: str) -> str:
    """What a number is of: a line, an input, an application by its name, a plan by its budget."""
    return f"budget {amount(row.get(key), said(d, 'unit'))}" if key == "budget" else said(row, key)


def _data(d: Doc) -> dict[str, Any]:
    outcome = {key: records(d, "outcome", key) for key in ("shortages", "prices", "days_of_cover")}
    path = [dict(p) for p in records(d, "edge", "path")]
    return {key: [_plain(r) for r in rows] for key, rows in outcome.items() if rows} | ({"edge": path} if path else {})


def _plain(row: Mapping[str, Any]) -> Mapping[str, Any]:
    return {k: v for k, v in row.items() if k != "spark"}


def causes(d: Doc, run: str) -> tuple[Group, ...]:
    """What the largest shortages and the edge go back to, as kept with the run; empty where none was kept."""
    try:
        kept = explanations_of(run) if run else {}
    except InputError:
        return ()
    named = [(s["label"], s["id"]) for s in records(d, "outcome", "shortages")[:_MOST_SHORTAGES]]
    if edge := record(d, "edge"):
        named.insert(0, ("The target's loss", said(edge, "id")))
    found = [(label, i, kept[i]["causes"]) for label, i in named if kept.get(i, {}).get("causes")]
    if not found:
        return ()
    blocks = tuple(_chart(label, number_id, rows, run) for label, number_id, rows in found)
    return (Group("causes", "What it goes back to", (
        note("Losses walked back, week by week, through the input that was worst."), *blocks)),)  # fmt: skip


def _cause(row: Doc) -> str:
    """A cause in words: what, by which way where that is known, and where."""
    way = said(row, "how")
    return f"{row['what']}{', ' + way if way else ''}: {row['where']}"


def _chart(label: str, number_id: str, rows: list[Doc], run: str) -> Chart:
    bars = [Share(_cause(r), float(r["share"]), tone="controller" if "CHN" in r["where"] else "ink")
            for r in rows[:_MOST_CAUSES]]  # fmt: skip
    twin = table_of(("Cause", "Share"), [
        [text_cell(_cause(r), link=origin(number_id, run)), text_cell(share_text(r["share"]))] for r in rows
    ], f"{label}: causes as numbers")  # fmt: skip
    ident = number_id.replace(":", "-").replace(".", "-")

    def draw(suffix: str, width: float) -> str:
        return share_bars(f"{ident}{suffix}", f"Causes: {label}", "Shares of the loss.", bars, width=width)

    return Chart(label, lambda: draw("", 720), lambda: draw("-narrow", 350), twin)
