"""The question `project FILE`: what one plant outside the controlling country is worth, and what support costs."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from importlib.resources import files
from pathlib import Path

import numpy as np

from sluicegate.desk.answer import SEED
from sluicegate.desk.number import Document, band, number_id
from sluicegate.desk.opening import opened
from sluicegate.desk.store import keep, run_key
from sluicegate.desk.version import provenance
from sluicegate.project import Project, read_project
from sluicegate.project.cash import Floats, inputs
from sluicegate.project.file import Support
from sluicegate.project.value import (
    Case,
    break_even,
    break_even_of_main,
    by_product_share,
    case,
    chance_within,
    enough_confrontation,
    parts,
    survives,
    treasury_cost,
)
from sluicegate.scenario import Scenario
from sluicegate.sim import focused, simulate
from sluicegate.sim.budget import require_whole
from sluicegate.sim.control import resolve
from sluicegate.sim.result import PRICE_PAID
from sluicegate.sim.run import Progress
from sluicegate.terms import place_name
from sluicegate.world import World, load_world

DRAWS = 1024
SCENARIOS = ("april-2025", "status-quo", "suspension-ends")
"""Scenarios in whose confrontations a project is valued, besides its own."""
CHANCE_YEARS = 10.0
RUN_DRAWS = 64
"""Draws of the scenario behind a confrontation's prices: each serves several draws of the project."""
UNIT = "million 2024 USD"
ASSUMED = [
    "Before tax. Sales, costs and support are in 2024 USD; the loan's rate is taken as real.",
    "A confrontation lifts prices outside to what the scenario's measures made of them, on average while they hold, "
    "whatever this plant adds; goods that are not in the world are not lifted.",
    "The same luck in every case, so that a difference is the support's, not chance.",
]


def template() -> str:
    """A project's file to start from: the bundled heavy separation plant."""
    return (files("sluicegate.project") / "data" / "template.yaml").read_text("utf-8")


def project(file: Path | str, *, draws: int = DRAWS, seed: int = SEED, as_of: date | None = None,
            progress: Progress | None = None) -> Document:  # fmt: skip
    """Break-even price, value over the scenarios, what support is worth and costs, and what would change it.

    Raises
    ------
    InputError, NotFoundError : not a project, or no such scenario, place or product.
    """
    draws = require_whole(draws, "draws", least=16)
    plan = read_project(file, load_world())
    scenario, world = opened(plan.confrontation.scenario, as_of=as_of)
    prices = {str(p): float(v) for p, v in world.products["price_outside_usd_per_kg"].items()}
    made = [o.product for o in plan.outputs if o.product in world.products.index]
    found = case(plan, prices, lifted(scenario, world, made, seed=seed, progress=progress), draws=draws, seed=seed)
    document = _document(plan, found, scenario) | {"scenarios": _scenarios(plan, found, made, seed=seed, as_of=as_of)}
    document["provenance"] = provenance(scenario.as_of, draws=draws, seed=seed, command=f"project {file}")
    key = run_key(project=plan.model_dump(mode="json"), scenario=scenario.model_dump(mode="json"), draws=draws,
                  seed=seed)  # fmt: skip
    document["provenance"]["run"] = key
    keep(key, document, _explained(plan, found, document, prices))
    return document


def lifted(scenario: Scenario, world: World, made: list[str], *, seed: int,
           progress: Progress | None = None) -> dict[str, Floats]:  # fmt: skip
    """By product (D,) price paid outside over that without control, on average from the first measure to the end."""
    if not scenario.controls or not made:
        return {}
    near = focused(world, scenario)
    result = simulate(scenario, near, draws=RUN_DRAWS, seed=seed, progress=progress, variables=PRICE_PAID)
    free = simulate(scenario.without_controls(), near, like=result.model, variables=PRICE_PAID)
    first = min(resolve(control, scenario.as_of).effective_from for control in scenario.controls)
    held = np.array([day >= first for day in result.dates])
    ratio = result.price_ratio("outside", paid=True) / free.price_ratio("outside", paid=True)
    known = list(result.model.compiled.net.products)
    return {product: ratio[known.index(product)][held].mean(axis=0) for product in made if product in known}


