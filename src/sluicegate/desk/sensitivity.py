"""The question `sensitivity SCENARIO`: which uncertain inputs decide an outcome, alone and with the others."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from shlex import quote

import numpy as np

from sluicegate.desk.answer import SEED
from sluicegate.desk.explanation import explain_inputs
from sluicegate.desk.number import Document, band, number_id
from sluicegate.desk.opening import opened
from sluicegate.desk.outcome_scalar import Scalar, scalar
from sluicegate.desk.store import keep, run_key
from sluicegate.desk.version import provenance
from sluicegate.scenario import Scenario
from sluicegate.sim import focused, variance_shares
from sluicegate.sim.budget import require_whole
from sluicegate.sim.draws import Draws
from sluicegate.sim.ensemble import blocks_of
from sluicegate.sim.network import Floats
from sluicegate.sim.prepare import prepare, recorded
from sluicegate.sim.run import Progress
from sluicegate.sim.side import READ as LOSS
from sluicegate.sim.sobol import CONFIDENCE, NOISE, Design, Index, design, indices
from sluicegate.world import World

BASE = 128
TOP = 8
SCREEN = 512
"""Draws of the screening by rank; below 512 it does not tell small shares from chance."""
BLOCK = 256
OTHERS = "all other inputs"


def sensitivity(name: str, *, of: str = "loss", place: str | None = None, product: str | None = None,
                base: int = BASE, top: int = TOP, seed: int = SEED, as_of: date | None = None,
                settings: Mapping[str, str] | None = None, progress: Progress | None = None) -> Document:  # fmt: skip
    """First-order and total Sobol indices of an outcome, with 90 % intervals.

    The inputs are screened by rank first: the `top` ones stand alone, all others vary together as one group, so
    nothing is held still, and what was left out has indices of its own. The noise of each week is one more factor.

    Parameters
    ----------
    of, place, product : the outcome, see `outcome_scalar`
    base : rows of the design, a power of two; base x (top + 4) draws are run, each with and without control
    top : inputs that stand alone, at most

    Raises
    ------
    InputError, NotFoundError : no such scenario, outcome, place or product; base or top are no such numbers.
    """
    require_whole(top, "top", least=1)
    design({}, {}, base=require_whole(base, "base", least=1), seed=require_whole(seed, "seed", least=0))
    scenario, whole = opened(name, as_of=as_of, settings=settings)
    world = focused(whole, scenario)
    model = prepare(scenario, world, draws=SCREEN, seed=seed, needs=recorded(LOSS))
    asked = scalar(of, model, place=place, product=product)
    screened, draws = asked.of(model), model.draws
    shares = variance_shares(screened, draws)
    plan = design(draws.parameters, _factors(draws, list(shares)[:top]), base=base, seed=seed)
    del model
    found = indices(plan, lambda some: _outcome(scenario, world, asked, some), progress=progress)
    document = _document(scenario, asked, screened, shares, plan, found) | {
        "provenance": provenance(scenario.as_of, draws=plan.runs, seed=seed) | {
            "command": _command(name, of, place, product, base, top, seed, scenario, settings)}
    }  # fmt: skip
    key = run_key(scenario=scenario.model_dump(mode="json"), of=[of, asked.about], base=base, top=top, seed=seed)
    document["provenance"]["run"] = key
    keep(key, document, explain_inputs(draws) | {row["id"]: _explained(row, asked) for row in document["indices"]})
    return document


def _factors(draws: Draws, alone: list[str]) -> dict[str, list[str]]:
    """The inputs that stand alone, the others as one factor, the noise."""
    others = [name for name in draws.ranks[0] if name not in alone]
    return {name: [name] for name in alone} | ({OTHERS: others} if others else {}) | {NOISE: []}


def _outcome(scenario: Scenario, world: World, asked: Scalar, draws: Draws) -> Floats:
    """(D,) the outcome of any draws, block by block."""
    found = []
    for block in blocks_of(draws.size, BLOCK):
        some = draws.part(block)
        needs = recorded(asked.variables, asked.places)
        model = prepare(scenario, world, draws=some.size, seed=some.seed, like=some, needs=needs)
        found.append(asked.of(model))
    return np.concatenate(found)


def _document(scenario: Scenario, asked: Scalar, screened: Floats, shares: Mapping[str, float], plan: Design,
              found: list[Index]) -> Document:  # fmt: skip
    alone = set(plan.factors)
    return {
        "title": f"What decides the {asked.what} in “{scenario.title}”",
        "of": {
            "id": number_id("outcome", scenario.name, asked.kind, asked.about),
            "kind": asked.kind, "about": asked.about, "what": asked.what, "unit": asked.unit, "value": band(screened),
        },
        "indices": [_row(scenario, asked, plan, index) for index in found],
        "sum_first": sum(i.first for i in found),
        "unit": "share of variance",
        "interval": CONFIDENCE,
        "screening": {
            "draws": len(screened), "inputs": len(plan.parameters), "method": "squared rank correlation",
            "grouped": len(plan.factors.get(OTHERS, ())),
            "grouped_share": sum(s for n, s in shares.items() if n not in alone),
            "shares": [{"parameter": n, "id": f"parameter:{n}", "share": s} for n, s in shares.items()],
        },
        "design": {"base": plan.base, "factors": len(plan.factors), "draws": plan.runs,
                   "method": "Saltelli et al. (2010), scrambled Sobol points, percentile bootstrap over rows"},
    }  # fmt: skip


def _row(scenario: Scenario, asked: Scalar, plan: Design, index: Index) -> Document:
    labels = sorted({plan.parameters[name].label for name in index.inputs})
    return {
        "id": number_id("sobol", scenario.name, asked.kind, asked.about, index.factor),
        "factor": index.factor,
        "inputs": [f"parameter:{name}" for name in index.inputs],
        "label": labels[0] if len(labels) == 1 else ", ".join(labels),
        "first": {"value": index.first, "low": index.first_low, "high": index.first_high},
        "total": {"value": index.total, "low": index.total_low, "high": index.total_high},
    }


def _explained(row: Document, asked: Scalar) -> Document:
    return {
        "what": f"what “{row['factor']}” decides of the {asked.what}",
        "value": {"first": row["first"], "total": row["total"]},
        "unit": "share of variance",
        "formula": "first = V(E(Y|x)) / V(Y); total = E(V(Y|all but x)) / V(Y), on Saltelli's design (2010)",
        "inputs": row["inputs"],
    }


def _command(name: str, of: str, place: str | None, product: str | None, base: int, top: int, seed: int,
             scenario: Scenario, settings: Mapping[str, str] | None) -> str:  # fmt: skip
    words = ["sluicegate sensitivity", quote(name), f"--of {of}"]
    words += [f"--{option} {quote(value)}" for option, value in (("place", place), ("product", product)) if value]
    words += [f"--set {quote(f'{question}={setting}')}" for question, setting in (settings or {}).items()]
    return " ".join([*words, f"--base {base} --top {top} --seed {seed} --as-of {scenario.as_of}"])
