"""Countries: what they make, need and depend on, and the controls they set or suffer."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response

from sluicegate.desk.page.block import Block, Entry, words
from sluicegate.desk.page.document import named_place
from sluicegate.desk.page.figure import finite
from sluicegate.desk.register import register_list
from sluicegate.regime import load_register
from sluicegate.terms.place import parse_place
from sluicegate.web.pages.cells import (
    NONE,
    get,
    grouped,
    note,
    number_cell,
    origin,
    place_cell,
    product_cell,
    refs_cell,
    table_of,
    text_cell,
)
from sluicegate.web.pages.figures import figure_parts, figure_rows
from sluicegate.web.pages.show import show
from sluicegate.web.pages.view import Group, View
from sluicegate.web.pages.world_now import shown, world_now

router = APIRouter(include_in_schema=False)

_MOST_ROWS = 15


@router.get("/countries")
def countries(request: Request) -> Response:
    """Every place of the world, by what it makes and needs."""
    world = world_now()
    made = world.producers.groupby("place").size()
    used = world.lines.groupby("place")["value_added_musd_per_yr"].sum()
    rows, data = [], []
    for place in sorted(world.places.index, key=lambda p: -float(used.get(p, 0.0))):
        gdp = float(world.places["gdp_musd"][place])
        row = {
            "place": place,
            "name": named_place(place),
            "makers": int(made.get(place, 0)),
            "value_added_musd_per_yr": float(used.get(place, 0.0)),
            "gdp_musd": finite(gdp),
        }
        data.append(row)
        rows.append(
            [
                place_cell(place, place),
                text_cell(row["makers"] or NONE),
                number_cell(row["value_added_musd_per_yr"] / 1e3, "bn USD"),
                number_cell(
                    row["gdp_musd"] and row["gdp_musd"] / 1e3, "bn USD", id=_first(world.places.at[place, "refs"])
                ),
            ]
        )
    columns = ("Place", "Makers in the chain", "Value added of the industries that use it, a year", "GDP")
    view = View(
        "Countries",
        (Group("places", "Places of the model", (table_of(columns, rows),)),),
        twin="/api/v1/world/list",
        data={"places": data},
    )
    return show(request, view)


@router.get("/countries/{code}")
def country(request: Request, code: str) -> Response:
    """One place."""
    place = parse_place(code)
    document = shown(place)
    sections = [*_made(document), *_needed(document), *_controls(place), *_plants(document)]
    figures = document.get("figures", [])
    keys = ("producers", "lines", "uses", "imports", "exports", "projects")
    data: dict[str, Any] = {k: v for k in keys if (v := document.get(k))}
    data["figures"] = figure_rows(figures)
    return show(
        request,
        View(
            named_place(place),
            (*sections, figure_parts(figures, show_place=False)),
            opening=_opening(document),
            above=words("Countries", link="/countries"),
            twin=f"/api/v1/world/show?name={place}",
            document=document,
            data=data,
        ),
    )


def _first(refs: Any) -> str | None:
    return str(refs or "").split(";")[0].strip() or None


def _opening(d: Mapping[str, Any]) -> tuple[Entry, ...]:
    gdp = get(d, "place", "gdp_musd")
    entries = []
    if gdp and gdp == gdp:
        entries.append(
            Entry("GDP", words(f"{grouped(gdp / 1e6)} trillion USD", link=origin(_first(d["place"]["refs"]))))
        )
    if d.get("producers"):
        entries.append(Entry("Makes", words(f"{len(d['producers'])} stages of the chains modelled")))
    if d.get("lines"):
        worth = sum(line["value_added_musd_per_yr"] for line in d["lines"]) / 1e3
        entries.append(
            Entry(
                "Stands to lose",
                words(f"{grouped(worth)} bn USD a year of value added in {len(d['lines'])} industries that use them"),
            )
        )
    return tuple(entries)


def _made(d: Mapping[str, Any]) -> tuple[Group, ...]:
    rows = [
        [
            text_cell(p["process"], p["reason"]),
            number_cell(p["activity_t_per_yr"], "t"),
            number_cell(p["capacity_t_per_yr"], "t", id=f"producer:{p['producer']}"),
            refs_cell(p["label"], p["refs"]),
        ]
        for p in sorted(d.get("producers", []), key=lambda p: -p["activity_t_per_yr"])[:_MOST_ROWS]
    ]
    columns = ("Process", "Runs at, a year", "Capacity", "Evidence")
    return (Group("makes", "What it makes", (table_of(columns, rows), *_more(d.get("producers", [])))),) if rows else ()


def _needed(d: Mapping[str, Any]) -> tuple[Group, ...]:
    groups = []
    uses = sorted(d.get("uses", []), key=lambda u: (u["criticality"] != "critical", u["product"]))
    rows = [
        [
            text_cell(u["industry"]),
            product_cell(u["product"]),
            number_cell(u["use_t_per_yr"], "t"),
            refs_cell(u["label"], u["refs"]),
        ]
        for u in uses[:_MOST_ROWS]
    ]
    if rows:
        groups.append(
            Group(
                "needs",
                "What its industries need",
                (table_of(("Industry", "Product", "A year", "Evidence"), rows), *_more(uses)),
            )
        )
    imports = sorted(d.get("imports", []), key=lambda f: -_worth(f))
    flows = [
        [
            product_cell(f["product"]),
            place_cell(f["origin"]),
            number_cell(f["flow_t_per_yr"], "t"),
            refs_cell(f["label"], f["refs"]),
        ]
        for f in imports
        if f["origin"] != f["destination"]
    ]
    if flows:
        groups.append(
            Group(
                "imports",
                "Whom it buys from, the dearest flows first",
                (table_of(("Product", "From", "A year", "Evidence"), flows[:_MOST_ROWS]), *_more(flows)),
            )
        )
    return tuple(groups)


def _worth(flow: Mapping[str, Any]) -> float:
    prices = world_now().products["price_outside_usd_per_kg"]
    return float(flow["flow_t_per_yr"]) * float(prices[flow["product"]])


def _more(rows: Any) -> tuple[Block, ...]:
    extra = len(rows) - _MOST_ROWS
    return (note(f"and {extra} more, in the CSV below", tone="muted"),) if extra > 0 else ()


def _controls(place: str) -> tuple[Group, ...]:
    found = register_list(jurisdiction=place, on=load_register().last_verified)["measures"]
    rows = [
        [
            text_cell(m["title"], m["id"], link=f"/register/{m['id']}"),
            text_cell(m["kind"], m["state"]),
            text_cell(m["effective_from"]),
        ]
        for m in found
    ]
    columns = ("Measure", "State", "Since")
    return (Group("controls", "Controls it has in force", (table_of(columns, rows),)),) if rows else ()


def _plants(d: Mapping[str, Any]) -> tuple[Group, ...]:
    if not d.get("facilities"):
        return ()
    count = len(d["facilities"])
    text = f"{count} plants on record" if count != 1 else "1 plant on record"
    return (Group("plants", "Plants", (note(text, link=f"/facilities?place={d['name']}"),)),)
