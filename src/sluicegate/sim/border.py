"""From controls to borders: which links a measure touches, and how its office works, draw by draw."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

import numpy as np
from scipy.special import ndtr

from sluicegate.regime import Covered, EligibleStep, Item, Measure, eligible_schedule, load_practice, load_register
from sluicegate.scenario import Control, Scenario
from sluicegate.sim.draws import Draws
from sluicegate.sim.knobs import Border
from sluicegate.sim.network import Floats, Ints, Network
from sluicegate.terms.parameter import Parameter

OFFICE = ("swing_log_sd", "swing_memory_weeks", "clampdown_per_year", "clampdown_depth", "clampdown_weeks")
GROUP = ("office_start_weeks", "review_weeks_mean", "review_stages", "overcompliance_share",
         "overcompliance_fade_weeks", "frontload_weeks_of_use", "frontload_surge_limit", "leak_share",
         "leak_delay_weeks")  # fmt: skip
EU_PLACES = ("DEU", "FRA", "EST", "EUO")
_OTHER_MINERALS = (
    "bismuth", "indium", "tellurium", "cadmium telluride", "molybdenum", "magnesium", "cobalt", "lithium",
)  # fmt: skip
TIERS = ("USA", "JPN", "KOR", "IND", "EUU", "other")
PENDING = Parameter("pending limit", "lognormal", 4, 12, 40, "weeks of base flow", "judgement",
                    "how much buyers leave waiting at an office before they withdraw; not on record")  # fmt: skip


@dataclass(frozen=True)
class Resolved:
    """A control with its dates and products filled in from the register.

    Parameters
    ----------
    products : listed share of each product's tonnage as low, median, high ; overcomplied : products not
        listed (or only in part) that are held up too
    """

    control: Control
    name: str
    origin: str
    products: dict[str, tuple[float, float, float]]
    overcomplied: frozenset[str]
    destinations: tuple[str, ...]
    announced_on: date | None
    effective_from: date
    until: date | None
    ban: bool


def resolve(control: Control, as_of: date = date.max) -> Resolved:
    """Fill a control in from the register; what the control itself states takes precedence.

    The end of a measure counts when it was known by `as_of`; a suspension is left to the scenario's easings.
    """
    measure = load_register().measure(control.register_id) if control.register_id else None
    listed, overcomplied = _listed(measure) if measure else ({}, frozenset())
    own = {p: s if isinstance(s, tuple) else (s, s, s) for p, s in control.products.items()}
    effective = control.effective_from or (measure.effective_from if measure else None)
    if effective is None:
        raise ValueError(f"{control.register_id} has no date of effect; give `effective_from`")
    places = measure.destinations if measure and measure.destinations != "all" else ()
    return Resolved(
        control=control,
        name=control.name or (measure.id if measure else "control"),
        origin=control.origin or (measure.jurisdiction if measure else ""),
        products=own or listed,
        overcomplied=overcomplied,
        destinations=control.destinations or tuple(places),
        announced_on=control.announced_on or (measure.announced_on if measure else None),
        effective_from=effective,
        until=control.until or (_end(measure, as_of) if measure else None),
        ban=control.kind == "ban" or (measure is not None and measure.kind in ("ban", "halt")),
    )


def _end(measure: Measure, as_of: date) -> date | None:
    """First day on which a measure no longer holds, if that was known by then."""
    known = (measure.end_announced_on or measure.announced_on) <= as_of
    return measure.ends_on + timedelta(days=1) if measure.ends_on and known else None


def _listed(measure: Measure) -> tuple[dict[str, tuple[float, float, float]], frozenset[str]]:
    products: dict[str, tuple[float, float, float]] = {}
    overcomplied = set()
    for item in measure.items:
        outside = item.effect in ("outside", "none", "stricter review")
        for c in (*item.products, *_meant(item)):
            if outside and not c.overcomplied:
                continue
            products[c.name] = max(products.get(c.name, (0.0, 0.0, 0.0)), (c.low, c.p50, c.high), key=lambda x: x[1])
            if c.overcomplied:
                overcomplied.add(c.name)
    return products, frozenset(overcomplied)


def _meant(item: Item) -> list[Covered]:
    """What an item lists by naming other measures; rules for goods made abroad or for armies are not modelled."""
    return [] if item.made or item.end_use else load_register().meant(item)


def group_of(product: str) -> str:
    """The table of practice that serves a product."""
    if "magnet" in product:
        return "magnets"
    if product.startswith(("gallium", "germanium")):
        return "gallium and germanium"
    if "tungst" in product:
        return "tungsten"
    if "graphite" in product:
        return "graphite"
    if product.startswith("antimony"):
        return "antimony"
    return "other minerals" if product.startswith(_OTHER_MINERALS) else "rare earth raw materials"


def tier_of(place: str) -> str:
    """The tier of destinations whose record of approvals serves a place."""
    if place in EU_PLACES:
        return "EUU"
    return place if place in TIERS else "other"


def border_parameters(scenario: Scenario) -> dict[str, Parameter]:
    """Every uncertain input of the scenario's controls, as known on its as-of date."""
    found: dict[str, Parameter] = {}
    for control in (resolve(c, scenario.as_of) for c in scenario.controls):
        found[PENDING.name] = PENDING
        office = load_practice(scenario.as_of, "other minerals")
        found |= {f"{control.origin} office: {n}": _renamed(office[n], f"{control.origin} office: {n}") for n in OFFICE}
        for group in sorted({group_of(p) for p in control.products}):
            practice = load_practice(scenario.as_of, group)
            found |= {f"{group}: {n}": _renamed(practice[n], f"{group}: {n}") for n in GROUP}
            found |= {p.name: p for p in (_passing(scenario.as_of, group, tier) for tier in TIERS)}
        for product, (low, middle, high) in control.products.items():
            if low < high:
                name = f"{control.name}: share of {product} listed"
                found[name] = Parameter(
                    name, "logitnormal", max(low, 0.001), min(max(middle, 0.002), 0.998), min(high, 0.999), "share",
                    "judgement", "the customs code also holds goods that are not listed", (control.name,),
                )  # fmt: skip
    return found


