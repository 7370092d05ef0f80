"""A company's lines: how long they run, why they stop, what is in stock, what to do by when."""

from __future__ import annotations

from functools import partial

from sluicegate.desk.page.block import Block, Cell, Chart, Entry, Listing, Note, Section, Table, figure_cell, words
from sluicegate.desk.page.charts import Curve, spark_blocks, step_chart
from sluicegate.desk.page.document import Record, days, named_place, record, records, said, series, texts
from sluicegate.desk.page.figure import day, money, one_share, quantity, read_band, read_date, start

_MOST_ACTIONS = 10
_DO = {"order": "Order from {origin}", "apply": "Apply for a licence, {origin}", "qualify": "Qualify {origin}"}


def opening(document: Record) -> tuple[Entry, ...]:
    """The first line to stop, and what it costs, in a sentence each."""
    lines = records(document, "lines")
    first = lines[0] if lines else {}
    stops = record(first, "stops")
    weeks = said(document, "horizon_weeks")
    if not stops:
        text = f"No line stops within {weeks} weeks in any draw."
    else:
        text = (f"{said(first, 'line')} stops in {one_share(first.get('p_stop'))} of draws within {weeks} weeks; "
                f"where it does, half the draws have stopped by {day(stops.get('q50'))}.")  # fmt: skip
    entries: tuple[Entry, ...] = (Entry("First to stop", words(text, strong=True)),)
    worth = record(document, "value_at_risk")
    if worth:
        total = money(read_band(record(worth, "total")), said(worth, "unit"))
        entries += (Entry("Value at risk", words(f"{total.median} ({total.band}) up to the horizon")),)
    return entries


def running(document: Record) -> Section:
    """The survival curve of each line, when it stops and why."""
    lines = records(document, "lines")
    curves = [Curve(said(x, "line"), [d for d in days({"d": [r.get("date") for r in weeks]}, "d") if d],
                    series({"p": [r.get("p_running") for r in weeks]}, "p"))
              for x in lines if (weeks := records(x, "survival"))]  # fmt: skip
    rows = tuple((Cell(words(said(x, "line"), strong=True)), Cell(words(one_share(x.get("p_stop")))),
                  _when(x, "stops"),
                  Cell(words(_because(x)))) for x in lines)  # fmt: skip
    blocks: tuple[Block, ...] = (Table(("Line", "Stops", "When", "Because of"), rows),)
    if curves:
        draw = partial(step_chart, title="Lines still running",
                       desc="Share of draws in which each line has not yet stopped, by week.", curves=curves,
                       y_title="Never stopped so far, % of draws")  # fmt: skip
        glance = tuple(Entry(c.label, words(spark_blocks(c.shares, high=1.0, most=30))) for c in curves)
        twin = Table(("Line", "Week of", "Still running"), tuple(
            (Cell(words(c.label)), Cell(words(day(c.dates[k]))), Cell(words(one_share(c.shares[k]))))
            for c in curves for k in range(0, len(c.dates), 4)),
            "Lines still running: numbers, every 4 weeks")  # fmt: skip
        blocks += (Chart("How long each line runs", partial(draw, "survival-wide"),
                         partial(draw, "survival-narrow", width=350, height=280), twin, glance),)  # fmt: skip
    return Section("lines", "The lines", blocks)


def _when(row: Record, key: str) -> Cell:
    """A band of days, or that there is none."""
    found = record(row, key)
    return figure_cell(start(found)) if found else Cell(words("not within the horizon"))


def _because(line: Record) -> str:
    named = [f"{said(r, 'input')} from {named_place(r.get('origin'))}, {said(r, 'measure')}: "
             f"{one_share(r.get('share'))}" for r in records(line, "because")[:3]]  # fmt: skip
    return "; ".join(named) or "nothing"


def inputs(document: Record) -> Section:
    """Days of cover and the day each input runs out."""
    rows = tuple((
        Cell(words(said(x, "input"), strong=True), words(said(x, "product"), tone="muted")),
        figure_cell(quantity(read_band(record(x, "days_of_cover")), "days")),
        figure_cell(quantity(read_band(record(x, "days_with_what_is_due")), "days")),
        _when(x, "runs_out"),
        Cell(words(said(x, "stock_from"))),
    ) for x in records(document, "inputs"))  # fmt: skip
    columns = ("Input", "In stock", "With what is due", "Runs out", "Stock is")
    return Section("inputs", "What is in hand", (Table(columns, rows),))


def applications(document: Record) -> tuple[Section, ...]:
    """The chance of each open application; no section without one."""
    rows = tuple((
        Cell(words(said(x, "application"), strong=True)),
        *(Cell(words(one_share(x.get(key)) if x.get("licence_needed") else "no licence needed"))
          for key in ("p_decided_before_stop", "p_goods_before_stop", "p_decided_within_horizon")),
        figure_cell(start(record(x, "decided_on"))) if record(x, "decided_on") else Cell(),
    ) for x in records(document, "applications"))  # fmt: skip
    columns = ("Application", "Decided before the stop", "Goods here before it", "Within the horizon", "When, if so")
    return (Section("applications", "Open applications", (Table(columns, rows),)),) if rows else ()


def to_do(document: Record) -> Section:
    """Last days to order, apply or qualify, and what a change of one's own would do."""
    found = records(document, "actions")
    rows = tuple((
        Cell(words(_DO.get(said(a, "do"), said(a, "do")).format(origin=named_place(a.get("origin"))), strong=True),
             words(said(a, "input"), tone="muted")),
        Cell(words(day(a.get("safe_by")) if read_date(a.get("safe_by")) else "too late"),
             words(f"too late in {one_share(a.get('p_too_late_today'))} of draws", tone="muted")),
        figure_cell(quantity(read_band(record(a, "lead_weeks")), "weeks")),
        figure_cell(quantity(read_band(record(a, "amount")), said(a, "unit"))),
        Cell(words(one_share(a.get("passes"))), words(said(a, "held_back_by"), tone="muted")),
    ) for a in found[:_MOST_ACTIONS])  # fmt: skip
    table = Table(("What", "Safe by", "It takes", "Missing up to the horizon", "Share that comes"), rows)
    changes = tuple(Entry(said(c, "what"), words(_change(c))) for c in records(document, "would_change"))
    nothing = Note(words("Nothing runs out: nothing has to be done by any day within the horizon."))
    more = len(found) - len(rows)
    rest = (Note(words(f"and {more} more in the JSON document", tone="muted")),) if more else ()
    return Section("do", "What to do by when", (table if rows else nothing, *rest, Listing(changes)))


def _change(turn: Record) -> str:
    stops = record(turn, "first_stop")
    at = f", half of those by {day(stops.get('q50'))}" if stops else ""
    saved = record(turn, "value_saved")
    gain = money(read_band(saved), said(turn, "unit")) if saved else None
    text = f"a line stops in {one_share(turn.get('p_stop'))} of draws{at}"
    return text + (f"; saves {gain.median} ({gain.band})" if gain else "")


def assumed(document: Record) -> Section:
    """What the answer rests on."""
    decides = ", ".join(f"{said(r, 'parameter')} ({one_share(r.get('share'))}, {said(r, 'label')})"
                        for r in records(document, "decided_by"))  # fmt: skip
    own = tuple(Note(words(text)) for text in texts(document, "assumed"))
    said_by = Note(words(f"Inputs of the world that go with what is lost: {decides or 'none told from noise'}."))
    return Section("assumed", "What it rests on", (*own, said_by))
