"""The part of the world a scenario is about: chains of different materials do not touch each other."""

from __future__ import annotations

from dataclasses import replace

from sluicegate.scenario import Scenario
from sluicegate.sim.border import resolve
from sluicegate.world import World


def focused(world: World, scenario: Scenario) -> World:
    """The world with only the materials a scenario's events touch; all of it when none is touched.

    No recipe crosses from one material to another but a trace of gallium, so the kept part behaves as it
    does in the whole; lines keep only their uses of kept materials.
    """
    materials = touched(world, scenario)
    if not materials:
        return world
    kept = world.products[world.products["material"].isin(materials)].index
    recipes = world.recipes[world.recipes["product"].isin(kept)]
    uses = world.uses[world.uses["product"].isin(kept)]
    made = recipes[recipes["role"] == "output"]["process"]
    return replace(
        world,
        products=world.products.loc[kept],
        recipes=recipes[recipes["process"].isin(made)],
        producers=world.producers[world.producers["process"].isin(made)],
        uses=uses,
        lines=world.lines[world.lines.index.isin(uses["line"])],
        flows=world.flows[world.flows["product"].isin(kept)],
    )


def touched(world: World, scenario: Scenario) -> set[str]:
    """Materials of every product an event names or a named process makes."""
    named = {p for c in scenario.controls for p in resolve(c).products}
    named |= {p for order in scenario.stocks for p in order.products}
    named |= {p for source in scenario.second_sources for p in source.products}
    processes = {o.process for o in scenario.outages} | {p.process for p in scenario.plants}
    named |= set(world.recipes[world.recipes["process"].isin(processes)]["product"])
    return set(world.products.loc[[p for p in world.products.index if p in named], "material"])
