"""The edge: its path, who bears what per week, and when it ends."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import Any

from sluicegate.desk.page.block import (
    Block,
    Cell,
    Chart,
    Entry,
    Listing,
    Note,
    Panels,
    Section,
    Table,
    figure_cell,
    words,
)
from sluicegate.desk.page.charts import Bands, Flag, Panel, fan_chart, small_multiples, spark_blocks
from sluicegate.desk.page.document import (
    Record,
    dated_bands,
    named_place,
    record,
    records,
    said,
    spoken_place,
    texts,
)
from sluicegate.desk.page.figure import (
    MATERIAL_SHARE_OF_GDP,
    Figure,
    edge_index,
    expiry,
    finite,
    money,
    money_axis,
    one_share,
    read_band,
    week,
)
from sluicegate.desk.page.marks import Mark, Marks
from sluicegate.desk.page.parts.flags import flag_legend, happening_flags, peak_flags
from sluicegate.desk.page.parts.twin import band_table

_PER_WEEK = "m USD per week"


def sides(edge: Record, name: Callable[[Any], str] = named_place) -> tuple[str, str]:
    """The names of controller and target, as `named_place` or, in a sentence, `spoken_place` says them."""
    return name(edge.get("controller")) or "the controller", name(edge.get("target")) or "the target"


def is_material(edge: Record) -> bool:
    """Whether the target's loss reaches 0.01 % of its GDP; taken as so where it was not computed."""
    size = finite(edge.get("loss_share_of_gdp"))
    return size is None or size >= MATERIAL_SHARE_OF_GDP


def edge_section(document: Record, marks: Marks) -> Section:
    """The edge as a path, the losses of both sides, its end, and the levers counted."""
    edge = record(document, "edge")
    path = records(edge, "path")
    controller, target = sides(edge)
    if not path:
        blocks: tuple[Block, ...] = (Note(words("Not computed in this run.", tone="muted")),)
    elif not is_material(edge):
        size = "the loss is below 0.01 % of the target's GDP, so the ratio of the two losses says nothing"
        blocks = (Note(words(f"No material edge of {controller} over {target}: {size}.", strong=True)),)
        blocks += (_who_bears(edge, path, marks),)
    else:
        days = happening_flags(records(edge, "happenings"))
        blocks = (*_index_chart(path, controller, target, days), _who_bears(edge, path, marks),
                  *_losses(edge, path, days))  # fmt: skip
    return Section("edge", "The edge", (*blocks, Listing(_endings(edge, marks))) if path else blocks)


def _index_chart(path: Sequence[Record], controller: str, target: str, days: Sequence[Flag]) -> tuple[Chart, ...]:
    dates, bands = dated_bands([(row.get("date"), record(row, "A")) for row in path])
    if not dates:
        return ()
    draw = partial(
        fan_chart,
        title=f"The edge of {controller} over {target}",
        desc=f"Above zero the control costs {target} more of its economy than {controller}; below, the reverse.",
        dates=dates,
        bands=bands,
        y_title=f"Edge, from −1 (all {target}'s) to 1 (all {controller}'s)",
        y_range=(-1.0, 1.0),
        sides=(f"{controller} has the edge", f"{target} has the edge"),
        flags=days,
    )
    return (
        Chart(
            f"Who has the edge: {controller} over {target}",
            partial(draw, "edge-wide"),
            partial(draw, "edge-narrow", width=350, height=280),
            band_table("The edge", dates, bands, edge_index),
            (Entry("Edge, median", words(_glance(bands, week(dates[0]), week(dates[-1])))),),
        ),
    )


def _glance(bands: Bands, first: str, last: str) -> str:
    """The median path as blocks between its first and last week; the lowest block is −1, the highest 1."""
    lifted = [None if v is None else v + 1 for v in bands.q50]
    return f"{first} {spark_blocks(lifted, most=30, high=2.0)} {last}  (▁ is −1, █ is 1)"


def _who_bears(edge: Record, path: Sequence[Record], marks: Marks) -> Table:
    """The edge and both losses at the start, at a quarter, a half and the end of the path."""
    controller, target = sides(edge)
    chosen = [path[k] for k in sorted({min(k, len(path) - 1) for k in (0, 13, 26, 52, len(path) - 1)})]
    unit = said(edge, "unit") or _PER_WEEK
    size = edge.get("loss_share_of_gdp")
    rows = tuple(
        (
            figure_cell(Figure(_week(row.get("date")))),
            _index_cell(row, size, marks.of(edge.get("id"))),
            figure_cell(money(read_band(row.get("loss_target")), unit), mark=marks.of(edge.get("id"))),
            figure_cell(money(read_band(row.get("loss_controller")), unit), mark=marks.of(edge.get("id"))),
        )
        for row in chosen
    )
    return Table(("Week of", "Edge, 26 weeks ahead", f"{target} loses per week", f"{controller} loses per week"), rows)


