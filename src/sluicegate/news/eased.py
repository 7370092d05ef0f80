"""Easings and licences an article reports: done, promised, on a condition, or long ago."""

from __future__ import annotations

from sluicegate.news.claim import Claim
from sluicegate.news.draft import Draft
from sluicegate.news.goods import products_of
from sluicegate.news.standing import first_day, history, is_official, is_promise
from sluicegate.scenario import Easing

EASING = ("control_eased", "control_lifted")


def eased(draft: Draft, claim: Claim) -> None:
    """Put a claim of an easing or a deal where it belongs: a future, history, or the base once all is read."""
    if claim.status == "conditional":
        draft.conditions.append(claim)
        return draft.leave(claim, "conditional: not in the base; it makes a future")
    if year := history(_dated(draft, claim), draft.as_of):
        return draft.leave(claim, f"history: dated {year}")
    promised = is_promise(claim)
    if (
        claim.type == "deal_statement"
        or promised
        or (claim.status in ("planned", "claimed") and not is_official(claim))
    ):
        draft.hoped.append(claim)
        state = "promised" if promised else "unconfirmed" if claim.status == "claimed" else claim.status
        return draft.leave(claim, f"{state}: not in the base; it makes a future")
    return draft.lifted.append(claim)


def _dated(draft: Draft, claim: Claim) -> Claim:
    """The claim that dates this one: a lifting without a date is of the control named before it."""
    before = draft.last_imposed
    if claim.dates or claim.type not in EASING or before is None:
        return claim
    return before if set(before.actor) & set(claim.actor or before.actor) else claim


def lifted(draft: Draft, claim: Claim) -> None:
    """An easing asserted as done: measures it is about leave the base, or are eased, wherever the article says it."""
    products = products_of(claim.materials, draft.world)
    about = [m for m in draft.register.known(draft.as_of) if m.jurisdiction in claim.actor
             and {c.name for i in m.items for c in i.products} & set(products)]  # fmt: skip
    stated = [n for n, c in draft.controls.items() if c.origin in claim.actor and set(c.products) & set(products)]
    if not about and not stated:
        return draft.leave(claim, "no measure of the register is about these goods")
    for name in (*(m.id for m in about), *stated):
        held = draft.controls.pop(name, None)
        if held is not None and claim.type == "control_eased":
            easing = Easing(effective_from=first_day(claim) or draft.as_of, eligible_at_least=0.9, reason=claim.quote)
            draft.controls[name] = held.model_copy(update={"easings": (*held.easings, easing)})
    for measure in about:
        if draft.register.state(measure, draft.as_of) == "in force" and measure.kind in ("licence", "ban", "halt"):
            draft.overrides.append({"measure": measure.id, "register": "in force", "article": f"“{claim.quote}”"})
    return draft.event(claim, "eased", "measures the article says are lifted or eased are not held against anyone")


def licences(draft: Draft) -> None:
    """Licences granted: the office is at work by that day. How many is not said, so the schedule of practice stays."""
    for claim in draft.licensed:
        known = claim.status in ("asserted", "claimed") and draft.controls
        if not known:
            draft.leave(
                claim,
                "no control of the base is concerned" if not draft.controls else f"{claim.status}: not in the base",
            )
            continue
        day = first_day(claim) or draft.as_of
        for name, control in draft.controls.items():
            if claim.actor and claim.actor[0] != (control.origin or draft.register.measure(name).jurisdiction):
                continue
            first = min(day, control.first_licences_by or day)
            draft.controls[name] = control.model_copy(update={"first_licences_by": first})
        draft.event(claim, "licences", f"the office decides by {day}; how much passes stays as practice has it")
