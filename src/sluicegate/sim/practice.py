"""The uncertain inputs of a scenario's controls, by name: the tables of practice, and the rules a control states."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from sluicegate.regime import EligibleStep, eligible_schedule, load_practice, material_group
from sluicegate.scenario import Capacity, CapacityChange, Office, OfficeChange, Rule, Scenario
from sluicegate.sim.control import Resolved, resolve
from sluicegate.terms import InputError
from sluicegate.terms.parameter import Kind, Parameter

OFFICE = ("swing_log_sd", "swing_memory_weeks", "clampdown_per_year", "clampdown_depth", "clampdown_weeks")
GROUP = ("office_start_weeks", "review_weeks_mean", "review_stages", "overcompliance_share",
         "overcompliance_fade_weeks", "frontload_weeks_of_use", "frontload_surge_limit", "leak_share",
         "leak_delay_weeks", "leak_price_premium", "customs_clearing_weeks")  # fmt: skip
LONG = ("preparation_weeks", "returned_share", "refile_weeks", "refused_share", "validity_weeks")
"""What the long form needs besides."""
RULED = ("review_weeks_mean", "review_stages", *LONG)
"""What may have a row of its own for a tier of destinations, from the day that row became known."""
EU_PLACES = ("DEU", "FRA", "EST", "EUO")
TIERS = ("USA", "JPN", "KOR", "IND", "EUU", "other")
PENDING = Parameter("pending limit", "lognormal", 4, 12, 40, "weeks of base flow", "judgement",
                    "how much buyers leave waiting at an office before they withdraw; not on record")  # fmt: skip


def tier_of(place: str) -> str:
    """The tier of destinations whose record of approvals serves a place."""
    if place in EU_PLACES:
        return "EUU"
    return place if place in TIERS else "other"


def place_of(tier: str) -> str | None:
    """A place that the tables of practice know the tier by; None for all others together."""
    return {"other": None, "EUU": "DEU"}.get(tier, tier)


def border_parameters(scenario: Scenario) -> dict[str, Parameter]:
    """Every uncertain input of the scenario's controls, as known on its as-of date.

    Raises
    ------
    InputError : two controls state different capacities for one office and group of items, or two of one name state
        different inputs.
    """
    found: dict[str, Parameter] = {}
    for control in (resolve(c, scenario.as_of) for c in scenario.controls):
        found[PENDING.name] = PENDING
        office = load_practice(scenario.as_of, "other minerals")
        found |= {name: replace(office[n], name=name) for n in OFFICE for name in [office_name(control.origin, n)]}
        found |= {name: _distribution(name, change.stated[factor], "multiple of the usual", change)
                  for factor, change, name in dated_factors(scenario, control.origin)}  # fmt: skip
        for group in sorted({material_group(p) for p in control.products}):
            own = _of_group(scenario.as_of, control, group)
            stated, pool = _capacities(control, group), pool_name(control, group)
            others = {name: p for name, p in found.items() if name.startswith(pool)}
            if stated and others and stated != others:
                raise InputError(f"two capacities for {pool.removesuffix(' a week')}", where=control.name,
                                 expected="one capacity for an office and a group of items",
                                 do="State the same in both controls, or in one of them.")  # fmt: skip
            found |= own | stated
        own = {name: _ruled(rule, name) for rule, name in ruled_names(control)}
        own |= _stated_shares(control) | _listed_shares(control)
        if twice := sorted(name for name, p in own.items() if found.get(name, p) != p):
            raise InputError(f"two controls of this name state {', '.join(twice)}", where=control.name,
                             expected="a name for each control", do="Name one of them otherwise.")  # fmt: skip
        found |= own
    return found


def _of_group(as_of: date, control: Resolved, group: str) -> dict[str, Parameter]:
    """The inputs of one table of practice, with those of tiers that have rows of their own."""
    practice = load_practice(as_of, group)
    wanted = (*GROUP, *LONG) if control.control.form == "long" else GROUP
    found = {f"{group}: {n}": replace(practice[n], name=f"{group}: {n}") for n in wanted}
    for end_use in end_uses(control):
        found |= {p.name: p for p in (_passing(as_of, group, tier, end_use) for tier in TIERS)}
    for tier in TIERS:
        own = load_practice(as_of, group, place_of(tier))
        found |= {n: replace(own[s], name=n) for s in RULED if s in wanted and own[s] != practice[s]
                  for n in [tier_name(group, tier, s)]}  # fmt: skip
    return found


def _capacities(control: Resolved, group: str) -> dict[str, Parameter]:
    """The capacities that a control states for its office's reviews of a group; none where it states none."""
    capacity = control.control.office.capacity if control.control.office else None
    if capacity is None:
        return {}
    return {n: _distribution(n, c.quantiles, f"{capacity.unit} a week", c)
            for n, _, c in dated_capacities(capacity, pool_name(control, group))}  # fmt: skip


