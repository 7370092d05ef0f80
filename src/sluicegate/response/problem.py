"""From a run to the programme: what a place lacks, what its lines lose by it, and what holding and opening cost."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

import numpy as np

from sluicegate.response.action import Action
from sluicegate.response.plan import sample_costs
from sluicegate.response.two_stage import Plan, Problem
from sluicegate.sim import Result

PERIOD = 4
"""Weeks in a period."""
FILL_WEEKS = 13
"""Weeks until stock that is ordered lies in the store."""
SOURCE_WEEKS, RAMP_WEEKS = 26, 26
"""Makers that are nearly qualified deliver half a year after they are asked, in full after another half."""
MOST_DAYS, MOST_SHARE = 180.0, 0.1
LEAST = 0.5, 0.002
"""Days and shares below which nothing is ordered: rounding of the programme."""


@dataclass(frozen=True)
class Options:
    """What a place may do: hold stock of products, and open second sources of them, from a day on."""

    place: str
    products: tuple[str, ...]
    on: date

    def stock(self, product: str, days: float) -> Action:
        """Hold some days of use more."""
        return Action("stock", self.place, (product,), size=days, start=self.on)

    def source(self, product: str, share: float) -> Action:
        """Open a second source for a share of use."""
        return Action("second source", self.place, (product,), size=share,
                      start=self.on + timedelta(weeks=SOURCE_WEEKS), ramp_weeks=RAMP_WEEKS)  # fmt: skip

    def actions(self, plan: Plan) -> list[Action]:
        """What a plan does."""
        held = [
            self.stock(p, round(float(d), 1)) for p, d in zip(self.products, plan.days, strict=True) if d > LEAST[0]
        ]
        return held + [self.source(p, round(float(s), 4)) for p, s in zip(self.products, plan.share, strict=True)
                       if s > LEAST[1]]  # fmt: skip


def problem_of(result: Result, free: Result, options: Options) -> Problem:
    """The programme of a run: gaps against the run without control, by periods of four weeks."""
    uses = result.uses
    mine = np.flatnonzero((uses["place"] == options.place) & uses["product"].isin(options.products))
    weeks = result.weeks // PERIOD * PERIOD
    gap = np.maximum(free.record.service[mine, :weeks] - result.record.service[mine, :weeks], 0.0)
    gap = 7 * gap.reshape(len(mine), weeks // PERIOD, PERIOD, -1).sum(axis=2)
    gap[gap < 1e-3] = 0.0
    line = result.record.uses.line[mine]
    value = result.critical[mine, None] * result.theta[mine] * result.value_added_per_week[line] / 7
    start = PERIOD * np.arange(weeks // PERIOD) - result.scenario.week_of(options.on)
    ramp = np.clip((start - SOURCE_WEEKS) / RAMP_WEEKS, 0, 1)
    costs = sample_costs(size=result.model.draws.size, seed=result.model.draws.seed)
    price = [[float(np.mean(action.cost(result, costs))) for action in (options.stock(p, 1.0), options.source(p, 1.0))]
             for p in options.products]  # fmt: skip
    stock_cost, source_cost = np.array(price).T
    product = np.array([options.products.index(p) for p in uses["product"].to_numpy()[mine]], dtype=np.intp)
    reach = np.tile(7.0 * PERIOD * ramp, (len(options.products), 1))
    return Problem(product, np.asarray(line, dtype=np.intp), gap.astype(float), np.asarray(value, dtype=float), reach,
                   start >= FILL_WEEKS, stock_cost, source_cost, MOST_DAYS, MOST_SHARE)  # fmt: skip
