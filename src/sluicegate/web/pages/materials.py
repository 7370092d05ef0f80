"""Materials and products: who makes them, who uses them, what is controlled, what is published."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import date
from functools import lru_cache
from typing import Any
from urllib.parse import quote

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response

from sluicegate.desk.page.block import Block, Cell, Chart, Entry, Note, words
from sluicegate.desk.page.charts import Share, share_bars
from sluicegate.desk.page.document import named_place
from sluicegate.desk.page.figure import NOT_KNOWN
from sluicegate.desk.version import dataset_version
from sluicegate.regime import load_register
from sluicegate.terms import NotFoundError
from sluicegate.web.pages.cells import (
    NONE,
    get,
    grouped,
    listed,
    note,
    number_cell,
    origin,
    place_cell,
    product_cell,
    refs_cell,
    share_text,
    table_of,
    text_cell,
)
from sluicegate.web.pages.figures import figure_parts, figure_rows
from sluicegate.web.pages.show import show
from sluicegate.web.pages.view import Group, View
from sluicegate.web.pages.world_now import shown, world_now
from sluicegate.web.remembered import remembered

router = APIRouter()

_MOST_PLACES = 8


@router.get("/materials")
def materials(request: Request) -> Response:
    """Every material of the world, with how its first stages stand."""
    world = world_now()
    rows, data = [], []
    for material in dict.fromkeys(world.products["material"]):
        products = world.products[world.products["material"] == material]
        leads = [row for name in products.index if (row := _lead(str(name)))]
        worst = max(leads, key=lambda r: r["share"], default=None)
        controls = _controls(str(material))
        data.append(
            {
                "material": material,
                "products": list(products.index),
                "most_concentrated": worst,
                "controls": [m["id"] for m in controls],
            }
        )
        rows.append(
            [
                text_cell(
                    material, f"{len(products)} products", strong=True, link=f"/materials/{quote(str(material))}"
                ),
                text_cell(
                    worst["product"],
                    f"{named_place(worst['place'])} makes {share_text(worst['share'])}",
                    link=f"/chain/{quote(worst['product'])}",
                )
                if worst
                else text_cell(None),
                text_cell(f"{len(controls)}" if controls else NONE, link=f"/register?material={quote(str(material))}"),
            ]
        )
    others = [m for m in remembered("world list")["materials"] if m not in set(world.products["material"])]
    columns = ("Material", "Most concentrated product", "Controls in force")
    linked = [(m, f"/materials/{quote(m)}") for m in others]
    sections = (
        Group("chains", "Materials the model simulates", (table_of(columns, rows),)),
        Group("others", "With published figures alone", (Note(listed(linked)),)),
    )
    return show(request, View("Materials", sections, twin="/api/v1/world/list", data={"materials": data}))


def _lead(product: str) -> dict[str, Any] | None:
    """The place that makes most of a product, with its share; None where nobody is known to make it."""
    made = makers(product)
    total = sum(made.values())
    if not total:
        return None
    place = max(made, key=lambda p: made[p])
    return {"product": product, "place": place, "share": made[place] / total, "t_per_yr": made[place]}


def makers(product: str) -> dict[str, float]:
    """Output by place, t a year, from what leaves and what stays: the flows of the balanced base year."""
    return _makers(dataset_version()).get(product, {})


@lru_cache(maxsize=2)
def _makers(_version: str) -> dict[str, dict[str, float]]:
    """Output by product and place."""
    found: dict[str, dict[str, float]] = {}
    made = world_now().flows.groupby(["product", "origin"], as_index=False)["flow_t_per_yr"].sum()
    for product, place, value in made.itertuples(index=False):
        if value > 0:
            found.setdefault(str(product), {})[str(place)] = float(value)
    return found


def _controls(material: str) -> list[Mapping[str, Any]]:
    """The measures in force on a material or product today."""
    try:
        found: list[Mapping[str, Any]] = remembered(
            "register list", material=material, on=load_register().last_verified
        )["measures"]
    except NotFoundError:
        return []
    return found


@router.get("/materials/{name:path}")
def material(request: Request, name: str) -> Response:
    """One material or product in full."""
    document = shown(name)
    parts = {"material": _material, "product": _product}.get(document["kind"])
    if parts is None:
        raise NotFoundError(
            name, kind="material or product", known=remembered("world list")["products"], where="materials"
        )
    sections = (*parts(document), *_controlled(document), figure_parts(document.get("figures", [])))
    data = {
        k: v for k in ("producers", "users", "uses", "flows", "projects", "plants", "recipes") if (v := document.get(k))
    }
    data["figures"] = figure_rows(document.get("figures", []))
    return show(
        request,
        View(
            document["name"].capitalize() if document["kind"] == "material" else document["name"],
            sections,
            opening=_opening(document),
            above=words("Materials", link="/materials"),
            twin=f"/api/v1/world/show?name={quote(document['name'], safe='')}",
            document=document,
            data=data,
        ),
    )


def _opening(document: Mapping[str, Any]) -> tuple[Entry, ...]:
    if document["kind"] != "product":
        return ()
    product, lead = document["product"], _lead(document["name"])
    hhi = get(document, "dependence", "hhi")
    entries = [Entry("What it is", words(f"{product['stage']} of {product['material']}, counted in {product['unit']}"))]
    if lead:
        text = f"{named_place(lead['place'])} makes {share_text(lead['share'])}"
        tail = f"; HHI {grouped(hhi, 2)} of 10,000" if hhi else ""
        entries.append(Entry("Who makes it", words(text + tail, strong=True)))
    inside, outside = product["price_inside_usd_per_kg"], product["price_outside_usd_per_kg"]
    first = str(product["refs"]).split(";")[0]
    price = f"{grouped(outside)} USD/kg outside the controller, {grouped(inside)} inside"
    entries.append(Entry("Price of 2024", words(price, link=origin(first))))
    return tuple(entries)


def maker_chart(product: str) -> Chart | None:
    """Bars of who makes a product."""
    made = makers(product)
    total = sum(made.values())
    if not total:
        return None
    ranked = sorted(made.items(), key=lambda kv: -kv[1])
    listed = [
        Share(named_place(p), v / total, tone="controller" if p == "CHN" else "ink") for p, v in ranked[:_MOST_PLACES]
    ]
    twin = table_of(
        ("Place", "t a year", "Share"),
        [[place_cell(p), number_cell(v, "t"), text_cell(share_text(v / total))] for p, v in ranked],
        "Who makes it: numbers",
    )
    title = "Who makes it, share of the world's output in the base year 2024"

    def draw(ident: str, width: float) -> str:
        return share_bars(ident, title, f"{len(ranked)} places make {product}.", listed, width=width)

    return Chart(title, lambda: draw("makers", 720), lambda: draw("makers-narrow", 350), twin)


def _product(d: Mapping[str, Any]) -> tuple[Group, ...]:
    name = str(d["name"])
    chart = maker_chart(name)
    made = Group("makers", "Who makes it", tuple(b for b in (chart, _producers(d["producers"])) if b))
    reliance = [
        [
            place_cell(p["place"]),
            number_cell(p["made_t_per_yr"]),
            number_cell(p["imports_t_per_yr"]),
            number_cell(p["apparent_consumption_t_per_yr"]),
            text_cell(share_text(p["net_import_reliance"])),
        ]
        for p in get(d, "dependence", "places") or []
    ]
    depends = (
        Group(
            "dependence",
            "Who depends on imports",
            (table_of(("Place", "Made, t", "Imported, t", "Used, t", "Net import reliance"), reliance),),
        )
        if reliance
        else None
    )
    uses = [
        [
            text_cell(u["industry"]),
            place_cell(u["place"]),
            number_cell(u["use_t_per_yr"], "t"),
            refs_cell(u["label"], u["refs"]),
        ]
        for u in sorted(d.get("uses", []), key=lambda u: -u["use_t_per_yr"])
    ]
    used = (
        Group("uses", "Industries that use it", (table_of(("Industry", "Place", "A year", "Evidence"), uses[:20]),))
        if uses
        else None
    )
    coming = [
        [
            text_cell(p["project"]),
            place_cell(p["place"]),
            number_cell(p["capacity_t_per_yr"], "t"),
            text_cell(p["starts_p50"], f"{p['starts_p05']} to {p['starts_p95']}"),
            refs_cell(p["label"], p["refs"]),
        ]
        for p in d.get("projects", [])
    ]
    projects = (
        Group(
            "projects",
            "Plants to come",
            (table_of(("Plant", "Place", "Capacity", "Starts, 90 % band", "Evidence"), coming),),
        )
        if coming
        else None
    )
    leads = Group(
        "chain",
        "Where it stands in the chain",
        (
            note("The chain as a Sankey", link=f"/chain/{quote(name)}"),
            note("On the map: who ships it to whom", link=f"/map?product={quote(name)}"),
        ),
    )
    return tuple(g for g in (made, leads, depends, used, projects) if g)


def _producers(rows: Sequence[Mapping[str, Any]]) -> Block | None:
    listed = [
        [
            text_cell(p["process"], p["reason"]),
            place_cell(p["place"]),
            number_cell(p["activity_t_per_yr"], "t"),
            number_cell(p["capacity_t_per_yr"], "t", id=f"producer:{p['producer']}"),
            refs_cell(p["label"], p["refs"]),
        ]
        for p in sorted(rows, key=lambda p: -p["activity_t_per_yr"])
    ]
    columns = ("Process", "Place", "Runs at, a year", "Capacity", "Evidence")
    return table_of(columns, listed[:20]) if listed else None


def _material(d: Mapping[str, Any]) -> tuple[Group, ...]:
    products = [
        [
            product_cell(p["product"], f"{p['stage']}, {p['unit']}"),
            _lead_cell(p["product"]),
            number_cell(p["price_outside_usd_per_kg"], "USD/kg", id=str(p["refs"]).split(";")[0] or None),
        ]
        for p in d.get("products", [])
    ]
    groups = []
    if products:
        groups.append(
            Group(
                "products", "Its products", (table_of(("Product", "Made mostly in", "Price outside, 2024"), products),)
            )
        )
    by_place = defaultdict[str, float](float)
    for u in d.get("uses", []):
        by_place[u["industry"]] += 1
    if by_place:
        groups.append(Group("industries", "Industries that use it", (note(", ".join(sorted(by_place))),)))
    if d.get("producers"):
        block = _producers(d["producers"])
        groups.append(Group("makers", "Who makes it", (block,) if block else ()))
    if d.get("facilities"):
        groups.append(
            Group(
                "plants",
                "Plants",
                (note(_counted(len(d["facilities"])), link=f"/facilities?material={quote(d['name'])}"),),
            )
        )
    return tuple(groups)


def _counted(plants: int) -> str:
    return f"{plants} plants on record" if plants != 1 else "1 plant on record"


def _lead_cell(product: str) -> Cell:
    lead = _lead(product)
    if lead is None:
        return text_cell(NOT_KNOWN)
    return text_cell(named_place(lead["place"]), share_text(lead["share"]), link=f"/countries/{lead['place']}")


def _controlled(document: Mapping[str, Any]) -> tuple[Group, ...]:
    found = _controls(str(document["name"]))
    if not found:
        return ()
    rows = [
        [
            text_cell(m["title"], m["id"], link=f"/register/{m['id']}"),
            text_cell(m["kind"], m["state"]),
            text_cell(m["effective_from"]),
        ]
        for m in sorted(found, key=lambda m: str(m["effective_from"]), reverse=True)
    ]
    return (
        Group(
            "controls",
            f"Controls in force on {date.fromisoformat(str(load_register().last_verified)):%d %B %Y}",
            (table_of(("Measure", "State", "Since"), rows),),
        ),
    )
