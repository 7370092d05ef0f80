"""Beyond the lines: what stopped lines cost the economy, by country and industry."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from typing import Any

from sluicegate.desk.page.block import Block, Chart, Entry, words
from sluicegate.desk.page.charts import Bar, band_bars
from sluicegate.desk.page.document import named_place, record, records, said, texts
from sluicegate.desk.page.figure import finite, money, money_axis, quantity, read_band
from sluicegate.terms import Band
from sluicegate.web.pages.cells import band_cell, note, origin, table_of, text_cell
from sluicegate.web.pages.view import Group, View

Doc = Mapping[str, Any]
_DRAWN = 8


def downstream_view(d: Doc, run: str) -> View:
    """The `downstream` document as a page."""
    capped = [f"{row.get('industry')} in {named_place(row.get('place'))}" for row in records(d, "capped")]
    sections = (
        Group("countries", "By country", _part(records(d, "countries"), "country", run)),
        Group("industries", "By industry", _part(records(d, "industries"), "industry", run)),
        Group("assumed", "What it rests on", (
            *(note(t) for t in texts(d, "assumed")),
            *((note(f"Held at all that an industry has to lose: {', '.join(capped)}.", tone="muted"),)
              if capped else ()),
        )),
    )  # fmt: skip
    data = {key: records(d, key) for key in ("countries", "industries") if d.get(key)}
    return View(said(d, "title"), sections, opening=_opening(d, run), data=data)


def _opening(d: Doc, run: str) -> tuple[Entry, ...]:
    total = record(d, "total")
    unit = said(total, "unit")
    times = quantity(read_band(total.get("economy_per_line_value")), "×")
    entries = []
    for label, key, strong in (("The lines lose", "lines", False), ("The economy loses", "economy", True)):
        figure = money(read_band(total.get(key)), unit)
        entries.append(Entry(label, words(figure.median, strong=strong, link=origin(total.get("id"), run)),
                             (words(figure.band),)))  # fmt: skip
    return (*entries, Entry("That is", words(f"{times.median} what the lines lose"), (words(times.band),)))


def _part(rows: list[Doc], key: str, run: str) -> tuple[Block, ...]:
    if not rows:
        return (note("Nobody loses."),)
    named = [(named_place(r.get(key)) if key == "country" else said(r, key), r) for r in rows]
    cells = [
        [text_cell(name, strong=True), band_cell(money(read_band(r.get("lines")), said(r, "unit"))),
         band_cell(money(read_band(r.get("economy")), said(r, "unit")), id=r.get("id"), run=run)]
        for name, r in named
    ]  # fmt: skip
    table = table_of((key.capitalize(), "Its lines lose", "It loses in all"), cells)
    drawn = [(name, band, said(r, "unit")) for name, r in named[:_DRAWN]
             if (band := read_band(r.get("economy"))) is not None]  # fmt: skip
    if not drawn:
        return (table,)
    scale, shown = money_axis((finite(band.q50) for _, band, _ in drawn), drawn[0][2])
    bars = [Bar(name, _times(band, scale)) for name, band, _ in drawn]
    title = f"Lost in all, by {key}"
    draw = partial(band_bars, title=title, desc="Medians with 50 and 90 % bands.", bars=bars,
                   x_title=f"Value added lost, {shown} (2024)")  # fmt: skip
    twin = table_of(table.columns, cells, f"{title}: numbers")
    return Chart(title, partial(draw, key), partial(draw, f"{key}-narrow", width=350), twin), table


def _times(b: Band, factor: float) -> Band:
    return Band(*(q * factor for q in (b.q05, b.q25, b.q50, b.q75, b.q95)))
