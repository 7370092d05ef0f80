"""What a lever of the other side costs both sides, week by week.

Levers are not simulated: nothing of the chain moves by them. Each has a closed form of a few sourced inputs, and is
counted beside the simulated losses on the draws of the run.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from itertools import pairwise

import numpy as np

from sluicegate.scenario import LeverUse, Scenario
from sluicegate.sim.compile import WEEKS_PER_YEAR
from sluicegate.sim.draws import Draws
from sluicegate.sim.network import Floats
from sluicegate.sim.window import in_weeks
from sluicegate.terms import InputError
from sluicegate.world.lever import Lever

USD_PER_WEEK = 1e6 / WEEKS_PER_YEAR
"""From m USD a year."""


@dataclass(frozen=True)
class LeverLoss:
    """What one lever costs, (W, D) 2024 USD a week: the side it is held against, and the side that holds it."""

    lever: Lever
    against: Floats
    by: Floats


def held(scenario: Scenario, levers: dict[str, Lever], by: str, against: str, draws: Draws) -> list[LeverLoss]:
    """The levers of one side in use against the other in a scenario, uses of one lever added up.

    A lever that a third place holds is not the target's, and is left out.

    Raises
    ------
    InputError : nothing was known of a lever that is held.
    """
    uses: dict[str, list[LeverUse]] = {}
    for use in scenario.levers:
        lever = levers[use.lever]
        if (lever.by, lever.against) != (by, against):
            continue
        if not lever.known:
            raise InputError(f"{lever.name}: {lever.lacking}", where=f"scenario {scenario.name}: levers",
                             expected="levers of which something was known on the as-of date",
                             do="Name a later as-of date, or leave the lever out.")  # fmt: skip
        uses.setdefault(use.lever, []).append(use)
    return [lever_loss(scenario, levers[name], found, draws) for name, found in uses.items()]


def lever_loss(scenario: Scenario, lever: Lever, uses: Iterable[LeverUse], draws: Draws) -> LeverLoss:
    """One lever's losses over the scenario's weeks.

    Raises
    ------
    ValueError : the lever has no figures.
    """
    if not lever.known:
        raise ValueError(f"{lever.name} has no figures")
    told = {quantity: draws.apart(p) for quantity, p in lever.inputs.items()}
    if lever.action == "tariff":
        losses = [_tariff(scenario, *piece, told) for piece in duties(uses)]
    else:
        losses = [_withheld(scenario, use, told) for use in uses]
    against, by = (sum_of(part) for part in zip(*losses, strict=True))
    return LeverLoss(lever, against, by)


def sum_of(parts: Iterable[Floats]) -> Floats:
    """Sum of arrays, at least one."""
    return np.asarray(np.sum(list(parts), axis=0))


def in_full(lever: Lever, on: date) -> LeverUse:
    """All of a lever from a day on: goods withheld whole, a tariff at the highest rate on record."""
    rate = float(lever.inputs["peak rate"].p50) if lever.action == "tariff" else None
    return LeverUse(lever=lever.name, added_rate=rate, effective_from=on, reason="in full")


def trade_left(rate: Floats, elasticity: Floats) -> Floats:
    """Trade at a duty over trade without: (1 + t)^-e, the price at the border unchanged.

    Complete pass-through: Amiti, Redding and Weinstein (2019), Journal of Economic Perspectives 33(4).
    """
    return np.asarray((1 + rate) ** -elasticity)


def deadweight(rate: Floats, elasticity: Floats) -> Floats:
    """What buyers lose by a duty beyond what the treasury takes, over the value of the trade before.

    The area under demand p^-e between 1 and 1 + t less t (1 + t)^-e (Harberger 1964, without his straight line); for
    small t it is e t^2 / 2.
    """
    flat = np.abs(1 - elasticity) < 1e-9
    power = np.where(flat, 1.0, 1 - elasticity)
    area = np.where(flat, np.log1p(rate), ((1 + rate) ** power - 1) / power)
    return np.asarray(area - rate * trade_left(rate, elasticity))


def duties(uses: Iterable[LeverUse]) -> list[tuple[date, date | None, float]]:
    """Spans with the duty that stands in each: uses of a tariff that overlap add up to one rate, not to two losses."""
    given = [(u.effective_from, u.until or date.max, u.added_rate or 0.0) for u in uses]
    edges = sorted({day for first, end, _ in given for day in (first, end)})
    spans = [(a, b, sum(rate for first, end, rate in given if first <= a and b <= end))
             for a, b in pairwise(edges)]  # fmt: skip
    return [(a, None if b == date.max else b, rate) for a, b, rate in spans if rate > 0]


def _tariff(scenario: Scenario, first: date, end: date | None, added: float,
            told: dict[str, Floats]) -> tuple[Floats, Floats]:  # fmt: skip
    """(W, D) twice: value added of exports no longer sold anywhere, and the deadweight loss of the side that taxes."""
    on, rate = _weeks(scenario, first, end), np.full(1, added)
    trade = told["imports"] * USD_PER_WEEK
    gone = 1 - trade_left(rate, told["elasticity"])
    lost = trade * gone * told["value added abroad"] * (1 - told["sold elsewhere"])
    return on * lost, on * trade * deadweight(rate, told["elasticity"])


def _withheld(scenario: Scenario, use: LeverUse, told: dict[str, Floats]) -> tuple[Floats, Floats]:
    """(W, D) twice: value added that stops once stock is used up, and sales the side that withholds forgoes.

    After the cover c the part of the stake that stands still is 2^-((t - c) / h), with h the weeks in which half of
    it finds another source; a week is taken at its middle. When the lever ends, so does the loss.
    """
    on = use.share * _weeks(scenario, use.effective_from, use.until)
    since = np.arange(scenario.weeks)[:, None] + 0.5 - scenario.week_of(use.effective_from)
    past = since - told["cover weeks"]
    stands = np.where(past > 0, 0.5 ** (np.maximum(past, 0) / told["halving weeks"]), 0.0)
    unsold = told["sales"] * told["value added at home"] * (1 - told["sold elsewhere"])
    return on * stands * told["stake"] * USD_PER_WEEK, on * unsold * USD_PER_WEEK


def _weeks(scenario: Scenario, first: date, end: date | None) -> Floats:
    """(W, 1) share of each week in which a lever is held."""
    return in_weeks(scenario, first, end)[:, None]
