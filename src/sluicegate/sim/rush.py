"""Why more of a product is asked for than is used: a deadline, an order for stock, fear, offtake, what is saved."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from sluicegate.sim.cause_name import AHEAD, FEAR, OFFTAKE, ORDERS, PLANT, PROJECT
from sluicegate.sim.happening import named_source, named_thrift
from sluicegate.sim.ledger import by
from sluicegate.sim.network import Floats, Ints
from sluicegate.sim.result import Result

LEAST_WEEKS = 0.25
"""Weeks of use that buyers must want beyond their normal stock for that to count as a cause."""


def nodes_of(result: Result, product: str, area: int) -> Ints:
    """Nodes of a product inside (0) or outside (1) the controller's border."""
    net, controller = result.model.compiled.net, result.model.compiled.controller
    inside = net.node_place == (-1 if controller is None else controller)
    return np.flatnonzero((net.node_product == net.products.index(product)) & (inside == (area == 0)))


def weeks_sought(result: Result, product: str, area: int) -> Floats:
    """(W,) weeks of use by which buyers of an area aim above their normal stock, mean over draws; 0 if not recorded."""
    net = result.model.compiled.net
    p = net.products.index(product)
    use = float(net.slot_use[np.isin(net.slot_node, nodes_of(result, product, area))].sum())
    if "feared" not in result.record.stored or not use:
        return np.zeros(result.weeks)
    return np.asarray(result.record.mean("feared", area * len(net.products) + p) / use)


def ahead_of(result: Result, product: str, first: int, last: int) -> list[str]:
    """Measures on a product that are announced and not yet in force in some week from `first` to `last`."""
    net = result.model.compiled.net
    p, names = net.products.index(product), []
    for b in result.model.compiled.knobs.borders:
        on_it = (net.node_product[net.link_origin[b.links]] == p).any()
        if on_it and b.announced <= last + 1 and first < b.effective + 1 and b.name not in names:
            names.append(b.name)
    return names


def told(result: Result, product: str, week: int) -> list[str]:
    """Places whose buyers were told by a week to hold more of a product, in words."""
    scenario = result.scenario
    places = [s.place for s in scenario.stocks
              if product in s.products and scenario.week_of(s.effective_from) <= week + 1]  # fmt: skip
    return [ORDERS.format(place=place) for place in dict.fromkeys(places)]


def rushes(result: Result, product: str, week: int) -> Iterator[str]:
    """What made buyers of a product want more than they use up to a week, or took makers' stocks, in words."""
    ordered = told(result, product, week)
    yield from ordered
    ahead = [AHEAD.format(measure=name) for name in ahead_of(result, product, 0, week)]
    sought = max(weeks_sought(result, product, area)[: week + 1].max() for area in (0, 1))
    if sought >= LEAST_WEEKS:
        yield from ahead or (() if ordered else (FEAR,))
    for o in result.scenario.offtakes:
        if o.product == product and o.t_per_yr and result.scenario.week_of(o.effective_from) <= week + 1:
            yield OFFTAKE.format(product=product, place=o.place)
    yield from plants(result, product, "input", week)


def reliefs(result: Result, product: str, week: int) -> Iterator[str]:
    """What brought more of a product, or saved it, up to a week, in words as `happenings` has them."""
    scenario = result.scenario
    for source in scenario.second_sources:
        if product in source.products and scenario.week_of(source.start) <= week + 1:
            yield named_source(source)
    for saving in scenario.thrift:
        if product in saving.products and scenario.week_of(saving.start) <= week + 1:
            yield named_thrift(saving)
    yield from plants(result, product, "output", week)


def plants(result: Result, product: str, role: str, week: int) -> Iterator[str]:
    """Plants and projects of a scenario with a product among their inputs or outputs, up to a week, in words."""
    scenario, recipes = result.scenario, result.model.world.recipes
    known = set(recipes.loc[(recipes["product"] == product) & (recipes["role"] == role), "process"])
    for plant in scenario.plants:
        if plant.process in known and scenario.week_of(plant.start) <= week + 1:
            yield PLANT.format(process=plant.process, place=plant.place)
    for project in scenario.projects:
        if project.process in known and scenario.week_of(project.earliest) <= week + 1:
            yield PROJECT.format(name=project.name)


def saved_for(result: Result) -> dict[int, list[int]]:
    """By node that must supply what lines save of other products: the nodes of those products (E20)."""
    net, to = result.model.compiled.net, result.model.compiled.knobs.supply.moves_to
    left = np.flatnonzero(to >= 0)
    grouped = by(net.slot_node[to[left]], net.n_nodes)
    return {n: np.unique(net.slot_node[left[rows]]).tolist() for n, rows in enumerate(grouped) if rows.size}
