"""The other side's levers: which a scenario uses, what each would cost, and adding them to a scenario."""

from __future__ import annotations

from datetime import date, timedelta

import numpy as np

from sluicegate.desk.number import Document, band, number_id
from sluicegate.leverage import Edge
from sluicegate.leverage.lever import in_full, lever_loss
from sluicegate.regime import load_register
from sluicegate.scenario import LeverUse, Scenario
from sluicegate.sim import Result
from sluicegate.sim.control import resolve
from sluicegate.terms import InputError, NotFoundError
from sluicegate.terms.parameter import Parameter
from sluicegate.world import World
from sluicegate.world.lever import Lever, load_levers

ALL, REGISTER = "all", "register"
DAY = timedelta(days=1)
FORMULA = {
    "tariff": "trade no longer sold anywhere, by (1 + t)^-e, times value added; the taxing side loses the area under "
              "demand beyond its revenue (Harberger 1964)",
    "withheld": "value added that stands on the goods, after stock is used up, halving as other sources are found",
}  # fmt: skip


def levers_document(result: Result, found: Edge) -> Document:
    """Levers counted in an edge, those that could be, each with what it costs in full, and those without figures."""
    known = _of(found.target, found.controller, result.model.world)
    used = [u.lever.name for u in found.levers]
    return {
        "levers_included": used,
        "levers": [_lever(result, lever, used) for lever in known if lever.known],
        "levers_absent": [f"{lever.name}: {lever.lacking}" for lever in known if not lever.known]
        or [f"none of {found.target}'s against {found.controller} is on record: absent, not zero"] * (not known),
    }


def _of(by: str, against: str, world: World) -> list[Lever]:
    return [v for v in load_levers(world.overlay, world.as_of).values() if (v.by, v.against) == (by, against)]


def _lever(result: Result, lever: Lever, used: list[str]) -> Document:
    """What a lever costs both sides, mean of the year after the first change, if it were held in full from then on."""
    first = min(result.model.compiled.timeline.first_change, result.weeks - 1)
    use = in_full(lever, result.scenario.date_of(first))
    loss = lever_loss(result.scenario, lever, [use], result.model.draws)
    shown = np.zeros((result.weeks, result.model.draws.size))
    year = slice(first, first + 52)
    return {
        "id": lever_id(lever), "lever": lever.name, "what": lever.what, "counted": lever.name in used,
        "in_full": f"{use.added_rate:.0%} added duty" if use.added_rate else "nothing passes",
        "costs_controller": band((loss.against + shown)[year].mean(axis=0)),
        "costs_target": band((loss.by + shown)[year].mean(axis=0)), "unit": "USD per week",
    }  # fmt: skip


def lever_id(lever: Lever) -> str:
    """The id of a lever's numbers."""
    return number_id("lever", lever.by, lever.against, lever.name)


def explain_levers(found: Edge, world: World) -> dict[str, Document]:
    """Explanations of what each lever of an edge's target costs, by id; its inputs stand in `lever_parameters`."""
    return {lever_id(lever): {
        "what": f"{lever.name} of {lever.by} against {lever.against}, held in full: {lever.what}",
        "formula": FORMULA[lever.action], "unit": "USD per week",
        "inputs": [f"parameter:{p.name}" for p in lever.inputs.values()],
    } for lever in _of(found.target, found.controller, world) if lever.known}  # fmt: skip


def lever_parameters(found: Edge, world: World) -> list[Parameter]:
    """The uncertain inputs of the target's levers."""
    return [p for lever in _of(found.target, found.controller, world) for p in lever.inputs.values()]


def with_levers(scenario: Scenario, world: World, told: str, target: str | None = None) -> Scenario:
    """The scenario with more levers of the target, from the first day of its controls, in place of its own alike.

    Parameters
    ----------
    told : names, separated by commas; `all` that have figures; `register` for tariffs as dated on record

    Raises
    ------
    InputError : the lever has no figures, or there is nothing to hold it against.
    NotFoundError : no such lever of the target against the controller.
    """
    side = target or scenario.target
    if scenario.controller is None or side is None or not scenario.controls:
        raise InputError("no two sides", where="--levers", do="Name another, or give it a target.",
                         expected="a scenario with controls, a controller and a target")  # fmt: skip
    known = {v.name: v for v in _of(side, scenario.controller, world)}
    first = max(scenario.start, min(resolve(c, scenario.as_of).effective_from for c in scenario.controls))
    names = [v.name for v in known.values() if v.known] if told == ALL else [n.strip() for n in told.split(",")]
    uses: list[LeverUse] = []
    for name in names:
        if name == REGISTER:
            uses += _on_record(scenario, side, [v.name for v in known.values() if v.action == "tariff"])
        elif name not in known:
            raise NotFoundError(name, kind=f"lever of {side} against {scenario.controller}",
                                known=[*known, ALL, REGISTER], where="--levers")  # fmt: skip
        elif not known[name].known:
            raise InputError(f"{name} has no figures: {known[name].lacking}", where="--levers",
                             do="Leave it out: it is absent, not zero.",
                             expected=", ".join(v.name for v in known.values() if v.known)
                             or f"a lever of which something was known on {scenario.as_of}")  # fmt: skip
        else:
            uses.append(in_full(known[name], first))
    if not uses:
        raise InputError(f"no lever of {side} against {scenario.controller} in {told!r}", where="--levers",
                         expected=f"a lever with figures, or duties on record by {scenario.as_of}",
                         do="Leave it out: what is not on record is absent, not zero.")  # fmt: skip
    own = [u for u in scenario.levers if u.lever not in {use.lever for use in uses}]
    return scenario.model_copy(update={"levers": (*own, *uses)})


def _on_record(scenario: Scenario, by: str, tariffs: list[str]) -> list[LeverUse]:
    """The register's general added duties of one side on the other's goods, as known on the scenario's day."""
    rates = [r for r in load_register().rates
             if (r.by, r.on_goods_of) == (by, scenario.controller) and r.announced_on <= scenario.as_of]  # fmt: skip
    return [LeverUse(lever=name, added_rate=r.added_rate, effective_from=r.first, until=_after(r.last), reason=r.what)
            for name in tariffs for r in rates if r.added_rate > 0]  # fmt: skip


def _after(last: date | None) -> date | None:
    return None if last is None else last + DAY
