"""The questions about scenarios themselves: which there are, is this file valid, how do I start one."""

from __future__ import annotations

from importlib.resources import files

from sluicegate.desk.answer import SEED
from sluicegate.desk.number import Document
from sluicegate.desk.opening import opened
from sluicegate.scenario import bundled_names, load_scenario
from sluicegate.sim import focused
from sluicegate.sim.prepare import prepare
from sluicegate.world import load_world


def scenario_list() -> list[Document]:
    """The bundled scenarios: name, title, start, weeks, as-of date."""
    world = load_world()
    bundled = [load_scenario(name, world) for name in bundled_names()]
    return [s.model_dump(mode="json", include={"name", "title", "start", "weeks", "as_of"}) for s in bundled]


def validate_scenario(name: str) -> Document:
    """A scenario as read, once it is known to compile: what passes here, runs.

    Raises
    ------
    InputError : lists every mistake.
    """
    scenario, world = opened(name)
    prepare(scenario, focused(world, scenario), draws=1, seed=SEED)
    return scenario.model_dump(mode="json", by_alias=True)


def new_scenario() -> str:
    """The text of a bundled scenario, to be changed."""
    return (files("sluicegate.scenario") / "bundled" / "april-2025.yaml").read_text("utf-8")
