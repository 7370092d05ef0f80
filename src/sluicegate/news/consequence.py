"""From claims to a scenario: what an article changes in the model, what it leaves alone and why.

Asserted controls of today enter the base. A denied claim changes nothing. What is claimed by one side,
planned or conditional never enters the base; it makes a future beside it.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Literal

from sluicegate.news.claim import Claim
from sluicegate.news.lexicon import find_words
from sluicegate.regime import Measure, Register
from sluicegate.scenario import Control, Easing
from sluicegate.terms import place_name
from sluicegate.world import World
from sluicegate.world.year import BASE_YEAR

IMPOSING = ("control_imposed", "control_extended", "quota_set")
EASING = ("control_eased", "control_lifted")
BANNING = ("ban", "block", "halt", "prohibit", "suspend")
"""Words of a quote that make a control a ban rather than a licence."""
FIGURES = ("production_share", "trade_share", "import_dependence", "production_volume", "trade_volume", "reserve",
           "capacity")  # fmt: skip
LEFT_ALONE = {
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
PROMISING = ("undertook to", "agreed to", "pledged to", "promised to", "agreed in", "will ", "would ")
"""Words that make an easing a promise, whoever says it: what is promised is not yet done."""
RAW = ("raw material", " ore", "concentrate", "unprocessed")
"""Words of a quote that keep a control to what mines ship."""
ANNOUNCED_LATELY = timedelta(days=60)
IN_BASE_AFTER = timedelta(days=365)
"""An article from within the base year or before sees measures of its last year as new; the base year's levels
then hold part of what they did, which the reference names as a limit."""
OFFICES = ("ministry", "regulator", "government", "customs", "commerce", "minister", "official")
"""Words of an attribution that make it an office's own word."""
HISTORIC_YEARS = 2
"""A control dated earlier than this many years before the article, and no longer in force, is history."""


@dataclass(frozen=True)
class Future:
    """A future beside the base: what happens to the base's controls, for which claims.

    Parameters
    ----------
    easing : applied to every base control; None when `lifted_on` or `added` says it all
    lifted_on : the day the base's controls end
    added : controls that only this future has
    """

    name: str
    what: str
    from_claims: tuple[str, ...] = ()
    easing: Easing | None = None
    lifted_on: date | None = None
    added: tuple[Control, ...] = ()

    def controls(self, base: Iterable[Control]) -> tuple[Control, ...]:
        """The base's controls as they are in this future."""
        changed = []
        for control in base:
            update: dict[str, object] = {}
            if self.lifted_on:
                update["until"] = self.lifted_on
            if self.easing:
                update["easings"] = (*control.easings, self.easing)
            changed.append(control.model_copy(update=update))
        return (*changed, *self.added)


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


@dataclass
class _Draft:
    """A consequence in the making."""

    as_of: date
    register: Register
    world: World
    controls: dict[str, Control] = field(default_factory=dict)
    events: list[dict[str, str]] = field(default_factory=list)
    ignored: list[dict[str, str]] = field(default_factory=list)
    overrides: list[dict[str, str]] = field(default_factory=list)
    licensed: list[Claim] = field(default_factory=list)
    hoped: list[Claim] = field(default_factory=list)
    conditions: list[Claim] = field(default_factory=list)
    announced: list[tuple[list[Claim], Control]] = field(default_factory=list)
    lifted: list[Claim] = field(default_factory=list)
    last_imposed: Claim | None = None

    def event(self, claim: Claim, kind: str, what: str, **more: str) -> None:
        """Note that a claim changes the base."""
        self.events.append({"claim": claim.id, "kind": kind, "what": what, **more})

    def leave(self, claim: Claim, why: str) -> None:
        """Note that a claim changes nothing, and why."""
        self.ignored.append({"claim": claim.id, "why": why})


def consequence(claims: Iterable[Claim], *, as_of: date, register: Register, world: World) -> Consequence:
    """What the claims of an article change in the model, as of a day."""
    draft = _Draft(as_of, register, world)
    for claim in claims:
        _place(draft, claim)
    for claim in draft.lifted:
        _lifted(draft, claim)
    _licences(draft)
    controls = tuple(draft.controls.values())
    controller = _controller(controls, register)
    target = _target(draft, controller)
    return Consequence(
        controls=controls,
        events=tuple(draft.events),
        ignored=tuple(draft.ignored),
        overrides=tuple(draft.overrides),
        futures=_futures(draft, controls, target),
        controller=controller,
        target=target,
    )


def _place(draft: _Draft, claim: Claim) -> None:
    """Put one claim where it belongs."""
    if claim.status == "negated":
        draft.leave(claim, "denied: a denied claim changes nothing")
    elif claim.type in IMPOSING:
        _imposed(draft, claim)
        draft.last_imposed = claim
    elif claim.type in EASING or claim.type == "deal_statement":
        _eased(draft, claim)
    elif claim.type == "licence_granted":
        draft.licensed.append(claim)
    else:
        draft.leave(claim, LEFT_ALONE.get(claim.type, "no rule of the model takes it in"))


