"""The stages of a product's chain, from the ground to who uses it, with what goes from place to place at each."""

from __future__ import annotations

from dataclasses import dataclass

from sluicegate.world import World

_MOST_STAGES = 4


@dataclass(frozen=True)
class Stage:
    """One product, or the ores that stand for one another; `label` names it."""

    label: str
    products: tuple[str, ...]


@dataclass(frozen=True)
class Flow:
    """What goes from one place to another (or into an industry), t a year and as a share of all such flows."""

    product: str
    origin: str
    destination: str
    t_per_yr: float
    share: float


def stages(world: World, product: str) -> list[Stage]:
    """The chain from the ground to its end, at most four stages.

    Upstream through recipes from `product`: of several inputs the one of the same element, else the dearest; ores of
    one material stand together. Downstream to the product whose makers take most of it.
    """
    found = [Stage(product, (product,))]
    while len(found) < _MOST_STAGES and (before := _input_of(world, found[0])):
        found.insert(0, before)
    while len(found) < _MOST_STAGES and (after := _output_of(world, found)):
        found.append(Stage(after, (after,)))
    return found


def _input_of(world: World, stage: Stage) -> Stage | None:
    products, recipes = world.products, world.recipes
    made = recipes["product"].isin(stage.products) & (recipes["role"] == "output")
    inputs = recipes[recipes["process"].isin(recipes[made]["process"]) & (recipes["role"] == "input")]
    worth = {
        str(r["product"]): _closeness(world, stage.products[0], str(r["product"]), float(r["t_per_t"]))
        for _, r in inputs.iterrows()
        if r["product"] not in stage.products
    }
    if not worth:
        return None
    best = max(worth, key=lambda name: worth[name])
    if products["stage"][best] != "mine":
        return Stage(best, (best,))
    ores = tuple(
        n for n in worth if products["stage"][n] == "mine" and products["material"][n] == products["material"][best]
    )
    return Stage(best if len(ores) == 1 else f"{products['material'][best]} ore", ores)


def _closeness(world: World, product: str, other: str, t_per_t: float) -> tuple[bool, float]:
    element = str(world.products["element"][product])
    same = bool(element) and str(world.products["element"][other]) == element
    return same, t_per_t * float(world.products["price_outside_usd_per_kg"][other])


def _output_of(world: World, before: list[Stage]) -> str | None:
    recipes = world.recipes
    takers = recipes[recipes["product"].isin(before[-1].products) & (recipes["role"] == "input")]
    active = world.producers.groupby("process")["activity_t_per_yr"].sum()
    seen = {name for stage in before for name in stage.products}
    taken: dict[str, float] = {}
    for _, row in takers.iterrows():
        outputs = recipes[(recipes["process"] == row["process"]) & (recipes["role"] == "output")]
        for name in set(outputs["product"]) - seen:
            amount = float(row["t_per_t"]) * float(active.get(row["process"], 0.0))
            taken[str(name)] = taken.get(str(name), 0.0) + amount
    return max(sorted(taken), key=lambda n: taken[n]) if taken else None


def flows_of(world: World, stage: Stage) -> list[Flow]:
    """What goes between places at a stage, largest first."""
    found = world.flows[world.flows["product"].isin(stage.products)]
    summed = found.groupby(["origin", "destination"])["flow_t_per_yr"].sum().reset_index()
    total = float(summed["flow_t_per_yr"].sum()) or 1.0
    rows = [
        Flow(
            stage.label,
            str(r["origin"]),
            str(r["destination"]),
            float(r["flow_t_per_yr"]),
            float(r["flow_t_per_yr"]) / total,
        )
        for _, r in summed.iterrows()
        if r["flow_t_per_yr"] > 0
    ]
    return sorted(rows, key=lambda f: -f.share)


def uses_of(world: World, stage: Stage) -> list[Flow]:
    """Which industries of which places use what a stage makes."""
    found = world.uses[world.uses["product"].isin(stage.products)]
    total = float(found["use_t_per_yr"].sum()) or 1.0
    return [
        Flow(
            stage.label, str(r["place"]), str(r["industry"]), float(r["use_t_per_yr"]), float(r["use_t_per_yr"]) / total
        )
        for _, r in found.iterrows()
    ]