def _renamed(parameter: Parameter, name: str) -> Parameter:
    fields = {f: getattr(parameter, f) for f in parameter.__dataclass_fields__} | {"name": name}
    return Parameter(**fields)


def _passing(as_of: date, group: str, tier: str) -> Parameter:
    """How generous the office is to a tier, as a standard score: one luck for the whole dated schedule."""
    steps = _schedule(as_of, group, tier)
    last = steps[-1].share
    text = "; ".join(f"from week {s.from_week}: {s.share.p05:g} / {s.share.p50:g} / {s.share.p95:g}" for s in steps)
    return Parameter(f"{group}, {tier}: eligible share", "normal", -1.6448536, 0.0, 1.6448536, "standard score",
                     last.label, f"share of the pre-control flow that passes ({text}). {last.reason}", last.refs,
                     last.known_on)  # fmt: skip


def _schedule(as_of: date, group: str, tier: str) -> tuple[EligibleStep, ...]:
    return eligible_schedule(as_of, group, {"other": None, "EUU": "DEU"}.get(tier, tier))


def build_borders(scenario: Scenario, net: Network, drawn: Draws) -> tuple[Border, ...]:
    """The borders of a scenario: one for each control and table of practice, on the links it touches.

    A link touched by several controls is held by the one that took effect last, and before that by those that had
    ended by then.
    """
    taken: dict[int, date] = {}
    borders = []
    dated = [resolve(c, scenario.as_of) for c in scenario.controls]
    for control in sorted(dated, key=lambda c: c.effective_from, reverse=True):
        for group in sorted({group_of(p) for p in control.products}):
            links = _links(net, control, group, taken)
            if links.size and scenario.week_of(control.effective_from) < scenario.weeks:
                taken |= dict.fromkeys(links.tolist(), control.effective_from)
                borders.append(_border(scenario, net, drawn, control, group, links))
    return tuple(borders)


def _links(net: Network, control: Resolved, group: str, taken: dict[int, date]) -> Ints:
    ends = control.until or date.max
    chosen = []
    for e in range(len(net.link_flow)):
        product = net.products[net.node_product[net.link_origin[e]]]
        origin, destination = (net.places[net.node_place[n[e]]] for n in (net.link_origin, net.link_destination))
        touched = product in control.products and group_of(product) == group and origin == control.origin
        allowed = not control.destinations or destination in members(control.destinations)
        if touched and allowed and origin != destination and ends <= taken.get(e, date.max):
            chosen.append(e)
    return np.array(chosen, dtype=np.intp)


