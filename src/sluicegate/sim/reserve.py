"""What is left in the ground, by producer."""

from __future__ import annotations

import numpy as np

from sluicegate.scenario import Scenario
from sluicegate.sim.network import Floats, Network, producer_of
from sluicegate.world import World
from sluicegate.world.figures import load_figures

NO_END = 1e300
"""Reserves of a producer that does not run down."""


def reserves(scenario: Scenario, world: World, net: Network) -> Floats:
    """(I,) t of activity left in the ground; `NO_END` unless the scenario asks for depletion.

    A country's reserves on record (the latest of its publisher's yearly tables known at the as-of date) are parted
    among its mines of the material by their base activity: deposits are not told apart on record. A mine
    without reserves on record does not run down: absent is not zero.

    Raises
    ------
    NotFoundError : a deposit at a place without the process.
    """
    left = np.full(len(net.producers), NO_END)
    if not scenario.depletion:
        return left
    if "stage" in world.processes:
        _on_record(scenario, world, net, left)
    for deposit in scenario.deposits:
        left[producer_of(net, deposit.process, deposit.place, where="scenario deposits")] = deposit.reserves_t
    return left


def _on_record(scenario: Scenario, world: World, net: Network, left: Floats) -> None:
    known: dict[tuple[str, str], float] = {}
    for figure in sorted(load_figures(scenario.as_of).find(metric="reserves"), key=lambda f: f.period):
        if not figure.item and figure.value and figure.unit == "t" and figure.grade == "official":
            known[figure.material, figure.place] = figure.value
    groups: dict[tuple[str, str], list[int]] = {}
    for i, name in enumerate(net.producers):
        process, place = name.split("|")
        if world.processes.loc[process, "stage"] == "mine":
            groups.setdefault((str(world.processes.loc[process, "material"]), place), []).append(i)
    for key, members in groups.items():
        total = net.activity0[members].sum()
        if key in known and total > 0:
            left[members] = known[key] * net.activity0[members] / total
