"""The best answer under a budget: the frontier, the plan, and what is not worth it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sluicegate.desk.page.block import Chart, Entry, words
from sluicegate.desk.page.charts import Point, frontier
from sluicegate.desk.page.document import named_place, said
from sluicegate.desk.page.figure import money, number, one_share, read_band
from sluicegate.web.pages.cells import (
    band_cell,
    note,
    number_cell,
    origin,
    product_cell,
    share_text,
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
        sections = (_frontier(d, run), _actions(d), _alone(d), _margins(d), _rivals(d, run), limits)
    return View(
        said(d, "title"), sections, opening=_opening(d, run), data={"frontier": d["frontier"], "actions": d["actions"]}
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
    rows = [
        [
            product_cell(a["product"]),
            text_cell(a["kind"]),
            number_cell(a["size"], a["unit"]) if a["kind"] == "stock" else text_cell(_part(a)),
            text_cell(a["from"]),
            band_cell(money(read_band(a["cost"]), _UNIT)),
        ]
        for a in d["actions"]
    ]
    table = table_of(("Product", "What", "How much", "From", "Cost"), rows)
    return Group("actions", "What the plan does", (table if rows else note("Nothing is worth its cost."),))


def _part(action: Doc) -> str:
    """A share with what it is a share of."""
    return f"{share_text(action['size'])} {action['unit'].removeprefix('share ').removeprefix('part ')}"


def _alone(d: Doc) -> Group:
    rows = [
        [
            text_cell(r["kind"]),
            band_cell(money(read_band(r["cost"]), _UNIT)),
            band_cell(money(read_band(r["benefit"]), _UNIT)),
            text_cell("yes" if r["worth_it"] else "no", strong=True),
            text_cell(r["why"]),
        ]
        for r in d.get("alone", ())
    ]
    table = table_of(("The whole budget for", "Cost", "Loss avoided", "Worth it", "Why"), rows)
    return Group("alone", "Each kind of action alone, and why not", (table,))


def _margins(d: Doc) -> Group:
    m = d["margins"]
    rows = [
        [product_cell(r["product"]), number_cell(r["value"], "m USD"), number_cell(r["costs"], "m USD")]
        for r in m["day_of_stock"]
    ]
    return Group(
        "margins",
        "What one more day of stock is worth",
        (
            table_of(("Product", "Worth", "Costs"), rows),
            note(
                f"One more USD of budget saves {number(m['budget'])} USD. Knowing beforehand how it goes would "
                f"be worth "
                f"{number(d['information']['value'])} m USD."
            ),
        ),
    )


def _rivals(d: Doc, run: str) -> Group:
    rows = [[text_cell(r["what"]), number_cell(r["mean_net"], "m USD")] for r in d["rivals"]]
    if d["frontier"]:
        best = _at_budget(d)
        rows.insert(
            0, [text_cell("the plan", strong=True), number_cell(best["mean_net"], "m USD", id=best["id"], run=run)]
        )
    return Group("rivals", "Beside simpler plans: loss avoided less cost, mean", (table_of(("Plan", "Net"), rows),))
