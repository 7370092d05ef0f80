"""A long run: a scenario over many years, and the same with a stockpile of the target."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta

import numpy as np
from numpy.typing import NDArray

from sluicegate.desk.answer import Answer, answer
from sluicegate.desk.opening import opened
from sluicegate.leverage.bridge import by_month
from sluicegate.response import Action
from sluicegate.scenario import Scenario
from sluicegate.sim import Result, focused, simulate
from sluicegate.sim.compile import WEEKS_PER_YEAR
from sluicegate.sim.control import resolve
from sluicegate.sim.network import Floats
from sluicegate.sim.run import Progress
from sluicegate.sim.side import READ
from sluicegate.terms import InputError

STOCK_DAYS = 90.0
"""Days of use a stockpile adds, to see what it is worth and whom it costs."""


@dataclass(frozen=True)
class LongRun:
    """What is asked of it, its answer, and the same with a stockpile.

    Parameters
    ----------
    products : what the controls hold and the target's lines use
    month_of : (W,) number of the month each week begins in ; months : first day of each
    piled, pile : the run in which the target holds a stockpile, and that stockpile
    """

    scenario: Scenario
    answer: Answer
    target: str
    products: tuple[str, ...]
    month_of: NDArray[np.intp]
    months: list[date]
    piled: Result
    pile: Action

    @property
    def result(self) -> Result:
        """The run under control."""
        return self.answer.result

    def rows(self, product: str) -> NDArray[np.intp]:
        """Uses of a product by the target's lines."""
        uses = self.result.uses
        return np.flatnonzero((uses["place"] == self.target) & (uses["product"] == product))

    def missing(self, rows: NDArray[np.intp]) -> Floats:
        """(M, D) share of some uses missing against the run without control, by month."""
        free, had = (r.record.use[rows].sum(axis=0, dtype=float) for r in (self.answer.free, self.result))
        monthly, got = by_month(free, self.month_of), by_month(had, self.month_of)
        return np.asarray(1 - np.divide(got, monthly, out=np.ones_like(got), where=monthly > 0))


def long_run(name: str, horizon: int, *, draws: int, seed: int, as_of: date | None,
             settings: Mapping[str, str] | None,
             progress: Progress | None) -> LongRun:  # fmt: skip
    """Run a scenario over `horizon` years from its start, and once more with the target's stockpile.

    Raises
    ------
    InputError : a scenario without controls, controller or anybody who loses.
    """
    scenario, whole = opened(name, as_of=as_of, settings=settings)
    scenario = scenario.model_copy(update={"weeks": round(horizon * WEEKS_PER_YEAR)})
    world = focused(whole, scenario)
    found = answer(scenario, world, draws=draws, seed=seed, progress=progress, beside=("use", "stock"))
    if found.edge is None or not scenario.controls:
        raise InputError("nothing to bridge", where=f"scenario {name}", expected="controls, and somebody who loses",
                         do="Give the scenario a `controller`, and a control.")  # fmt: skip
    target, uses = found.edge.target, found.result.uses
    held = {p for c in scenario.controls for p in resolve(c, scenario.as_of).products}
    products = tuple(dict.fromkeys(uses[(uses["place"] == target) & uses["product"].isin(held)]["product"]))
    start = min(max(scenario.as_of, scenario.start), scenario.end - timedelta(weeks=52))
    pile = Action("stock", target, products, size=STOCK_DAYS, start=start)
    piled = simulate(pile.applied(scenario), found.result.model.world, like=found.result.model, variables=READ)
    dates = found.result.dates
    months = list(dict.fromkeys(date(d.year, d.month, 1) for d in dates))
    month_of = np.array([months.index(date(d.year, d.month, 1)) for d in dates], dtype=np.intp)
    return LongRun(scenario, found, target, products, month_of, months, piled, pile)
