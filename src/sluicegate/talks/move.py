"""What each side can do from a day on, as scenarios that can be run."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta

from sluicegate.response import Action
from sluicegate.scenario import Scenario
from sluicegate.scenario.event import Control, Easing
from sluicegate.sim.control import resolve

EASED = 0.8
"""Share of what is asked for that passes at least, once the controller eases."""
STOCK_DAYS = 60.0
SECOND_SOURCE = 0.1
SECOND_SOURCE_WEEKS = 26
BAN = {"kind": "ban", "form": "short", "until": None, "first_licences_by": None, "easings": (), "suspended": (),
       "office": None, "rules": ()}  # fmt: skip
"""What makes of a licence a ban on the same goods."""
"""Makers that are nearly qualified deliver half a year after they are asked."""


@dataclass(frozen=True)
class Move:
    """One policy path of one side: a name, what it does, and the scenario with it."""

    name: str
    what: str
    applied: Callable[[Scenario], Scenario]
    action: Action | None = None


def controller_moves(on: date, target: str) -> list[Move]:
    """Keep the control, ease it for the target, lift it for the target, or ban from a day on."""
    return [
        Move("keep", "the control goes on as it stands", lambda s: s),
        Move(
            "ease", f"from {on} at least {EASED:.0%} of what {target} asks for passes", lambda s: eased(s, on, target)
        ),
        Move("lift", f"nothing is held any more from {on}", lambda s: lifted(s, on)),
        Move("ban", f"nothing passes to {target} from {on}", lambda s: banned(s, on, target)),
    ]  # fmt: skip


def target_moves(target: str, products: tuple[str, ...], on: date) -> list[Move]:
    """Wait, build a stock, or open a second source; nothing but waiting where nothing is short."""
    moves = [Move("wait", "nothing is done", lambda s: s)]
    if products:
        stock = Action("stock", target, products, size=STOCK_DAYS, start=on)
        source = Action("second source", target, products, size=SECOND_SOURCE,
                        start=on + timedelta(weeks=SECOND_SOURCE_WEEKS), ramp_weeks=SECOND_SOURCE_WEEKS)  # fmt: skip
        moves += [Move(a.kind, f"{a.name} from {a.start}", a.applied, a) for a in (stock, source)]
    return moves


def eased(scenario: Scenario, on: date, target: str) -> Scenario:
    """The scenario in which most of what the target asks for passes from a day on."""
    easing = Easing(effective_from=on, eligible_at_least=EASED, destinations=(target,), reason="a deal")
    return _each(scenario, lambda c: c.model_copy(update={"easings": (*c.easings, easing)}))


def lifted(scenario: Scenario, on: date) -> Scenario:
    """The scenario in which every control that holds on a day ends on it."""

    def end(control: Control) -> Control:
        known = resolve(control, scenario.as_of)
        over = known.until is not None and known.until <= on
        return control if over or known.effective_from >= on else control.model_copy(update={"until": on})

    kept = scenario.model_copy(update={"controls": tuple(
        c for c in scenario.controls if resolve(c, scenario.as_of).effective_from < on)})  # fmt: skip
    return _each(kept, end)


def banned(scenario: Scenario, on: date, target: str) -> Scenario:
    """The scenario in which the same goods may not leave for the target from a day on."""
    more = []
    for control in scenario.controls:
        known = resolve(control, scenario.as_of)
        if known.ban or (known.destinations and target not in known.destinations):
            continue
        more.append(control.model_copy(update=BAN | {"effective_from": on, "announced_on": on,
                                                     "destinations": (target,)}))  # fmt: skip
    return scenario.model_copy(update={"controls": (*scenario.controls, *more)})


def _each(scenario: Scenario, change: Callable[[Control], Control]) -> Scenario:
    return scenario.model_copy(update={"controls": tuple(change(c) for c in scenario.controls)})
