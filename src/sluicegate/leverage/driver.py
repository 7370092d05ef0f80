"""Drivers of the edge, and the reference each is put back to: a scenario without one of them."""

from __future__ import annotations

from datetime import date

from sluicegate.leverage.lever import in_full
from sluicegate.scenario import ParameterChange, Scenario, SecondSource, StockOrder
from sluicegate.sim.behaviour import load_behaviour
from sluicegate.terms.parameter import Parameter
from sluicegate.world import World
from sluicegate.world.lever import Lever

CONCENTRATION, STOCK, SUBSTITUTION, RETALIATION = "concentration", "stock", "substitution time", "retaliation"
DRIVERS = (CONCENTRATION, STOCK, SUBSTITUTION, RETALIATION)
ELSEWHERE = 0.5
DAYS = 90.0
FASTER = 4.0
REFERENCE = {
    CONCENTRATION: f"the target takes {ELSEWHERE:.0%} of its use from elsewhere, from the start",
    STOCK: f"the target holds {DAYS:.0f} more days of use, ordered at the start",
    SUBSTITUTION: f"thrift comes and buyers switch {FASTER:.0f} times as fast",
    RETALIATION: "every lever of the target that has figures is held in full from the first day of the control",
}
"""What stands in for each driver where it is taken away. One choice of many: another reference gives other shares."""


def without(scenario: Scenario, driver: str, *, target: str, products: tuple[str, ...], levers: list[Lever],
            on: date, world: World) -> Scenario:  # fmt: skip
    """The scenario with one driver put back to its reference.

    Parameters
    ----------
    products : what the control holds and the target uses ; on : first day of the control ; levers : of the target
    """
    if driver == CONCENTRATION:
        source = SecondSource(
            place=target, products=products, share_of_use=ELSEWHERE, start=scenario.start, ramp_weeks=0
        )
        return scenario.model_copy(update={"second_sources": (*scenario.second_sources, source)})
    if driver == STOCK:
        order = StockOrder(place=target, products=products, days=DAYS, effective_from=scenario.start)
        return scenario.model_copy(update={"stocks": (*scenario.stocks, order)})
    if driver == SUBSTITUTION:
        return scenario.model_copy(update={"parameters": scenario.parameters | _faster(scenario, world)})
    return scenario.model_copy(update={"levers": tuple(in_full(lever, on) for lever in levers)})


def _faster(scenario: Scenario, world: World) -> dict[str, ParameterChange]:
    """Weeks until thrift works over `FASTER`, and the share of use that switches a week times it."""
    known: dict[str, Parameter] = {p.name: p for p in world.parameters} | load_behaviour()
    found = {}
    for name, p in known.items():
        factor = 1 / FASTER if name.startswith("thrift") and name.endswith(", weeks") else FASTER
        if factor > 1 and name != "switch per week":
            continue
        low, mid, high = _quantiles(scenario, p)
        found[name] = ParameterChange(p05=low * factor, p50=mid * factor, p95=high * factor, reason=SUBSTITUTION)
    return found


def _quantiles(scenario: Scenario, p: Parameter) -> tuple[float, float, float]:
    own = scenario.parameters.get(p.name)
    return (own.p05, own.p50, own.p95) if own else (p.p05, p.p50, p.p95)
