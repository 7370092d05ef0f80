"""What a project is worth, what support is worth to it and costs others, and what would change that."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from scipy.optimize import brentq

from sluicegate.project.cash import Cash, Floats, cash, drawn, months_of, present
from sluicegate.project.file import Project, Support
from sluicegate.project.price import Chances, chances, confronted, wandering
from sluicegate.sim.draws import Draws

NEVER = 1e9
"""An idle share at which a plant runs through any loss."""
MOST_PER_YEAR = 10.0
"""Confrontations a year beyond which one is always on."""
KINDS = {"grant": "grant_musd", "loan": "loan", "floor": "floor", "offtake": "offtake"}


@dataclass(frozen=True)
class Case:
    """A project with its draws and its luck. D draws, T months.

    Parameters
    ----------
    lifted : by product (D,) price outside in a confrontation over the base price; 1 where it is not named
    """

    project: Project
    values: Draws
    luck: Chances
    lifted: Mapping[str, Floats]

    def ratio(self, *, per_year: float | None = None, cut: bool = False, still: bool = False) -> Floats:
        """(outputs, T, D) price over base; `still` leaves out chance and confrontation."""
        ones = np.ones_like(self.luck.shock)
        wander = ones if still else wandering(self.project.market, self.luck)
        on = confronted(self.project.confrontation, self.luck, per_year=0.0 if still else per_year)
        lower = self._cut() if cut else ones
        return np.array([wander * lower * np.where(on, self.lifted.get(o.product, np.ones(1)), 1.0)
                         for o in self.project.outputs])  # fmt: skip

    def _cut(self) -> Floats:
        what = self.project.price_cut
        since = np.arange(len(self.luck.shock))[:, None] - np.ceil(self.values["lead"]) - what.after_months
        return np.where((since >= 0) & (since < what.months), 1 - what.share, 1.0)

    def cash(self, support: Support, **how: bool | float | None) -> Cash:
        """The money with some support; `how` as in `ratio`."""
        return cash(self.project, self.values, self.ratio(**how), support)  # type: ignore[arg-type]

    def npv(self, support: Support, **how: bool | float | None) -> Floats:
        """(D,) value to the owner at the decision, million USD."""
        return present(self.cash(support, **how).owner, self.project.discount_rate)


def case(project: Project, prices: dict[str, float], lifted: Mapping[str, Floats], *, draws: int, seed: int) -> Case:
    """A project drawn; `lifted` by product (any length) is repeated to the draws."""
    values = drawn(project, prices, draws=draws, seed=seed)
    wide = {product: np.resize(ratio, draws) for product, ratio in lifted.items()}
    return Case(project, values, chances(months_of(project, values), draws, seed), wide)


def parts(support: Support) -> dict[str, Support]:
    """Each kind of support alone, by its name; only those that are given."""
    bare = Support(treasury_rate=support.treasury_rate)
    return {name: bare.model_copy(update={field: getattr(support, field)}) for name, field in KINDS.items()
            if getattr(support, field) is not None}  # fmt: skip


def break_even(case: Case) -> Floats:
    """(D,) factor on all base prices at which the bare project is worth nothing, prices still: costs over sales.

    The levelised cost of the basket: present value of costs over that of sales (e.g. IEA/NEA, Projected Costs of
    Generating Electricity 2020, section 2). The plant is never idle in it.
    """
    running = case.project.model_copy(update={"idle_share": NEVER})
    still = case.ratio(still=True)
    with_sales = present(cash(running, case.values, still, Support()).owner, case.project.discount_rate)
    costs = -present(cash(running, case.values, 0 * still, Support()).owner, case.project.discount_rate)
    return np.asarray(costs / (with_sales + costs))


def break_even_of_main(case: Case) -> Floats:
    """(D,) base price of the first output over its own at which the bare project is worth nothing, by-products sold.

    By-product credit: what the others earn at their base prices is taken off the cost before it is divided by the
    sales of the first, so the joint cost is not split. Below zero where by-products pay for all.
    """
    running = case.project.model_copy(update={"idle_share": NEVER})
    still = case.ratio(still=True)

    def worth(sold: Floats) -> Floats:
        return present(cash(running, case.values, sold, Support()).owner, case.project.discount_rate)

    others = still.copy()
    others[0] = 0.0
    beside = worth(others)
    return np.asarray(-beside / (worth(still) - beside))


def by_product_share(case: Case) -> float:
    """Share of sales at base prices, net of feed, that outputs after the first bring, mean over draws."""
    sales = [(1 - o.feed_share) * case.values[f"output: {o.product}"] * case.values[f"price: {o.product}"]
             for o in case.project.outputs]  # fmt: skip
    return float(np.mean(sum(sales[1:], np.zeros_like(sales[0])) / sum(sales, np.zeros_like(sales[0]))))


def chance_within(per_year: float, years: float) -> float:
    """Chance of at least one confrontation within some years, 1 - e^(-rate t): a process of Poisson (1837)."""
    return float(1 - np.exp(-per_year * years))


def enough_confrontation(case: Case, support: Support) -> float | None:
    """Confrontations a year at which the mean value is zero; 0 if it pays without any, None if never.

    More of them never lower a price here, so the mean value rises with them and there is one root.
    """

    def mean(per_year: float) -> float:
        return float(case.npv(support, per_year=per_year).mean())

    if mean(0.0) >= 0:
        return 0.0
    if mean(MOST_PER_YEAR) < 0:
        return None
    return float(brentq(mean, 0.0, MOST_PER_YEAR, xtol=1e-3))


def survives(case: Case, support: Support) -> Floats:
    """(D,) 1 where, through a price cut, cash since the start never falls below minus the reserve."""
    money = case.cash(support, cut=True)
    since = np.arange(len(money.owner))[:, None] - np.ceil(case.values["lead"])
    last = case.project.price_cut.after_months + case.project.price_cut.months
    kept = np.where((since >= 0) & (since < last), money.owner, 0.0).cumsum(axis=0)
    return np.asarray((kept.min(axis=0) >= -case.project.price_cut.reserve_musd - 1e-9).astype(float))


def treasury_cost(case: Case, support: Support) -> Floats:
    """(D,) what the public side pays in all at its own rate, million USD; below zero where it gains."""
    return present(case.cash(support).treasury, support.treasury_rate)
