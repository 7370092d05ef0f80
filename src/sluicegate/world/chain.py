"""The world of the base year put together: tables read, gaps filled, supply and use balanced."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from sluicegate.terms import NotFoundError
from sluicegate.terms.parameter import Parameter
from sluicegate.terms.worked_out import worked_out
from sluicegate.world.anchor import load_anchors, named_numbers
from sluicegate.world.balance import Draft, draft_surplus, read_balanced, report, solve, supply_and_need
from sluicegate.world.industry import load_lines, load_uses
from sluicegate.world.levy import load_levies
from sluicegate.world.link import load_flows, load_transit
from sluicegate.world.overlay import kept_balance, overlay_of_tables, stamp
from sluicegate.world.place import load_places
from sluicegate.world.producer import load_producers
from sluicegate.world.product import load_composition, load_processes, load_products, load_recipes
from sluicegate.world.project import load_projects
from sluicegate.world.reference import NamedNumbers
from sluicegate.world.table import read_table
from sluicegate.world.uncertainty import load_parameters


@dataclass(frozen=True, eq=False)
class World:
    """Who mines, separates, refines, makes, ships and uses what, base year 2024, per year.

    A world is what it was when it was made: its tables are not changed in place, so what follows from it may be kept.

    Parameters
    ----------
    as_of : date whose knowledge the parameters hold; None for all there is
    products : index product; material, stage, unit, element, hs, price_inside_usd_per_kg, price_outside_usd_per_kg,
        may_pile_up, label, reason, refs
    processes : index process; material, stage, cover_parameter, description
    recipes : process, product, role, t_per_t, low, high, label, reason, refs
    composition : ore, product, share, low, high, label, reason, refs
    producers : index producer; process, place, activity_t_per_yr, prior_t_per_yr, sd_rel, capacity_t_per_yr,
        restart_weeks, host, cover_parameter, label, reason, refs
    industries : index industry; description
    lines : index line; industry, place, value_added_musd_per_yr, low, high, value_added_parameter, derivation, label,
        reason, refs
    uses : line, industry, place, product, use_t_per_yr, prior_t_per_yr, sd_rel, criticality, theta_parameter,
        cover_parameter, thrift_parameter (ceiling; the same name with `, weeks` is the time to it),
        intensity_parameter, label, reason, refs
    flows : product, origin, destination, flow_t_per_yr, prior_t_per_yr, sd_t_per_yr, transit_weeks, label, reason, refs
    surplus : product, place, surplus_t_per_yr: output beyond all use
    places : index place; zone, gdp_musd (2024 USD), label, reason, refs
    projects : index project; process, place, capacity_t_per_yr, starts_p05, starts_p50, starts_p95, ramp_weeks,
        known_on, label, reason, refs: plants known at `as_of` that were not there in 2024;
        may be left out of a world made by hand
    levies : place, products, levy, effective_from, rate, parameter, known_on, label, reason, refs: what treasuries take
        on goods that leave, as known at `as_of`; may be left out too
    anchors : index name; value, expression, unit, label, reason, refs
    balance : every quantity of the reconciliation, see `balance.report`
    parameters : the uncertain inputs known at `as_of`
    overlay : folder of the user's own rows that were laid over ours; None without any
    """

    as_of: date | None
    products: pd.DataFrame
    processes: pd.DataFrame
    recipes: pd.DataFrame
    composition: pd.DataFrame
    producers: pd.DataFrame
    industries: pd.DataFrame
    lines: pd.DataFrame
    uses: pd.DataFrame
    flows: pd.DataFrame
    surplus: pd.DataFrame
    places: pd.DataFrame
    anchors: pd.DataFrame
    balance: pd.DataFrame
    parameters: list[Parameter]
    projects: pd.DataFrame = field(default_factory=pd.DataFrame)
    levies: pd.DataFrame = field(default_factory=pd.DataFrame)
    overlay: Path | None = None

    def parameter(self, name: str) -> Parameter:
        """The parameter of that name.

        Raises
        ------
        NotFoundError : no parameter of that name is known at the as-of date.
        """
        for parameter in self.parameters:
            if parameter.name == name:
                return parameter
        raise NotFoundError(name, kind="parameter", known=[p.name for p in self.parameters], where="world parameters")


def load_world(as_of: date | None = None, overlay: Path | None = None) -> World:
    """The world as known at a date, with a user's own rows laid over the shipped ones.

    Parameters
    ----------
    as_of : parameters of later records are left out; base-year quantities may be later revisions of 2024
    overlay : folder with files named as ours (`producers.csv`, ...); their rows replace or add, and the balance is
        struck anew; None for the tables the user has imported, if any

    Raises
    ------
    InputError : tables that do not fit together.
    SluicegateError : the shipped balance does not belong to the shipped tables.
    """
    overlay = overlay or overlay_of_tables()
    if overlay is None and not stamp():
        return worked_out(f"world-{as_of}", ("world", "terms"), lambda: _put_together(as_of, None))
    return _put_together(as_of, overlay)


def _put_together(as_of: date | None, overlay: Path | None) -> World:
    parameters = load_parameters(as_of, overlay)
    anchors = load_anchors(overlay)
    names = named_numbers(anchors)
    products = load_products(names, overlay)
    draft = _draft(names, products, parameters, overlay)
    balanced = read_balanced(draft) if overlay is None else _struck(draft, overlay)
    activity, use, flow, surplus = np.split(
        balanced, np.cumsum([len(draft.producers), len(draft.uses), len(draft.flows)])
    )
    places = load_places(names, overlay)
    flows = draft.flows.assign(flow_t_per_yr=flow, transit_weeks=load_transit(draft.flows, places, products, overlay))
    return World(
        as_of=as_of,
        products=products,
        processes=load_processes(overlay),
        recipes=draft.recipes,
        composition=load_composition(names, overlay),
        producers=_with_activity(draft.producers, activity),
        industries=read_table("industries", overlay).set_index("industry"),
        lines=load_lines(names, overlay),
        uses=draft.uses.assign(use_t_per_yr=use),
        flows=flows[flows["flow_t_per_yr"] > 0].reset_index(drop=True),
        surplus=draft.surplus[["product", "place"]].assign(surplus_t_per_yr=surplus),
        places=places,
        projects=load_projects(names, as_of, overlay),
        levies=load_levies(names, as_of, overlay),
        anchors=anchors,
        balance=report(draft, balanced),
        parameters=parameters,
        overlay=overlay,
    )


def draft_chain(overlay: Path | None = None) -> Draft:
    """The tables read and the gaps filled, before reconciliation."""
    names = named_numbers(load_anchors(overlay))
    return _draft(names, load_products(names, overlay), load_parameters(None, overlay), overlay)


def _draft(names: NamedNumbers, products: pd.DataFrame, parameters: list[Parameter], overlay: Path | None) -> Draft:
    recipes = load_recipes(names, overlay)
    producers = load_producers(names, load_processes(overlay), overlay)
    uses = load_uses(names, products, {p.name for p in parameters}, overlay)
    supply, need = supply_and_need(recipes, producers, uses)
    flows = load_flows(supply, need, names, overlay)
    return Draft(recipes, producers, uses, flows, draft_surplus(supply, flows, products))


def _struck(draft: Draft, overlay: Path) -> NDArray[np.float64]:
    """The balance with a user's rows: as kept with them, else struck anew."""
    kept = kept_balance(overlay)
    return solve(draft) if kept is None else read_balanced(draft, kept)


def _with_activity(producers: pd.DataFrame, activity: NDArray[np.float64]) -> pd.DataFrame:
    """Balanced activity, and capacity never below it."""
    table = producers.assign(activity_t_per_yr=activity)
    table["capacity_t_per_yr"] = table[["capacity_t_per_yr", "activity_t_per_yr"]].max(axis=1)
    return table
