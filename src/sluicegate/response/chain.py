"""From a run to the flow programme: the chain as the run has it in some weeks, and how far its links may be changed."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from sluicegate.response.flow import Chain, Floats, Ints
from sluicegate.response.plan import load_costs
from sluicegate.sim import Result
from sluicegate.sim.compile import WEEKS_PER_YEAR
from sluicegate.sim.gate import held_links
from sluicegate.sim.network import Network
from sluicegate.sim.prepare import Model
from sluicegate.sim.record import Rows
from sluicegate.world.link import AIR_FROM_USD_PER_KG

KG = 1000.0
QUALIFY_WEEKS = 26
"""Weeks until a buyer may take goods by a link the base year does not have, as a second source that is nearly ready."""
HELD = 0.01
"""A link counts as held in a week in which measures cover more than this of it, mean of the draws."""


@dataclass(frozen=True)
class Links:
    """The links of a chain: those of the base year, then new ones.

    Parameters
    ----------
    old : how many are of the base year ; base : (E,) t a week in the base year, 0 for new ones
    caps : (E, T) t a week that pass where a measure holds the link, infinite elsewhere
    ready : (E, T) t a week that a new link may carry once it is qualified ; 0 for those of the base year
    """

    old: int
    base: Floats
    caps: Floats
    ready: Floats

    def room(self, times: float, *, new: bool) -> Floats:
        """(E, T) room where links of the base year may carry so many times what they did, and new ones may open."""
        wide = self.base[:, None] * times if np.isfinite(times) else np.where(self.base[:, None] > 0, np.inf, 0.0)
        return np.minimum(np.where(self.base[:, None] > 0, wide, self.ready if new else 0.0), self.caps)


def recorded(model: Model, week: int) -> tuple[tuple[str, ...], int, Rows]:
    """What is read of a run from a week on, as `run.run` takes it: variables, the one week of stocks, rows of trade."""
    held = held_links(model.compiled.knobs.borders)
    rows = {"exports": np.flatnonzero(np.isin(model.compiled.watched, held))}
    return ("lost_share", "service", "use", "stock", "exports"), stock_week(week), rows


def stock_week(week: int) -> int:
    """The week at whose end stocks are taken: the one before."""
    return max(week - 1, 0)


def chain_of(result: Result, week: int, weeks: int, weight: Floats) -> tuple[Chain, Links]:
    """The chain from a week of the run on, everything the mean of its draws.

    A link that a measure holds carries at most what it carried in the run; makers do what they can do, with idle
    capacity coming back over its restart time; lines want what they wanted in the run, thrift taken off.

    Parameters
    ----------
    weight : (Y,) what a line's loss counts
    """
    net, span = result.model.compiled.net, slice(week, week + weeks)
    origin, destination, transit = _new_links(net, result.scenario.controller)
    old = len(net.link_flow)
    fed, rows = net.producer_slots, result.record.uses
    node = {(net.node_product[n], net.node_place[n]): n for n in range(net.n_nodes)}
    place_of_line = [net.places.index(name.split("|")[1]) for name in net.lines]
    need_node = np.array([node[p, place_of_line[y]] for p, y in zip(rows.product, rows.line, strict=True)],
                         dtype=np.intp)  # fmt: skip
    price = _price(result)[net.node_product]
    base = np.concatenate([net.link_flow, np.zeros(len(origin))])
    every = np.concatenate([net.link_origin, origin])
    freight = np.concatenate([_freight(price[net.link_origin], net.link_transit),
                              price[origin] * load_costs()["second source premium"].p50])  # fmt: skip
    links = Links(old, base, _caps(result, span, len(origin)), _ready(net, destination, old, weeks))
    chain = Chain(
        nodes=net.n_nodes, origin=every, destination=np.concatenate([net.link_destination, destination]),
        transit=np.concatenate([net.link_transit, transit]), before=base, usual=base, room=links.room(1.0, new=False),
        freight=freight, fed=net.slot_owner[fed], feed_node=net.slot_node[fed], feed=net.slot_coef[fed],
        maker=net.output_producer, made_node=net.output_node, made=net.output_coef,
        capacity=_capacity(result.model, span), stock=_stock(result, week, need_node), pool=_pool(result.model),
        comes=result.model.compiled.timeline.new_supply[span].T.copy(),
        holding=price * load_costs()["carrying cost"].p50 / WEEKS_PER_YEAR, need_node=need_node,
        need_line=np.asarray(rows.line), use=_wanted(result, span),
        hurt=np.asarray((result.theta * result.critical[:, None]).mean(axis=1)),
        value=result.value_added_per_week.mean(axis=1) * weight,
    )  # fmt: skip
    return replace(chain, before=np.minimum(base, links.caps[:, 0])), links


def _price(result: Result) -> Floats:
    """(P,) base price outside, USD a t; the mean of the others where the dataset has none."""
    known = result.model.world.products.loc[list(result.model.compiled.net.products), "price_outside_usd_per_kg"]
    return np.asarray(known.fillna(known.mean()), dtype=float) * KG


def _freight(price: Floats, transit: Ints) -> Floats:
    """(E,) USD a t: by air for dear goods, by sea for others, a tenth of that at home (judgement)."""
    abroad = np.where(price > AIR_FROM_USD_PER_KG * KG, 5.5 * KG, 0.25 * KG)
    return np.where(transit > 0, abroad, 0.025 * KG)


def _new_links(net: Network, controller: str | None) -> tuple[Ints, Ints, Ints]:
    """Origins, destinations and weeks under way of links that could be: any maker but the controller's to any buyer."""
    have = set(zip(net.link_origin.tolist(), net.link_destination.tolist(), strict=True))
    makers, buyers = np.unique(net.link_origin), np.unique(net.link_destination)
    own = net.places.index(controller) if controller in net.places else -1
    same = net.node_product[makers][:, None] == net.node_product[buyers][None, :]
    same &= net.node_place[makers][:, None] != own
    pairs = [(makers[a], buyers[b]) for a, b in np.argwhere(same) if (makers[a], buyers[b]) not in have]
    if not pairs:
        none = np.zeros(0, dtype=np.intp)
        return none, none, none
    origin, destination = np.array(pairs, dtype=np.intp).T
    into = np.bincount(net.link_destination, net.link_transit, minlength=net.n_nodes)
    count = np.maximum(np.bincount(net.link_destination, minlength=net.n_nodes), 1)
    return origin, destination, np.ceil((into / count)[destination]).astype(np.intp)


