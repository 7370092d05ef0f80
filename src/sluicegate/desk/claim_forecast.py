"""The question `forecast claim`: what a published figure will say of a claim, asked when it is accepted."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from sqlalchemy import Engine

from sluicegate.desk.answer import DRAWS, SEED
from sluicegate.desk.forecast import make_forecast
from sluicegate.desk.number import Document
from sluicegate.news.claim import Claim
from sluicegate.news.consequence import consequence
from sluicegate.regime import load_register
from sluicegate.scenario import Scenario
from sluicegate.sim.control import resolve
from sluicegate.sim.customs import month_after
from sluicegate.sim.row import members
from sluicegate.store.claim import claim_row
from sluicegate.store.decision import ACCEPTED, standing
from sluicegate.terms import InputError, NotFoundError
from sluicegate.world import World, load_world

BEFORE, AFTER = timedelta(weeks=57), timedelta(weeks=57)
MOST = 3
"""Products asked about, those of which most is shipped."""
MONTHS_ON = 3
"""The month asked about begins so many months after the day of effect or of the claim, whichever is later."""


def forecast_of_claim(claim: Mapping[str, Any], *, on: date | None = None, month: str | None = None,
                      above: float | None = None, draws: int = DRAWS, seed: int = SEED) -> Document:  # fmt: skip
    """Ask of a control that a claim states what its goods' exports to its target will be in a month.

    Parameters
    ----------
    claim : as `sluicegate claims --json` gives it: type, materials, actor, target, dates, amounts, status ...
    on : day of the knowledge it rests on; today when None
    month : such as 2026-03; `MONTHS_ON` months after effect when None
    above : t gross; the median of each, rounded, when None

    Raises
    ------
    InputError : no claim, or one that states no control whose goods the dataset ships.
    """
    told, day = Claim.of_json(claim), on or date.today()
    world = load_world(day)
    scenario = _scenario(told, day, world)
    first = max(day, *(resolve(c, day).effective_from for c in scenario.controls))
    when = month or f"{_months_on(first, MONTHS_ON):%Y-%m}"
    asked = [make_forecast(scenario, month=when, above=above, product=product, origin=scenario.controller,
                           destination=scenario.target, draws=draws, seed=seed)
             for product in _shipped(scenario, world, told.materials)]  # fmt: skip
    return {"claim": told.id, "quote": told.quote, "questions": asked}


def claim_in(path: Path, name: str | None = None) -> Mapping[str, Any]:
    """A claim from a JSON file: one claim, or a document of `claims` or `brief` and the id of one of its claims.

    Raises
    ------
    InputError : the file is not there or no JSON. NotFoundError : no claim of that id, or none named among several.
    """
    try:
        document = json.loads(path.read_text("utf-8"))
    except (OSError, ValueError) as error:
        raise InputError(f"cannot be read ({error})", where=str(path), expected="a claim as JSON",
                         do="Write one with `sluicegate claims SOURCE --json`.") from error  # fmt: skip
    claims = document.get("claims", [document]) if isinstance(document, dict) else []
    found = {c["id"]: c for c in claims if isinstance(c, dict) and "id" in c}
    if name is None and len(found) == 1:
        return next(iter(found.values()))
    if name not in found:
        raise NotFoundError(name or "no claim named", kind="claim", known=found, where=str(path))
    return found[name]


def accepted_claim(engine: Engine, number: int) -> Mapping[str, Any]:
    """A claim of the library that a person or the rule has accepted, by its number.

    Raises
    ------
    NotFoundError : no such claim. InputError : it is not accepted, or no longer.
    """
    with engine.connect() as connection:
        row = claim_row(connection, number)
        decision = standing(connection, [number]).get(number)
    if decision is None or decision.verdict != ACCEPTED:
        raise InputError("not accepted", where=f"claim {number}", expected="an accepted claim",
                         do=f"Say `sluicegate news accept {number}` first.")  # fmt: skip
    document: Mapping[str, Any] = row.document
    return document


def forecast_of_accepted(engine: Engine, claim: int, **asked: Any) -> Document:
    """As `forecast_of_claim`, of an accepted claim of the library by its number; raises as both."""
    return forecast_of_claim(accepted_claim(engine, claim), **asked)


def _scenario(claim: Claim, day: date, world: World) -> Scenario:
    """The control that a claim states, from a year before it to a year after."""
    stated = consequence([claim], as_of=day, register=load_register(), world=world)
    if not stated.controls:
        why = next((row["why"] for row in stated.ignored), "it changes nothing in the model")
        raise InputError(f"{claim.type.replace('_', ' ')}, {claim.status}: {why}", where=claim.id,
                         expected="a control that is asserted, of goods in the dataset",
                         do="Ask `sluicegate forecast make SCENARIO` instead.")  # fmt: skip
    first = min(resolve(c, day).effective_from for c in stated.controls)
    start = first - BEFORE
    weeks = (max(day, first) + AFTER - start).days // 7
    return Scenario(name=f"{claim.id}-{day}", title="what one claim asserts", start=start, weeks=weeks, as_of=day,
                    controller=stated.controller, target=stated.target, controls=stated.controls)  # fmt: skip


def _shipped(scenario: Scenario, world: World, materials: tuple[str, ...]) -> list[str]:
    """The products under the scenario's controls of which most crosses the border, by tonnes; the claim's own first."""
    held = {p for c in scenario.controls for p in resolve(c, scenario.as_of).products}
    held = {p for p in held if any(m.casefold() in p.casefold() for m in materials)} or held
    rows = world.flows[world.flows["product"].isin(held) & (world.flows["origin"] == scenario.controller)]
    ends = members([scenario.target]) if scenario.target else set(rows["destination"]) - {scenario.controller}
    sums = rows[rows["destination"].isin(ends)].groupby("product")["flow_t_per_yr"].sum()
    found = [str(p) for p in sums[sums > 0].sort_values(ascending=False).index[:MOST]]
    if not found:
        raise InputError("the dataset ships none of its goods", where=scenario.name, do="Ask of another claim.",
                         expected="goods that cross the border in the base year")  # fmt: skip
    return found


def _months_on(day: date, months: int) -> date:
    for _ in range(months):
        day = month_after(day)
    return day
