"""A project's money, month by month: what is made, earned, spent, lent and supported."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from sluicegate.project.file import Project, Support
from sluicegate.project.price import MONTHS
from sluicegate.sim.draws import Draws, sample
from sluicegate.terms.parameter import Parameter

Floats = NDArray[np.float64]


@dataclass(frozen=True)
class Cash:
    """Money of one case, million 2024 USD a month. T months from the decision, D draws.

    Parameters
    ----------
    owner : (T, D) to the owner: sales and support less costs, own capital and debt service
    treasury : (T, D) what the public side pays, less what comes back to it
    idle : (T, D) months built but not run
    """

    owner: Floats
    treasury: Floats
    idle: NDArray[np.bool_]


def inputs(project: Project, prices: dict[str, float]) -> list[Parameter]:
    """The uncertain numbers of a project; `prices` of the world where the file has none, USD/kg."""
    found = [
        project.capex_musd.parameter("capex", "million USD"),
        project.lead_months.parameter("lead", "months"),
        project.ramp_months.parameter("ramp", "months"),
        project.fixed_musd_per_yr.parameter("fixed cost", "million USD a year"),
    ]
    for output in project.outputs:
        found.append(output.t_per_yr.parameter(f"output: {output.product}", "t a year"))
        told = output.price_usd_per_kg
        found.append(
            told.parameter(f"price: {output.product}", "USD/kg") if told else _of_world(output.product, prices)
        )
        if output.variable_usd_per_kg:
            found.append(output.variable_usd_per_kg.parameter(f"variable cost: {output.product}", "USD/kg"))
    return found + _given(project.support)


def _of_world(product: str, prices: dict[str, float]) -> Parameter:
    base = prices[product]
    return Parameter(f"price: {product}", "fixed", base, base, base, "USD/kg", "derived",
                     "base price outside the controller's border, from the world")  # fmt: skip


def _given(support: Support) -> list[Parameter]:
    """The uncertain numbers of the support."""
    told = {
        ("grant", "million USD"): support.grant_musd,
        ("loan", "million USD"): support.loan.musd if support.loan else None,
        ("floor", "USD/kg"): support.floor.usd_per_kg if support.floor else None,
        ("offtake", "USD/kg"): support.offtake.usd_per_kg if support.offtake else None,
    }
    return [number.parameter(name, unit) for (name, unit), number in told.items() if number is not None]


def drawn(project: Project, prices: dict[str, float], *, draws: int, seed: int) -> Draws:
    """The same, drawn."""
    return sample(inputs(project, prices), size=draws, seed=seed)


def months_of(project: Project, values: Draws) -> int:
    """Months from the decision to the last closure of any draw."""
    return int(np.ceil(values["lead"].max())) + project.life_years * MONTHS


def cash(project: Project, values: Draws, ratio: Floats, support: Support) -> Cash:
    """The money of a case.

    A built plant stands idle in months in which running would lose more than `idle_share` of its fixed cost. Debt is
    served all the same: `owner` may be negative, which somebody must pay.

    Parameters
    ----------
    ratio : (outputs, T, D) price over its base ; support : what of the support is given
    """
    t = np.arange(ratio.shape[1], dtype=float)[:, None]
    since = t - np.ceil(values["lead"])
    built, runs = since >= 0, (since >= 0) & (since < project.life_years * MONTHS)
    load = np.clip((since + 1) / values["ramp"], 0, 1) * runs
    sales, public = _sales(project, values, ratio, load, since, support)
    variable = sum((values[f"variable cost: {o.product}"] * values[f"output: {o.product}"] * load / MONTHS / 1e3
                    for o in project.outputs if o.variable_usd_per_kg), np.zeros_like(load))  # fmt: skip
    fixed = values["fixed cost"] / MONTHS * runs
    margin = sales + public - variable - fixed
    idle = runs & (margin < -project.idle_share * fixed)
    operating = np.where(idle, -project.idle_share * fixed, margin)
    capital = np.where(~built, values["capex"] / np.ceil(values["lead"]), 0.0)
    lent, served, given = _money(values, built, since, support)
    treasury = np.where(idle, 0.0, public) + lent - served + given
    return Cash(operating - capital + lent - served + given, treasury, idle)


def _sales(project: Project, values: Draws, ratio: Floats, load: Floats, since: Floats,
           support: Support) -> tuple[Floats, Floats]:  # fmt: skip
    """(T, D) sales, and what the floor pays (less what the treasury keeps), million USD a month."""
    sales, public = np.zeros_like(load), np.zeros_like(load)
    for k, output in enumerate(project.outputs):
        made = values[f"output: {output.product}"] * load / MONTHS / 1e3  # million kg
        price = values[f"price: {output.product}"] * ratio[k]
        sales -= made * price * output.feed_share
        free = made
        if (offtake := support.offtake) and offtake.product == output.product:
            taken = made * offtake.share * (since < offtake.years * MONTHS)
            free = made - taken
            sales += taken * values["offtake"]
        sales += free * price
        if (floor := support.floor) and floor.product == output.product:
            held = free * (since < floor.years * MONTHS)
            gap = values["floor"] - price
            public += held * (np.maximum(gap, 0) - floor.keeps * np.maximum(-gap, 0))
    return sales, public


def _money(values: Draws, built: NDArray[np.bool_], since: Floats,
           support: Support) -> tuple[Floats, Floats, Floats]:  # fmt: skip
    """(T, D) lent, served and given, million USD a month."""
    share = np.where(~built, 1 / np.ceil(values["lead"]), 0.0)
    given = share * np.minimum(values["grant"], values["capex"]) if support.grant_musd else 0 * share
    if not (loan := support.loan):
        return 0 * share, 0 * share, given
    lent = share * np.minimum(values["loan"], values["capex"])
    rate = (1 + loan.rate) ** (1 / MONTHS) - 1
    count = loan.years * MONTHS
    owed = (lent * (1 + rate) ** np.maximum(-since, 0)).sum(axis=0)
    part = rate / (1 - (1 + rate) ** -count) if rate > 0 else 1 / count
    return lent, np.where(built & (since < count), owed * part / (1 + rate), 0.0), given


def present(flow: Floats, rate: float) -> Floats:
    """(D,) value at the decision of (T, D) money by month, at a yearly rate."""
    factor = (1 + rate) ** (-np.arange(len(flow)) / MONTHS)
    return np.asarray(factor @ flow)