def _imposed(draft: _Draft, claim: Claim) -> None:
    products = products_of(claim.materials, draft.world)
    if not claim.actor:
        return draft.leave(claim, "it does not say who imposes it")
    if not products:
        named = ", ".join(claim.materials) or "the goods"
        return draft.leave(claim, f"{named}: not in the model's world")
    if year := _history(draft, claim):
        return draft.leave(claim, f"history: dated {year}")
    matched = _measures(draft, claim, products)
    hearsay = claim.status == "claimed" and not _official(claim)
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


def _just_announced(draft: _Draft, claim: Claim, measure: Measure) -> bool:
    """Whether a plan is one the register already holds as announced: then it is a measure with a date, not a plan."""
    banned = any(word in claim.quote.casefold() for word in BANNING)
    fresh = draft.as_of - measure.announced_on <= ANNOUNCED_LATELY
    return fresh and banned == (measure.kind in ("ban", "halt"))


def _measures(draft: _Draft, claim: Claim, products: list[str]) -> list[Measure]:
    """Register entries known at the as-of date that the claim is about: same actor, goods, destination, kind."""
    found = []
    for measure in draft.register.known(draft.as_of):
        goods = {
            c.name
            for i in measure.items
            for c in i.products
            if c.p50 > 0 and i.effect in ("licence", "refused", "halt")
        }
        state = draft.register.state(measure, draft.as_of)
        if (
            measure.jurisdiction not in claim.actor
            or not goods & set(products)
            or state not in ("not yet", "in force", "doubtful")
        ):
            continue
        if measure.kind == "ban" and not any(word in claim.quote.casefold() for word in BANNING):
            continue
        if measure.destinations != "all" and not set(measure.destinations) & set(claim.target):
            continue
        found.append(measure)
    return found


def _from_register(draft: _Draft, claim: Claim, measure: Measure) -> None:
    start = measure.effective_from
    if start is None or start <= min(date(BASE_YEAR, 12, 31), draft.as_of - IN_BASE_AFTER):
        draft.leave(claim, f"{measure.id} took effect on {start}: the base year {BASE_YEAR} already holds what it did")
        return
    if measure.id not in draft.controls:
        draft.controls[measure.id] = Control(register=measure.id)
        draft.overrides.append({
            "measure": measure.id,
            "register": f"announced {measure.announced_on}, in effect {start}",
            "article": "asserts it; gives no other dates" if not claim.dates else f"dates it {', '.join(claim.dates)}",
        })  # fmt: skip
    draft.event(claim, "control", f"{measure.id} in force from {start}")


def _own_control(draft: _Draft, claim: Claim, products: list[str]) -> None:
    """A control the register does not know: taken as the article states it, on what its maker ships abroad."""
    effective = _first_day(claim) or draft.as_of
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


def _control(draft: _Draft, claim: Claim, products: list[str], *, effective: date) -> Control | None:
    origin = claim.actor[0]
    flows = draft.world.flows
    shipped = flows[(flows["origin"] == origin) & (flows["destination"] != origin) & flows["product"].isin(products)]
    if any(word in claim.quote.casefold() for word in RAW):
        shipped = shipped[shipped["product"].map(draft.world.products["stage"]) == "mine"]
    goods = sorted(set(shipped["product"]))
    if not goods:
        where = place_name(origin) if len(origin) == 3 else origin
        draft.leave(claim, f"no figures: the dataset has no exports of these goods from {where}")
        return None
    destinations = tuple(p for p in claim.target if p in set(flows["destination"]))
    kind: Literal["ban", "licence"] = "ban" if any(word in claim.quote.casefold() for word in BANNING) else "licence"
    return Control(
        register=None,
        name=f"{place_name(origin)}: {kind} on {', '.join(claim.materials)}",
        kind=kind,
        origin=origin,
        products=dict.fromkeys(goods, 1.0),
        destinations=destinations,
        effective_from=effective,
    )


def _announced(draft: _Draft, claim: Claim, products: list[str], why: str = "") -> None:
    """A control that is planned, conditional or only claimed: a future of its own, one for each control."""
    day = _first_day(claim)
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


def _eased(draft: _Draft, claim: Claim) -> None:
    if claim.status == "conditional":
        draft.conditions.append(claim)
        return draft.leave(claim, "conditional: not in the base; it makes a future")
    if year := _history(draft, _dated(draft, claim)):
        return draft.leave(claim, f"history: dated {year}")
    promised = any(word in claim.quote.casefold() for word in PROMISING)
    if claim.type == "deal_statement" or promised or (claim.status in ("planned", "claimed") and not _official(claim)):
        draft.hoped.append(claim)
        state = "promised" if promised else "unconfirmed" if claim.status == "claimed" else claim.status
        return draft.leave(claim, f"{state}: not in the base; it makes a future")
    return draft.lifted.append(claim)


def _lifted(draft: _Draft, claim: Claim) -> None:
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
            easing = Easing(effective_from=_first_day(claim) or draft.as_of, eligible_at_least=0.9, reason=claim.quote)
            draft.controls[name] = held.model_copy(update={"easings": (*held.easings, easing)})
    for measure in about:
        if draft.register.state(measure, draft.as_of) == "in force" and measure.kind in ("licence", "ban", "halt"):
            draft.overrides.append({"measure": measure.id, "register": "in force", "article": f"“{claim.quote}”"})
    return draft.event(claim, "eased", "measures the article says are lifted or eased are not held against anyone")


