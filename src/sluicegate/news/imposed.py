"""Controls an article says are imposed: those of the register, its own, and those only announced."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Literal

from sluicegate.news.claim import Claim
from sluicegate.news.draft import Draft
from sluicegate.news.goods import products_of, shipped
from sluicegate.news.standing import first_day, history, is_ban, is_official
from sluicegate.regime import Measure, listed_products
from sluicegate.scenario import Control
from sluicegate.terms import place_name
from sluicegate.world.year import BASE_YEAR

ANNOUNCED_LATELY = timedelta(days=60)
IN_BASE_AFTER = timedelta(days=365)
"""An article from within the base year or before sees measures of its last year as new; the base year's levels
then hold part of what they did, which the reference names as a limit."""


def imposed(draft: Draft, claim: Claim) -> None:
    """Put a claim that a control is imposed where it belongs: base, future, or nowhere."""
    products = products_of(claim.materials, draft.world)
    if not claim.actor:
        return draft.leave(claim, "it does not say who imposes it")
    if not products:
        named = ", ".join(claim.materials) or "the goods"
        return draft.leave(claim, f"{named}: not in the model's world")
    if year := history(claim, draft.as_of):
        return draft.leave(claim, f"history: dated {year}")
    matched = _measures(draft, claim, products)
    hearsay = claim.status == "claimed" and not is_official(claim)
    if claim.status == "conditional" or hearsay:
        return _announced(draft, claim, products)
    if claim.status == "planned":
        matched = [m for m in matched if _just_announced(draft, claim, m)]
        if not matched:
            return _announced(draft, claim, products)
    if not matched:
        return _own_control(draft, claim, products)
    for measure in matched:
        _from_register(draft, claim, measure)
    return None


def _just_announced(draft: Draft, claim: Claim, measure: Measure) -> bool:
    """Whether a plan is one the register already holds as announced: then it is a measure with a date, not a plan."""
    fresh = draft.as_of - measure.announced_on <= ANNOUNCED_LATELY
    return fresh and is_ban(claim) == (measure.kind in ("ban", "halt"))


def _measures(draft: Draft, claim: Claim, products: list[str]) -> list[Measure]:
    """Register entries known at the as-of date that the claim is about: same actor, goods, destination, kind.

    Where the claim speaks of a ban on somebody and the register has one on just that place, it is that one.
    """
    found = [m for m in draft.register.known(draft.as_of) if _is_about(draft, claim, m, products)]
    aimed = [m for m in found if m.kind == "ban" and m.destinations != "all"]
    return aimed or found


def _is_about(draft: Draft, claim: Claim, measure: Measure, products: list[str]) -> bool:
    state = draft.register.state(measure, draft.as_of)
    if measure.jurisdiction not in claim.actor or state not in ("not yet", "in force", "doubtful"):
        return False
    if measure.kind == "ban" and not is_ban(claim):
        return False
    if measure.destinations != "all" and not set(measure.destinations) & set(claim.target):
        return False
    goods = listed_products(draft.register, measure) & set(products)
    return bool(shipped(claim, measure.jurisdiction, sorted(goods), draft.world))


def _from_register(draft: Draft, claim: Claim, measure: Measure) -> None:
    start = measure.effective_from
    if start is None:
        return draft.leave(claim, f"{measure.id} has no date of effect")
    if start <= min(date(BASE_YEAR, 12, 31), draft.as_of - IN_BASE_AFTER):
        what = f"{measure.id} took effect on {start}"
        return draft.leave(claim, f"{what}: the base year {BASE_YEAR} already holds what it did")
    if measure.id not in draft.controls:
        draft.controls[measure.id] = Control(register=measure.id)
        draft.overrides.append({
            "measure": measure.id,
            "register": f"announced {measure.announced_on}, in effect {start}",
            "article": "asserts it; gives no other dates" if not claim.dates else f"dates it {', '.join(claim.dates)}",
        })  # fmt: skip
    return draft.event(claim, "control", f"{measure.id} in force from {start}")


def _own_control(draft: Draft, claim: Claim, products: list[str]) -> None:
    """A control the register does not know: taken as the article states it, on what its maker ships abroad."""
    effective = first_day(claim) or draft.as_of
    if effective > draft.as_of:
        return _announced(draft, claim, products, f"dated {effective}, after the as-of date {draft.as_of}")
    control = _control(draft, claim, products, effective=effective)
    if control is None:
        return None
    held = draft.controls.get(str(control.name), control)
    draft.controls[str(control.name)] = min(held, control, key=lambda c: c.effective_from or effective)
    draft.overrides.append({"measure": str(control.name), "register": "no such measure known on this day",
                            "article": f"asserts it: “{claim.quote}”"})  # fmt: skip
    what = f"{control.name}, as the article states it; the register has none"
    return draft.event(claim, "control", what, control=str(control.name))


def _control(draft: Draft, claim: Claim, products: list[str], *, effective: date) -> Control | None:
    origin = claim.actor[0]
    goods = shipped(claim, origin, products, draft.world)
    if not goods:
        where = place_name(origin) if len(origin) == 3 else origin
        draft.leave(claim, f"no figures: the dataset has no exports of these goods from {where}")
        return None
    destinations = tuple(p for p in claim.target if p in set(draft.world.flows["destination"]))
    to = f" to {', '.join(map(place_name, destinations))}" if destinations else ""
    kind: Literal["ban", "licence"] = "ban" if is_ban(claim) else "licence"
    return Control(
        register=None,
        name=f"{place_name(origin)}: {kind} on {', '.join(claim.materials)}{to}",
        kind=kind,
        origin=origin,
        products=dict.fromkeys(goods, 1.0),
        destinations=destinations,
        effective_from=effective,
    )


def _announced(draft: Draft, claim: Claim, products: list[str], why: str = "") -> None:
    """A control that is planned, conditional or only claimed: a future of its own, one for each control."""
    day = first_day(claim)
    coming = day if day and day > draft.as_of else draft.as_of + timedelta(days=28)
    control = _control(draft, claim, products, effective=coming)
    if control is None:
        return
    same = next((claims for claims, other in draft.announced if other == control), None)
    if same is None:
        draft.announced.append(([claim], control))
    else:
        same.append(claim)
    draft.leave(claim, f"{why or claim.status}: not in the base; it makes a future")