def _index_cell(row: Record, size: object, mark: Mark | None) -> Cell:
    if "A" in row and row["A"] is None:
        return Cell(words("no material edge", tone="muted"))
    return figure_cell(edge_index(read_band(row.get("A")), size), mark=mark)


def _week(value: Any) -> str:
    dates, _ = dated_bands([(value, {})])
    return week(dates[0]) if dates else "not known"


def _losses(edge: Record, path: Sequence[Record], days: Sequence[Flag]) -> tuple[Panels, ...]:
    """Both losses as small multiples on one scale, with what happens and, of the target's, what its peaks come from."""
    controller, target = sides(edge)
    unit = said(edge, "unit") or _PER_WEEK
    ends = [finite(record(row, f"loss_{side}").get("q95")) for row in path for side in ("target", "controller")]
    scale, shown = money_axis(ends, unit)
    panels, twins = [], []
    ((_, peaks),) = peak_flags([edge])
    for key, who in (("target", target), ("controller", controller)):
        dates, bands = dated_bands([(row.get("date"), _scaled(record(row, f"loss_{key}"), scale)) for row in path])
        if any(v is not None for v in bands.values()):
            flags = (*days, *peaks) if key == "target" else tuple(days)
            panels.append(Panel(f"{who} loses", dates, bands, key, flags))
            twins.append(band_table(f"{who} loses per week", dates, bands, partial(money, unit=shown)))
    if not panels:
        return ()
    draw = partial(small_multiples, "loss", panels, y_title=f"{shown} a week (2024)", width=400, height=220)
    legend = flag_legend(days, [(f"{target} loses", peaks)])
    return (Panels("Who bears what, per week", draw, tuple(twins), legend),)


def _scaled(quantiles: Record, factor: float) -> Record:
    return {q: x * factor for q, value in quantiles.items() if (x := finite(value)) is not None}


def _endings(edge: Record, marks: Marks) -> tuple[Entry, ...]:
    """When the edge ends, which levers it counts, and in how many runs it has no meaning."""
    levers = texts(edge, "levers_included")
    entries = []
    if is_material(edge):
        ends = expiry(edge.get("expires"), edge.get("p_not_within_horizon"))
        entries.append(Entry("Expires", words(str(ends), strong=True, mark=marks.of(edge.get("id")))))
    listed = ", ".join(levers) if levers else "none named; levers without figures are absent, not zero"
    entries.append(Entry("Levers counted", words(listed)))
    entries += [*_not_counted(edge, marks), *_in_talks(edge, marks)]
    undefined = finite(edge.get("undefined_share"))
    if undefined:
        left = "a side gains by the control or loses nothing; these are not in the bands"
        text = f"in {one_share(undefined)} of runs {left}"
        entries.append(Entry("Left out", words(text)))
    return tuple(entries)


def _not_counted(edge: Record, marks: Marks) -> list[Entry]:
    """Levers of the target that are not in the path, with what each would cost both a week if held in full."""
    controller, target = sides(edge, spoken_place)
    rows = [row for row in records(edge, "levers") if row.get("counted") is False]
    if not rows:
        return []
    told = "; ".join(
        f"{said(row, 'lever')} ({said(row, 'in_full')}) {_cost(row, 'controller')} to {controller}, "
        f"{_cost(row, 'target')} to {target}" for row in rows
    )  # fmt: skip
    return [Entry("Not counted", words(f"a week, if held: {told}", mark=marks.of(rows[0].get("id"))))]


def _cost(row: Record, side: str) -> str:
    return money(read_band(row.get(f"costs_{side}")), said(row, "unit") or "USD").median


def _in_talks(edge: Record, marks: Marks) -> list[Entry]:
    """What ending the control now would be worth to both, and what halves of it would have one pay the other."""
    talks = record(edge, "talks")
    if not talks or not is_material(edge):
        return []
    controller, target = sides(edge, spoken_place)
    unit = said(talks, "unit") or "USD"
    spared, gained, paid = (money(read_band(talks.get(key)), unit) for key in
                            ("target_would_be_spared", "controller_would_be_spared", "nash_transfer"))  # fmt: skip
    text = (f"an end now would spare {target} {spared} and {controller} {gained} to the horizon at most; "
            f"halves would have {target} give {paid}")  # fmt: skip
    return [Entry("In the talks", words(text, mark=marks.of(talks.get("id"))))]
