"""The best answer: every action is simulated again on the same draws and ranked by loss avoided per cost."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

import numpy as np

from sluicegate.response.action import Action
from sluicegate.sim import Result, simulate
from sluicegate.sim.draws import Draws
from sluicegate.sim.network import Floats
from sluicegate.sim.side import READ, target_loss
from sluicegate.terms.parameter import Parameter


@dataclass(frozen=True)
class Response:
    """An action with what it costs and what loss it avoids, (D,) each, 2024 USD to the horizon."""

    action: Action
    cost: Floats
    avoided: Floats

    @property
    def worth_it(self) -> bool:
        """Whether the median draw avoids more than it costs."""
        return float(np.median(self.avoided - self.cost)) > 0

    @property
    def ratio(self) -> float:
        """Median loss avoided over median cost."""
        return float(np.median(self.avoided) / max(float(np.median(self.cost)), 1.0))


@cache
def load_costs() -> dict[str, Parameter]:
    """Cost parameters by name, from `data/costs.csv`."""
    text = (files("sluicegate.response") / "data" / "costs.csv").read_text("utf-8")
    return {
        r["name"]: Parameter(r["name"], r["kind"], float(r["p05"]), float(r["p50"]), float(r["p95"]), r["unit"],  # type: ignore[arg-type]
                             r["label"], r["reason"])  # type: ignore[arg-type]
        for r in csv.DictReader(text.splitlines())
    }  # fmt: skip


def sample_costs(draws: Draws) -> Draws:
    """The cost parameters on the draws of a run, apart from its own inputs."""
    known = load_costs()
    values = {name: draws.apart(p) for name, p in known.items()}
    return Draws(known, values, draws.seed, draws.size, draws.numbers)


def compare(
    actions: Sequence[Action], result: Result, free: Result, target: str, *, threads: int = 2
) -> list[Response]:
    """Simulate each action on the run's own draws and rank by loss avoided per cost, best first.

    The loss is the target's whole loss (lines, own chain, price of imports), as the edge counts it.
    """
    return rank(try_action(action, result, free, target, threads=threads) for action in actions)


def try_action(action: Action, result: Result, free: Result, target: str, *, threads: int = 2) -> Response:
    """Simulate one action on the run's own draws; what starts after the horizon avoids nothing and needs no run."""
    draws = result.model.draws
    cost = action.cost(result, sample_costs(draws))
    if action.start >= result.scenario.end:
        return Response(action, cost, np.zeros_like(cost))
    run = simulate(
        action.applied(result.scenario), result.model.world, like=result.model, threads=threads, variables=READ,
        places={target},
    )  # fmt: skip
    before, after = (target_loss(r, free, target).total.sum(axis=0) for r in (result, run))
    return Response(action, cost, before - after)


def rank(responses: Iterable[Response]) -> list[Response]:
    """Best first by loss avoided per cost."""
    return sorted(responses, key=lambda r: -r.ratio)
