"""The world: who mines, separates, refines, makes, ships and uses what, with the source of every number."""

from sluicegate.world.chain import World, load_world

__all__ = ["World", "load_world"]
