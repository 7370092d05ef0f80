"""The chain of a product as a Sankey: who makes each stage, who takes it, which industries it ends in."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from urllib.parse import quote

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from sluicegate.desk.page.block import Chart, Table
from sluicegate.desk.page.charts import Node, Ribbon, sankey
from sluicegate.desk.page.document import named_place
from sluicegate.terms import NotFoundError
from sluicegate.web.pages.cells import (
    listed,
    note,
    number_cell,
    place_cell,
    product_cell,
    refs_cell,
    share_text,
    table_of,
    text_cell,
)
from sluicegate.web.pages.form import Field, Form
from sluicegate.web.pages.show import show
from sluicegate.web.pages.view import Group, View
from sluicegate.web.pages.world_now import world_now
from sluicegate.world import World

router = APIRouter(include_in_schema=False)

DEFAULT = "NdFeB magnet, Dy/Tb"
_MOST_NODES = 7
_MOST_STAGES = 4
_LEAST_SHARE = 0.004


@dataclass(frozen=True)
class Flow:
    """A share of the world's flow of one product between two ends of a chain's column."""

    product: str
    origin: str
    destination: str
    t_per_yr: float
    share: float


@router.get("/chain")
def first() -> Response:
    """The chain most asked for."""
    return RedirectResponse(f"/chain/{quote(DEFAULT)}", 302)


@router.get("/chain/{product:path}")
def chain(request: Request, product: str) -> Response:
    """The chain that ends in, or passes, a product."""
    chosen = request.query_params.get("product") or product
    world = world_now()
    if chosen not in world.products.index:
        raise NotFoundError(chosen, kind="product", known=list(world.products.index), where="chain")
    if chosen != product:
        return RedirectResponse(f"/chain/{quote(chosen)}", 303)
    steps = stages(world, product)
    flows = [flow for step in steps for flow in flows_of(world, step)]
    last = uses_of(world, steps[-1])
    options = tuple((name, name) for name in world.products.index)
    form = Form(
        request.url.path,
        "Show",
        (Field("product", "Product", "select", product, options=options),),
        method="get",
        compact=True,
    )
    columns = [*steps, "industry"] if last else [*steps, "destination"]
    blocks = (
        form,
        note(
            "Each column is one product; its makers stand at its left, so that a ribbon runs from who makes it to who "
            "makes the next stage of it. Widths are shares of each product's world flow in the base year 2024."
        ),
        sankey_chart(product, steps, flows, last),
        _table(world, steps),
    )
    rows = [f.__dict__ for f in [*flows, *last]]
    return show(
        request,
        View(
            f"The chain of {product}",
            (Group("sankey", " → ".join(columns), blocks), _sources(world, steps)),
            above=listed([("Materials", "/materials"), (product, f"/materials/{quote(product)}")]),
            twin=f"/api/v1/world/{quote(product)}",
            data={"flows": rows},
        ),
    )


def stages(world: World, product: str) -> list[str]:
    """The products of a chain from the ground to its end.

    Of several inputs the one of the same element, else the dearest. Upstream through recipes from `product`, and
    downstream while one product takes most of it.
    """
    up = [product]
    while len(up) < _MOST_STAGES and (before := _input_of(world, up[0], set(up))):
        up.insert(0, before)
    while len(up) < _MOST_STAGES and (after := _output_of(world, up[-1], set(up))):
        up.append(after)
    return up


def _makers_of(world: World, product: str) -> list[str]:
    recipes = world.recipes
    made = recipes[(recipes["product"] == product) & (recipes["role"] == "output")]["process"]
    active = world.producers.groupby("process")["activity_t_per_yr"].sum()
    return sorted(made, key=lambda p: -float(active.get(p, 0.0)))


def _input_of(world: World, product: str, seen: set[str]) -> str | None:
    recipes = world.recipes
    for process in _makers_of(world, product)[:1]:
        inputs = recipes[(recipes["process"] == process) & (recipes["role"] == "input")]
        found = [(str(r["product"]), float(r["t_per_t"])) for _, r in inputs.iterrows() if r["product"] not in seen]
        if found:
            return max(found, key=lambda r: _closeness(world, product, r))[0]
    return None


def _closeness(world: World, product: str, row: tuple[str, float]) -> tuple[bool, float]:
    element, other = (str(world.products["element"][name]) for name in (product, row[0]))
    return bool(element) and other == element, row[1] * float(world.products["price_outside_usd_per_kg"][row[0]])


def _output_of(world: World, product: str, seen: set[str]) -> str | None:
    """The product that takes the largest share of this one, where any does and no industry takes it first."""
    recipes = world.recipes
    takers = recipes[(recipes["product"] == product) & (recipes["role"] == "input")]
    active = world.producers.groupby("process")["activity_t_per_yr"].sum()
    best: tuple[float, str] | None = None
    for _, row in takers.iterrows():
        outputs = recipes[(recipes["process"] == row["process"]) & (recipes["role"] == "output")]
        taken = float(row["t_per_t"]) * float(active.get(row["process"], 0.0))
        for name in outputs["product"]:
            if name not in seen and (best is None or taken > best[0]):
                best = (taken, str(name))
    return best[1] if best else None


def flows_of(world: World, product: str) -> list[Flow]:
    """Flows of a product, t a year and as shares of them all, largest first."""
    found = world.flows[world.flows["product"] == product]
    total = float(found["flow_t_per_yr"].sum()) or 1.0
    rows = [
        Flow(
            product,
            str(r["origin"]),
            str(r["destination"]),
            float(r["flow_t_per_yr"]),
            float(r["flow_t_per_yr"]) / total,
        )
        for _, r in found.iterrows()
    ]
    return sorted(rows, key=lambda f: -f.share)


def uses_of(world: World, product: str) -> list[Flow]:
    """Use by place and industry, as shares of all use."""
    found = world.uses[world.uses["product"] == product]
    total = float(found["use_t_per_yr"].sum()) or 1.0
    return [
        Flow(product, str(r["place"]), str(r["industry"]), float(r["use_t_per_yr"]), float(r["use_t_per_yr"]) / total)
        for _, r in found.iterrows()
    ]


def sankey_chart(product: str, steps: Sequence[str], flows: Sequence[Flow], last: Sequence[Flow]) -> Chart:
    """The Sankey with its table twin; what is small stands together as `others`."""
    ribbons: dict[tuple[str, str], float] = defaultdict(float)
    order: list[dict[str, float]] = [defaultdict(float) for _ in range(len(steps) + 1 + bool(last))]
    by_step = [[f for f in flows if f.product == step] for step in steps]
    keep = [_largest(by_step[0], 0)] + [
        _largest(found, 1) | (_largest(by_step[k + 1], 0) if k + 1 < len(by_step) else set())
        for k, found in enumerate(by_step)
    ]
    for k, found in enumerate(by_step):
        for f in found:
            a = f.origin if f.origin in keep[k] else "others"
            b = f.destination if f.destination in keep[k + 1] else "others"
            ribbons[f"{k}:{a}", f"{k + 1}:{b}"] += f.share
            order[k][a] += f.share
            order[k + 1][b] += f.share
    if last:
        k = len(steps)
        ends = _largest(last, 1)
        for f in last:
            a = f.origin if f.origin in keep[k] else "others"
            b = f.destination if f.destination in ends else "other industries"
            ribbons[f"{k}:{a}", f"{k + 1}:{b}"] += f.share
            order[k][a] += 0.0
            order[k + 1][b] += f.share
    nodes = [
        Node(f"{k}:{name}", _label(name, industry=bool(last) and k == len(steps) + 1), k, _tone(name))
        for k, column in enumerate(order)
        for name in sorted(column, key=lambda n: (n == "others", -column[n]))
    ]
    drawn = [Ribbon(a, b, v) for (a, b), v in ribbons.items() if v >= _LEAST_SHARE]
    headings = [f"makes {s}" for s in steps] + (["uses it", "industry"] if last else ["takes it"])
    title = f"From the ground to the user: {product}"
    desc = "; ".join(_in_words(step, by_step[k]) for k, step in enumerate(steps) if by_step[k])
    twin = table_of(
        ("Product", "From", "To", "Share of its world flow", "t a year"),
        [
            [
                text_cell(f.product),
                text_cell(named_place(f.origin)),
                text_cell(_label(f.destination)),
                text_cell(share_text(f.share)),
                number_cell(f.t_per_yr),
            ]
            for f in [*flows, *last]
            if f.share >= _LEAST_SHARE
        ],
        "The chain: numbers",
    )

    def draw() -> str:
        return sankey("chain", title, desc, nodes, drawn, columns=headings, width=1000, height=480)

    return Chart(title, draw, draw, twin, scrolls=True)


def _largest(flows: Sequence[Flow], end: int) -> set[str]:
    sums: dict[str, float] = defaultdict(float)
    for f in flows:
        sums[(f.origin, f.destination)[end]] += f.share
    return set(sorted(sums, key=lambda n: -sums[n])[:_MOST_NODES])


def _label(name: str, *, industry: bool = False) -> str:
    return name if industry or not name.isupper() else named_place(name)


def _tone(name: str) -> str:
    return "controller" if name == "CHN" else "ink"


def _in_words(step: str, flows: Sequence[Flow]) -> str:
    made: dict[str, float] = defaultdict(float)
    for f in flows:
        made[f.origin] += f.share
    lead = max(made, key=lambda n: made[n])
    return f"{step}: {named_place(lead)} makes {share_text(made[lead])}"


def _table(world: World, steps: Sequence[str]) -> Table:
    rows = []
    for step in steps:
        product = world.products.loc[step]
        made: dict[str, float] = defaultdict(float)
        for f in flows_of(world, step):
            made[f.origin] += f.t_per_yr
        total = sum(made.values())
        lead = max(made, key=lambda n: made[n]) if made else ""
        rows.append(
            [
                product_cell(step, str(product["stage"])),
                number_cell(total, str(product["unit"])),
                place_cell(lead, share_text(made[lead] / total)) if lead and total else text_cell(None),
                refs_cell(product["label"], product["refs"]),
            ]
        )
    return table_of(("Stage", "World, a year", "Largest maker", "Evidence of the price"), rows)


def _sources(world: World, steps: Sequence[str]) -> Group:
    """Where the flows come from, and how much of them is derived."""
    found = world.flows[world.flows["product"].isin(steps)]
    said = ", ".join(f"{n} {label}" for label, n in found["label"].value_counts().items())
    blocks = (
        note(f"{len(found)} flows: {said}. All are balanced against output and use."),
        note("How the world is put together", link="/help#world"),
    )
    return Group("origin", "Where the numbers come from", blocks)


def chain_links() -> list[tuple[str, str]]:
    """The ends of the chains, for other pages."""
    world = world_now()
    ends = [p for p in world.products.index if p in set(world.uses["product"])]
    return [(str(p), f"/chain/{quote(str(p))}") for p in ends]
