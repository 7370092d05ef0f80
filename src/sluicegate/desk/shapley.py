"""The question `lab shapley SCENARIO`: what drives the edge."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date

import numpy as np

from sluicegate.desk.answer import SEED, answer
from sluicegate.desk.number import Document, band, number_id
from sluicegate.desk.opening import opened
from sluicegate.desk.store import keep, run_key
from sluicegate.desk.version import provenance
from sluicegate.leverage import log_edge, losses
from sluicegate.leverage.driver import DRIVERS, REFERENCE, RETALIATION, without
from sluicegate.leverage.edge import present
from sluicegate.leverage.shapley import Coalition, coalitions, shapley
from sluicegate.scenario import Scenario
from sluicegate.sim import Result, focused, simulate
from sluicegate.sim.control import resolve
from sluicegate.sim.network import Floats
from sluicegate.sim.prepare import drawn
from sluicegate.sim.run import Progress
from sluicegate.sim.side import READ, weekly_gdp
from sluicegate.terms import InputError
from sluicegate.world import World
from sluicegate.world.lever import load_levers

MUSD = 1e6
RATE = 0.05
DRAWS = 64
"""Sixteen coalitions are run: fewer draws than a single question takes."""
LIMITS = [
    "Shares are of the difference to a reference, and another reference gives other shares: each is named.",
    "A gain counts as no loss here, so that every draw has an E.",
    "Means of the shares add up to the mean of the whole; medians do not.",
]
FORMULA = "Shapley (1953) over 16 coalitions of drivers, each present or put back to its reference, on the same draws"


@dataclass(frozen=True)
class _Asked:
    """What is taken apart: a scenario with its sides, and what its control holds of the target's use."""

    scenario: Scenario
    world: World
    target: str
    products: tuple[str, ...]
    on: date
    draws: int
    seed: int


def drivers(name: str, *, draws: int = DRAWS, seed: int = SEED, as_of: date | None = None,
            settings: Mapping[str, str] | None = None, progress: Progress | None = None) -> Document:  # fmt: skip
    """Shares of concentration, stock, substitution time and retaliation in the edge, with bands.

    The number taken apart is E of all losses from the first change to the horizon, and the target's loss itself.

    Raises
    ------
    InputError : a scenario without controls, controller or anybody who loses.
    """
    scenario, whole = opened(name, as_of=as_of, settings=settings)
    asked = _asked(scenario, focused(whole, scenario), name, draws=draws, seed=seed)
    e: dict[Coalition, Floats] = {}
    lost: dict[Coalition, Floats] = {}
    wanted = [c for c in coalitions(DRIVERS) if RETALIATION in c]
    for done, coalition in enumerate(wanted, start=1):
        for kept, (one, other) in _losses(asked, coalition).items():
            e[kept], lost[kept] = one, other
        if progress:
            progress(done, len(wanted))
    document = _document(asked, shapley(DRIVERS, e), shapley(DRIVERS, lost), e, lost)
    document["provenance"] = provenance(scenario.as_of, draws=draws, seed=seed, command=f"lab shapley {name}")
    key = run_key(shapley=scenario.model_dump(mode="json"), draws=draws, seed=seed)
    document["provenance"]["run"] = key
    keep(key, document, {row["id"]: {"what": f"share of {row['driver']} in the edge; without it, {row['reference']}",
                                     "value": row["E"], "unit": "E", "formula": FORMULA}
                         for row in document["drivers"]})  # fmt: skip
    return document


def _asked(scenario: Scenario, near: World, name: str, *, draws: int, seed: int) -> _Asked:
    ran = answer(scenario, near, draws=draws, seed=seed, places=())
    if ran.edge is None or not scenario.controls:
        raise InputError("no edge to take apart", where=f"scenario {name}",
                         expected="a controller and somebody who loses",
                         do="Give the scenario a `controller`, and a control.")  # fmt: skip
    known = [resolve(c, scenario.as_of) for c in scenario.controls]
    target = ran.edge.target
    uses = ran.result.uses
    held = set(uses[uses["place"] == target]["product"]) & {p for c in known for p in c.products}
    on = max(scenario.start, min(c.effective_from for c in known))
    told = scenario.model_copy(update={"target": target})
    return _Asked(told, near, target, tuple(sorted(held)), on, draws, seed)


def _losses(asked: _Asked, present: Coalition) -> dict[Coalition, tuple[Floats, Floats]]:
    """E and the target's loss (D,) of a coalition with retaliation as it is, and of the same with all levers held.

    Levers move nothing that is simulated, so one run gives both.
    """
    levers = [v for v in load_levers(asked.world.overlay, asked.world.as_of).values()
              if (v.by, v.against) == (asked.target, asked.scenario.controller) and v.known]  # fmt: skip
    told = asked.scenario
    for driver in DRIVERS:
        if driver not in present and driver != RETALIATION:
            told = without(told, driver, target=asked.target, products=asked.products, levers=levers, on=asked.on,
                           world=asked.world)  # fmt: skip
    held = without(told, RETALIATION, target=asked.target, products=asked.products, levers=levers, on=asked.on,
                   world=asked.world)  # fmt: skip
    like = drawn(told, asked.world, draws=asked.draws, seed=asked.seed)
    sides = {str(told.controller), asked.target}
    run = simulate(told, asked.world, like=like, variables=READ, places=sides)
    free = simulate(told.without_controls(), asked.world, like=run.model, variables=READ, places=sides)
    answered = replace(run, model=replace(run.model, scenario=held))
    return {present: _worth(asked, run, free), present - {RETALIATION}: _worth(asked, answered, free)}


def _worth(asked: _Asked, run: Result, free: Result) -> tuple[Floats, Floats]:
    """(D,) E of the present value of all losses from the control on, and the target's loss in USD."""
    controller = str(asked.scenario.controller)
    hurt, cost, _ = losses(run, free, controller, asked.target)
    week = int(asked.scenario.week_of(asked.on))
    count = run.weeks - week
    mine, theirs = (present(side.total[week:], RATE) for side in (cost, hurt))
    burden = np.maximum(theirs / weekly_gdp(run, asked.target), 0), np.maximum(mine / weekly_gdp(run, controller), 0)
    return log_edge(burden[0] / count, burden[1] / count), theirs


def _document(asked: _Asked, e_shares: dict[str, Floats], lost_shares: dict[str, Floats],
              e: dict[Coalition, Floats], lost: dict[Coalition, Floats]) -> Document:  # fmt: skip
    whole, none = frozenset(DRIVERS), frozenset[str]()
    return {
        "title": f"What drives the edge: “{asked.scenario.title}”",
        "controller": asked.scenario.controller, "target": asked.target, "unit": "E; million 2024 USD",
        "as_it_is": {"E": band(e[whole]), "E_mean": float(e[whole].mean()),
                     "loss_target": band(lost[whole] / MUSD), "loss_target_mean": float(lost[whole].mean() / MUSD)},
        "reference": {"E": band(e[none]), "E_mean": float(e[none].mean()),
                      "loss_target": band(lost[none] / MUSD), "loss_target_mean": float(lost[none].mean() / MUSD)},
        "drivers": [{
            "id": number_id("driver", asked.scenario.name, d), "driver": d, "reference": REFERENCE[d],
            "E": band(e_shares[d]), "E_mean": float(e_shares[d].mean()),
            "loss_target": band(lost_shares[d] / MUSD), "loss_target_mean": float(lost_shares[d].mean() / MUSD),
        } for d in DRIVERS],
        "limits": LIMITS,
    }  # fmt: skip