def _border(scenario: Scenario, net: Network, drawn: Draws, control: Resolved, group: str, links: Ints) -> Border:
    ones = np.ones(drawn.size)
    products = [net.products[p] for p in net.node_product[net.link_origin[links]]]
    places = [net.places[c] for c in net.node_place[net.link_destination[links]]]
    effective = scenario.week_of(control.effective_from)
    announced = scenario.week_of(control.announced_on) if control.announced_on else effective
    listed = {p: _listed_share(drawn, control, p) for p in set(products)}
    over = np.array([[p in control.overcomplied] for p in products], dtype=float)
    stages = int(drawn[f"{group}: review_stages"][0])
    eased = {p for e in control.control.easings for p in members(e.destinations)}
    keys = [(tier_of(p), p if p in eased else "") for p in places]
    tiers = sorted(set(keys))
    office_start = drawn[f"{group}: office_start_weeks"]
    if control.control.first_licences_by is not None:
        office_start = np.minimum(office_start, max(scenario.week_of(control.control.first_licences_by) - effective, 0))
    review = np.maximum(drawn[f"{group}: review_weeks_mean"], stages)
    return Border(
        name=control.name,
        links=links,
        announced=announced if announced < effective else float("nan"),
        effective=effective,
        until=scenario.week_of(control.until) if control.until else float("inf"),
        covered=np.array([listed[p] for p in products]),
        overcomplied=over * drawn[f"{group}: overcompliance_share"],
        fade_weeks=drawn[f"{group}: overcompliance_fade_weeks"],
        office_start=0 * ones if control.ban else office_start,
        pass_rate=ones if control.ban else stages / review,
        stages=1 if control.ban else stages,
        tier=np.array([tiers.index(k) for k in keys], dtype=np.intp),
        level=_level(scenario, drawn, control, group, tiers),
        leak=drawn[f"{group}: leak_share"],
        leak_weeks=round(float(drawn.parameters[f"{group}: leak_delay_weeks"].p50)),
        frontload_weeks=drawn[f"{group}: frontload_weeks_of_use"],
        surge_limit=drawn[f"{group}: frontload_surge_limit"],
        review_weeks=0 * ones if control.ban else review,
        pending_limit=0 * ones if control.ban else drawn[PENDING.name],
    )


def _listed_share(drawn: Draws, control: Resolved, product: str) -> Floats:
    low, middle, high = control.products[product]
    return drawn[f"{control.name}: share of {product} listed"] if low < high else np.full(drawn.size, middle)


Tier = tuple[str, str]
"""Destinations with one level: a tier of the record, and the place itself where an easing names it."""


def _level(scenario: Scenario, drawn: Draws, control: Resolved, group: str, tiers: list[Tier]) -> Floats:
    """(W, T, D) share of the base flow let through: schedule times the office's swing, eased where eased."""
    weeks = np.arange(scenario.weeks)
    since = np.asarray(weeks - scenario.week_of(control.effective_from), dtype=float)
    level = np.zeros((scenario.weeks, len(tiers), drawn.size))
    for t, (tier, place) in enumerate(tiers):
        if not control.ban:
            level[:, t] = _scheduled(scenario.as_of, drawn, group, tier, since)
        for easing in control.control.easings:
            if not easing.destinations or place in members(easing.destinations):
                on = weeks + 1 > scenario.week_of(easing.effective_from)
                level[on, t] = np.maximum(level[on, t] * easing.eligible_factor, easing.eligible_at_least)
    return level * office_swing(drawn, control.origin, scenario.weeks)[:, None, :]


def _scheduled(as_of: date, drawn: Draws, group: str, tier: str, since: Floats) -> Floats:
    """(W, D) share by the dated schedule of practice, even between its steps; one luck for the whole of it."""
    steps = _schedule(as_of, group, tier)
    luck = ndtr(drawn[f"{group}, {tier}: eligible share"])
    shares = np.array([s.share.quantile(luck) for s in steps])
    at = np.array([s.from_week for s in steps], dtype=float)
    return np.stack([np.interp(since, at, shares[:, d]) for d in range(drawn.size)], axis=1)


def members(places: Iterable[str]) -> set[str]:
    """The places, with the European Union spelt out."""
    named = set(places)
    return named | set(EU_PLACES) if "EUU" in named else named


def office_swing(drawn: Draws, origin: str, weeks: int) -> Floats:
    """(W, D) factor on what an office lets through: a slow swing of mean one, and spells of clampdown.

    The log swing is an AR(1) with the fitted spread and memory, common to all items of one office; spells
    start at random at the yearly rate and stop a share of the flow for some weeks.
    """
    sd, memory = drawn[f"{origin} office: swing_log_sd"], drawn[f"{origin} office: swing_memory_weeks"]
    keep = np.exp(-1 / memory)
    noise = drawn.noise(f"swing {origin}", weeks)
    log = np.empty_like(noise)
    log[0] = sd * noise[0]
    for t in range(1, weeks):
        log[t] = keep * log[t - 1] + sd * np.sqrt(1 - keep**2) * noise[t]
    starts = drawn.chance(f"clampdown {origin}", weeks) < drawn[f"{origin} office: clampdown_per_year"] / 52.18
    length, depth = drawn[f"{origin} office: clampdown_weeks"], drawn[f"{origin} office: clampdown_depth"]
    since = np.full(drawn.size, np.inf)
    factor = np.exp(log - sd**2 / 2)
    for t in range(weeks):
        since = np.where(starts[t], 0, since + 1)
        factor[t] *= np.where(since < length, 1 - depth, 1)
    return factor
