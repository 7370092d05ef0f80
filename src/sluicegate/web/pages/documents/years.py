"""The years between: gaps by product, who bears what each year, when the edge ends, what a stockpile would carry."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from typing import Any

from sluicegate.desk.page.block import Aside, Block, Chart, Entry, Panels, figure_cell, words
from sluicegate.desk.page.charts import Curve, Panel, fan_chart, small_multiples, step_chart
from sluicegate.desk.page.document import dated_bands, named_place, record, records, said, texts
from sluicegate.desk.page.figure import (
    amount,
    expiry,
    finite,
    money,
    money_axis,
    month,
    number,
    one_share,
    quantity,
    read_band,
    read_date,
    share,
    start,
)
from sluicegate.desk.page.parts.twin import band_table
from sluicegate.web.pages.cells import band_cell, get, note, origin, table_of, text_cell
from sluicegate.web.pages.view import Group, View

Doc = Mapping[str, Any]
_UNIT = "million 2024 USD"
_DRAWN = 6


def years_view(d: Doc, run: str) -> View:
    """The `years` document as a page."""
    sections = (
        Group("gaps", "Gaps, product by product", _gaps(d, run)),
        Group("carriers", "What is being built", _pipeline(d)),
        Group("edge", "Who bears what, year by year", _edge(d)),
        Group("defence", "Defence apart", _defence(d, run)),
        Group("chance", "How likely it is, and what a stock is worth", _chance(d, run)),
        Group("others", "What a stockpile does to others", _others(d, run)),
        Group("again", "When to look again", _again(d)),
    )
    data = {key: records(d, key) for key in ("bridges", "by_year") if d.get(key)}
    return View(said(d, "title"), sections, opening=_opening(d, run), data=data)


def _opening(d: Doc, run: str) -> tuple[Entry, ...]:
    gaps = records(d, "bridges")
    lasting = [b for b in gaps if (finite(b.get("p_open_at_horizon")) or 0) >= 0.5]
    edge = record(d, "edge")
    ends = expiry(edge.get("expires"), edge.get("p_not_within_horizon"))
    chance = record(d, "chance")
    text = f"{len(gaps)} products of {named_place(d.get('target'))} run short; {len(lasting)} still do after " \
           f"{said(d, 'years')} years in half of the draws"  # fmt: skip
    entries = [Entry("The gap", words(text if gaps else "No product runs short for long.", strong=True))]
    if edge:
        entries.append(Entry("The edge ends", words(ends.median, link=origin(edge.get("id"), run)),
                             (words(ends.band),)))  # fmt: skip
    if chance:
        used = f"{one_share(chance.get('used'))} in a year{' as given' if chance.get('given') else ', by the record'}"
        entries.append(Entry("Chance of a control", words(used, link=origin(chance.get("id"), run))))
    return tuple(entries)


def _gaps(d: Doc, run: str) -> tuple[Block, ...]:
    found = records(d, "bridges")
    if not found:
        return (note("None opens for long."),)
    rows = [
        [
            text_cell(said(b, "product"), f"uses {number(finite(b.get('use_t_per_yr')) or 0)} t a year", strong=True),
            band_cell(start(b.get("opens")), id=b.get("id"), run=run),
            _closes(b),
            band_cell(quantity(read_band(b.get("missing_days_of_use")), "days")),
            band_cell(money(read_band(b.get("stock_musd")), "m USD")),
        ]
        for b in found
    ]
    heads = ("Product", "The gap opens", "It closes", "Missing in all, days of use", "A stock that carries it")
    table = table_of(heads, rows)
    none = texts(d, "no_gap")
    rest = (note(f"No gap: {', '.join(none)}.", tone="muted"),) if none else ()
    return table, *rest, *_paths(found)


def _closes(b: Doc) -> Any:
    if b.get("closes"):
        return figure_cell(start(b.get("closes")))
    return text_cell("not within the horizon", f"open at its end in {one_share(b.get('p_open_at_horizon'))}")


def _paths(found: list[Doc]) -> tuple[Panels, ...]:
    """The missing share of the largest gaps, on one scale."""
    panels, twins = [], []
    for b in found[:_DRAWN]:
        dates, bands = dated_bands([(p.get("date"), record(p, "missing")) for p in records(b, "path")])
        if dates:
            panels.append(Panel(said(b, "product"), dates, bands))
            twins.append(band_table(said(b, "product"), dates, bands, share))
    draw = partial(small_multiples, "gap", panels, y_title="Missing, % of use", percent=True)
    return (Panels("What is missing, month by month", draw, tuple(twins)),) if panels else ()


def _pipeline(d: Doc) -> tuple[Block, ...]:
    rows = [
        [
            text_cell(said(p, "project"), named_place(p.get("place")), strong=True),
            text_cell(said(b, "product")),
            text_cell(f"{number(finite(p.get('t_per_yr')) or 0)} t a year"),
            text_cell(_month(get(p, "starts", "p50")),
                      f"{_month(get(p, 'starts', 'p05'))} to {_month(get(p, 'starts', 'p95'))}"),
            text_cell(said(p, "label"), said(p, "reason")),
        ]
        for b in records(d, "bridges")
        for p in records(b, "pipeline")
    ]  # fmt: skip
    if not rows:
        return (note("Nothing that is known of."),)
    return (table_of(("Project", "Product", "Makes", "Starts", "How it is known"), rows),)


def _month(value: Any) -> str:
    found = read_date(value)
    return month(found) if found else "not known"


def _edge(d: Doc) -> tuple[Block, ...]:
    rows = records(d, "by_year")
    blocks: list[Block] = [_loss_chart(named_place(d.get("target")), rows, "target")] if rows else []
    cells = [
        [text_cell(said(r, "from")[:4], strong=True), band_cell(money(read_band(r.get("loss_target")), _UNIT)),
         band_cell(money(read_band(r.get("loss_controller")), _UNIT)),
         text_cell(one_share(r.get("p_target_bears_more")))]
        for r in rows
    ]  # fmt: skip
    if cells:
        heads = ("Year from", f"{named_place(d.get('target'))} loses", f"{named_place(d.get('controller'))} loses",
                 "The target bears more in")  # fmt: skip
        blocks.append(table_of(heads, cells))
    edge = record(d, "edge")
    curve = [(day, p) for r in records(edge, "expiry_curve")
             if (day := read_date(r.get("date"))) and (p := finite(r.get("p_gone"))) is not None]  # fmt: skip
    if curve:
        blocks.append(_expiry(curve))
    left = texts(edge, "levers_absent")
    if left:
        blocks.append(note(f"Left out, for want of figures: {'; '.join(left)}.", tone="muted"))
    return tuple(blocks) or (note("Not computed."),)


def _loss_chart(who: str, rows: list[Doc], side: str) -> Chart:
    largest = [finite(record(r, f"loss_{side}").get("q95")) for r in rows]
    scale, unit = money_axis(largest, _UNIT)
    scaled = [(r.get("from"), {q: x * scale for q, v in record(r, f"loss_{side}").items()
                               if (x := finite(v)) is not None}) for r in rows]  # fmt: skip
    dates, bands = dated_bands(scaled)
    title = f"What {who} loses, year by year"
    draw = partial(fan_chart, title=title, desc=f"Median with 50 and 90 % bands, {unit} a year.", dates=dates,
                   bands=bands, y_title=f"{unit} a year (2024)", tone=side)  # fmt: skip
    twin = band_table(title, dates, bands, partial(money, unit=unit))
    return Chart(title, partial(draw, "years"), partial(draw, "years-narrow", width=350, height=260), twin)


def _expiry(curve: list[tuple[Any, float]]) -> Chart:
    title = "By when the edge is gone"
    line = Curve("gone", [day for day, _ in curve], [p for _, p in curve])
    draw = partial(step_chart, title=title, desc="Share of draws in which the edge has ended, by quarter.",
                   curves=[line], y_title="Gone, % of draws")  # fmt: skip
    rows = [[text_cell(month(day)), text_cell(one_share(p))] for day, p in curve[:: max(1, len(curve) // 20)]]
    twin = table_of(("Quarter to", "Gone in"), rows, f"{title}: numbers")
    return Chart(title, partial(draw, "gone"), partial(draw, "gone-narrow", width=350, height=260), twin)


def _defence(d: Doc, run: str) -> tuple[Block, ...]:
    found = record(d, "defence")
    rows = [
        [text_cell(label, ", ".join(texts(record(found, key), "industries")), strong=True),
         band_cell(share(read_band(record(found, key).get("worst_month_missing"))), id=found.get("id"), run=run),
         band_cell(money(read_band(record(found, key).get("lost_per_year")), _UNIT), id=found.get("id"), run=run)]
        for key, label in (("defence", "Defence"), ("civil", "All others"))
        if record(found, key)
    ]  # fmt: skip
    if not rows:
        return (note("No industry of defence uses what is controlled."),)
    return (table_of(("Users", "Missing in the worst month", "Lost a year"), rows),)


def _chance(d: Doc, run: str) -> tuple[Block, ...]:
    c = record(d, "chance")
    if not c:
        return (note("Not computed."),)
    rows = [[text_cell(one_share(r.get("chance"))), text_cell(amount(r.get("expected_loss_per_year"), _UNIT)),
             text_cell(amount(r.get("stock_is_worth"), _UNIT))] for r in records(c, "if")]  # fmt: skip
    even = one_share(c.get("break_even"))
    stock = (f"To {said(c, 'stock')} costs {amount(c.get('stock_cost_musd'), _UNIT)} and avoids "
             f"{amount(c.get('stock_avoids_musd'), _UNIT)} if a control comes: it pays from a chance of {even} in a "
             "year on.")  # fmt: skip
    table = table_of(("If the chance in a year were", "Expected loss a year", "The stock is worth"), rows)
    return note(stock, link=origin(c.get("id"), run)), note(said(c, "why"), tone="muted"), table


def _others(d: Doc, run: str) -> tuple[Block, ...]:
    s = record(d, "stockpile")
    rows = [[text_cell(named_place(o.get("place")), strong=True),
             band_cell(money(read_band(o.get("more_lost")), _UNIT), id=s.get("id"), run=run),
             text_cell(one_share(o.get("p_worse"))), text_cell(one_share(o.get("of_its_loss")))]
            for o in records(s, "others")]  # fmt: skip
    if not rows:
        return (note("Nobody else is touched."),)
    says = note(f"If {named_place(d.get('target'))} did: {said(s, 'what')}, from {said(s, 'from')}.")
    return says, table_of(("Place", "Loses more by", "Worse off in", "Of its loss"), rows)


def _again(d: Doc) -> tuple[Block, ...]:
    looks = [[text_cell(said(r, "date"), strong=True), text_cell(said(r, "what"), said(r, "why"))]
             for r in records(d, "look_again")]  # fmt: skip
    changes = [[text_cell(said(r, "parameter"), said(r, "label"), link=origin(r.get("id"))),
                text_cell(one_share(r.get("share")))] for r in records(d, "would_change")]  # fmt: skip
    blocks: list[Block] = [table_of(("On", "What becomes known"), looks)] if looks else []
    if changes:
        blocks.append(table_of(("Input that decides", "Of the spread of the loss"), changes))
    limits = [[text_cell(t)] for t in texts(d, "limits")]
    if limits:
        blocks.append(Aside("Limits", table_of(("What this does not say",), limits)))
    return tuple(blocks) or (note("No day that is known of."),)
