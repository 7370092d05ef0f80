"""The best answer under a budget: the frontier, the plan, and what is not worth it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sluicegate.desk.page.block import Chart, Entry, words
from sluicegate.desk.page.charts import Point, frontier
from sluicegate.desk.page.document import named_place, records, said
from sluicegate.desk.page.figure import money, number, one_share, read_band
from sluicegate.web.pages.cells import (
    band_cell,
    note,
    number_cell,
    origin,
    product_cell,
    table_of,
    text_cell,
)
from sluicegate.web.pages.view import Group, View

Doc = Mapping[str, Any]
_UNIT = "m USD"


def plan_view(d: Doc, run: str) -> View:
    """The `plan` document as a page."""
    limits = Group("limits", "Limits", tuple(note(t) for t in d["limits"]))
    if d.get("note"):
        sections: tuple[Group, ...] = (Group("note", "The plan", (note(d["note"]),)), limits)
    else:
        sections = (_frontier(d, run), _actions(d), _alone(d), _alone(d), _rivals(d, run), limits)
    return View(
        said(d, "title"),
        sections,
        opening=_opening(d, run),
        data={"frontier": d["frontier"], "options": records(d, "options")},
    )


def _at_budget(d: Doc) -> Doc:
    found: Doc = min(d["frontier"], key=lambda p: abs(p["budget"] - d["budget"]))
    return found


def _opening(d: Doc, run: str) -> tuple[Entry, ...]:
    if not d["frontier"]:
        return ()
    best = _at_budget(d)
    cost, avoided = money(read_band(best["cost"]), _UNIT), money(read_band(best["avoided"]), _UNIT)
    return (
        Entry(
            "The plan",
            words(
                f"{named_place(d['place'])} spends {cost.median} and avoids {avoided.median}",
                strong=True,
                link=origin(best["id"], run),
            ),
            (words(f"avoids {avoided.band}" if avoided.band else ""),),
        ),
        Entry("It pays", words(f"in {one_share(best['p_pays'])} of draws it was not made with")),
        Entry("Acts from", words(str(d["on"]))),
    )


def _frontier(d: Doc, run: str) -> Group:
    points = sorted(d["frontier"], key=lambda p: p["budget"])
    chosen = _at_budget(d) if points else None
    start = {"loss": d["loss_without"], "worst_tenth": d["worst_tenth_without"]}

    def line(key: str) -> list[Point]:
        def value(p: Doc) -> float:
            return float(p["loss"]["q50"] if key == "loss" else p["worst_tenth"]) / 1e3

        return [
            Point("nothing", 0.0, value(start)),
            *(
                Point(f"budget {number(p['budget'])} m", p["cost"]["q50"], value(p), p is chosen and key == "loss")
                for p in points
            ),
        ]

    lines = [("median", line("loss")), ("worst tenth", line("worst_tenth"))]
    title = "What more money buys: loss that remains, by cost"
    rows = [
        [
            text_cell(f"{number(p['budget'])} m USD"),
            band_cell(money(read_band(p["cost"]), _UNIT), id=p["id"], run=run),
            band_cell(money(read_band(p["loss"]), _UNIT), id=p["id"], run=run),
            band_cell(money(read_band(p["avoided"]), _UNIT), id=p["id"], run=run),
            text_cell(one_share(p["p_pays"])),
        ]
        for p in points
    ]
    table = table_of(("Budget", "Cost", "Loss that remains", "Avoided", "Pays in"), rows, "The frontier: numbers")

    def draw(ident: str, width: float) -> str:
        return frontier(
            ident,
            title,
            "Two lines: the median and the mean of the worst tenth of draws.",
            lines,
            x_title="Cost, m USD (median)",
            y_title="Loss, bn USD",
            width=width,
        )

    chart = Chart(title, lambda: draw("frontier", 720), lambda: draw("frontier-narrow", 350), table)
    return Group("frontier", "The frontier", (chart, table_of(table.columns, rows)))


def _actions(d: Doc) -> Group:
    best = _at_budget(d) if d["frontier"] else {}
    rows = [
        [
            product_cell(o["product"]) if o.get("product") else text_cell(o["kind"]),
            text_cell(o["kind"]),
            number_cell(o["chosen"], o["unit"], under=f"of at most {number(o['most'])}"),
            text_cell(o["from"]),
            number_cell(o["saves"], "m USD", under=f"costs {number(o['costs'])}"),
            text_cell(one_share(o["trust"]) if o.get("trust") is not None else None),
        ]
        for o in records(d, "options")
    ]
    columns = ("What", "Kind", "Chosen", "From", "One more unit saves", "Comes in the simulation")
    told = tuple(note(f"– {text}") for text in best.get("what", []))
    return Group("actions", "What the plan holds and opens", (*told, table_of(columns, rows)))


def _alone(d: Doc) -> Group:
    rows = [
        [
            text_cell(a["kind"], a["why"], strong=True),
            band_cell(money(read_band(a["cost"]), _UNIT)),
            band_cell(money(read_band(a["benefit"]), _UNIT)),
            text_cell("yes" if a["worth_it"] else "no", tone="good" if a["worth_it"] else "bad"),
        ]
        for a in records(d, "alone")
    ]
    last = (
        f"One more USD of budget saves {number(d['margins']['budget'])} USD. Knowing beforehand how it goes would be "
        f"worth {number(d['information']['value'])} m USD."
    )
    return Group(
        "alone", "Each kind of action alone", (table_of(("Kind", "Costs", "Avoids", "Worth it"), rows), note(last))
    )


def _rivals(d: Doc, run: str) -> Group:
    rows = [[text_cell(r["what"]), number_cell(r["mean_net"], "m USD")] for r in d["rivals"]]
    if d["frontier"]:
        best = _at_budget(d)
        rows.insert(
            0, [text_cell("the plan", strong=True), number_cell(best["mean_net"], "m USD", id=best["id"], run=run)]
        )
    return Group("rivals", "Beside simpler plans: loss avoided less cost, mean", (table_of(("Plan", "Net"), rows),))