def _document(plan: Project, found: Case, scenario: Scenario) -> Document:
    bare, full = Support(treasury_rate=plan.support.treasury_rate), plan.support
    base = break_even(found)
    main = plan.outputs[0].product
    alone, together = found.npv(bare), found.npv(full)
    return {
        "title": f"{plan.name}, {place_name(plan.place)}",
        "place": plan.place,
        "decided": plan.decided,
        "outputs": [{"product": o.product, "t_per_yr": band(found.values[f"output: {o.product}"]),
                     "price_usd_per_kg": band(found.values[f"price: {o.product}"]),
                     "lifted": band(found.lifted[o.product]) if o.product in found.lifted else None}
                    for o in plan.outputs],
        "break_even": {"id": _id(plan, "break even"), "product": main, "ratio": band(base), "unit": "of base prices",
                       "usd_per_kg": band(base * found.values[f"price: {main}"]),
                       "with_by_products_usd_per_kg": band(break_even_of_main(found) * found.values[f"price: {main}"]),
                       "by_product_share": by_product_share(found)},
        "npv": {"id": _id(plan, "value"), "unit": UNIT, "without_support": _worth(alone),
                "with_support": _worth(together),
                "without_confrontation": _worth(found.npv(bare, per_year=0.0))},
        "support": [_row(plan, found, alone, name, part) for name, part in parts(full).items()]
        + ([_row(plan, found, alone, "together", full)] if len(parts(full)) > 1 else []),
        "confrontation": {"id": _id(plan, "confrontation"), "scenario": scenario.name, "unit": "a year",
                          "assumed_per_year": plan.confrontation.per_year, "reason": plan.confrontation.reason,
                          "pays_from": (enough := enough_confrontation(found, bare)),
                          "pays_from_with_support": (supported := enough_confrontation(found, full)),
                          "chance_within_years": CHANCE_YEARS, "pays_from_chance": _often(enough),
                          "pays_from_chance_with_support": _often(supported),
                          "assumed_chance": _often(plan.confrontation.per_year)},
        "price_cut": {"id": _id(plan, "price cut"), "unit": "share of draws", "share": plan.price_cut.share,
                      "months": plan.price_cut.months, "survives": float(survives(found, bare).mean()),
                      "survives_with_support": float(survives(found, full).mean()),
                      "npv": _worth(found.npv(bare, cut=True)), "npv_with_support": _worth(found.npv(full, cut=True))},
        "idle_share": {"id": _id(plan, "idle"), "unit": "share of months built",
                       "without_support": _idle(found, bare), "with_support": _idle(found, full)},
        "assumed": ASSUMED,
    }  # fmt: skip


def _scenarios(plan: Project, found: Case, made: list[str], *, seed: int, as_of: date | None) -> list[Document]:
    """The value of the project where confrontations are those of other scenarios, on the same luck."""
    rows = []
    for name in dict.fromkeys((plan.confrontation.scenario, *SCENARIOS)):
        case_of = found
        if name != plan.confrontation.scenario:
            scenario, world = opened(name, as_of=as_of)
            wide = {p: np.resize(x, found.values.size) for p, x in lifted(scenario, world, made, seed=seed).items()}
            case_of = replace(found, lifted=wide)
        rows.append({"id": _id(plan, "scenario", name), "scenario": name, "unit": UNIT,
                     "lifted": {p: float(np.median(x)) for p, x in case_of.lifted.items()},
                     "without_support": _worth(case_of.npv(Support())),
                     "with_support": _worth(case_of.npv(plan.support))})  # fmt: skip
    return rows


def _often(per_year: float | None) -> float | None:
    """Chance of a confrontation within `CHANCE_YEARS` at a yearly rate."""
    return None if per_year is None else chance_within(per_year, CHANCE_YEARS)


def _row(plan: Project, found: Case, alone: Floats, name: str, part: Support) -> Document:
    gain, cost = found.npv(part) - alone, treasury_cost(found, part)
    return {"id": _id(plan, "support", name), "support": name, "gain": band(gain), "mean_gain": float(gain.mean()),
            "treasury_cost": band(cost), "mean_treasury_cost": float(cost.mean()), "unit": UNIT}  # fmt: skip


def _worth(value: Floats) -> Document:
    return {"value": band(value), "mean": float(value.mean()), "p_positive": float((value > 0).mean())}


def _idle(found: Case, support: Support) -> float:
    months = found.cash(support).idle
    return float(months.mean(axis=1).sum() / (found.project.life_years * 12))


def _id(plan: Project, *parts_of: str) -> str:
    return number_id("project", plan.name, *parts_of)


def _explained(plan: Project, found: Case, document: Document, prices: dict[str, float]) -> dict[str, Document]:
    told = [{"name": p.name, "p05": p.p05, "p50": p.p50, "p95": p.p95, "unit": p.unit, "label": p.label,
             "reason": p.reason, "refs": list(p.refs)} for p in inputs(plan, prices)]  # fmt: skip
    formulas = {
        "break_even": "present value of costs over that of sales at base prices, plant never idle",
        "npv": f"sum of the owner's monthly money at {plan.discount_rate:.0%} a year, {found.values.size} draws",
        "confrontation": "confrontations a year at which the mean value is zero (root by Brent's method)",
        "price_cut": "share of draws whose cash through the cut never falls below minus the reserve",
        "idle_share": "months idle over months of life",
    }
    rows = {document[name]["id"]: {"what": f"{name.replace('_', ' ')} of {plan.name}", "value": document[name],
                                   "unit": document[name]["unit"], "formula": formula, "inputs": told}
            for name, formula in formulas.items()}  # fmt: skip
    rows |= {row["id"]: {
        "what": f"value of {plan.name} with confrontations as in {row['scenario']}", "value": row["without_support"],
        "unit": row["unit"], "formula": formulas["npv"], "inputs": told,
    } for row in document["scenarios"]}  # fmt: skip
    return rows | {row["id"]: {
        "what": f"{row['support']} to {plan.name}: what it adds to the owner's value, and what the public pays for it",
        "value": {"gain": row["gain"], "treasury_cost": row["treasury_cost"]}, "unit": row["unit"],
        "formula": "value with it less value without any, same luck; payments less receipts at the treasury's rate",
        "inputs": told,
    } for row in document["support"]}  # fmt: skip
