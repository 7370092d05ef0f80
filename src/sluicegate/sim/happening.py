"""What happens in a scenario on a day: measures announced and in force, plants, orders, promises, who goes first."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from sluicegate.scenario import Scenario
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
        name = f"outage of {o.process} in {o.place}"
        yield Happening(name, f"{name} begins", o.effective_from)
        if o.until:
            yield Happening(name, f"{name} ends", o.until)
    for tariff in scenario.tariffs:
        name = f"duty of {100 * tariff.added_rate:g} % of {tariff.by} on goods of {tariff.on_goods_of}"
        yield Happening(name, f"{name} begins", tariff.effective_from)
        if tariff.until:
            yield Happening(name, f"{name} ends", tariff.until)
    for levy in scenario.export_levies:
        name = f"{levy.levy} of {100 * levy.rate:g} % of {levy.place}"
        yield Happening(name, f"{name} begins", levy.effective_from)
        if levy.until:
            yield Happening(name, f"{name} ends", levy.until)
    for q in scenario.production_quotas:
        name = f"production quota on {q.process} in {q.place}"
        yield Happening(name, f"{name} begins", q.effective_from)
        if q.until:
            yield Happening(name, f"{name} ends", q.until)
    for p in scenario.plants:
        yield Happening(f"plant: {p.process} in {p.place}", f"{p.process} in {p.place} starts", p.start)
    for programme in scenario.thrift:
        name = f"programme to save {', '.join(programme.products)} in {programme.place}"
        yield Happening(name, f"{name} begins", programme.start)
    for source in scenario.second_sources:
        name = f"second source of {', '.join(source.products)} in {source.place}"
        yield Happening(name, f"{name} opens", source.start)


def _of_priorities(scenario: Scenario) -> Iterator[Happening]:
    for event in scenario.priorities:
        name = priority_name(event)
        yield Happening(name, f"{name}: begins", event.effective_from)
        if event.until:
            yield Happening(name, f"{name}: ends", event.until)


def _of_support(scenario: Scenario) -> Iterator[Happening]:
    for s in scenario.stocks:
        name = f"stock of {', '.join(s.products)} ordered in {s.place}"
        yield Happening(name, name, s.effective_from)
    for event in (*scenario.floors, *scenario.offtakes):
        kind = "offtake" if event in scenario.offtakes else "price floor"
        name = f"{kind} of {event.product} in {event.place}"
        yield Happening(name, f"{name} begins", event.effective_from)
        if event.until:
            yield Happening(name, f"{name} ends", event.until)


def _of_levers(scenario: Scenario) -> Iterator[Happening]:
    for use in scenario.levers:
        name = f"lever of {scenario.target}: {use.lever}" + (f" {100 * use.added_rate:g} %" if use.added_rate else "")
        if use.effective_from:
            yield Happening(name, f"{name} begins", use.effective_from)
        if use.until:
            yield Happening(name, f"{name} ends", use.until)
