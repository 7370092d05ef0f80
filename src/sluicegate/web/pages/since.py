"""What changed since a reader last looked, and which numbers it moved."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

from fastapi import APIRouter
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from sluicegate.desk.library import changing
from sluicegate.desk.page.block import Block, Entry, Listing, Spans, words
from sluicegate.desk.page.figure import day
from sluicegate.web.pages.cells import note
from sluicegate.web.pages.form import Field, Form
from sluicegate.web.pages.moved import moved_line, moved_table
from sluicegate.web.pages.show import show
from sluicegate.web.pages.view import Group, View, read_day
from sluicegate.web.reader import language_of
from sluicegate.web.right import reader_of

router = APIRouter(include_in_schema=False)

_MOST = 30


@router.get("/since")
def since(request: Request, after: str = "") -> Response:
    """Numbers moved first, then what would move some, changed stories, alerts, decisions, and what is new."""
    start = read_day(after)
    language = language_of(request)
    d = changing.since(request.app.state.engine, reader=reader_of(request), look=False, language=language.code,
                       after=str(start) if start else None)  # fmt: skip
    ago = language.ago(d["since"], datetime.now(UTC)) if "T" in d["since"] else ""
    parts = (
        ("would", "Stories that would move a number", _would(d["would_move"])),
        ("changed", "Stories that changed", _changed(d["changed"])),
        ("alerts", "Alerts", _alerts(d["alerts"])),
        ("decisions", "Decisions on claims", _decisions(d["decisions"])),
    )
    groups = [Group("moved", "Numbers that moved", (moved_table(d["moved"]),)),
              *(Group(key, title, (Listing(found),)) for key, title, found in parts if found),
              Group("new", "New stories", (_new(d),)), Group("look", "Done", _done(after))]  # fmt: skip
    counts = (("number moved", "numbers moved", sum(len(m["numbers"]) for m in d["moved"])),
              ("new story", "new stories", d["new_total"]),
              ("changed story", "changed stories", len(d["changed"])),
              ("alert", "alerts", len(d["alerts"])))  # fmt: skip
    in_short = ", ".join(f"{n} {one if n == 1 else many}" for one, many, n in counts)
    opening = (Entry("In short", words(in_short, strong=True)),)
    data = {key: d[key] for key in ("new", "changed", "moved", "alerts", "decisions") if d[key]}
    query = f"?after={start}" if start else ""
    return show(request, View(
        "Since you last looked", tuple(groups), opening=opening, above=words("News", link="/news"), data=data,
        document=d, twin=f"/api/v1/news/since{query}",
        byline=words(f"{day(d['since'])}{', ' + ago if ago else ''}", tone="muted"),
    ))  # fmt: skip


def _done(after: str) -> tuple[Form, ...]:
    look = Form("/since/look", "I have seen this", compact=True, note="The next look begins now.")
    other = Form("/since", "Look from that day", (Field("after", "From another day", "date", after),), method="get",
                 compact=True)  # fmt: skip
    return look, other


@router.post("/since/look")
async def look(request: Request) -> Response:
    """Count this as a look."""
    await run_in_threadpool(changing.since, request.app.state.engine, reader=reader_of(request), look=True)
    return RedirectResponse("/since", 303)


def _would(rows: list[dict[str, Any]]) -> tuple[Entry, ...]:
    return tuple(Entry(w["title"] or "Untitled article", words("; ".join(w["what"]), link=f"/news/{w['article']}"))
                  for w in rows)  # fmt: skip


def _changed(rows: list[dict[str, Any]]) -> tuple[Entry, ...]:
    return tuple(Entry(c["title"] or "Untitled article", words(_change(c), link=f"/news/{c['article']}"))
                  for c in rows)  # fmt: skip


def _change(c: Mapping[str, Any]) -> str:
    told = f"{len(c['added'])} claims came, {len(c['gone'])} went, {len(c['altered'])} changed"
    return told if c["dated"] else f"{told}; the article gives no new date"


def _alerts(rows: list[dict[str, Any]]) -> tuple[Entry, ...]:
    return tuple(Entry(a["rule"], words(f"“{a['quote']}”", link=f"/news/{a['article']}#claim-{a['claim']}"))
                  for a in rows[:_MOST])  # fmt: skip


def _decisions(rows: list[dict[str, Any]]) -> tuple[Entry, ...]:
    return tuple(Entry(f"{d['verdict']}{', undone' if d['undone_at'] else ''}", _decision(d)) for d in rows[:_MOST])


def _decision(d: Mapping[str, Any]) -> Spans:
    kind = d["type"].replace("_", " ")
    return words(f"{kind}: “{d['quote']}”", link=f"/news/{d['article']}#claim-{d['claim']}")


def _new(d: Mapping[str, Any]) -> Block:
    mine = set(d["for_you"] or ())
    found = tuple(
        Entry(str(s["age"] or s["published"] or "no day"), words(s["title"] or "Untitled article",
                                                                 link=f"/news/{s['id']}"),
              (words(", ".join(p for p in (s["publisher"], moved_line(s["moved"]),
                                           "for you" if s["id"] in mine else "") if p)),))
        for s in d["new"][:_MOST]
    )  # fmt: skip
    return Listing(found) if found else note("Nothing new.")