def dated_capacities(capacity: Capacity, pool: str) -> list[tuple[str, date, Capacity | CapacityChange]]:
    """The capacity of a pool and its changes, the earlier first: name of the input, first day, and what is stated."""
    changes = sorted(capacity.changes, key=lambda c: c.effective_from)
    return [(pool, date.min, capacity), *((f"{pool} from {c.effective_from}", c.effective_from, c) for c in changes)]


def end_uses(control: Resolved) -> tuple[str, ...]:
    """The end uses a control tells apart."""
    office = control.control.office
    return ("civil", "military") if office and office.military_share else ("civil",)


def tier_name(group: str, tier: str, setting: str) -> str:
    """Name of a group's input where a tier of destinations has its own."""
    return f"{group}, {tier}: {setting}"


def office_name(place: str, setting: str) -> str:
    """Name of an input of the office of a place, the same for all goods."""
    return f"{place} office: {setting}"


def dated_factors(scenario: Scenario, place: str) -> list[tuple[str, OfficeChange, str]]:
    """Factors on an office's swings and clampdowns, the earlier first: which, the change, and the name of its input."""
    changes = [change for office in scenario.offices if office.place == place for change in office.changes]
    return [(factor, change, office_name(place, f"{factor} from {change.effective_from}"))
            for change in sorted(changes, key=lambda c: c.effective_from) for factor in change.stated]  # fmt: skip


def pool_name(control: Resolved, group: str) -> str:
    """Name of the reviewing capacity that an office has for a group of items."""
    return f"{control.origin} office: reviews of {group} a week"


def ruled_names(control: Resolved) -> list[tuple[Rule, str]]:
    """The rules a control states, each with the name of its input."""
    rules = control.control.rules
    return [(r, f"{control.name}: {r.setting}, rule {i + 1}") for i, r in enumerate(rules)]


def _ruled(rule: Rule, name: str) -> Parameter:
    others = {"review_stages": "stages", "frontload_weeks_of_use": "weeks of use",
              "frontload_surge_limit": "multiple of the base rate"}  # fmt: skip
    unit = "share" if rule.setting.endswith("_share") else others.get(rule.setting, "weeks")
    return _distribution(name, rule.quantiles, unit, rule)


def _stated_shares(control: Resolved) -> dict[str, Parameter]:
    """Shares an office's settings state, the same in every draw: on record with their labels, for who asks why."""
    office = control.control.office or Office()
    stated = {f"military share of {n}": part for n, part in office.military_share.items()}
    stated |= {f"applicants, {n}": part for n, part in office.applicants.items()}
    licences = {f"{x.kind} licences {i + 1}": x for i, x in enumerate(office.open_licences)}
    return {f"{control.name}: {n}": Parameter(f"{control.name}: {n}", "fixed", x.share, x.share, x.share, "share",
                                              x.label, x.reason) for n, x in (stated | licences).items()}  # fmt: skip


def _distribution(
    name: str, quantiles: tuple[float, float, float], unit: str, stated: Rule | Capacity | CapacityChange | OfficeChange
) -> Parameter:
    """An input from three stated quantiles, on the scale that its range allows."""
    low, middle, high = quantiles
    share = unit == "share"
    kind: Kind = "fixed" if low == high else "logitnormal" if share else "lognormal"
    return Parameter(name, kind, low, middle, high, unit, stated.label, stated.reason)


def _listed_shares(control: Resolved) -> dict[str, Parameter]:
    found = {}
    for product, (low, middle, high) in control.products.items():
        if low < high:
            name = f"{control.name}: share of {product} listed"
            found[name] = Parameter(
                name, "logitnormal", max(low, 0.001), min(max(middle, 0.002), 0.998), min(high, 0.999), "share",
                "judgement", "the customs code also holds goods that are not listed", (control.name,),
            )  # fmt: skip
    return found


def passing_name(group: str, tier: str, end_use: str) -> str:
    """Name of the luck of a tier: how generous the office is to it, for all the dated schedule."""
    return f"{group}, {tier}: eligible share" + ("" if end_use == "civil" else f", {end_use}")


def _passing(as_of: date, group: str, tier: str, end_use: str) -> Parameter:
    """How generous the office is to a tier, as a standard score: one luck for the whole dated schedule."""
    steps = schedule(as_of, group, tier, end_use)
    last = steps[-1].share
    text = "; ".join(f"from week {s.from_week}: {s.share.p05:g} / {s.share.p50:g} / {s.share.p95:g}" for s in steps)
    return Parameter(passing_name(group, tier, end_use), "normal", -1.6448536, 0.0, 1.6448536, "standard score",
                     last.label, f"share of the pre-control flow that passes ({text}). {last.reason}", last.refs,
                     last.known_on)  # fmt: skip


def schedule(as_of: date, group: str, tier: str, end_use: str = "civil") -> tuple[EligibleStep, ...]:
    """The dated schedule of the share that passes, for a tier and an end use."""
    return eligible_schedule(as_of, group, place_of(tier), "military" if end_use == "military" else "civil")
