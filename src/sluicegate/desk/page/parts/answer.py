"""The best answer: what to do, ranked, and what is not worth it."""

from __future__ import annotations

from functools import partial

from sluicegate.desk.page.block import (
    Block,
    Cell,
    Chart,
    Entry,
    Listing,
    Note,
    Section,
    Span,
    Table,
    figure_cell,
    words,
)
from sluicegate.desk.page.charts import Bar, band_bars
from sluicegate.desk.page.document import Record, records, said
from sluicegate.desk.page.figure import amount, money, money_axis, money_of, read_band
from sluicegate.desk.page.marks import Marks
from sluicegate.desk.page.parts.shortages import MOST_ROWS, rest_of
from sluicegate.terms import Band


def answer(document: Record, marks: Marks) -> Section:
    """Actions in the document's order with cost and loss avoided; then what is not worth it, and why."""
    rows = records(document, "response")
    worth = [row for row in rows if row.get("worth_it") is not False]
    not_worth = [row for row in rows if row.get("worth_it") is False]
    blocks: tuple[Block, ...]
    if not rows:
        missing = "No action was found that helps." if "response" in document else "Not computed in this run."
        blocks = (Note(words(missing, tone="muted")),)
    else:
        ranked = tuple(_entry(row, marks) for row in worth[:MOST_ROWS])
        blocks = (Listing(ranked, ranked=True),) if ranked else (Note(words("No action is worth its cost.")),)
        blocks += (*rest_of(len(worth), "actions"), *_chart(worth[:MOST_ROWS]))
    if not_worth:
        blocks += (
            Note(words("Not worth it", strong=True)),
            Listing(tuple(_entry(row, marks) for row in not_worth[:MOST_ROWS])),
        )
    return Section("answer", "The best answer", blocks)


def _entry(row: Record, marks: Marks) -> Entry:
    unit = said(row, "unit") or "USD"
    cost, benefit = (money(read_band(row.get(key)), unit) for key in ("cost", "benefit"))
    spans = (
        Span("costs "),
        Span(str(cost)),
        Span(", avoids "),
        Span(str(benefit), strong=True, mark=marks.of(row.get("id"))),
    )
    return Entry(said(row, "action") or "unnamed", spans, (words(said(row, "why"), tone="muted"),))


def _chart(rows: list[Record]) -> tuple[Chart, ...]:
    """Loss avoided as bars, with the median cost as a tick beside; only where all are money."""
    found = [(row, band, unit) for row in rows if (band := read_band(row.get("benefit"))) is not None
             and money_of(unit := said(row, "unit") or "USD")]  # fmt: skip
    if len(found) < 2:
        return ()
    units = {unit for _, _, unit in found}
    if len(units) > 1:
        return ()
    unit = units.pop()
    factor, shown = money_axis((band.q50 for _, band, _ in found), unit)
    bars = [Bar(said(row, "action"), _times(band, factor), cost.q50 * factor if (cost := read_band(row.get("cost")))
                else None) for row, band, _ in found]  # fmt: skip
    draw = partial(
        band_bars,
        title="What each action avoids",
        desc="Loss avoided, median with 50 and 90 % bands; the upright tick is the median cost.",
        bars=bars,
        x_title=f"Loss avoided, {shown} (2024); upright tick: cost",
    )
    numbers = tuple(
        (
            Cell(words(bar.label)),
            figure_cell(money(bar.band, shown)),
            Cell(words(amount(bar.beside, shown))),
        )
        for bar in bars
    )
    twin = Table(("Action", "Avoids", "Costs"), numbers, "What each action avoids: numbers")
    narrow = partial(draw, "answer-narrow", width=350)
    return (Chart("What each action avoids", partial(draw, "answer-wide"), narrow, twin),)


def _times(band: Band, factor: float) -> Band:
    return Band(*(q * factor for q in (band.q05, band.q25, band.q50, band.q75, band.q95)))
