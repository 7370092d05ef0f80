"""The part of the world a scenario is about: chains that no recipe joins do not touch each other."""

from __future__ import annotations

from dataclasses import replace

from sluicegate.scenario import Scenario
from sluicegate.sim.control import resolve
from sluicegate.world import World


def focused(world: World, scenario: Scenario) -> World:
    """The world with only the chains a scenario's events touch; all of it when none is touched.

    A chain is all products that recipes join, so the kept part behaves as it does in the whole; lines keep
    only their uses of kept products. A world that is cut already is given back itself.
    """
    kept = joined(world, touched(world, scenario))
    if not kept or kept.issuperset(world.products.index):
        return world
    recipes = world.recipes[world.recipes["product"].isin(kept)]
    uses = world.uses[world.uses["product"].isin(kept)]
    made = recipes[recipes["role"] == "output"]["process"]
    return replace(
        world,
        products=world.products[world.products.index.isin(kept)],
        recipes=recipes[recipes["process"].isin(made)],
        producers=world.producers[world.producers["process"].isin(made)],
        uses=uses,
        lines=world.lines[world.lines.index.isin(uses["line"])],
        flows=world.flows[world.flows["product"].isin(kept)],
    )


def touched(world: World, scenario: Scenario) -> set[str]:
    """Every product an event names or a named process makes or takes in."""
    named = {p for c in scenario.controls for p in resolve(c).products}
    named |= {p for order in scenario.stocks for p in order.products}
    named |= {p for source in scenario.second_sources for p in source.products}
    named |= {p for programme in scenario.thrift for p in programme.products}
    processes = {o.process for o in scenario.outages} | {p.process for p in scenario.plants}
    processes |= {q.process for q in scenario.production_quotas}
    processes |= {p.process for p in scenario.projects} | {d.process for d in scenario.deposits}
    named |= {e.product for e in (*scenario.floors, *scenario.offtakes)}
    named |= {p for contract in scenario.contracts for p in contract.products}
    named |= {p for priority in scenario.priorities for p in priority.products}
    named |= {stage.product for stage in scenario.next_stages}
    named |= {p for tariff in scenario.tariffs for p in tariff.products}
    named |= {p for levy in scenario.export_levies for p in levy.products}
    named |= set(world.recipes[world.recipes["process"].isin(processes)]["product"])
    return named & set(world.products.index)


def joined(world: World, products: set[str]) -> set[str]:
    """The products and all that recipes join to them, stage by stage."""
    recipes = [set(group["product"]) for _, group in world.recipes.groupby("process")]
    kept = set(products)
    while more := {p for recipe in recipes if recipe & kept for p in recipe} - kept:
        kept |= more
    return kept