def _ready(net: Network, destination: Ints, old: int, weeks: int) -> Floats:
    """(E, T) what a new link may carry: all the buyer uses in the base year, once it is qualified."""
    used = np.bincount(net.slot_node, net.slot_use, minlength=net.n_nodes)[destination]
    return np.concatenate([np.zeros((old, weeks)), used[:, None] * (np.arange(weeks) >= QUALIFY_WEEKS)])


def _caps(result: Result, span: slice, new: int) -> Floats:
    """(E, T) what a held link carried in the run, infinite where nothing holds it."""
    compiled = result.model.compiled
    weeks = span.stop - span.start
    found = np.full((len(compiled.net.link_flow) + new, weeks), np.inf)
    row = {int(link): k for k, link in enumerate(compiled.watched)}
    for border in compiled.knobs.borders:
        hold = border.hold[span].mean(axis=1)
        for link, covered in zip(border.links, border.covered.mean(axis=1), strict=True):
            if int(link) in row:
                passed = result.record.of("exports", row[int(link)])[span].mean(axis=-1, dtype=float)
                found[link] = np.where(hold * covered > HELD, np.minimum(found[link], passed), found[link])
    return found


def _capacity(model: Model, span: slice) -> Floats:
    """(I, T) t of activity a week a maker can do."""
    net, knobs, timeline = model.compiled.net, model.compiled.knobs, model.compiled.timeline
    week = np.arange(1, span.stop - span.start + 1)
    idle = np.maximum(knobs.capacity.mean(axis=1) - net.activity0, 0)
    back = np.clip(week[None, :] / np.maximum(knobs.restart_weeks.mean(axis=1), 1)[:, None], 0, 1)
    able = net.activity0[:, None] + idle[:, None] * back + timeline.extra_capacity[span].T
    return np.asarray(np.minimum(able * (1 - timeline.outage[span].T), timeline.quota[span].T))


def _stock(result: Result, week: int, need_node: Ints) -> Floats:
    """(N,) t with buyers: lines as the run has them the week before, makers what they usually hold; transit apart."""
    net, knobs = result.model.compiled.net, result.model.compiled.knobs
    held = result.record.stock_in(stock_week(week)).mean(axis=1)
    found = np.bincount(need_node, held, minlength=net.n_nodes)
    fed = net.producer_slots
    kept = (knobs.cover[fed] * net.slot_use[fed, None]).mean(axis=1)
    return np.asarray(found + np.bincount(net.slot_node[fed], kept, minlength=net.n_nodes), dtype=float)


def _pool(model: Model) -> Floats:
    """(N,) t finished and not shipped."""
    net = model.compiled.net
    shipped = np.bincount(net.link_origin, net.link_flow, minlength=net.n_nodes)
    return np.asarray(shipped * float(model.compiled.knobs.pool_cover_weeks.mean()), dtype=float)


def _wanted(result: Result, span: slice) -> Floats:
    """(R, T) t a week that lines wanted in the run, mean of draws; base use in draws in which nothing was there."""
    service = result.record.service[:, span].astype(float)
    wanted = np.divide(result.record.use[:, span], service, out=np.full_like(service, np.nan), where=service > 1e-3)
    base = result.record.uses.use[:, None, None]
    return np.asarray(np.minimum(np.where(np.isnan(wanted), base, wanted), base * 1.0).mean(axis=2))
