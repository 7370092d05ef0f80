"""What a company may buy against a stop: orders, licences and alternatives, by the unit; what they cost and bring."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from sluicegate.company.exposure import Exposure, Source
from sluicegate.company.operation import Plant, Stream, operate
from sluicegate.response.plan import sample_costs
from sluicegate.response.two_stage import Problem
from sluicegate.sim.compile import WEEKS_PER_YEAR
from sluicegate.sim.draws import Draws
from sluicegate.sim.network import Floats
from sluicegate.terms import InputError

KG = 1000.0
MOST_DAYS = 180.0
LEAST_GAP = 1e-3
"""Share of a week's use below which nothing counts as missing."""


@dataclass(frozen=True)
class Choice:
    """Something to begin today about an input: an order, a licence, or the qualification of an alternative.

    Parameters
    ----------
    kind : `order` where nothing holds the goods, `apply` where a licence is needed, `qualify` an alternative
    most : days of use that are ordered, or share of use that the alternative could deliver, at most
    """

    kind: str
    source: Source
    most: float

    @property
    def input(self) -> str:
        """The input it is for."""
        return self.source.input

    @property
    def key(self) -> tuple[str, str, str]:
        """Names it in another run of the same company."""
        return self.kind, self.input, self.source.name


def choices(exposure: Exposure) -> list[Choice]:
    """Every supplier to order from, and every alternative whose qualification was not begun."""
    found = []
    for s in exposure.sources:
        if s.qualification_weeks is None:
            held = s.route.borders(exposure.result, exposure.week)
            found.append(Choice("apply" if held else "order", s, MOST_DAYS))
        elif s.begun is None:
            found.append(Choice("qualify", s, s.share))
    return found


def begun(exposure: Exposure, choice: Choice, size: float, delay: float = 0.0) -> Plant:
    """The company that has begun something, today or some weeks later."""
    return together(exposure, [(choice, size)], delay)


def together(exposure: Exposure, bought: Sequence[tuple[Choice, float]], delay: float = 0.0) -> Plant:
    """The company that has begun several things at once."""
    plant, use = exposure.plant, exposure.plant.use.sum(axis=0)
    coming, aim = plant.due.copy(), np.zeros_like(plant.stock)
    streams = []
    for choice, size in bought:
        i = exposure.inputs.index(choice.input)
        if choice.kind == "qualify":
            streams.append(Stream(i, size, _passing(exposure, choice), _since(choice) + delay))
        else:
            week, share = _arrival(exposure, choice, delay)
            there = np.flatnonzero(week < exposure.weeks)
            brought = size / 7 * use[i] * share[there]
            coming[i, week[there], there] += brought
            aim[i, there] += brought
    return replace(plant, due=coming, more=plant.more + aim).sourced(*streams)


def _passing(exposure: Exposure, choice: Choice) -> Floats:
    return choice.source.route.share_passing[exposure.week :]


def _since(choice: Choice) -> Floats:
    """(D,) weeks from the decision to the first goods."""
    s = choice.source
    return np.asarray((s.qualification_weeks or 0.0) + s.lead_weeks + s.wait_weeks)


def _arrival(exposure: Exposure, choice: Choice, delay: float) -> tuple[np.ndarray, Floats]:
    """(D,) week an order arrives in, the horizon where later; (D,) share of it that passes in that week."""
    weeks = exposure.weeks
    week = np.minimum(np.ceil(_since(choice) + delay), weeks).astype(np.intp)
    passing = _passing(exposure, choice)
    share = np.minimum(passing[np.minimum(week, weeks - 1), np.arange(exposure.draws)], 1.0)
    return week, share


