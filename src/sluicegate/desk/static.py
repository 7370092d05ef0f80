"""The question `lab static SCENARIO`: the edge's static cousins, each with what it cannot say."""

from __future__ import annotations

import math
from collections.abc import Mapping
from datetime import date
from typing import Any

from sluicegate.desk.number import Document, number_id
from sluicegate.desk.opening import opened
from sluicegate.desk.store import keep, run_key
from sluicegate.desk.version import own_data, provenance
from sluicegate.metrics import hirschman
from sluicegate.metrics.asymmetry import asymmetry, trade_dependence
from sluicegate.metrics.ces_power import LARGEST_SHARE, cost_rise, elasticity_at, power
from sluicegate.scenario import Scenario
from sluicegate.sim import focused
from sluicegate.sim.control import resolve
from sluicegate.terms import InputError, NotFoundError
from sluicegate.world import World
from sluicegate.world.economy import value_added_shares
from sluicegate.world.passage import Chain, chain_of, direct, through

KG = 1e3
YEARS = (1, 3, 5, 10)
SIGMA = {"short": 1.5, "long": 4.0, "half_life_years": 3.0}
RHO = {"short": 0.2, "long": 0.9, "half_life_years": 3.0}
"""Between sources of one input, and between inputs; priors after the spread of published estimates, not facts."""
LIMITS = {
    "trade": "Counts only goods of the world here, at base prices outside, and what customs see: goods of the "
             "controller inside another's goods count as the other's. No stock, no time, no way round.",
    "chain": "The base year's flows as they stand: no idle capacity is started and no stock used, and all that does "
             "not pass the controller is given to this place first. So it is the least that hangs on it today.",
    "power": f"A year or more: within weeks nothing substitutes, and the form diverges. Shares above "
             f"{LARGEST_SHARE:.0%} are taken as that. Elasticities are priors. No levers of the other side: what share "
             "of its inputs they are is not on record. It is what a threat could extract, not what a control costs.",
}  # fmt: skip


def static(name: str, *, as_of: date | None = None, settings: Mapping[str, str] | None = None) -> Document:
    """Hirschman's asymmetry by trade and by chain, and the nested-CES power, of a scenario's two sides.

    Raises
    ------
    InputError : a scenario without controller or target, or whose controls hold nothing of the world.
    """
    scenario, whole = opened(name, as_of=as_of, settings=settings)
    if scenario.controller is None or scenario.target is None or not scenario.controls:
        raise InputError("no two sides", where=f"scenario {name}", expected="controls, a `controller` and a `target`",
                         do="Name another scenario, or give it both.")  # fmt: skip
    world = focused(whole, scenario)
    for side in (scenario.controller, scenario.target):
        if not {side} & {*world.flows["origin"], *world.flows["destination"]}:
            raise NotFoundError(
                side, kind="place that trades these goods", known=world.places.index, where="lab static"
            )
    chain, held = chain_of(world, world.products.index), _held(scenario, world)
    products = _products(world, chain, scenario, held)
    document: Document = {
        "title": f"Static measures: “{scenario.title}”",
        "controller": scenario.controller, "target": scenario.target,
        "trade": _trade(world, scenario), "chain": _chain(products), "power": _power(world, scenario, products),
        "limits": LIMITS,
        "provenance": provenance(scenario.as_of, draws=0, seed=0) | own_data(),
    }  # fmt: skip
    key = run_key(static=scenario.model_dump(mode="json"))
    document["provenance"]["run"] = key
    keep(key, document, _explained(document))
    return document


def _held(scenario: Scenario, world: World) -> set[str]:
    return {p for c in scenario.controls for p in resolve(c, scenario.as_of).products} & set(world.products.index)


def _trade(world: World, scenario: Scenario) -> Document:
    """Dependence of each side on the other in trade of these goods, and concentration of the target's imports."""
    price = world.products["price_outside_usd_per_kg"]
    crossing = world.flows[world.flows["origin"] != world.flows["destination"]]
    value = crossing["flow_t_per_yr"] * KG * crossing["product"].map(price).fillna(0.0)
    between = crossing["origin"].isin([scenario.controller, scenario.target]) & crossing["destination"].isin(
        [scenario.controller, scenario.target]
    )
    own = {s: value[(crossing["origin"] == s) | (crossing["destination"] == s)].sum()
           for s in (scenario.controller, scenario.target)}  # fmt: skip
    target, controller = (trade_dependence(float(value[between].sum()), float(own[s]))
                          for s in (scenario.target, scenario.controller))  # fmt: skip
    imports = value[crossing["destination"] == scenario.target].groupby(crossing["origin"]).sum()
    return {
        "id": number_id("asymmetry", scenario.name, "trade"), "target_on_controller": target,
        "controller_on_target": controller, "asymmetry": _finite(asymmetry(target, controller)) if target else None,
        "concentration_of_imports": hirschman(imports.tolist()), "unit": "shares 0-1; log ratio; 0-100",
    }  # fmt: skip


