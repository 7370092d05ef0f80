"""The map: who makes a product and ships it to whom, and which flows are under control. A grid of tiles, no borders."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any
from urllib.parse import quote

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response

from sluicegate.desk.page.block import Chart
from sluicegate.desk.page.charts import Arc, Tile, shade_of, tile_grid
from sluicegate.desk.page.document import named_place
from sluicegate.regime import load_register
from sluicegate.scenario.standing import standing_controls
from sluicegate.sim.control import Resolved, resolve
from sluicegate.terms import NotFoundError
from sluicegate.web.pages.cells import note, number_cell, place_cell, share_text, table_of, text_cell
from sluicegate.web.pages.chain import DEFAULT
from sluicegate.web.pages.form import Field, Form
from sluicegate.web.pages.materials import makers
from sluicegate.web.pages.show import show
from sluicegate.web.pages.stages import Flow, Stage, flows_of
from sluicegate.web.pages.view import Dated, Group, View, kept
from sluicegate.web.pages.world_now import world_now

router = APIRouter(include_in_schema=False)

_MOST_ARCS = 24


@router.get("/map")
def atlas(request: Request, product: str = DEFAULT) -> Response:
    """One product on the map, as of a day."""
    world = world_now()
    if product not in world.products.index:
        raise NotFoundError(product, kind="product", known=list(world.products.index), where="map")
    day: date = request.state.as_of or load_register().last_verified
    held = [c for c in (resolve(control, day) for control in standing_controls(day)) if product in c.products]
    crossing = [f for f in flows_of(world, Stage(product, (product,))) if f.origin != f.destination]
    form = Form(
        "/map",
        "Show",
        (Field("product", "Product", "select", product, options=tuple((p, p) for p in world.products.index)),),
        method="get",
        compact=True,
    )
    blocks = (
        form,
        _chart(product, crossing, held),
        note(
            "Tiles are shaded by what each place makes; arcs are what crosses borders in the base year 2024, red "
            "where a "
            "control holds it today. Tiles stand about where places lie; no border is drawn."
        ),
        _flows(crossing, held),
    )
    rows = [f.__dict__ | {"controlled_by": _by(f, held)} for f in crossing]
    return show(
        request,
        View(
            f"{product} on the map",
            (Group("map", f"As of {day}", blocks), _controls(held)),
            dated=Dated(str(request.state.as_of or ""), kept(request)),
            twin=f"/api/v1/world/show?name={quote(product)}",
            data={"flows": rows},
        ),
    )


def _by(flow: Flow, held: list[Resolved]) -> list[str]:
    return [
        c.name for c in held if c.origin == flow.origin and (not c.destinations or flow.destination in c.destinations)
    ]


def _chart(product: str, crossing: list[Flow], held: list[Resolved]) -> Chart:
    made = makers(product)
    largest = max(made.values(), default=0.0)
    total = sum(made.values()) or 1.0
    controllers = {c.origin for c in held}
    places = {*made, *(f.destination for f in crossing)}
    tiles = [
        Tile(
            p,
            f"{named_place(p)}: makes {share_text(made.get(p, 0.0) / total)}",
            made.get(p),
            shade_of(made.get(p), largest),
            "controller" if p in controllers else "ink",
        )
        for p in sorted(places)
    ]
    arcs = [Arc(f.origin, f.destination, f.t_per_yr, bool(_by(f, held))) for f in crossing[:_MOST_ARCS]]
    title = f"Who makes {product} and ships it to whom"
    under = sum(f.t_per_yr for f in crossing if _by(f, held)) / (sum(f.t_per_yr for f in crossing) or 1.0)
    desc = f"{share_text(under)} of what crosses borders is under a control."
    rows = [
        [place_cell(p), number_cell(v, "t"), text_cell(share_text(v / total))]
        for p, v in sorted(made.items(), key=lambda kv: -kv[1])
    ]
    twin = table_of(("Place", "Makes, a year", "Share"), rows, "Makers: numbers")

    def draw() -> str:
        return tile_grid("tiles", title, desc, tiles, arcs)

    return Chart(f"{title}. {desc}", draw, draw, twin, scrolls=True)


def _flows(crossing: list[Flow], held: list[Resolved]) -> Any:
    rows = [
        [
            place_cell(f.origin),
            place_cell(f.destination),
            number_cell(f.t_per_yr, "t"),
            text_cell(", ".join(_by(f, held)) or "—", link=f"/register/{_by(f, held)[0]}" if _by(f, held) else ""),
        ]
        for f in crossing[:_MOST_ARCS]
    ]
    return table_of(("From", "To", "A year", "Under"), rows)


def _controls(held: list[Resolved]) -> Group:
    register: Mapping[str, Any] = load_register().measures
    rows = [
        [
            text_cell(register[c.name].title if c.name in register else c.name, c.name, link=f"/register/{c.name}"),
            place_cell(c.origin),
            text_cell(c.effective_from),
            text_cell(", ".join(map(named_place, c.destinations)) or "everybody"),
        ]
        for c in held
    ]
    columns = ("Measure", "Whose", "Since", "Towards")
    return Group("controls", "Controls that hold it", (table_of(columns, rows) if rows else note("None."),))
