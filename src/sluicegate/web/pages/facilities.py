"""Plants: where they are, what they can make, when they started or will."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from urllib.parse import quote

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response

from sluicegate.desk.page.block import words
from sluicegate.web.pages.cells import get, number_cell, place_cell, table_of, text_cell
from sluicegate.web.pages.form import Field, Form
from sluicegate.web.pages.show import show
from sluicegate.web.pages.view import Group, View
from sluicegate.web.remembered import remembered

router = APIRouter(include_in_schema=False)


@router.get("/facilities")
def facilities(request: Request, material: str = "", place: str = "") -> Response:
    """Every plant, or those of a material or place."""
    everything = remembered("world facility")["facilities"]
    asked = {name: value for name, value in (("material", material), ("place", place)) if value}
    found = remembered("world facility", **asked)["facilities"] if asked else everything
    materials = sorted({m for f in everything for m in f["materials"]})
    places = sorted({(f["place"], f["english"]) for f in everything}, key=lambda p: p[1])
    form = Form(
        "/facilities",
        "Show",
        (
            Field("material", "Material", "select", material, options=(("", "all"), *((m, m) for m in materials))),
            Field("place", "Place", "select", place, options=(("", "all"), *places)),
        ),
        method="get",
        compact=True,
    )
    rows = [
        [
            text_cell(f["name"], f["owner"], link=f"/facilities/{f['facility']}"),
            place_cell(f["place"]),
            text_cell(", ".join(f["materials"]), f["products"]),
            number_cell(
                get(f, "capacity", "value"),
                get(f, "capacity", "unit") or "",
                id=get(f, "capacity", "id"),
                under=get(f, "capacity", "period") or "",
            ),
            text_cell(f["status"]),
        ]
        for f in found
    ]
    table = table_of(("Plant", "Place", "Makes", "Newest capacity", "Status"), rows)
    query = "&".join(f"{k}={quote(v)}" for k, v in (("material", material), ("place", place)) if v)
    return show(
        request,
        View(
            "Plants",
            (Group("plants", f"{len(found)} plants", (form, table)),),
            twin="/api/v1/world/facility" + (f"?{query}" if query else ""),
            data={"plants": found},
        ),
    )


@router.get("/facilities/{name}")
def facility(request: Request, name: str) -> Response:
    """One plant."""
    d: Mapping[str, Any] = remembered("world facility", name=name)
    milestones = [
        [text_cell(m.get("when")), text_cell(m.get("event")), text_cell(m.get("source"))] for m in d["milestones"]
    ]
    numbers = [
        [
            text_cell(f["metric"], f["item"]),
            number_cell(f["value"], f["unit"], id=f["id"], digits=4),
            text_cell(f["period"], f["grade"] or f["status"]),
            text_cell(f["source"], link=f"/sources/{f['source_id']}"),
        ]
        for f in d["numbers"]
    ]
    projects = [
        [
            text_cell(p["process"], p["reason"]),
            number_cell(p["capacity_t_per_yr"], "t"),
            text_cell(p["starts_p50"], f"{p['starts_p05']} to {p['starts_p95']}"),
        ]
        for p in d["projects"]
    ]
    groups = (
        Group(
            "what",
            "What it is",
            (
                table_of(
                    ("Owner", "Place", "Makes", "Status"),
                    [
                        [
                            text_cell(d["owner"]),
                            place_cell(d["place"]),
                            text_cell(", ".join(d["materials"]), d["products"]),
                            text_cell(d["status"]),
                        ]
                    ],
                ),
            ),
        ),
        *(
            (Group("events", "What happened when", (table_of(("When", "What", "Source"), milestones),)),)
            if milestones
            else ()
        ),
        Group("numbers", "Its numbers", (table_of(("Number", "Amount", "Period", "Source"), numbers),)),
        *(
            (Group("model", "In the model", (table_of(("Process", "Capacity", "Starts, 90 % band"), projects),)),)
            if projects
            else ()
        ),
    )
    return show(
        request,
        View(
            d["name"],
            groups,
            above=words("Plants", link="/facilities"),
            document=d,
            twin=f"/api/v1/world/facility?name={quote(name, safe='')}",
            data={"numbers": d["numbers"]},
        ),
    )
