"""The front page: what changed, the edge today, the three shortest clocks, within a minute of reading."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response

from sluicegate.desk.page.block import Cell, Entry, Listing, Note, Spans, Table, words
from sluicegate.desk.page.document import named_place, record, records, said
from sluicegate.desk.page.figure import (
    Figure,
    day,
    edge_index,
    expiry,
    finite,
    money,
    one_share,
    quantity,
    read_band,
    read_date,
    start,
)
from sluicegate.regime import load_register
from sluicegate.web.pages.asking import ask_form, edge_part, kept_answer
from sluicegate.web.pages.cells import listed, note, origin, table_of, text_cell
from sluicegate.web.pages.news import changed as news_changed
from sluicegate.web.pages.show import show
from sluicegate.web.pages.view import Group, View
from sluicegate.web.remembered import remembered

router = APIRouter(include_in_schema=False)

SCENARIO = "status-quo"
_CLOCKS = 3
_HALF, _RARE = 0.5, 0.25
"""Share of draws from which an industry counts as short, and from which its clock is shown."""
_RECENT = timedelta(days=120)
_AHEAD = timedelta(days=120)


@dataclass(frozen=True)
class Clock:
    """Days from the day of the answer until an industry is short in half of the draws; `p_short` of draws ever are."""

    label: str
    number_id: str
    days: int
    starts: Figure
    p_short: float
    lost: Figure


@router.get("/")
def front(request: Request) -> Response:
    """The three questions."""
    kept = kept_answer(request, "run", scenario=SCENARIO)
    stories = news_changed(request)
    changed, lately = Group("changed", "What changed", _changed(stories)), _lately(stories)
    if kept is None:
        form = ask_form(request, "run", "Run today's controls", (), hidden=(("scenario", SCENARIO),))
        first = Group(
            "edge",
            "The edge today, and the shortest clocks",
            (
                note(
                    "Not computed yet on this desk. It simulates the controls in force, week by week, against "
                    "the same world "
                    "without them; the first run on a machine takes about a minute, and is kept."
                ),
                form,
            ),
        )
        return show(
            request,
            View(
                "Critical minerals today",
                (first, changed),
                opening=lately,
                twin="/api/v1/run?scenario=status-quo",
                byline=_byline(load_register().last_verified, None),
            ),
        )
    d, address = kept
    run = said(record(d, "provenance"), "run")
    groups = (changed, _edge(d, run, address), _clocks_group(d, run, address))
    opening = (*lately, *_opening(d, run))
    return show(
        request,
        View(
            "Critical minerals today",
            groups,
            opening=opening,
            run=run,
            document=d,
            twin=f"/api/v1/documents/{address.removeprefix('/results/')}",
            data={"shortages": records(d, "outcome", "shortages")},
            byline=_byline(read_date(said(record(d, "provenance"), "as_of")), d),
        ),
    )


def _byline(as_of: date | None, d: Mapping[str, Any] | None) -> Spans:
    draws = f", {said(record(d, 'provenance'), 'draws')} draws" if d else ""
    return words(f"The controls in force as known on {day(as_of)}{draws}" if as_of else "", tone="muted")


def _opening(d: Mapping[str, Any], run: str) -> tuple[Entry, ...]:
    """Three lines, one a question."""
    entries = []
    edge = record(d, "edge")
    if edge:
        value = edge_now(d)
        target = named_place(edge["target"])
        entries.append(
            Entry(
                "The edge today",
                words(
                    f"{named_place(edge['controller'])} over {target}: {value.median}",
                    strong=True,
                    link=origin(edge["id"], run),
                ),
                (words(f"{value.band}; at 1 {target} bears it all, at −1 {named_place(edge['controller'])}"),),
            )
        )
    short, clocks = clocks_of(d)
    entries.append(
        Entry(
            "Short already",
            words(f"{short} lines in half of the draws or more", link="#clocks"),
            (words("a line is an industry in one place, short of one product"),),
        )
    )
    if clocks:
        c = clocks[0]
        then = [words(f"then {x.label}: in {x.days} days", link=origin(x.number_id, run)) for x in clocks[1:_CLOCKS]]
        entries.append(
            Entry(
                "The next to run short",
                words(f"{c.label}: in {c.days} days", strong=True, link=origin(c.number_id, run)),
                (words(f"{c.starts.band}, short in {one_share(c.p_short)} of draws"), *then),
            )
        )
    return tuple(entries)


def edge_now(d: Mapping[str, Any]) -> Figure:
    """The edge in the week of the as-of day."""
    edge, as_of = record(d, "edge"), said(record(d, "provenance"), "as_of")
    known = [p for p in records(edge, "path") if p.get("A") and said(p, "date") >= as_of]
    return edge_index(read_band(known[0]["A"]) if known else None, edge.get("loss_share_of_gdp"))


def _edge(d: Mapping[str, Any], run: str, address: str) -> Group:
    edge = record(d, "edge")
    if not edge:
        return Group("edge", "The edge today", (note("No side has an edge under these controls."),))
    ends = expiry(edge.get("expires"), edge.get("p_not_within_horizon"))
    now = _week_now(d)
    losses = [
        Entry(
            f"Costs {named_place(edge[side])}",
            words(f"{f.median} a week", link=origin(edge["id"], run)),
            (words(f.band),),
        )
        for side, f in now
    ]
    part = edge_part(address, d)
    chart = tuple(b for b in part.blocks if type(b).__name__ == "Chart")[:1] if part else ()
    entries = (*losses, Entry("It ends", words(ends.median), (words(ends.band),)))
    return Group("edge", "The edge today", (Listing(entries), *chart, note("The whole answer", link=address)))


def _week_now(d: Mapping[str, Any]) -> list[tuple[str, Figure]]:
    """What each side loses in the week of the as-of day."""
    edge, as_of = record(d, "edge"), said(record(d, "provenance"), "as_of")
    week = next((p for p in records(edge, "path") if said(p, "date") >= as_of), None)
    if week is None:
        return []
    return [(side, money(read_band(week.get(f"loss_{side}")), "USD per week")) for side in ("target", "controller")]


def clocks_of(d: Mapping[str, Any]) -> tuple[int, list[Clock]]:
    """How many lines are short already in half of the draws, and the clocks of the others, shortest first."""
    as_of = read_date(said(record(d, "provenance"), "as_of"))
    short, clocks = 0, []
    for row in records(d, "outcome", "shortages"):
        begins, p = read_date(record(row, "starts").get("q50")), finite(row.get("p_short")) or 0.0
        if begins is None or as_of is None or p < _RARE:
            continue
        if begins <= as_of:
            short += p >= _HALF
        else:
            lost = money(read_band(row.get("value_added_lost_per_week")), said(row, "unit"))
            clocks.append(
                Clock(said(row, "label"), said(row, "id"), (begins - as_of).days, start(row["starts"]), p, lost)
            )
    return short, sorted(clocks, key=lambda c: c.days)


def _clocks_group(d: Mapping[str, Any], run: str, address: str) -> Group:
    short, clocks = clocks_of(d)
    rows = [
        [
            text_cell(c.label, f"short in {one_share(c.p_short)} of draws", strong=True),
            text_cell(f"{c.days} days", link=origin(c.number_id, run)),
            Cell(words(c.starts.median), words(c.starts.band)),
            Cell(words(c.lost.median), words(c.lost.band)),
        ]
        for c in clocks[:_CLOCKS]
    ]
    blocks: list[Table | Note] = []
    if rows:
        blocks.append(table_of(("Industry", "Runs short in", "From", "Loses then a week"), rows))
    else:
        blocks.append(note("No line that is not short already runs short in a quarter of the draws."))
    rest = record_rows(d, run)
    if short:
        blocks += [
            note(f"Short already: {short} lines (an industry in one place, short of one product). The dearest:"),
            rest,
        ]
    blocks.append(note("All shortages", link=f"{address}#short"))
    return Group("clocks", "The three shortest clocks", tuple(blocks))


def record_rows(d: Mapping[str, Any], run: str) -> Table:
    """The dearest shortages that have begun."""
    as_of = said(record(d, "provenance"), "as_of")
    begun = [s for s in records(d, "outcome", "shortages") if said(record(s, "starts"), "q50") <= as_of]
    begun.sort(key=lambda s: -(finite(record(s, "value_added_lost_per_week").get("q50")) or 0.0))
    cover = {(c["product"], c["place"], c["industry"]): c for c in records(d, "outcome", "days_of_cover")}
    rows = []
    for s in begun[:_CLOCKS]:
        held = cover.get((s["product"], s["place"], s["industry"]), {})
        lost = money(read_band(s["value_added_lost_per_week"]), said(s, "unit"))
        days = quantity(read_band(held.get("days")), "days")
        rows.append(
            [
                text_cell(said(s, "label"), f"since {start(s['starts']).median}", strong=True),
                Cell(words(lost.median, link=origin(s["id"], run)), words(lost.band)),
                Cell(words(days.median, link=origin(held.get("id"), run)), words(days.band)),
            ]
        )
    return table_of(("Industry", "Loses a week", "Stock in hand"), rows)


def _changed(stories: tuple[Entry, ...]) -> tuple[Any, ...]:
    """News that moved a number, notices that came lately, and dates that are near."""
    today = load_register().last_verified
    found = remembered("register list", as_of=today)["measures"]
    lately = [m for m in found if _within(m["announced_on"], today - _RECENT, today)]
    near = _near(found, today)
    blocks: list[Any] = [Listing(stories)] if stories else [note("No articles read yet.", link="/news")]
    if near:
        blocks.append(
            Listing(tuple(Entry(day(when), words(text, link=f"/register/{i}")) for when, text, i in near[:4]))
        )
    rows = [
        Entry(day(m["announced_on"]), words(m["title"], link=f"/register/{m['id']}"), (words(m["state"]),))
        for m in sorted(lately, key=lambda m: str(m["announced_on"]), reverse=True)[:4]
    ]
    if rows:
        blocks += [note("Measures announced lately:"), Listing(tuple(rows))]
    blocks.append(Note(listed([("All controls", "/register"), ("All news", "/news")])))
    return tuple(blocks)


def _lately(stories: tuple[Entry, ...]) -> tuple[Entry, ...]:
    """The one thing that changed last: a story that moved a number, else the newest notice, else a date that is near.

    Nothing where there is none of them.
    """
    moving = [s for s in stories if any("moved " in span.text for line in s.more for span in line)]
    if moving:
        return (Entry("What changed", moving[0].spans, moving[0].more),)
    today = load_register().last_verified
    found = remembered("register list", as_of=today)["measures"]
    lately = [m for m in found if _within(m["announced_on"], today - _RECENT, today)]
    if lately:
        newest = max(lately, key=lambda m: str(m["announced_on"]))
        title = words(newest["title"], link=f"/register/{newest['id']}")
        return (Entry("What changed", title, (words(f"announced on {day(newest['announced_on'])}"),)),)
    near = _near(found, today)
    return tuple(Entry("What changes", words(text, link=f"/register/{i}"), (words(day(when)),))
                 for when, text, i in near[:1])  # fmt: skip


def _ends(text: Any, today: date) -> str:
    found = read_date(text)
    return "ended" if found is not None and found < today else "ends"


def _within(text: Any, first: date, last: date) -> bool:
    found = read_date(text)
    return found is not None and first <= found <= last


def _near(measures: Sequence[Mapping[str, Any]], today: date) -> list[tuple[date, str, str]]:
    """Ends of measures and of suspensions that lie just behind or ahead."""
    found = []
    for m in measures:
        for s in m["suspended"]:
            if _within(s["last"], today - timedelta(days=14), today + _AHEAD):
                found.append((read_date(s["last"]), f"{m['title']}: its suspension {_ends(s['last'], today)}", m["id"]))
        if _within(m["ends_on"], today - timedelta(days=14), today + _AHEAD):
            found.append((read_date(m["ends_on"]), f"{m['title']}: {_ends(m['ends_on'], today)}", m["id"]))
    unique = {(when, text): (when, text, i) for when, text, i in found if when is not None}
    return sorted(unique.values())
