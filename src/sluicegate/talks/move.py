"""What each side can do from a day on, as scenarios that can be run."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from sluicegate.leverage.lever import in_full
from sluicegate.response import Action
from sluicegate.scenario import LeverUse, Scenario
from sluicegate.scenario.event import Control, Easing
from sluicegate.sim.control import resolve
from sluicegate.world.lever import Lever

EASED = 0.8
"""Share of what is asked for that passes at least, once the controller eases."""
SUSPENDED_WEEKS = 52
"""A suspension lasts a year, as that of November 2025 was announced to."""
ADDED_RATE = 0.1
STOCK_DAYS = 60.0
STOCKED = "with a stock: "
"""Before the name of a move of the controller against a target that holds a stock."""
SECOND_SOURCE = 0.1
SECOND_SOURCE_WEEKS = 26
"""Makers that are nearly qualified deliver half a year after they are asked."""
BAN = {"kind": "ban", "form": "short", "until": None, "first_licences_by": None, "easings": (), "suspended": (),
       "office": None, "rules": ()}  # fmt: skip
"""What makes of a licence a ban on the same goods."""


@dataclass(frozen=True)
class Move:
    """One policy path of one side: a name, what it does, and the scenario with it."""

    name: str
    what: str
    applied: Callable[[Scenario], Scenario]
    action: Action | None = None


def controller_moves(on: date, target: str) -> list[Move]:
    """Keep the control, ease it for the target, suspend it, lift it, or ban from a day on."""
    return [
        Move("keep", "the control goes on as it stands", lambda s: s),
        Move(
            "ease", f"from {on} at least {EASED:.0%} of what {target} asks for passes", lambda s: eased(s, on, target)
        ),
        Move("suspend", f"nothing is held for {SUSPENDED_WEEKS} weeks from {on}, then as before",
             lambda s: suspended(s, on, on + timedelta(weeks=SUSPENDED_WEEKS))),
        Move("lift", f"nothing is held any more from {on}", lambda s: lifted(s, on)),
        Move("ban", f"nothing passes to {target} from {on}", lambda s: banned(s, on, target)),
    ]  # fmt: skip


def target_moves(target: str, products: tuple[str, ...], on: date, levers: Sequence[Lever] = ()) -> list[Move]:
    """Wait, build a stock, open a second source, withhold goods, or add a tariff.

    Nothing is stocked or sourced where nothing is short; only levers with figures are moves.
    """
    moves = [Move("wait", "nothing is done", lambda s: s)]
    if products:
        stock = Action("stock", target, products, size=STOCK_DAYS, start=on)
        source = Action("second source", target, products, size=SECOND_SOURCE,
                        start=on + timedelta(weeks=SECOND_SOURCE_WEEKS), ramp_weeks=SECOND_SOURCE_WEEKS)  # fmt: skip
        moves += [Move(a.kind, f"{a.name} from {a.start}", a.applied, a) for a in (stock, source)]
    goods = [lever for lever in levers if lever.action == "withheld"]
    if goods:
        uses = tuple(in_full(lever, on) for lever in goods)
        named = ", ".join(lever.name for lever in goods)
        moves.append(Move("withhold", f"{named} are withheld from {on}", lambda s: _held(s, uses)))
    duties = [LeverUse(lever=lever.name, added_rate=ADDED_RATE, effective_from=on, reason="a move")
              for lever in levers if lever.action == "tariff"]  # fmt: skip
    if duties:
        moves.append(Move("tariff", f"{ADDED_RATE:.0%} more duty from {on}", lambda s: _held(s, tuple(duties))))
    return moves


def with_stock(moves: Sequence[Move], stock: Action) -> list[Move]:
    """The same moves in a world in which the target has held a stock from an earlier day on."""

    def both(move: Move) -> Callable[[Scenario], Scenario]:
        return lambda s: move.applied(stock.applied(s))

    return [Move(f"{STOCKED}{m.name}", f"{m.what}; {stock.name} since {stock.start}", both(m), stock) for m in moves]


def _held(scenario: Scenario, uses: tuple[LeverUse, ...]) -> Scenario:
    """The scenario with these levers too; goods withheld already are so until then, a duty is on top of what stands."""
    kept: list[LeverUse] = []
    for use in scenario.levers:
        new = next((u for u in uses if u.lever == use.lever and u.added_rate is None), None)
        kept += [use] if new is None else _paused(use, new.effective_from, date.max)
    return scenario.model_copy(update={"levers": (*kept, *uses)})


def suspended(scenario: Scenario, on: date, until: date) -> Scenario:
    """The scenario in which no control holds anything from a day on, until another."""
    span = (on, until - timedelta(days=1))
    return _each(scenario, lambda c: c.model_copy(update={"suspended": (*c.suspended, span)}))


def _paused(use: LeverUse, on: date, until: date) -> list[LeverUse]:
    """A lever in use, less the days of a pause."""
    last = use.until or date.max
    pieces = [(use.effective_from, min(last, on)), (max(use.effective_from, until), last)]
    return [use.model_copy(update={"effective_from": a, "until": None if b == date.max else b})
            for a, b in pieces if a < b]  # fmt: skip


def dropped(scenario: Scenario, on: date, until: date = date.max) -> Scenario:
    """The scenario in which the target drops its levers on a day, until another or for good."""
    return scenario.model_copy(update={"levers": tuple(p for use in scenario.levers for p in _paused(use, on, until))})


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
