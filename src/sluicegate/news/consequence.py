"""From claims to a scenario: what an article changes in the model, what it leaves alone and why.

Asserted controls of today enter the base. A denied claim changes nothing. What is claimed by one side,
planned or conditional never enters the base; it makes a future beside it.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from sluicegate.news.claim import Claim
from sluicegate.news.draft import Draft
from sluicegate.news.eased import EASING, eased, licences, lifted
from sluicegate.news.future import Future, futures
from sluicegate.news.imposed import imposed
from sluicegate.regime import Register
from sluicegate.scenario import Control
from sluicegate.world import World

IMPOSING = ("control_imposed", "control_extended")
FIGURES = ("production_share", "trade_share", "import_dependence", "production_volume", "trade_volume", "reserve",
           "capacity")  # fmt: skip
LEFT_ALONE = {
    "quota_set": "a quota: the short form of the office has none, and the base year's output is kept",
    "supply_disruption": "an outcome: the model computes it from the control and does not take it in",
    "price_move": "an outcome: the model computes prices and does not take them in",
    "tariff": "in force with and without the control, so it cancels out of every difference shown",
    "stockpiling": "no volume is stated; the base year's stocks are kept",
    "depletion": "no grade, cost or tonnage is stated; reserves do not bind within the horizon",
    "capability": "a fact about who can do what; the base year's plants already say so",
    "lead_time": "a duration of building; new plants enter only with a capacity and a start",
    "investment": "no capacity with a start inside the horizon is stated",
    "financing": "money is not tonnage: no capacity with a start inside the horizon is stated",
    "project_cost": "a cost; no capacity with a start inside the horizon is stated",
    "production_start": "no capacity is stated with it",
    "mine_halt": "no tonnage is stated; the base year's output is kept",
    "mine_restart": "no tonnage is stated; the base year's output is kept",
} | dict.fromkeys(FIGURES, "a figure: checked against the dataset, which keeps its own")


@dataclass(frozen=True)
class Consequence:
    """What an article does to the model.

    Parameters
    ----------
    controls : export controls of the base run
    events : one row for each claim that changes the base: claim, kind, what
    ignored : one row for each claim that does not: claim, why
    overrides : where the article and the register differ: measure, register, article
    futures : the base first, then what the article makes possible
    """

    controls: tuple[Control, ...] = ()
    events: tuple[dict[str, str], ...] = ()
    ignored: tuple[dict[str, str], ...] = ()
    overrides: tuple[dict[str, str], ...] = ()
    futures: tuple[Future, ...] = ()
    controller: str | None = None
    target: str | None = None


def consequence(claims: Iterable[Claim], *, as_of: date, register: Register, world: World) -> Consequence:
    """What the claims of an article change in the model, as of a day."""
    draft = Draft(as_of, register, world)
    for claim in claims:
        _place(draft, claim)
    for claim in draft.lifted:
        lifted(draft, claim)
    licences(draft)
    controls = tuple(draft.controls.values())
    controller = _controller(controls, register)
    target = _target(draft, controller)
    return Consequence(
        controls=controls,
        events=tuple(draft.events),
        ignored=tuple(draft.ignored),
        overrides=tuple(draft.overrides),
        futures=futures(draft, controls, target),
        controller=controller,
        target=target,
    )


def _place(draft: Draft, claim: Claim) -> None:
    """Put one claim where it belongs."""
    if claim.status == "negated":
        draft.leave(claim, "denied: a denied claim changes nothing")
    elif claim.type in IMPOSING:
        imposed(draft, claim)
        draft.last_imposed = claim
    elif claim.type in EASING or claim.type == "deal_statement":
        eased(draft, claim)
    elif claim.type == "licence_granted":
        draft.licensed.append(claim)
    else:
        draft.leave(claim, LEFT_ALONE.get(claim.type, "no rule of the model takes it in"))


def _controller(controls: tuple[Control, ...], register: Register) -> str | None:
    """The place whose controls these are; of several, the first named."""
    for control in controls:
        return control.origin or register.measure(str(control.register_id)).jurisdiction
    return None


def _target(draft: Draft, controller: str | None) -> str | None:
    """The other side of the talks: named by the claims that hope or set conditions, else by the control itself."""
    known = set(draft.world.places["gdp_musd"].dropna().index)
    for claim in (*draft.hoped, *draft.conditions):
        for place in (*claim.target, *claim.actor):
            if place != controller and place in known:
                return place
    for control in draft.controls.values():
        for place in control.destinations:
            if place in known:
                return place
    return None
