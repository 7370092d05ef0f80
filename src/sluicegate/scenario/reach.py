"""Whom the events of a scenario reach: an event that touches nothing is a mistake, and is said to be one."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from sluicegate.regime import load_register
from sluicegate.scenario.event import Control
from sluicegate.scenario.scenario import Scenario
from sluicegate.scenario.standing import settled
from sluicegate.terms import nearest
from sluicegate.world import World

UNION: Final = "EUU"
"""Stands for its members wherever a control names destinations."""
EVENTS: Final = (
    "controls", "outages", "plants", "stocks", "second_sources", "thrift", "production_quotas", "tariffs",
    "export_levies", "floors", "offtakes", "projects", "levers", "priorities",
)  # fmt: skip
STARTS: Final = ("effective_from", "start", "earliest")
"""What the first day of an event is called."""


def touches_nothing(scenario: Scenario, world: World) -> list[str]:
    """One line for every event that would change nothing, because the world has no such maker, buyer or flow."""
    return [*_late(scenario), *_sides(scenario, world), *_makers(scenario, world), *_promises(scenario, world),
            *_buyers(scenario, world), *_ranks(scenario, world), *_flows(scenario, world),
            *_offices(scenario)]  # fmt: skip


def _late(scenario: Scenario) -> Iterator[str]:
    """Events that begin after the last week."""
    for field in EVENTS:
        for i, event in enumerate(getattr(scenario, field)):
            first = next((day for name in STARTS if (day := getattr(event, name, None)) is not None), None)
            if first is not None and first >= scenario.end:
                yield f"{field}.{i}: begins on {first}, and the scenario ends before {scenario.end}"
    for i, office in enumerate(scenario.offices):
        for k, change in enumerate(office.changes):
            if change.effective_from >= scenario.end:
                yield (f"offices.{i}.changes.{k}: begins on {change.effective_from}, and the scenario ends before "
                       f"{scenario.end}")  # fmt: skip


def _sides(scenario: Scenario, world: World) -> Iterator[str]:
    """The edge sets losses against what a place can bear."""
    known = set(world.places["gdp_musd"].dropna().index)
    for field in ("controller", "target"):
        place = getattr(scenario, field)
        if scenario.controller and scenario.target and place not in known:
            yield f"{field}: {place} has no GDP in the dataset, so no edge can be told; {_elsewhere(place, known)}"


def _makers(scenario: Scenario, world: World) -> Iterator[str]:
    for field in ("outages", "plants", "production_quotas", "projects", "deposits"):
        for i, event in enumerate(getattr(scenario, field)):
            places = set(world.producers.loc[world.producers["process"] == event.process, "place"])
            if event.place not in places:
                yield f"{field}.{i}: nobody in {event.place} does {event.process}; {_elsewhere(event.place, places)}"


def _promises(scenario: Scenario, world: World) -> Iterator[str]:
    made = world.producers[["process", "place"]].merge(world.recipes.query("role == 'output'"), on="process")
    for field in ("floors", "offtakes"):
        for i, event in enumerate(getattr(scenario, field)):
            places = set(made.loc[made["product"] == event.product, "place"])
            if event.place not in places:
                yield f"{field}.{i}: nobody in {event.place} makes {event.product}; {_elsewhere(event.place, places)}"
    for i, stage in enumerate(scenario.next_stages):
        for industry in (stage.industry, stage.maker):
            if f"{industry}|{stage.place}" not in world.lines.index:
                yield f"next_stages.{i}: {stage.place} has no line of {industry}"


def _buyers(scenario: Scenario, world: World) -> Iterator[str]:
    bought = set(zip(world.flows["product"], world.flows["destination"], strict=True))
    used = set(zip(world.uses["product"], world.uses["place"], strict=True))
    for field, known in (("stocks", bought), ("second_sources", bought), ("thrift", used)):
        for i, event in enumerate(getattr(scenario, field)):
            for product in (p for p in event.products if (p, event.place) not in known):
                places = {place for p, place in known if p == product}
                yield f"{field}.{i}: nobody in {event.place} uses {product}; {_elsewhere(event.place, places)}"


def _ranks(scenario: Scenario, world: World) -> Iterator[str]:
    """Priorities among users who are not there, or with nobody left to be served after them."""
    for i, event in enumerate(scenario.priorities):
        if event.until is not None and event.until <= scenario.start:
            yield f"priorities.{i}: ends on {event.until}, before the scenario starts"
        for product in event.products:
            users = _users(world, product)
            here = users.get(event.place, set())
            if not here:
                yield f"priorities.{i}: nobody in {event.place} uses {product}; {_elsewhere(event.place, {*users})}"
            for name in (n for n in event.ranked if here and n not in here):
                yield f"priorities.{i}: {name} uses no {product} in {event.place}; {_elsewhere(name, here)}"
            if here and here <= {*event.first}:
                yield f"priorities.{i}: nobody in {event.place} uses {product} but who comes first"


def _users(world: World, product: str) -> dict[str, set[str]]:
    """By place, the industries and the processes of makers that use a product there."""
    fed = world.recipes[(world.recipes["product"] == product) & (world.recipes["role"] == "input")]["process"]
    lines = world.uses[(world.uses["product"] == product) & (world.uses["use_t_per_yr"] > 0)]
    makers = world.producers[world.producers["process"].isin(fed) & (world.producers["activity_t_per_yr"] > 0)]
    found: dict[str, set[str]] = {}
    for table, column in ((lines, "industry"), (makers, "process")):
        for place, name in zip(table["place"].astype(str), table[column].astype(str), strict=True):
            found.setdefault(place, set()).add(name)
    return found


def _flows(scenario: Scenario, world: World) -> Iterator[str]:
    columns = [world.flows[name].astype(str) for name in ("product", "origin", "destination")]
    flows = {(p, o, d) for p, o, d in zip(*columns, strict=True) if o != d}
    for i, tariff in enumerate(scenario.tariffs):
        wanted = set(tariff.products) or {p for p, *_ in flows}
        if not any((p, tariff.on_goods_of, tariff.by) in flows for p in wanted):
            yield f"tariffs.{i}: {tariff.by} buys no such goods of {tariff.on_goods_of}"
    for i, levy in enumerate(scenario.export_levies):
        if not any(o == levy.place and (not levy.products or p in levy.products) for p, o, _ in flows):
            yield f"export_levies.{i}: {levy.place} exports no such goods"
    for i, contract in enumerate(scenario.contracts):
        for product, place in ((p, d) for p in contract.products for d in contract.destinations):
            places = {d for p, o, d in flows if p == product and o == contract.origin}
            if place not in places | {UNION}:
                yield f"contracts.{i}: {place} buys no {product} of {contract.origin}; {_elsewhere(place, places)}"
    for i, control in enumerate(scenario.controls):
        yield from _held(f"controls.{i}", control, flows)


def _held(field: str, control: Control, flows: set[tuple[str, str, str]]) -> Iterator[str]:
    """Goods and destinations that a control states and no flow has; goods made abroad are found by their content."""
    if control.origin is None or control.abroad is not None:
        return
    mine = {(p, d) for p, o, d in flows if o == control.origin}
    for product in (p for p in control.products if p not in {p for p, _ in mine}):
        yield f"{field}.products: {control.origin} exports no {product}"
    bought = {d for p, d in mine if not control.products or p in control.products}
    named = [control.destinations, *(x.destinations for x in control.easings), *(x.destinations for x in control.rules)]
    named += [x.destinations for x in control.office.open_licences] if control.office else []
    for place in (d for places in named for d in places if d not in bought | {UNION}):
        yield f"{field}.destinations: {place} buys none of these goods of {control.origin}; {_elsewhere(place, bought)}"


def _offices(scenario: Scenario) -> Iterator[str]:
    """Offices that decide on no control of the scenario, and swings of one whose controls have nothing that swings."""
    controls = settled(scenario).controls if scenario.offices else ()
    asked = [(_office_of(c), c.form == "short" or bool(c.office and c.office.capacity)) for c in controls]
    for i, office in enumerate(scenario.offices):
        swings = [swing for place, swing in asked if place == office.place]
        if not swings:
            known = {place for place, _ in asked if place}
            yield f"offices.{i}: no control here is licensed by {office.place}; {_elsewhere(office.place, known)}"
        elif not any(swings) and any(name.startswith("swing") for c in office.changes for name in c.stated):
            yield (f"offices.{i}: nothing here swings; `form: long` carries the swing of {office.place} in the "
                   "`capacity` of its office, and none is stated")  # fmt: skip


def _office_of(control: Control) -> str | None:
    """Whose office decides on what a control holds; None for a ban and a quota."""
    measure = load_register().measure(control.register_id) if control.register_id else None
    if control.kind != "licence" or (measure is not None and measure.kind in ("ban", "halt")):
        return None
    return control.origin or (measure.jurisdiction if measure else None)


def _elsewhere(place: str, known: set[str]) -> str:
    close = nearest(place, known, most=1)
    hint = f"did you mean {close[0]}? " if close else ""
    return f"{hint}known are {', '.join(sorted(known)[:12])}{', …' if len(known) > 12 else ''}"
