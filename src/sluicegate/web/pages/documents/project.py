"""One plant: what it must earn, what it is worth, what support adds and costs."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sluicegate.desk.page.block import Chart, Entry, words
from sluicegate.desk.page.charts import Bar, band_bars
from sluicegate.desk.page.document import named_place, record, said
from sluicegate.desk.page.figure import money, number, one_share, quantity, read_band
from sluicegate.web.pages.cells import band_cell, get, note, origin, product_cell, table_of, text_cell
from sluicegate.web.pages.view import Group, View

Doc = Mapping[str, Any]
_UNIT = "m USD"
_CASES = (
    ("without_support", "without support"),
    ("with_support", "with support"),
    ("without_confrontation", "without any confrontation"),
)


def project_view(d: Doc, run: str) -> View:
    """The `project` document as a page."""
    sections = (
        _worth(d, run),
        _outputs(d),
        _support(d, run),
        _stress(d, run),
        Group("assumed", "What is assumed", tuple(note(t) for t in d["assumed"])),
    )
    return View(
        said(d, "title"), sections, opening=_opening(d, run), data={"outputs": d["outputs"], "support": d["support"]}
    )


def _opening(d: Doc, run: str) -> tuple[Entry, ...]:
    even, npv = record(d, "break_even"), record(d, "npv")
    price = quantity(read_band(even.get("usd_per_kg")), "USD/kg")
    worth = money(read_band(get(npv, "without_support", "value")), _UNIT)
    return (
        Entry(
            "It breaks even at",
            words(f"{price.median} of {even.get('product')}", strong=True, link=origin(even.get("id"), run)),
            (words(price.band),),
        ),
        Entry(
            "It is worth",
            words(
                f"{worth.median}, above zero in {one_share(get(npv, 'without_support', 'p_positive'))}",
                link=origin(npv.get("id"), run),
            ),
            (words(worth.band),),
        ),
        Entry("Where", words(named_place(d["place"]), link=f"/countries/{d['place']}")),
    )


def _worth(d: Doc, run: str) -> Group:
    npv = record(d, "npv")
    bars = [Bar(label, band) for key, label in _CASES if (band := read_band(get(npv, key, "value")))]
    rows = [
        [
            text_cell(label),
            band_cell(money(read_band(get(npv, key, "value")), _UNIT), id=npv.get("id"), run=run),
            text_cell(one_share(get(npv, key, "p_positive"))),
        ]
        for key, label in _CASES
        if npv.get(key)
    ]
    table = table_of(("Case", "Net present value", "Above zero in"), rows, "What the plant is worth: numbers")
    title = "What the plant is worth"

    def draw(ident: str, width: float) -> str:
        return band_bars(
            ident,
            title,
            "Net present value by case, with bands.",
            bars,
            x_title="Net present value, m USD",
            width=width,
        )

    chart = Chart(title, lambda: draw("npv", 720), lambda: draw("npv-narrow", 350), table)
    return Group("worth", title, (chart, table_of(table.columns, rows)) if bars else (note("Not computed."),))


def _outputs(d: Doc) -> Group:
    rows = [
        [
            product_cell(o["product"]),
            band_cell(quantity(read_band(o["t_per_yr"]), "t")),
            band_cell(quantity(read_band(o["price_usd_per_kg"]), "USD/kg")),
            band_cell(quantity(read_band(o.get("lifted")), "×")),
        ]
        for o in d["outputs"]
    ]
    return Group(
        "outputs",
        "What it makes",
        (table_of(("Product", "A year", "Price without control", "Price under control, times that"), rows),),
    )


def _support(d: Doc, run: str) -> Group:
    rows = [
        [
            text_cell(s["support"]),
            band_cell(money(read_band(s["gain"]), _UNIT), id=s["id"], run=run),
            band_cell(money(read_band(s["treasury_cost"]), _UNIT), id=s["id"], run=run),
        ]
        for s in d["support"]
    ]
    return Group(
        "support",
        "What support adds, and what it costs the public",
        (table_of(("Support", "Adds to its worth", "Costs the treasury"), rows),),
    )


def _stress(d: Doc, run: str) -> Group:
    c, cut, idle = d["confrontation"], d["price_cut"], d["idle_share"]
    return Group(
        "stress",
        "What would change it",
        (
            note(
                f"It pays from {number(c['pays_from'])} confrontations a year on; {number(c['assumed_per_year'])} "
                f"are assumed: "
                f"{c['reason']}.",
                link=origin(c["id"], run),
            ),
            note(
                f"A price cut to {one_share(1 - cut['share'])} for {cut['months']} months: it lives in "
                f"{one_share(cut['survives'])} of draws without support, "
                f"{one_share(cut['survives_with_support'])} with.",
                link=origin(cut["id"], run),
            ),
            note(
                f"It stands idle in {one_share(idle['without_support'])} of months without support.",
                link=origin(idle["id"], run),
            ),
        ),
    )
