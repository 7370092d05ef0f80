"""Who is short and when; days until pain; prices."""

from __future__ import annotations

from functools import partial

from sluicegate.desk.page.block import Block, Cell, Chart, Entry, Note, Panels, Section, Span, Table, figure_cell, words
from sluicegate.desk.page.charts import Curve, Panel, small_multiples, spark_blocks, step_chart
from sluicegate.desk.page.document import (
    Record,
    columns_as_rows,
    dated_bands,
    days,
    named_place,
    record,
    records,
    said,
    series,
)
from sluicegate.desk.page.figure import (
    NBSP,
    NOT_KNOWN,
    Figure,
    change,
    finite,
    money,
    month,
    one_share,
    quantity,
    read_band,
    read_date,
    share,
    start,
)
from sluicegate.desk.page.marks import Marks
from sluicegate.desk.page.parts.flags import flag_legend, happening_flags, main_cause, peak_flags
from sluicegate.desk.page.parts.twin import band_table

MOST_ROWS = 12
"""Rows shown of a list ordered by size; the rest is counted and stands in the JSON."""
_SHORT_ROWS = 8
"""Rows of shortages, prices and stocks, so that a brief stays a page."""
LIKELY = 0.5
"""Share of runs from which a shortage gets a row: below it the median run is not short at all."""
_MOST_PANELS = 6
_MOST_CURVES = 6
_NOT_COMPUTED = Note(words("Not computed in this run.", tone="muted"))


def rest_of(count: int, what: str, most: int = MOST_ROWS) -> tuple[Note, ...]:
    """A line that says how many rows are not shown; nothing where all are."""
    more = count - most
    return (Note(words(f"and {more} more {what}, in the JSON document", tone="muted")),) if more > 0 else ()


def row_label(row: Record) -> str:
    """Who is short: the row's own label, else product, place and industry."""
    parts = (said(row, "product"), named_place(row.get("place")), said(row, "industry"))
    return said(row, "label") or ", ".join(part for part in parts if part) or "unnamed"


def loss_per_week(row: Record) -> Figure:
    """Value added lost per week."""
    return money(read_band(row.get("value_added_lost_per_week")), said(row, "unit") or "USD")


def shortages(document: Record, marks: Marks) -> Section:
    """Who is short, from when, by how much, at what loss per week, on what evidence."""
    rows = records(document, "outcome", "shortages")
    blocks: tuple[Block, ...]
    if "shortages" not in record(document, "outcome"):
        blocks = (_NOT_COMPUTED,)
    elif not rows:
        blocks = (Note(words("No industry falls short by more than can be told from noise.")),)
    else:
        columns = ("Median, 90 % band below", "Short from", "Short by", "Lost per week", "Evidence")
        likely = [row for row in rows if (finite(row.get("p_short")) or 0.0) >= LIKELY]
        table = Table(columns, tuple(_shortage_row(row, marks) for row in likely[:_SHORT_ROWS]))
        blocks = (*((table,) if likely else ()), *_unlisted(len(likely), len(rows)), *_paths(document, likely))
    return Section("short", "Who is short, and when", (*blocks, *_prices(document, marks)))


def _unlisted(likely: int, found: int) -> tuple[Note, ...]:
    """How many shortages have no row, and how likely they are."""
    more, seldom = max(likely - _SHORT_ROWS, 0), found - likely
    parts = [f"{more} more" if more else "", f"{seldom} in fewer than half of the runs" if seldom else ""]
    told = ", ".join(part for part in parts if part)
    lead = "and" if likely else "Nobody in half of the runs;"
    return (Note(words(f"{lead} {told}, in the JSON document", tone="muted")),) if told else ()


def _shortage_row(row: Record, marks: Marks) -> tuple[Cell, ...]:
    p_short = finite(row.get("p_short"))
    judged = finite(row.get("judgement_share"))
    chance = "" if p_short is None else f"short in {one_share(p_short)} of runs"
    grade = said(row, "evidence") or "not graded"
    return (
        Cell(words(row_label(row), strong=True), words(chance, tone="muted")),
        figure_cell(start(row.get("starts")), mark=marks.of(record(row, "starts").get("id"))),
        figure_cell(share(read_band(row.get("share_short"))), mark=marks.of(record(row, "share_short").get("id"))),
        figure_cell(loss_per_week(row), mark=marks.of(row.get("id")), strong=True),
        Cell(
            words(grade),
            words("" if judged is None else f"{one_share(judged)} judged", tone="muted"),
            tuple(series(row, "spark")),
        ),
    )


