"""What of a product comes by a route in the simulated world: a company takes it as it is, too small to change it."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from sluicegate.company.file import Company
from sluicegate.company.goods import product_of
from sluicegate.regime import EU_MEMBERS
from sluicegate.sim import Result
from sluicegate.sim.gate import Border
from sluicegate.sim.network import Floats, Ints
from sluicegate.sim.prepare import Model, rows_of
from sluicegate.sim.record import Rows, Uses
from sluicegate.terms import InputError, place_name
from sluicegate.world import World


@dataclass(frozen=True)
class Route:
    """A product from an origin to the company's country.

    Parameters
    ----------
    share_passing : (W, D) what arrives over what it would be in the base year, for as much as buyers there now need
    transit_weeks : whole weeks under way
    links : links of the network whose fate it shares: its own, or all that leave the origin where it has none
    """

    product: str
    origin: str
    destination: str
    share_passing: Floats
    transit_weeks: int
    links: Ints

    def borders(self, result: Result, week: int) -> list[Border]:
        """The controls that hold any of it in a week, in the order goods pass them."""
        return [b for b in result.model.compiled.knobs.borders
                if b.hold[week].max() > 0 and np.isin(b.links, self.links).any()
                and b.covered[np.isin(b.links, self.links)].max() > 0]  # fmt: skip

    def office(self, result: Result, week: int) -> Border | None:
        """The control whose office decides on a file in a week, a ban before a licence; a quota decides on none."""
        held = [b for b in self.borders(result, week) if b.allowance is None]
        return min(held, key=lambda b: float(b.level[week].max()), default=None)


def place_of(result: Result, place: str) -> str:
    """The place of the model that a country is or belongs to: itself, the other EU places, or the rest of the world."""
    return place_in(result.model.world, place)


def place_in(world: World, place: str) -> str:
    """As `place_of`, of a world that has not been run."""
    if place in world.places.index:
        return place
    return "EUO" if place in EU_MEMBERS else "ROW"


def route(result: Result, product: str, origin: str, destination: str, *, where: str = "suppliers") -> Route:
    """The route of a product from an origin to a destination; `where` names it in messages.

    Raises
    ------
    InputError : nobody makes the product in the origin.
    """
    net = result.model.compiled.net
    start, end = place_of(result, origin), place_of(result, destination)
    links = _links(result, product, start, end, where)
    need = needed(result, product, end)
    passing = _passing(result, links) if links.size and start != end else _made(result, product, start)
    transit = round(float(np.average(net.link_transit[links], weights=net.link_flow[links]))) if links.size else 0
    return Route(product, origin, destination, np.asarray(passing / np.maximum(need, 1e-6)), transit, links)


def origins(result: Result, product: str, destination: str, *, where: str = "suppliers") -> dict[str, float]:
    """Share of each origin in what a country takes of a product in the base year, largest first.

    Raises
    ------
    InputError : the world has no user of the product there.
    """
    net = result.model.compiled.net
    node = net.node(product, place_of(result, destination))
    into = np.flatnonzero(net.link_destination == node) if node is not None else np.zeros(0, dtype=np.intp)
    if not into.size:
        raise InputError(f"no supplier is given of {product}, and the world has no user of it in "
                         f"{place_name(destination)}", where=where, expected="suppliers by country and share",
                         do="State `suppliers` of this input.")  # fmt: skip
    flow: dict[str, float] = {}
    for e in into:
        place = net.places[net.node_place[net.link_origin[e]]]
        flow[place] = flow.get(place, 0.0) + float(net.link_flow[e])
    total = sum(flow.values())
    return dict(sorted(((place, x / total) for place, x in flow.items()), key=lambda pair: -pair[1]))


def rows_read(company: Company, model: Model) -> Rows:
    """Rows that a company reads of the world's run: its goods on every route, their makers, and what its country uses.

    Of makers whose ore runs down causes are read draw by draw.

    Raises
    ------
    InputError : no product of the world, or several, have a customs code of the file.
    """
    net = model.compiled.net
    mine = {product_of(x, model.world) for x in company.inputs}
    uses, place = Uses.of(net), place_in(model.world, company.place)
    ours = np.array([p in mine for p in net.products])
    at_home = np.array([name.rsplit("|", 1)[1] == place for name in net.lines])
    own = np.flatnonzero(ours[uses.product] & at_home[uses.line])
    goods = np.flatnonzero(ours[net.link_product()[model.compiled.watched]])
    makers = np.union1d(net.output_producer[ours[net.node_product[net.output_node]]], rows_of(model, ())["activity"])
    return {"service": own, "use": own, "exports": goods, "activity": makers.astype(np.intp)}


def needed(result: Result, product: str, place: str) -> Floats:
    """(W, D) what a country's lines want of a product over the base year: thrift is no shortage. 1 without lines."""
    uses = result.uses
    rows = np.flatnonzero((uses["product"] == product) & (uses["place"] == place))
    if not rows.size:
        return np.ones((result.weeks, result.model.draws.size))
    service = result.record.of("service", rows).astype(float)
    wanted = np.divide(result.record.of("use", rows), service, out=np.full_like(service, np.nan), where=service > 1e-3)
    base = result.record.uses.use[rows][:, None, None]
    wanted = np.where(np.isnan(wanted), base, wanted)  # nothing there: what was wanted is not on record
    return np.asarray(wanted.sum(axis=0) / base.sum(axis=0))


def _links(result: Result, product: str, origin: str, destination: str, where: str) -> Ints:
    """The route's own link, else all that carry the product out of the origin."""
    net = result.model.compiled.net
    start = net.node(product, origin)
    out = np.flatnonzero(net.link_origin == start) if start is not None else np.zeros(0, dtype=np.intp)
    if not out.size:
        makers = sorted({net.places[net.node_place[net.link_origin[e]]]
                         for e in np.flatnonzero(net.link_product() == net.products.index(product))})  # fmt: skip
        raise InputError(f"{product} from {place_name(origin)}", where=where,
                         expected=f"a place that makes it in the world: {', '.join(makers)}",
                         do="Name one of them, ROW for places not listed, EUO for those of the EU.")  # fmt: skip
    own = (
        out[net.link_destination[out] == net.node(product, destination)]
        if net.node(product, destination) is not None
        else out[:0]
    )
    abroad = out[net.node_place[net.link_destination[out]] != net.node_place[start]]
    return own if own.size else abroad


def _passing(result: Result, links: Ints) -> Floats:
    """(W, D) arrivals over the base flow; by what is made at the origin where arrivals are not recorded."""
    net, watched = result.model.compiled.net, result.record.watched
    rows = np.flatnonzero(np.isin(watched, links))
    if rows.size < links.size:
        start = net.link_origin[links[0]]
        return _made(result, net.products[net.node_product[start]], net.places[net.node_place[start]])
    came = result.record.arrivals(rows).sum(axis=0, dtype=float)
    return np.asarray(came / net.link_flow[links].sum())


def _made(result: Result, product: str, place: str) -> Floats:
    """(W, D) output of a product in a place over the base year's."""
    net = result.model.compiled.net
    own = np.flatnonzero(net.output_node == net.node(product, place))
    base = net.output_coef[own] @ net.activity0[net.output_producer[own]]
    activity = result.record.of("activity", net.output_producer[own]).astype(float)
    made = np.einsum("r,rwd->wd", net.output_coef[own], activity)
    return np.asarray(made / base)
