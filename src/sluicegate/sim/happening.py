"""What happens in a scenario on a day: measures announced and in force, plants, orders, promises, who goes first."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from sluicegate.scenario import Scenario
from sluicegate.scenario.event import SecondSource, Thrift
from sluicegate.scenario.tariff import Tariff
from sluicegate.sim.cause_name import DUTY, OFFTAKE, PLANT, QUOTA, SECOND_SOURCE, THRIFT
from sluicegate.sim.control import Resolved, resolve
from sluicegate.sim.priority import priority_name


@dataclass(frozen=True)
class Happening:
    """One dated change of a scenario.

    Parameters
    ----------
    name : the measure, or what else it is, as causes name it ; what : in words, with the name
    on : the day
    """

    name: str
    what: str
    on: date


def happenings(scenario: Scenario) -> list[Happening]:
    """Everything dated in a scenario that falls into its run, by day."""
    parts = (_of_controls, _of_offices, _of_supply, _of_support, _of_levers, _of_priorities)
    found = [h for of_them in parts for h in of_them(scenario)]
    return sorted((h for h in found if scenario.start <= h.on < scenario.end), key=lambda h: (h.on, h.name, h.what))


def in_force_on(scenario: Scenario, name: str) -> date | None:
    """The first day on which a measure of the scenario holds goods; None where there is no such measure."""
    days = [c.effective_from for c in _resolved(scenario) if c.name == name]
    return min(days, default=None)


def _resolved(scenario: Scenario) -> list[Resolved]:
    return [resolve(c, scenario.as_of) for c in scenario.controls]


def _of_controls(scenario: Scenario) -> Iterator[Happening]:
    for c in _resolved(scenario):
        if c.announced_on and c.announced_on < c.effective_from:
            yield Happening(c.name, f"{c.name} announced", c.announced_on)
        yield Happening(c.name, f"{c.name} takes effect", c.effective_from)
        if c.until:
            yield Happening(c.name, f"{c.name} ends", c.until)
        for first, last in c.control.suspended:
            yield Happening(c.name, f"{c.name} suspended", first)
            yield Happening(c.name, f"{c.name} back in force", date.fromordinal(last.toordinal() + 1))
        for easing in c.control.easings:
            yield Happening(c.name, f"{c.name} eased", easing.effective_from)
        for rule in c.control.rules:
            if rule.effective_from:
                yield Happening(c.name, f"{c.name}: other {rule.setting.replace('_', ' ')}", rule.effective_from)


def _of_offices(scenario: Scenario) -> Iterator[Happening]:
    for office in scenario.offices:
        name = f"office of {office.place}"
        for change in office.changes:
            other = ", ".join(factor.removesuffix("_factor").replace("_", " ") for factor in change.stated)
            yield Happening(name, f"{name}: other {other}", change.effective_from)


def _of_supply(scenario: Scenario) -> Iterator[Happening]:
    for o in scenario.outages:
        yield from _spell(f"outage of {o.process} in {o.place}", o.effective_from, o.until)
    for tariff in scenario.tariffs:
        yield from _spell(named_duty(tariff), tariff.effective_from, tariff.until)
    for levy in scenario.export_levies:
        yield from _spell(f"{levy.levy} of {100 * levy.rate:g} % of {levy.place}", levy.effective_from, levy.until)
    for q in scenario.production_quotas:
        yield from _spell(f"{QUOTA} on {q.process} in {q.place}", q.effective_from, q.until)
    for p in scenario.plants:
        yield Happening(PLANT.format(process=p.process, place=p.place), f"{p.process} in {p.place} starts", p.start)
    for programme in scenario.thrift:
        yield from _spell(named_thrift(programme), programme.start, None)
    for source in scenario.second_sources:
        yield Happening(named_source(source), f"{named_source(source)} opens", source.start)


def named_duty(tariff: Tariff) -> str:
    """A duty as causes name it."""
    return DUTY.format(number=f"{100 * tariff.added_rate:g}", place=tariff.by, origin=tariff.on_goods_of)


def named_thrift(programme: Thrift) -> str:
    """A programme to use less, as causes name it."""
    return THRIFT.format(products=", ".join(programme.products), place=programme.place)


def named_source(source: SecondSource) -> str:
    """A second source, as causes name it."""
    return SECOND_SOURCE.format(products=", ".join(source.products), place=source.place)


def _spell(name: str, first: date | None, until: date | None) -> Iterator[Happening]:
    """Something that begins and, where that is known, ends."""
    if first:
        yield Happening(name, f"{name} begins", first)
    if until:
        yield Happening(name, f"{name} ends", until)


def _of_priorities(scenario: Scenario) -> Iterator[Happening]:
    for event in scenario.priorities:
        name = priority_name(event)
        yield Happening(name, f"{name} begins", event.effective_from)
        if event.until:
            yield Happening(name, f"{name} ends", event.until)


def _of_support(scenario: Scenario) -> Iterator[Happening]:
    for s in scenario.stocks:
        name = f"stock of {', '.join(s.products)} ordered in {s.place}"
        yield Happening(name, name, s.effective_from)
    for event in (*scenario.floors, *scenario.offtakes):
        name = OFFTAKE if event in scenario.offtakes else "price floor of {product} in {place}"
        yield from _spell(name.format(product=event.product, place=event.place), event.effective_from, event.until)


def _of_levers(scenario: Scenario) -> Iterator[Happening]:
    for use in scenario.levers:
        name = f"lever of {scenario.target}: {use.lever}" + (f" {100 * use.added_rate:g} %" if use.added_rate else "")
        yield from _spell(name, use.effective_from, use.until)