@dataclass(frozen=True)
class Costs:
    """What choices cost a company, in its currency.

    Parameters
    ----------
    drawn : draws of the cost parameters, those of places
    """

    exposure: Exposure
    drawn: Draws

    @classmethod
    def of(cls, exposure: Exposure) -> Costs:
        """The costs on the draws of a company's run."""
        return cls(exposure, sample_costs(exposure.result.model.draws))

    def cost(self, choice: Choice, size: float) -> Floats:
        """(D,) what is not got back: premium and carrying of stock; premium and qualification of an alternative."""
        value, years = self._value_per_week(choice), self.exposure.weeks / WEEKS_PER_YEAR
        if choice.kind != "qualify":
            return value * size / 7 * (self.drawn["stock price premium"] + self.drawn["carrying cost"] * years)
        full = np.clip(self.exposure.weeks - _since(choice), 0, None)
        stated = choice.source.qualification_cost
        once = (self.drawn["second source qualification cost"] * value * WEEKS_PER_YEAR * choice.most
                if stated is None else np.full(self.drawn.size, stated))  # fmt: skip
        return value * size * full * self.drawn["second source premium"] + once * size / choice.most

    def outlay(self, choice: Choice, size: float) -> Floats:
        """(D,) money needed: the goods of an order and their cost; an alternative's goods replace others."""
        goods = 0.0 if choice.kind == "qualify" else self._value_per_week(choice) * size / 7
        return goods + self.cost(choice, size)

    def _value_per_week(self, choice: Choice) -> float:
        """Full use of an input at the company's price.

        Raises
        ------
        InputError : the file states no price, and the world's is in another currency or missing.
        """
        asked = self.exposure.company.input(choice.input)
        i = self.exposure.inputs.index(choice.input)
        product = self.exposure.products[choice.input]
        price = asked.price_per_kg
        if price is None:
            prices = self.exposure.result.model.world.products["price_outside_usd_per_kg"].astype(float)
            known = float(prices[product])
            if self.exposure.company.currency != "USD" or not np.isfinite(known):
                raise InputError("no price", where=f"inputs, {choice.input}: price_per_kg",
                                 expected=f"{self.exposure.company.currency} for a kilogram; the world's prices are in "
                                 "2024 USD", do="State `price_per_kg`, or all money in USD.")  # fmt: skip
            price = known
        return float(self.exposure.plant.use[:, i].sum()) * KG * price


def problem_of(exposure: Exposure, offered: Sequence[Choice], costs: Costs) -> Problem:
    """The programme of a company, week by week: what each input alone would make each line lack.

    Raises
    ------
    InputError : no line states its value.
    """
    company, index = exposure.company, exposure.index
    if all(x.value_per_week is None for x in company.lines):
        raise InputError("no line states its value", where="lines: value_per_week", do="State it.",
                         expected=f"the value of a week of full production, {company.currency}")  # fmt: skip
    uses = np.argwhere(exposure.plant.critical > 0)
    gap = np.array([7 * _lack(exposure, i)[:, index] for _, i in uses])
    gap[gap < 7 * LEAST_GAP] = 0.0
    value = np.array([(company.lines[y].value_per_week or 0.0) / 7 * exposure.plant.critical[y, i] for y, i in uses])
    whole = [float(costs.cost(c, 1.0)[index].mean()) for c in offered]
    return Problem(
        product=uses[:, 1].astype(np.intp), line=uses[:, 0].astype(np.intp), gap=gap,
        value=np.repeat(value[:, None], len(index), axis=1),
        option=np.array([exposure.inputs.index(c.input) for c in offered], dtype=np.intp),
        kept=np.array([c.kind != "qualify" for c in offered]),
        brings=np.array([_brings(exposure, c)[:, index] for c in offered]), cost=np.array(whole),
        most=np.array([c.most for c in offered]),
        outlay=np.array([float(costs.outlay(c, 1.0)[index].mean()) for c in offered]),
    )  # fmt: skip


def _lack(exposure: Exposure, i: int) -> Floats:
    """(H, D) share of a week's use of an input that is missing if all others were there."""
    alone = np.zeros_like(exposure.plant.critical)
    alone[:, i] = exposure.plant.critical[:, i]
    found = operate(replace(exposure.plant, critical=alone))
    return np.asarray(1 - found.fill[i])


def _brings(exposure: Exposure, choice: Choice) -> Floats:
    """(H, D) days of full use that a unit brings in a week."""
    found = np.zeros((exposure.weeks, exposure.draws))
    if choice.kind == "qualify":
        on = np.clip(np.arange(1, exposure.weeks + 1)[:, None] - _since(choice)[None, :], 0, 1)
        return np.asarray(7 * on * np.minimum(_passing(exposure, choice), 1.0))
    week, share = _arrival(exposure, choice, 0.0)
    there = np.flatnonzero(week < exposure.weeks)
    found[week[there], there] = share[there]
    return found
