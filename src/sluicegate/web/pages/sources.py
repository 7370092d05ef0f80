"""Sources, and the origin of every number."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any
from urllib.parse import quote

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response

from sluicegate.desk.page.block import Block, Entry, Spans, words
from sluicegate.desk.page.figure import finite, quantity, read_band
from sluicegate.desk.why import why as ask_why
from sluicegate.terms import NotFoundError
from sluicegate.web.pages.cells import grouped, note, origin, table_of, text_cell
from sluicegate.web.pages.form import Field, Form
from sluicegate.web.pages.show import show
from sluicegate.web.pages.view import Group, View
from sluicegate.web.reader import own_runs
from sluicegate.web.remembered import remembered

router = APIRouter(include_in_schema=False)

_PAGE = 100


@router.get("/sources")
def sources(request: Request, material: str = "", page: int = 1) -> Response:
    """Every source, the one with most figures first."""
    found = remembered("world sources", limit=10_000, **({"material": material} if material else {}))["sources"]
    page = max(1, page)
    shown = found[(page - 1) * _PAGE : page * _PAGE]
    rows = [
        [
            text_cell(s["title"], s["publisher"], link=f"/sources/{quote(s['source_id'])}"),
            text_cell(s["year"]),
            text_cell(s["figure_count"]),
            text_cell(", ".join(s["materials"][:5])),
        ]
        for s in shown
    ]
    form = Form("/sources", "Show", (Field("material", "Material", "search", material),), method="get", compact=True)
    blocks: list[Block | Form] = [form, table_of(("Source", "Year", "Figures", "Of"), rows)]
    kept = f"&material={quote(material)}" if material else ""
    if page * _PAGE < len(found):
        blocks.append(note("The next sources", link=f"/sources?page={page + 1}{kept}"))
    if page > 1:
        blocks.append(note("The sources before", link=f"/sources?page={page - 1}{kept}"))
    twin = "/api/v1/world/sources" + (f"?material={quote(material)}" if material else "")
    return show(
        request,
        View(
            "Sources", (Group("sources", f"{len(found)} sources", tuple(blocks)),), twin=twin, data={"sources": found}
        ),
    )


@router.get("/sources/{source_id:path}")
def source(request: Request, source_id: str) -> Response:
    """One source: what is taken from it."""
    d = remembered("world sources", id=source_id)
    entries = [Entry("Publisher", words(str(d["publisher"]))), Entry("Year", words(str(d.get("year") or "")))]
    if _is_web(d.get("url")):
        entries.append(Entry("Read at", words(d["url"], link=d["url"])))
    if d.get("licence"):
        entries.append(Entry("Licence", words(str(d["licence"]))))
    entries.append(Entry("Known on", words(str(d["known_on"]))))
    groups = [
        _any_rows(key, value)
        for key, value in d.items()
        if isinstance(value, list) and value and isinstance(value[0], Mapping)
    ]
    return show(
        request,
        View(
            str(d["title"]),
            tuple(groups),
            opening=tuple(e for e in entries if e.spans),
            above=words("Sources", link="/sources"),
            document=d,
            twin=f"/api/v1/world/sources?id={quote(source_id)}",
        ),
    )


def _any_rows(key: str, rows: list[Mapping[str, Any]]) -> Group:
    """Records as a table, an id leading to its origin."""
    columns = [c for c in dict.fromkeys(k for r in rows[:50] for k in r) if c not in {"id"}][:6]
    cells = [
        [text_cell(_brief(r.get(c)), link=origin(r.get("id")) if k == 0 else "") for k, c in enumerate(columns)]
        for r in rows[:60]
    ]
    return Group(
        re.sub(r"\W+", "-", key),
        key.replace("_", " ").capitalize(),
        (table_of([c.replace("_", " ") for c in columns], cells),),
    )


def _brief(value: Any) -> str:
    if isinstance(value, list):
        return f"{len(value)}" if value and isinstance(value[0], Mapping) else ", ".join(map(str, value[:4]))
    if isinstance(value, Mapping):
        return "; ".join(f"{k} {v}" for k, v in list(value.items())[:4])
    known = finite(value)
    return grouped(known, 4) if known is not None else str(value if value is not None else "")


def _is_web(address: Any) -> bool:
    return str(address or "").startswith(("https://", "http://"))


@router.get("/why/{number_id:path}")
def why(request: Request, number_id: str, run: str = "") -> Response:
    """The origin of a number: its source, its formula, or its causes."""
    if run and not re.fullmatch(r"[0-9a-f]{8,64}", run):
        raise NotFoundError(run[:64], kind="run", known=[], where="run")
    with own_runs(request):
        d = ask_why(number_id, run=run or None)
    entries = [
        Entry(key.replace("_", " ").capitalize(), _value(key, value, d, run))
        for key, value in d.items()
        if key not in {"what", "id"} and _told(value)
    ]
    groups = [_deeper(key, value, run) for key, value in d.items() if _deep(value)]
    return show(
        request,
        View(
            _headed(str(d.get("what", number_id))),
            tuple(groups),
            opening=tuple(entries),
            above=words("Where a number comes from", link="/help#why"),
            byline=words(number_id, tone="muted"),
            document=d,
            run=run,
            twin=f"/api/v1/why?id={quote(number_id, safe='')}" + (f"&run={run}" if run else ""),
        ),
    )


def _headed(text: str) -> str:
    """A heading: its first letter large, the rest as it is."""
    return text[:1].upper() + text[1:]


def _told(value: Any) -> bool:
    return value not in (None, "", [], {}) and not _deep(value)


def _deep(value: Any) -> bool:
    if isinstance(value, list):
        return any(isinstance(v, Mapping) for v in value) or len(value) > 1
    return isinstance(value, Mapping) and (len(value) > 8 or any(isinstance(v, Mapping | list) for v in value.values()))


def _value(key: str, value: Any, d: Mapping[str, Any], run: str) -> Spans:
    if key == "url" and _is_web(value):
        return words(str(value), link=str(value))
    if key == "source_id":
        return words(str(value), link=f"/sources/{quote(str(value))}")
    if band := read_band(value):
        unit = str(d.get("unit") or "") if key == "value" else ""
        figure = quantity(band, unit)
        return words(f"{figure.median} ({figure.band})" if figure.band else figure.median, strong=True)
    if isinstance(value, Mapping):
        return words(", ".join(f"{k} {_brief(v)}" for k, v in value.items()))
    if isinstance(value, list):
        return words(str(value[0]), link=origin(value[0], run) if key == "inputs" else "")
    known = finite(value)
    return words(
        f"{grouped(known, 4)} {d.get('unit', '') if key == 'value' else ''}".strip()
        if known is not None
        else str(value),
        strong=key == "value",
    )


def _deeper(key: str, value: Any, run: str) -> Group:
    """A list or a nested object as a table; ids lead further back."""
    title = key.replace("_", " ").capitalize()
    anchor = f"of-{re.sub(r'[^a-z]+', '-', key.casefold())}"
    if isinstance(value, Mapping):
        rows = [[text_cell(k.replace("_", " ")), text_cell(_brief(v))] for k, v in value.items()]
        return Group(anchor, title, (table_of(("", ""), rows),))
    if isinstance(value[0], Mapping):
        columns = list(dict.fromkeys(k for r in value if isinstance(r, Mapping) for k in r))[:6]
        rows = [[text_cell(_brief(r.get(c)), link=_leads(c, r, run)) for c in columns] for r in value[:80]]
        return Group(anchor, title, (table_of([c.replace("_", " ") for c in columns], rows),))
    linked = key in {"inputs", "cost_inputs"}
    blocks = tuple(note(str(v), link=origin(v, run) if linked else "") for v in value[:80])
    return Group(anchor, title, blocks)


def _leads(column: str, row: Mapping[str, Any], run: str) -> str:
    if column in {"id", "input", "parameter", "figure"} and row.get(column):
        found = str(row[column])
        return origin(f"parameter:{found}" if column == "parameter" and ":" not in found[:12] else found, run)
    return ""
