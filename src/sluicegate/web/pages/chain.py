"""The chain of a product as a Sankey: who makes each stage, who takes it, which industries it ends in."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from urllib.parse import quote

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from sluicegate.desk.page.block import Cell, Chart, Table, words
from sluicegate.desk.page.charts import Node, Ribbon, sankey
from sluicegate.desk.page.document import named_place
from sluicegate.terms import NotFoundError
from sluicegate.web.pages.cells import (
    listed,
    note,
    number_cell,
    place_cell,
    refs_cell,
    share_text,
    table_of,
    text_cell,
)
from sluicegate.web.pages.form import Field, Form
from sluicegate.web.pages.show import show
from sluicegate.web.pages.stages import Flow, Stage, flows_of, stages, uses_of
from sluicegate.web.pages.view import Group, View
from sluicegate.web.pages.world_now import world_now
from sluicegate.world import World

router = APIRouter(include_in_schema=False)

DEFAULT = "NdFeB magnet, Dy/Tb"
_MOST_NODES = 7
_LEAST_SHARE = 0.004


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
    columns = [*(step.label for step in steps), "industry" if last else "destination"]
    blocks = (
        form,
        note(
            "Each column is one stage; its makers stand at its left, so that a ribbon runs from who makes it to who "
            "makes the next stage of it. Widths are shares of each stage's world flow in the base year 2024."
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
            twin=f"/api/v1/world/show?name={quote(product, safe='')}",
            data={"flows": rows},
        ),
    )


def sankey_chart(product: str, steps: Sequence[Stage], flows: Sequence[Flow], last: Sequence[Flow]) -> Chart:
    """The Sankey with its table twin; what is small stands together as `others`."""
    ribbons: dict[tuple[str, str], float] = defaultdict(float)
    order: list[dict[str, float]] = [defaultdict(float) for _ in range(len(steps) + 1 + bool(last))]
    by_step = [[f for f in flows if f.product == step.label] for step in steps]
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
    headings = [f"makes {step.label}" for step in steps] + (["uses it", "industry"] if last else ["takes it"])
    title = f"From the ground to the user: {product}"
    desc = "; ".join(_in_words(step.label, by_step[k]) for k, step in enumerate(steps) if by_step[k])
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


def _table(world: World, steps: Sequence[Stage]) -> Table:
    rows = []
    for step in steps:
        first = world.products.loc[step.products[0]]
        made: dict[str, float] = defaultdict(float)
        for f in flows_of(world, step):
            made[f.origin] += f.t_per_yr
        total = sum(made.values())
        lead = max(made, key=lambda n: made[n]) if made else ""
        links = listed([(name, f"/materials/{quote(name)}") for name in step.products])
        rows.append(
            [
                Cell(links, words(str(first["stage"]), tone="muted")),
                number_cell(total, str(first["unit"])),
                place_cell(lead, share_text(made[lead] / total)) if lead and total else text_cell(None),
                refs_cell(first["label"], first["refs"]),
            ]
        )
    return table_of(("Stage", "World, a year", "Largest maker", "Evidence of the price"), rows)


def _sources(world: World, steps: Sequence[Stage]) -> Group:
    """Where the flows come from, and how much of them is derived."""
    found = world.flows[world.flows["product"].isin([name for step in steps for name in step.products])]
    said = ", ".join(f"{n} {label}" for label, n in found["label"].value_counts().items())
    blocks = (
        note(f"{len(found)} flows: {said}. All are balanced against output and use."),
        note("How the world is put together", link="/help#world"),
    )
    return Group("origin", "Where the numbers come from", blocks)
