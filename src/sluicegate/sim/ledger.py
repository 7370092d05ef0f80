"""What a walk reads of a run: what came over its links, what its makers ran at and what of their own they lacked."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from sluicegate.sim.cause_name import DEPLETED, LEVIES, OUTAGE, QUOTA
from sluicegate.sim.happening import named_duty
from sluicegate.sim.network import Floats, Ints, Network
from sluicegate.sim.reserve import NO_END
from sluicegate.sim.result import Result
from sluicegate.sim.stopped import Stopped, stopped
from sluicegate.sim.tariffed import on_links
from sluicegate.sim.twin.deposit import LEAST_LEFT


@dataclass(frozen=True)
class Ledger:
    """What several walks of one run share. W weeks.

    Parameters
    ----------
    came : (X, W) arrivals over the watched links, mean over draws, summed over weeks ; activity : (I, W) of makers
    behind, ahead : (I, W) the most base weeks by which a maker fell behind where it had been, or ran ahead, by then
    lacked : (U, W) share of what lines asked for that they had not, mean over draws, summed over weeks
    yielded : (X, W) t that users of `Knobs.priorities` yielded to who is served first, as `lacked`
    use_node : (U,) node of each use
    into, out_of : links into and out of each node
    makers : producers of each node ; users : producers that use it
    inputs : slots of each producer ; outputs : its rows of outputs
    lacks : (I, W) share of base activity that outages, a quota or a maker's deposit take, summed over weeks, by name
    stopped : what each border stops, in the order of `Knobs.borders`
    charges : duties and export levies: name, (E,) whether they are on a link, first week
    """

    came: Floats
    activity: Floats
    behind: Floats
    ahead: Floats
    lacked: Floats
    yielded: Floats
    use_node: Ints
    into: list[Ints]
    out_of: list[Ints]
    makers: list[Ints]
    users: list[Ints]
    inputs: list[Ints]
    outputs: list[Ints]
    lacks: Mapping[str, Floats]
    stopped: list[Stopped]
    charges: list[tuple[str, NDArray[np.bool_], float]]

    @classmethod
    def of(cls, result: Result) -> Ledger:
        """The ledger of a run."""
        net = result.model.compiled.net
        owners = net.slot_owner[net.producer_slots]
        used = by(net.slot_node[net.producer_slots], net.n_nodes)
        activity = np.cumsum(result.record.mean("activity"), axis=1)
        late = np.arange(1, result.weeks + 1) - activity / np.maximum(net.activity0, 1e-12)[:, None]
        return cls(
            came=np.cumsum(result.record.mean_arrivals(), axis=1),
            activity=activity,
            behind=most_behind(late),
            ahead=most_behind(-late),
            lacked=np.cumsum(1 - result.record.mean("service"), axis=1),
            yielded=np.cumsum(result.record.mean("yielded"), axis=1),
            use_node=_use_nodes(result, net),
            into=by(net.link_destination, net.n_nodes),
            out_of=by(net.link_origin, net.n_nodes),
            makers=[np.unique(net.output_producer[rows]) for rows in by(net.output_node, net.n_nodes)],
            users=[np.unique(owners[slots]) for slots in used],
            inputs=by(owners, len(net.producers)),
            outputs=by(net.output_producer, len(net.producers)),
            lacks=_lacks(result),
            stopped=[stopped(border, net) for border in result.model.compiled.knobs.borders],
            charges=[*_duties(result, net), *_levies(result, net)],
        )


def most_behind(late: Floats) -> Floats:
    """The most by which a delay (..., W) rose above the least it had been, by each week; 0 before the first."""
    risen = late - np.minimum(np.minimum.accumulate(late, axis=-1), 0)
    return np.asarray(np.maximum.accumulate(np.maximum(risen, 0), axis=-1))


def by(keys: Ints, size: int) -> list[Ints]:
    """For each of `size` keys the places at which it stands."""
    order = np.argsort(keys, kind="stable")
    return np.split(order, np.searchsorted(keys[order], np.arange(1, size)))


def _use_nodes(result: Result, net: Network) -> Ints:
    place = {name: c for c, name in enumerate(net.places)}
    node = {key: n for n, key in enumerate(zip(net.node_product.tolist(), net.node_place.tolist(), strict=True))}
    uses = result.record.uses
    here = [place[net.lines[y].split("|")[1]] for y in uses.line.tolist()]
    return np.array([node[key] for key in zip(uses.product.tolist(), here, strict=True)], dtype=np.intp)


def _duties(result: Result, net: Network) -> Iterator[tuple[str, NDArray[np.bool_], float]]:
    for tariff in result.scenario.tariffs:
        yield named_duty(tariff), on_links(net, tariff), result.scenario.week_of(tariff.effective_from)


def _levies(result: Result, net: Network) -> Iterator[tuple[str, NDArray[np.bool_], float]]:
    dearer = result.model.compiled.timeline.levied > 0
    for place in np.unique(net.node_place[net.link_origin[dearer.any(axis=0)]]) if dearer.size else ():
        own = dearer & (net.node_place[net.link_origin] == place)
        yield LEVIES.format(place=net.places[place]), own.any(axis=0), float(own.any(axis=1).argmax())


def _lacks(result: Result) -> dict[str, Floats]:
    compiled = result.model.compiled
    timeline, net = compiled.timeline, compiled.net
    base = np.maximum(net.activity0, 1e-12)
    found = {OUTAGE: timeline.outage, QUOTA: np.maximum(1 - timeline.quota / base, 0)}
    if (compiled.knobs.supply.reserves < NO_END).any():
        found[DEPLETED] = _depleted(result, net)
    return {name: np.cumsum(lost.T, axis=1) for name, lost in found.items()}


def _depleted(result: Result, net: Network) -> Floats:
    """(W, I) share of base activity that a poorer grade or an empty deposit takes, mean over draws (E21)."""
    supply, found = result.model.compiled.knobs.supply, np.zeros((result.weeks, len(net.producers)))
    for i in np.flatnonzero((supply.reserves < NO_END) & (net.activity0 > 0)):
        mined = result.record.of("activity", i).astype(float)
        left = supply.reserves[i] - (np.cumsum(mined, axis=0) - mined)
        grade = np.maximum(left / supply.reserves[i], LEAST_LEFT) ** supply.grade_power
        able = np.minimum(net.activity0[i] * grade, np.maximum(left, 0))
        found[:, i] = np.maximum(1 - able / net.activity0[i], 0).mean(axis=1)
    return found
