"""The futures: what the unconfirmed and conditional claims would change."""

from __future__ import annotations

from functools import partial

from sluicegate.desk.page.block import Block, Cell, Chart, Note, Section, Table, figure_cell, words
from sluicegate.desk.page.charts import Bar, band_bars
from sluicegate.desk.page.document import Record, record, records, said, texts
from sluicegate.desk.page.figure import edge_index, finite, read_band
from sluicegate.desk.page.marks import Marks
from sluicegate.desk.page.parts.edge import is_material, sides
from sluicegate.desk.page.parts.shortages import loss_per_week, row_label

_COUNTS = {2: "Two", 3: "Three", 4: "Four", 5: "Five", 6: "Six"}


def futures(document: Record, marks: Marks) -> Section:
    """Each future with what it assumes, who is short in it, and its edge at the horizon."""
    rows = records(document, "futures")
    title = f"{_COUNTS.get(len(rows), str(len(rows)))} futures" if len(rows) > 1 else "Futures"
    if not rows:
        return Section("futures", title, (Note(words("Not computed in this run.", tone="muted")),))
    size = record(document, "edge").get("loss_share_of_gdp")
    table = Table(
        ("Future", "Who is short", "Edge at the horizon"),
        tuple((_name(row), _short(row), _edge(row, size, marks)) for row in rows),
    )
    blocks: tuple[Block, ...] = (table, *_chart(rows, record(document, "edge")))
    return Section("futures", title, blocks)


def _name(row: Record) -> Cell:
    claims = texts(row, "from_claims")
    origin = f" (from claim{'s' if len(claims) > 1 else ''} {', '.join(claims)})" if claims else ""
    return Cell(words(said(row, "name") or "unnamed", strong=True), words(f"{said(row, 'what')}{origin}", tone="muted"))


def _short(row: Record) -> Cell:
    """How many rows are short, and the one that loses most per week."""
    if "shortages" not in row:
        return Cell(words("not computed", tone="muted"))
    short = records(row, "shortages")
    if not short:
        return Cell(words("nobody"))
    worst = max(short, key=lambda s: finite(record(s, "value_added_lost_per_week").get("q50")) or 0.0)
    loss = loss_per_week(worst)
    count = "1 industry" if len(short) == 1 else f"{len(short)} industries"
    return Cell(words(count), words(f"most: {row_label(worst)}, {loss.median} a week", tone="muted"))


def _edge(row: Record, size: object, marks: Marks) -> Cell:
    if "edge" in row and row["edge"] is None:
        return Cell(words("none left", tone="muted"))
    edge = record(row, "edge")
    return figure_cell(edge_index(read_band(edge), size), mark=marks.of(edge.get("id"), row.get("id")))


def _chart(rows: list[Record], edge: Record) -> tuple[Chart, ...]:
    """The edge of each future on one scale."""
    bars = [Bar(said(row, "name") or "unnamed", band) for row in rows if (band := read_band(row.get("edge")))]
    if len(bars) < 2 or not is_material(edge):
        return ()
    controller, target = sides(edge)
    draw = partial(
        band_bars,
        title="The edge at the horizon in each future",
        desc="Median with 50 and 90 % bands.",
        bars=bars,
        x_title=f"Edge at the horizon: −1 all {target}'s, 1 all {controller}'s",
        x_range=(-1.0, 1.0),
        sided=True,
    )
    numbers = tuple((Cell(words(bar.label)), figure_cell(edge_index(bar.band))) for bar in bars)
    twin = Table(("Future", "Edge"), numbers, "The edge in each future: numbers")
    narrow = partial(draw, "futures-narrow", width=350)
    return (Chart("The edge at the horizon in each future", partial(draw, "futures-wide"), narrow, twin),)
