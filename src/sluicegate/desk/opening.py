"""What every question about a scenario opens: the scenario, and the world as it was known on its day."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from sluicegate.scenario import Scenario, load_scenario
from sluicegate.sim import focused
from sluicegate.sim.prepare import require_ruling
from sluicegate.world import World, load_world


def opened(name: str | Scenario, *, as_of: date | None = None,
           settings: Mapping[str, str] | None = None) -> tuple[Scenario, World]:  # fmt: skip
    """A scenario by name or file, or one made elsewhere, and the whole world as of its day.

    Parameters
    ----------
    settings : how open questions of the register turn out, by the question's id

    Raises
    ------
    InputError : no such scenario, or it is not valid.
    NotFoundError : no such open question or setting.
    """
    world = load_world()
    if isinstance(name, Scenario):
        return name, load_world(name.as_of)
    scenario = load_scenario(name, world, as_of=as_of, settings=settings)
    known = load_world(scenario.as_of)
    if scenario.parameters:
        require_ruling(scenario, focused(known, scenario))
    return scenario, known