def _products(world: World, chain: Chain, scenario: Scenario, held: set[str]) -> list[Document]:
    """By product the target's lines use and the control holds: direct and chain dependence of both sides."""
    rows = []
    sides = {"target": (scenario.target, scenario.controller), "controller": (scenario.controller, scenario.target)}
    for product in sorted(held):
        found: Document = {"id": number_id("passage", scenario.name, product), "product": product}
        for side, (place, other) in sides.items():
            use = float(world.uses.loc[(world.uses["place"] == place) & (world.uses["product"] == product),
                                       "use_t_per_yr"].sum())  # fmt: skip
            found[side] = {
                "use_t_per_yr": use,
                "direct": direct(chain, product, str(place), str(other)) if use else None,
                "chain": through(chain, product, str(place), use, str(other)) if use else None,
            }
        price: Any = world.products.at[product, "price_outside_usd_per_kg"]
        found["price_usd_per_kg"] = None if math.isnan(price) else float(price)
        if found["target"]["use_t_per_yr"] > 0:
            rows.append(found)
    return rows


def _chain(products: list[Document]) -> Document:
    """Dependence by chain, weighed by what each side's use is worth, and the asymmetry of it."""
    shares = {}
    for side in ("target", "controller"):
        weighed = [(p[side]["chain"], p[side]["use_t_per_yr"] * p["price_usd_per_kg"]) for p in products
                   if p[side]["use_t_per_yr"] and p["price_usd_per_kg"]]  # fmt: skip
        worth = sum(w for _, w in weighed)
        shares[side] = sum(share * w for share, w in weighed) / worth if worth else None
    target, controller = shares["target"], shares["controller"]
    known = target is not None and controller is not None and max(target, controller) > 0
    return {"target_on_controller": target, "controller_on_target": controller, "products": products,
            "asymmetry": _finite(asymmetry(float(target or 0), float(controller or 0))) if known else None}  # fmt: skip


def _power(world: World, scenario: Scenario, products: list[Document]) -> Document:
    """What the controller could extract from the target's lines that use its goods, by years from the cut-off."""
    used = world.uses[
        (world.uses["place"] == scenario.target) & world.uses["product"].isin([p["product"] for p in products])
    ]
    lines = world.lines.loc[used["line"].unique()]
    output = float((lines["value_added_musd_per_yr"] / lines["industry"].map(value_added_shares(world))).sum())
    spent = [p["target"]["use_t_per_yr"] * (p["price_usd_per_kg"] or 0.0) * KG / 1e6 / output for p in products]
    held = [p["target"]["chain"] for p in products]
    rows = []
    for years in YEARS:
        sigma, rho = (elasticity_at(years, **e) for e in (SIGMA, RHO))
        rise = cost_rise([*spent, 1 - sum(spent)], [*held, 0.0], rho=rho, sigma=[sigma] * (len(held) + 1))
        rows.append(
            {"years": years, "sigma": sigma, "rho": rho, "log_cost_rise": rise, "musd_per_yr": power(output, rise)}
        )
    return {"id": number_id("power", scenario.name), "output_musd_per_yr": output, "share_of_cost": sum(spent),
            "by_years": rows, "unit": "million 2024 USD a year"}  # fmt: skip


def _finite(value: float) -> float | None:
    return value if math.isfinite(value) else None


def _explained(document: Document) -> dict[str, Document]:
    found = {
        document["trade"]["id"]: {"what": "Hirschman's asymmetry in trade of these goods", "value": document["trade"],
                                  "formula": "ln(D_T / D_C), D = (X + M with the other) / (X + M) (Hirschman 1945)"},
        document["power"]["id"]: {"what": "what a cut-off could extract", "value": document["power"]["by_years"],
                                  "formula": "V (1 - exp(-d log c)), d log c of a two-tier CES",
                                  "unit": "m USD a year"},
    }  # fmt: skip
    return found | {p["id"]: {
        "what": f"share of use of {p['product']} whose chain passes the other side", "value": p["target"],
        "formula": "1 - maximum flow without the other side / use", "inputs": [f"product:{p['product']}"],
    } for p in document["chain"]["products"]}  # fmt: skip
