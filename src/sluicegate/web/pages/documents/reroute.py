"""Re-routing: what is lost with more and more freedom, which flows change, and what one more tonne is worth."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from typing import Any

from sluicegate.desk.page.block import Block, Chart, Entry, words
from sluicegate.desk.page.charts import Bar, band_bars
from sluicegate.desk.page.document import named_place, records, said, texts
from sluicegate.desk.page.figure import amount, finite, money_axis, number
from sluicegate.terms import Band
from sluicegate.web.pages.cells import note, origin, place_cell, product_cell, table_of, text_cell
from sluicegate.web.pages.view import Group, View

Doc = Mapping[str, Any]
_MOST = 15


def reroute_view(d: Doc, run: str) -> View:
    """The `reroute` document as a page."""
    sections = [Group("ways", "What is lost, with more and more freedom", _ways(d, run))]
    parts = (
        ("changes", "Flows that change", _changes(d)),
        ("windows", "What one more tonne through a border is worth", _windows(d)),
        ("capacity", "What one more tonne of making is worth", _capacity(d)),
        ("stocks", "What one more day of stock is worth", _stocks(d)),
    )
    sections += [Group(key, title, blocks) for key, title, blocks in parts if blocks]
    sections.append(Group("limits", "Limits", tuple(note(t, tone="muted") for t in texts(d, "limits"))))
    data = {key: records(d, key) for key in ("ways", "changes", "windows", "capacity", "stocks") if d.get(key)}
    return View(said(d, "title"), tuple(sections), opening=_opening(d, run), data=data)


def _opening(d: Doc, run: str) -> tuple[Entry, ...]:
    ways = records(d, "ways")
    if not ways:
        return (Entry("Nothing to re-route", words(said(d, "note"), strong=True)),)
    unit, best = said(d, "unit"), max(ways, key=lambda w: finite(w.get("saved")) or 0.0)
    first = ways[0]
    span = f"{said(d, 'weeks')} weeks from {said(d, 'from')}"
    return (
        Entry("Lost as simulated", words(amount(first.get("lost"), unit), link=origin(first.get("id"), run)),
              (words(span),)),
        Entry("Could be saved at most", words(amount(best.get("saved"), unit), strong=True,
                                              link=origin(best.get("id"), run)), (words(said(best, "way")),)),
    )  # fmt: skip


def _ways(d: Doc, run: str) -> tuple[Block, ...]:
    ways, unit = records(d, "ways"), said(d, "unit")
    if not ways:
        return (note(said(d, "note") or "Nothing is lost."),)
    rows = [
        [text_cell(said(w, "way"), strong=True), text_cell(amount(w.get("lost"), unit), link=origin(w.get("id"), run)),
         text_cell(amount(w.get("saved"), unit)), text_cell(_places(w, unit))]
        for w in ways
    ]  # fmt: skip
    table = table_of(("Way", "Is lost", "Saved by it", "By place"), rows)
    scale, shown = money_axis((finite(w.get("lost")) for w in ways), unit)
    bars = [Bar(said(w, "way"), _point(lost * scale)) for w in ways if (lost := finite(w.get("lost"))) is not None]
    title = "What is lost, by freedom"
    draw = partial(band_bars, title=title, desc="One dot a way; means over draws, without a band.", bars=bars,
                   x_title=f"Lost, {shown}")  # fmt: skip
    twin = table_of(table.columns[:3], [row[:3] for row in rows], f"{title}: numbers")
    return Chart(title, partial(draw, "ways"), partial(draw, "ways-narrow", width=350), twin), table


def _point(x: float) -> Band:
    return Band(x, x, x, x, x)


def _places(way: Doc, unit: str) -> str:
    found = way.get("by_place")
    rows = list(found.items())[:4] if isinstance(found, Mapping) else []
    return ", ".join(f"{named_place(p)} {amount(v, unit)}" for p, v in rows)


def _changes(d: Doc) -> tuple[Block, ...]:
    rows = [
        [product_cell(said(c, "product")), place_cell(c.get("origin")), place_cell(c.get("destination")),
         text_cell(_tonnes(c, "after_t"), f"{_tonnes(c, 'before_t')} before{', a new link' if c.get('new') else ''}"),
         text_cell(amount(c.get("worth"), said(c, "unit")))]
        for c in records(d, "changes")[:_MOST]
    ]  # fmt: skip
    heads = ("Product", "From", "To", "Would flow", "Worth")
    return (table_of(heads, rows),) if rows else ()


def _windows(d: Doc) -> tuple[Block, ...]:
    rows = [
        [product_cell(said(c, "product")), place_cell(c.get("origin")), place_cell(c.get("destination")),
         text_cell(f"{_tonnes(c, 'passes_t_per_week')} a week", f"{_tonnes(c, 'usual_t_per_week')} before"),
         text_cell(amount(c.get("worth"), "m USD"))]
        for c in records(d, "windows")[:_MOST]
    ]  # fmt: skip
    heads = ("Product", "From", "To", "Passes", "One t more a week is worth")
    return (table_of(heads, rows),) if rows else ()


def _capacity(d: Doc) -> tuple[Block, ...]:
    rows = [
        [text_cell(said(c, "maker"), strong=True), place_cell(c.get("place")),
         text_cell(f"{_tonnes(c, 't_per_week')} a week"), text_cell(amount(c.get("worth"), "m USD"))]
        for c in records(d, "capacity")[:_MOST]
    ]  # fmt: skip
    return (table_of(("Maker", "Where", "Makes", "One t more a week is worth"), rows),) if rows else ()


def _stocks(d: Doc) -> tuple[Block, ...]:
    rows = [
        [product_cell(said(c, "product")), place_cell(c.get("place")), text_cell(amount(c.get("worth"), "m USD"))]
        for c in records(d, "stocks")[:_MOST]
    ]
    return (table_of(("Product", "Where", "A day of use more is worth"), rows),) if rows else ()


def _tonnes(row: Doc, key: str) -> str:
    known = finite(row.get(key))
    return "not known" if known is None else f"{number(known)} t"