def _licences(draft: _Draft) -> None:
    """Licences granted: the office is at work by that day. How many is not said, so the schedule of practice stays."""
    for claim in draft.licensed:
        known = claim.status in ("asserted", "claimed") and draft.controls
        if not known:
            draft.leave(
                claim,
                "no control of the base is concerned" if not draft.controls else f"{claim.status}: not in the base",
            )
            continue
        day = _first_day(claim) or draft.as_of
        for name, control in draft.controls.items():
            if claim.actor and claim.actor[0] != (control.origin or draft.register.measure(name).jurisdiction):
                continue
            first = min(day, control.first_licences_by or day)
            draft.controls[name] = control.model_copy(update={"first_licences_by": first})
        draft.event(claim, "licences", f"the office decides by {day}; how much passes stays as practice has it")


def _futures(draft: _Draft, controls: tuple[Control, ...], target: str | None) -> tuple[Future, ...]:
    """The base and what the article makes possible beside it."""
    futures = [Future("as it stands", "the controls of the base, offices as practice has them")]
    soon, later = draft.as_of + timedelta(days=14), draft.as_of + timedelta(days=91)
    only = (target,) if target else ()
    to = place_name(target) if target else "all destinations"
    if controls and draft.hoped:
        futures.append(Future("the claimed deal holds", f"licences to {to} pass nearly in full from {soon}",
                              tuple(c.id for c in draft.hoped),
                              Easing(effective_from=soon, eligible_at_least=0.95, destinations=only)))  # fmt: skip
    if controls and draft.conditions:
        futures.append(Future("the named condition is met", f"the condition is met and the controls end on {later}",
                              tuple(c.id for c in draft.conditions), lifted_on=later))  # fmt: skip
    if controls and (draft.hoped or draft.conditions):
        ids = tuple(c.id for c in (*draft.hoped, *draft.conditions))
        futures.append(Future("talks collapse", f"from {soon} a tenth of what passed still passes to {to}", ids,
                              Easing(effective_from=soon, eligible_factor=0.1, destinations=only)))  # fmt: skip
    for number, (claims, control) in enumerate(draft.announced, start=1):
        name = "the announced control comes" + (f", {number}" if len(draft.announced) > 1 else "")
        what = f"{control.name} from {control.effective_from}"
        futures.append(Future(name, what, tuple(c.id for c in claims), added=(control,)))
    return tuple(futures)


def products_of(materials: Iterable[str], world: World) -> list[str]:
    """Products of the world that a claim's materials stand for, in the dataset's order."""
    table = world.products
    chosen: set[str] = set()
    for material in materials:
        if material == "critical minerals":
            chosen |= set(table.index)
        elif material == "magnets":
            chosen |= set(table.index[table["stage"] == "magnet"])
        elif material in ("rare earths", "heavy rare earths", "light rare earths"):
            chosen |= set(table.index[table["material"] == "rare earths"])
        else:
            chosen |= set(table.index[table["material"] == material]) | {
                p for p in table.index if p.startswith(material)
            }
    return [p for p in table.index if p in chosen]


def _controller(controls: tuple[Control, ...], register: Register) -> str | None:
    """The place whose controls these are; of several, the first named."""
    for control in controls:
        return control.origin or register.measure(str(control.register_id)).jurisdiction
    return None


def _target(draft: _Draft, controller: str | None) -> str | None:
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


def _official(claim: Claim) -> bool:
    """Whether an office of the acting place says it: then it is the act itself, not hearsay about it."""
    said = claim.attribution.casefold()
    named = {hit.value for hit in find_words(claim.attribution) if hit.tag == "PLACE"}
    if named and not named & set(claim.actor):
        return False
    state_itself = any(
        hit.tag == "PLACE" and hit.end - hit.start >= len(said) - 4 for hit in find_words(claim.attribution)
    )
    return state_itself or any(word in said for word in OFFICES)


def _history(draft: _Draft, claim: Claim) -> int | None:
    """The year of a claim about what is long past; None when it is not."""
    year = _year(claim)
    return year if year and year < draft.as_of.year - HISTORIC_YEARS else None


def _dated(draft: _Draft, claim: Claim) -> Claim:
    """The claim that dates this one: a lifting without a date is of the control named before it."""
    before = draft.last_imposed
    if claim.dates or claim.type not in EASING or before is None:
        return claim
    return before if set(before.actor) & set(claim.actor or before.actor) else claim


def _year(claim: Claim) -> int | None:
    years = [int(d[:4]) for text in claim.dates for d in text.split("/") if d[:4].isdigit()]
    return max(years) if years else None


def _first_day(claim: Claim) -> date | None:
    """First day of the earliest date the claim gives, to the precision it gives."""
    for text in sorted(claim.dates):
        part = text.split("/")[0]
        try:
            return date.fromisoformat({4: f"{part}-01-01", 7: f"{part}-01"}.get(len(part), part))
        except ValueError:
            continue
    return None
