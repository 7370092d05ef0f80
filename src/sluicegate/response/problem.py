"""From a run to the programme: what a place lacks, what its lines lose by it, and what each option costs and brings."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np

from sluicegate.response.action import Action
from sluicegate.response.option import Option
from sluicegate.response.plan import sample_costs
from sluicegate.response.two_stage import Floats, Plan, Problem
from sluicegate.sim import Result

PERIOD = 4
"""Weeks in a period."""


def problem_of(result: Result, free: Result, place: str, options: Sequence[Option],
               trust: Mapping[str, float] | None = None) -> Problem:  # fmt: skip
    """The programme of a run: gaps against the run without control, by periods of four weeks.

    Parameters
    ----------
    trust : by kind of action, the part of what the programme takes it to bring that comes; all of it where not named
    """
    products = tuple(dict.fromkeys(o.product for o in options))
    uses = result.uses
    mine = np.flatnonzero((uses["place"] == place) & uses["product"].isin(products))
    weeks = result.weeks // PERIOD * PERIOD
    span = slice(weeks)
    gap = np.maximum(free.record.of("service", mine, span) - result.record.of("service", mine, span), 0.0)
    gap = 7 * gap.reshape(len(mine), weeks // PERIOD, PERIOD, -1).sum(axis=2)
    gap[gap < 1e-3] = 0.0
    line = result.record.uses.line[mine]
    value = result.critical[mine, None] * result.theta[mine] * result.value_added_per_week[line] / 7
    costs = sample_costs(result.model.draws)
    return Problem(
        product=np.array([products.index(p) for p in uses["product"].to_numpy()[mine]], dtype=np.intp),
        line=np.asarray(line, dtype=np.intp),
        gap=gap.astype(float),
        value=np.asarray(value, dtype=float),
        option=np.array([products.index(o.product) for o in options], dtype=np.intp),
        kept=np.array([o.kind == "stock" for o in options]),
        brings=_brings(options, weeks, result.model.draws.size, trust or {}),
        cost=np.array([float(np.mean(o.action.cost(result, costs))) for o in options]),
        most=np.array([o.most for o in options]),
    )


def chosen(options: Sequence[Option], plan: Plan) -> list[Action]:
    """What a plan does."""
    return [o.of(float(x)) for o, x in zip(options, plan.size, strict=True) if x > o.least]


def _brings(options: Sequence[Option], weeks: int, draws: int, trust: Mapping[str, float]) -> Floats:
    """(J, T, D) days of use that a unit brings in a period."""
    found = np.zeros((len(options), weeks // PERIOD, draws))
    for brought, o in zip(found, options, strict=True):
        if o.kind == "stock":
            period = -(-o.ready // PERIOD)
            if period < len(brought):
                brought[period] = 1.0
        else:
            share = np.broadcast_to(o.share[:weeks], (weeks, draws))
            brought[:] = 7 * share.reshape(weeks // PERIOD, PERIOD, draws).sum(axis=1)
        brought *= trust.get(o.kind, 1.0)
    return found
