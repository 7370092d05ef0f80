"""A company put into a world's run: its goods, suppliers, stock and files found there, or refused in words."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date

import numpy as np

from sluicegate.company.exposure import Exposure, Source, due
from sluicegate.company.file import Application, Company, Supplier
from sluicegate.company.goods import product_of
from sluicegate.company.licence import File, file_at
from sluicegate.company.operation import Plant, Stream
from sluicegate.company.route import Route, origins, route
from sluicegate.company.stock import practice_stock
from sluicegate.company.unit import tonnes
from sluicegate.sim import Result
from sluicegate.sim.network import Floats
from sluicegate.terms import InputError
from sluicegate.world.industry import CRITICAL


def expose(company: Company, result: Result, on: date) -> Exposure:
    """Put a company into a world's run and simulate it.

    Raises
    ------
    InputError : goods, places, units or days of the file do not fit the world.
    """
    products = {i.name: product_of(i, result.model.world) for i in company.inputs}
    _known(products, result)
    _check_days(company, on)
    week = int(result.scenario.week_of(on))
    sources = tuple(_sources(company, result, products, on, week))
    files = {x.name: _file(x, company, result, products, on, week) for x in company.applications}
    asked = {x.input for x in company.applications}
    ordinary = frozenset(i.name for i in company.inputs if i.on_order is None and i.name not in asked)
    use, critical = _bill(company)
    stock, stock_from = _stocks(company, result, products, use.sum(axis=0), week)
    passing = slice(week, result.weeks)
    names = [i.name for i in company.inputs]
    none = np.zeros(result.model.draws.size)
    streams = tuple(Stream(names.index(s.input), s.share, s.route.share_passing[passing],
                           none if s.input in ordinary and s.qualification_weeks is None else s.since)
                    for s in sources)  # fmt: skip
    drawn = result.model.draws
    empty = np.zeros((len(names), result.weeks - week, drawn.size))
    plant = Plant(stock, empty, streams, use, critical, np.maximum(drawn["order weeks"], 1), drawn["order limit"],
                  np.zeros_like(stock))  # fmt: skip
    before = Exposure(company, result, on, week, products, sources, files, stock_from, ordinary, plant)
    return replace(before, plant=replace(plant, due=due(before, company.applications)))


def _known(products: dict[str, str], result: Result) -> None:
    lacking = {p for p in products.values() if p not in result.model.compiled.net.products}
    if lacking:
        raise InputError(f"{', '.join(sorted(lacking))} is not part of this run", where="inputs",
                         expected="goods of the chains that are simulated", do="Name another scenario.")  # fmt: skip


def _check_days(company: Company, on: date) -> None:
    """Refuse days that cannot be: filed after the day of the file, or arrived before it."""
    wrong = [f"applications, {x.name}: filed on {x.filed_on}, after {on}" for x in company.applications
             if x.filed_on > on]  # fmt: skip
    wrong += [f"inputs, {i.name}: on order, arrives {d.arrives}, before {on}" for i in company.inputs
              for d in i.on_order or () if d.arrives < on]  # fmt: skip
    wrong += [f"inputs, {i.name}: alternative in {a.origin} begun on {a.begun_on}, after {on}" for i in company.inputs
              for a in i.alternatives if a.begun_on and a.begun_on > on]  # fmt: skip
    if wrong:
        raise InputError("; ".join(wrong), where="days", expected=f"a file as it stood on {on}",
                         do="What has arrived is stock; what is not yet filed is left out.")  # fmt: skip


def _sources(company: Company, result: Result, products: dict[str, str], on: date, week: int) -> Iterable[Source]:
    for asked in company.inputs:
        product = products[asked.name]
        if asked.suppliers is None:
            shares = origins(result, product, company.place, where=f"inputs, {asked.name}")
            suppliers = tuple(Supplier(origin=origin, share=share) for origin, share in shares.items())
        else:
            suppliers = asked.suppliers
        for s in suppliers:
            way = route(result, product, s.origin, company.place, where=f"inputs, {asked.name}: suppliers")
            yield Source(asked.name, s.origin, s.share, way, _lead(way, s.lead_weeks), _wait(result, way, week))
        for k, a in enumerate(asked.alternatives):
            nth = 1 + sum(b.origin == a.origin for b in asked.alternatives[:k])
            way = route(result, product, a.origin, company.place, where=f"inputs, {asked.name}: alternatives")
            begun = (a.begun_on - on).days / 7 if a.begun_on else None
            yield Source(asked.name, a.origin, a.share, way, _lead(way, a.lead_weeks), _wait(result, way, week),
                         a.qualification_weeks, begun, a.qualification_cost, nth)  # fmt: skip


def _lead(way: Route, stated: float | None) -> float:
    return float(way.transit_weeks) if stated is None else stated


def _wait(result: Result, way: Route, week: int) -> Floats:
    """(D,) weeks a fresh file for goods of a route waits, if it comes through at all; 0 where nothing holds them."""
    held = way.office(result, week)
    none = np.zeros(result.model.draws.size)
    if held is None:
        return none
    file = file_at(held, way.links, filed=week, now=week)
    if not file.passes.any():  # a ban has no office: what passes is nothing, however long one waits
        return none
    chance = result.model.draws.chance(f"company file, {way.product}, {way.origin}", 1)[0]
    return replace(file, passes=np.ones_like(none)).weeks_left(chance)


def _file(x: Application, company: Company, result: Result, products: dict[str, str], on: date,
          week: int) -> File | None:  # fmt: skip
    way = route(result, products[x.input], x.origin, company.place, where=f"applications, {x.name}")
    held = way.office(result, week)
    if held is None:
        return None
    scenario = result.scenario
    return file_at(held, way.links, filed=scenario.week_of(x.filed_on), now=scenario.week_of(on))


def _stocks(company: Company, result: Result, products: dict[str, str], use: Floats,
            week: int) -> tuple[Floats, dict[str, str]]:  # fmt: skip
    """(I, D) t on hand, as stated or as the industry's practice, and where each is from; `use` (I,) t a week."""
    rows, said = [], {}
    for i, asked in enumerate(company.inputs):
        if asked.stock is not None and asked.unit is not None:
            held = tonnes(asked.stock, asked.unit, piece_kg=asked.piece_kg, where=f"inputs, {asked.name}: stock")
            rows.append(np.full(result.model.draws.size, held))
            said[asked.name] = "stated"
        else:
            weeks, said[asked.name] = practice_stock(result, company, asked.name, products[asked.name], week)
            rows.append(weeks * use[i])
    return np.array(rows), said


def _bill(company: Company) -> tuple[Floats, Floats]:
    """(Y, I) t a week, and how critical each input is."""
    names = [i.name for i in company.inputs]
    use, critical = np.zeros((len(company.lines), len(names))), np.zeros((len(company.lines), len(names)))
    for y, line in enumerate(company.lines):
        for x in line.uses:
            i = names.index(x.input)
            where = f"lines, {line.name}: {x.input}"
            use[y, i] = tonnes(x.per_week, x.unit, piece_kg=company.inputs[i].piece_kg, where=where)
            critical[y, i] = CRITICAL[x.criticality]
    return use, critical
