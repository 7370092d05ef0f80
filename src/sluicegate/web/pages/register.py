"""The register of controls, one measure in full, the licences known of, and the check of a shipment."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any
from urllib.parse import quote, urlencode

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response

from sluicegate.desk.page.block import Block, Chart, Entry, Note, words
from sluicegate.desk.page.charts import Dated as Row
from sluicegate.desk.page.charts import timeline
from sluicegate.desk.page.document import named_place
from sluicegate.desk.page.figure import one_share
from sluicegate.desk.register import register_licences, register_list, register_show
from sluicegate.regime import load_register
from sluicegate.web.pages.cells import listed, note, origin, place_cell, table_of, text_cell
from sluicegate.web.pages.form import Field, Form
from sluicegate.web.pages.show import show
from sluicegate.web.pages.view import Dated, Group, View, kept, kept_day, read_day

router = APIRouter(include_in_schema=False)

_MOST_DRAWN = 30


@router.get("/register")
def register(request: Request, jurisdiction: str = "", material: str = "", state: str = "") -> Response:
    """The measures, with their state on a day."""
    day: date = request.state.as_of or load_register().last_verified
    found = register_list(jurisdiction=jurisdiction or None, material=material or None, as_of=request.state.as_of)
    measures = [m for m in found["measures"] if not state or m["state"] == state]
    measures.sort(key=lambda m: str(m["effective_from"] or m["announced_on"]), reverse=True)
    known = register_list()["measures"]
    form = Form(
        "/register",
        "Show",
        (
            Field(
                "jurisdiction",
                "Whose",
                "select",
                jurisdiction,
                options=(("", "all"), *((p, named_place(p)) for p in sorted({m["jurisdiction"] for m in known}))),
            ),
            Field("material", "Material or product", "search", material),
            Field(
                "state",
                "State",
                "select",
                state,
                options=(("", "all"), *((s, s) for s in sorted({m["state"] for m in known}))),
            ),
        ),
        method="get",
        compact=True,
        hidden=kept_day(request),
    )
    rows = [
        [
            text_cell(m["title"], m["id"], link=f"/register/{m['id']}"),
            place_cell(m["jurisdiction"]),
            text_cell(m["kind"]),
            text_cell(m["state"], _until(m), tone="bad" if m["state"] == "in force" else "plain"),
            text_cell(m["effective_from"], f"announced {m['announced_on']}" if m["announced_on"] else ""),
        ]
        for m in measures
    ]
    blocks: list[Block | Form] = [form]
    if measures:
        blocks += [
            _timeline(measures, day),
            table_of(("Measure", "Whose", "Kind", f"State on {day}", "In effect"), rows),
        ]
    else:
        blocks.append(note("No measure fits."))
    query = urlencode([(k, v) for k, v in (("jurisdiction", jurisdiction), ("material", material)) if v])
    licences = Group(
        "licences",
        "Licences known of",
        (
            note("Who was granted or refused what, and who counted", link="/licences"),
            note("Does a shipment need a licence?", link="/check"),
        ),
    )
    return show(
        request,
        View(
            "Export controls",
            (Group("measures", f"{len(measures)} measures", tuple(blocks)), licences),
            dated=Dated(str(request.state.as_of or ""), kept(request)),
            data={"measures": measures},
            twin="/api/v1/register/list" + (f"?{query}" if query else ""),
        ),
    )


def _until(m: Mapping[str, Any]) -> str:
    return f"until {m['ends_on']}" if m["ends_on"] else ""


def _timeline(measures: Sequence[Mapping[str, Any]], today: date) -> Chart:
    """When each measure held, newest first."""
    dated = [m for m in measures if m["effective_from"]][:_MOST_DRAWN]
    rows = [
        Row(
            m["title"],
            read_day(m["announced_on"] or ""),
            [(date.fromisoformat(m["effective_from"]), read_day(m["ends_on"] or ""))],
            [(date.fromisoformat(s["first"]), read_day(s["last"] or "")) for s in m["suspended"]],
        )
        for m in dated
    ]
    twin = table_of(
        ("Measure", "Announced", "In effect", "Suspended", "Ends"),
        [
            [
                text_cell(m["title"]),
                text_cell(m["announced_on"]),
                text_cell(m["effective_from"]),
                text_cell("; ".join(f"{s['first']} to {s['last'] or 'open'}" for s in m["suspended"])),
                text_cell(m["ends_on"]),
            ]
            for m in dated
        ],
        "When each measure holds: dates",
    )
    title = "When each measure holds"
    last = date(today.year + 1, 12, 31)
    desc = f"{len(dated)} measures; an upright line marks {today}."

    def draw(ident: str, width: float) -> str:
        return timeline(ident, title, desc, rows, today=today, last=last, width=width)

    return Chart(title, lambda: draw("held", 820), lambda: draw("held-narrow", 350), twin)


@router.get("/register/{measure_id}")
def measure(request: Request, measure_id: str) -> Response:
    """One measure."""
    d = register_show(measure_id, as_of=request.state.as_of)
    ends = f", ends {d['ends_on']}" if d["ends_on"] else ""
    announced, effective = (d[key] or "day not known" for key in ("announced_on", "effective_from"))
    dates = Entry("When", words(f"announced {announced}, in effect {effective}{ends}"))
    state = Entry(f"On {d['on']}", words(d["state"], strong=True))
    whom = d["destinations"] if isinstance(d["destinations"], str) else ", ".join(map(named_place, d["destinations"]))
    scope = Entry("What", words(f"{d['kind']} of {named_place(d['jurisdiction'])}, {whom}; {d['scope']}"))
    items = [
        [
            text_cell(i["name"], i.get("clause", "")),
            text_cell(i["state"]),
            text_cell(", ".join(i.get("materials", []))),
            text_cell(", ".join(i.get("hs", [])), i.get("note", "")),
        ]
        for i in d["items"]
    ]
    source = d["source"]
    groups = []
    if items:
        groups.append(Group("items", "What it lists", (table_of(("Item", "State", "Of", "Customs codes"), items),)))
    if d["papers"]:
        papers = tuple(note(f"– {p['paper']}{', since ' + p['since'] if p['since'] else ''}") for p in d["papers"])
        groups.append(Group("papers", "Papers to hand in", papers))
    if d["licences"]:
        links = listed([(i, origin(i)) for i in d["licences"]])
        groups.append(Group("licences", "Licences known of", (Note(links),)))
    behind = [
        note(f"{source['publisher']}: {source['title']}", link=source.get("url") or ""),
        note(f"Read in: {source.get('read_in') or 'the notice itself'}."),
        note(f"Confidence: {d['confidence']}. Last checked {d['last_verified']}."),
    ]
    if d.get("note"):
        behind.append(note(d["note"], tone="muted"))
    groups.append(
        Group("behind", "Where this stands", (*behind, note("Everything known of it", link=origin(measure_id))))
    )
    if d["suspends"]:
        linked = listed([(i, f"/register/{i}") for i in d["suspends"]])
        groups.insert(0, Group("suspends", "What it suspends", (Note(linked),)))
    return show(
        request,
        View(
            d["title"],
            tuple(groups),
            opening=(state, dates, scope),
            above=words("Controls", link="/register"),
            byline=words(measure_id, tone="muted"),
            twin=f"/api/v1/register/show?id={quote(measure_id)}",
            document=d,
            dated=Dated(str(request.state.as_of or "")),
            data={"items": d["items"]},
        ),
    )


@router.get("/licences")
def licences(request: Request, material: str = "", destination: str = "") -> Response:
    """The licence tracker."""
    found = register_licences(material=material or None, destination=destination or None, as_of=request.state.as_of)
    rows = [
        [
            text_cell(r["what"], r["who"]),
            text_cell(r["outcome"], r["kind"] or ""),
            text_cell(r["from_day"], r["to_day"] if r["to_day"] != r["from_day"] else ""),
            text_cell(_counts(r)),
            text_cell(r["publisher"], r["confidence"], link=origin(r["id"])),
        ]
        for r in found["licences"]
    ]
    form = Form(
        "/licences",
        "Show",
        (Field("material", "Material", "search", material), Field("destination", "To", "search", destination)),
        method="get",
        compact=True,
        hidden=kept_day(request),
    )
    table = table_of(("What, and for whom", "Outcome", "When", "Counted", "Source"), rows)
    return show(
        request,
        View(
            "Licences known of",
            (Group("licences", f"{len(rows)} records", (form, table)),),
            above=words("Controls", link="/register"),
            dated=Dated(str(request.state.as_of or ""), kept(request)),
            twin="/api/v1/register/licences",
            data={"licences": found["licences"]},
        ),
    )


def _counts(r: Mapping[str, Any]) -> str:
    said = [f"{r[k]:g} {k}" for k in ("applications", "approved", "refused", "pending") if r[k] is not None]
    if r["approved_share"] is not None:
        said.append(f"{one_share(r['approved_share'])} approved")
    return ", ".join(said) or "no count"