def _paths(document: Record, rows: list[Record]) -> tuple[Block, ...]:
    """Use relative to no control as small multiples, in the order of the rows."""
    order = {said(row, "id"): k for k, row in enumerate(rows)}
    found = sorted(
        records(document, "chart_data", "shortage_paths"), key=lambda p: order.get(said(p, "id"), len(order))
    )
    panels, days, named = [], happening_flags(records(document, "chart_data", "happenings")), []
    for path, (_, peaks) in zip(found[:_MOST_PANELS], peak_flags(found[:_MOST_PANELS]), strict=True):
        dates, bands = dated_bands(columns_as_rows(path, "weeks"))
        if dates:
            label = said(path, "label") or "unnamed"
            panels.append(Panel(label, dates, bands, flags=(*days, *peaks)))
            named.append((label, peaks))
    if not panels:
        return ()
    draw = partial(
        small_multiples, "use", panels, y_title="Use, % of use without control", percent=True, include=(0.0, 1.0)
    )
    twins = tuple(band_table(panel.label, panel.dates, panel.bands, share) for panel in panels)
    return (Panels("Use against a world without the control", draw, twins, flag_legend(days, named)),)


def _prices(document: Record, marks: Marks) -> tuple[Table, ...]:
    rows = records(document, "outcome", "prices")[:_SHORT_ROWS]
    if not rows:
        return ()
    cells = tuple(
        (
            Cell(words(said(row, "product"), strong=True), words(named_place(row.get("area")), tone="muted")),
            figure_cell(change(read_band(row.get("change"))), mark=marks.of(row.get("id"))),
            Cell(words(month(at) if (at := read_date(row.get("at"))) else NOT_KNOWN)),
            Cell(words(main_cause(row))),
        )
        for row in rows
    )
    return (Table(("Price", "Change against no control", "At", "First cause"), cells),)


def pain(document: Record, marks: Marks) -> Section:
    """Days until pain: the curve of first shortages per industry, and the days of cover."""
    blocks: tuple[Block, ...] = (*_pain_curve(document), *_cover(document, marks))
    return Section("pain", "Days until pain", blocks or (_NOT_COMPUTED,))


def _curves(document: Record) -> list[Curve]:
    curves = []
    for row in records(document, "chart_data", "pain"):
        pairs = zip(days(row, "dates"), series(row, "share_past"), strict=False)
        dated = sorted(((day, v) for day, v in pairs if day is not None), key=lambda pair: pair[0])
        if dated:
            curves.append(Curve(said(row, "label") or "unnamed", [d for d, _ in dated], [v for _, v in dated]))
    return curves[:_MOST_CURVES]


def _pain_curve(document: Record) -> tuple[Chart, ...]:
    curves = _curves(document)
    if not curves:
        return ()
    draw = partial(
        step_chart,
        title="Days until pain",
        desc="Share of runs in which each industry has already run short, by week.",
        curves=curves,
        y_title="Already short, % of runs",
    )
    return (
        Chart(
            "When industries first run short",
            partial(draw, "pain-wide"),
            partial(draw, "pain-narrow", width=350, height=280),
            _pain_table(curves),
            tuple(Entry(curve.label, _pain_glance(curve)) for curve in curves),
        ),
    )


def _reached(curve: Curve, level: float) -> str:
    """The month in which a curve first reaches `level`."""
    days = (d for d, v in zip(curve.dates, curve.shares, strict=True) if v is not None and v >= level)
    first = next(days, None)
    return "not within the horizon" if first is None else month(first)


def _pain_glance(curve: Curve) -> tuple[Span, ...]:
    """The curve as blocks, and when one run in ten and one in two is short."""
    path = spark_blocks(curve.shares, high=1.0, most=16)
    text = f"{path.ljust(16)}  1 run in 10 short: {_reached(curve, 0.1)}; 1 in 2: {_reached(curve, 0.5)}"
    return words(text)


def _pain_table(curves: list[Curve]) -> Table:
    columns = ("Industry", "1 run in 10 short", "1 run in 2 short", "9 runs in 10 short", "By the horizon")
    rows = tuple(
        (
            Cell(words(curve.label)),
            *(Cell(words(_reached(curve, level))) for level in (0.1, 0.5, 0.9)),
            Cell(words(one_share(next((v for v in reversed(curve.shares) if v is not None), None)))),
        )
        for curve in curves
    )
    return Table(columns, rows, "When industries first run short: numbers")


def _cover(document: Record, marks: Marks) -> tuple[Block, ...]:
    rows = records(document, "outcome", "days_of_cover")
    if not rows:
        return ()
    cells = tuple(
        (
            Cell(words(row_label(row), strong=True)),
            figure_cell(quantity(read_band(row.get("days")), "days"), mark=marks.of(row.get("id"))),
        )
        for row in rows[:_SHORT_ROWS]
    )
    return Table(("Stock in hand", f"Days{NBSP}of{NBSP}cover"), cells), *rest_of(len(rows), "stocks", _SHORT_ROWS)
