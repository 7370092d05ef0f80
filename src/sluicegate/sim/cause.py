"""Why a shortage happens: what is missing, walked back link by link to the measure or outage that started it."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass

import numpy as np

from sluicegate.sim.network import Floats, Network
from sluicegate.sim.result import Result

DEEPEST = 6
"""Stages a walk follows; ore to magnet to industry is four."""


SMALL = 0.01
"""Causes below this share are added up."""


@dataclass(frozen=True)
class Cause:
    """One root of a shortage and its share of what is missing; shares of a shortage sum to one.

    Parameters
    ----------
    what : the measure, outage or other root, e.g. `CN-2025-18`
    where : the link or maker where it acts, e.g. `dysprosium oxide, CHN to JPN`
    share : 0-1
    """

    what: str
    where: str
    share: float


def causes(result: Result, product: str, place: str, *, until_week: int) -> list[Cause]:
    """Roots of the shortfall of a product arriving in a place up to a week, largest first.

    What is missing from each link is the base flow less what arrived, mean over draws. A link held at the
    border gives its missing goods to the measure; any other gives them to what its origin's makers lacked.
    Empty when nothing is missing.
    """
    walk = Walk(result, until_week)
    return walk.causes(product, place)


class Walk:
    """Mean missing goods of every recorded link and mean lost activity of every maker, up to a week."""

    def __init__(self, result: Result, until_week: int) -> None:
        self.result, self.until_week = result, until_week
        net: Network = result.model.compiled.net
        self.net = net
        watched = result.record.watched
        base = net.link_flow[watched] * until_week
        came = result.record.imports[:, :until_week].mean(axis=2, dtype=float).sum(axis=1)
        self.missing: dict[int, float] = dict(zip(watched.tolist(), np.maximum(base - came, 0).tolist(), strict=True))
        activity = result.record.activity[:, :until_week].mean(axis=2, dtype=float).sum(axis=1)
        self.idle: Floats = np.maximum(1 - activity / np.maximum(net.activity0 * until_week, 1e-12), 0)
        self.held = {int(e): b.name for b in result.model.compiled.knobs.borders if b.effective < until_week
                     for e, covered in zip(b.links, b.covered, strict=True) if covered.mean() > 0}  # fmt: skip

    def causes(self, product: str, place: str) -> list[Cause]:
        """Roots of the shortfall of a product in a place, largest first; small ones are added up."""
        node = self.net.node(product, place)
        if node is None:
            return []
        found: dict[tuple[str, str], float] = defaultdict(float)
        self.follow(node, 1.0, found, depth=0)
        total = sum(found.values())
        if total <= 0:
            return []
        ranked = [Cause(what, where, share / total) for (what, where), share in found.items()]
        large = sorted((c for c in ranked if c.share >= SMALL), key=lambda c: -c.share)
        rest = 1 - sum(c.share for c in large)
        return (
            [*large, Cause("smaller causes", f"{len(ranked) - len(large)} more", rest)]
            if len(ranked) > len(large)
            else large
        )

    def follow(self, node: int, weight: float, found: dict[tuple[str, str], float], depth: int) -> None:
        """Share `weight` out over the links into a node that bring less than before."""
        net = self.net
        into = np.flatnonzero(net.link_destination == node)
        short = {int(e): self._missing(int(e)) for e in into}
        total = sum(short.values())
        if total <= 0 or depth >= DEEPEST:
            found[("not traced further", self._name(node))] += weight
            return
        for link, missing in short.items():
            if missing <= 1e-9 * total:
                continue
            part = weight * missing / total
            if link in self.held:
                found[(self.held[link], self._link(link))] += part
            else:
                self._makers(int(net.link_origin[link]), part, found, depth + 1)

    def _makers(self, node: int, weight: float, found: dict[tuple[str, str], float], depth: int) -> None:
        """Ask a node's makers what they lacked: an input, or capacity lost to an outage, or nothing."""
        net = self.net
        makers = np.unique(net.output_producer[net.output_node == node])
        outage = self.result.model.compiled.timeline.outage.max(axis=0)
        inputs: dict[int, float] = {}
        for maker in makers:
            if outage[maker] > 0:
                found[("outage", net.producers[maker])] += weight
                return
            slots = np.flatnonzero(net.slot_owner[net.producer_slots] == maker)
            for slot in slots:
                source = int(net.slot_node[slot])
                gap = sum((self._missing(int(e)) for e in np.flatnonzero(net.link_destination == source)), 0.0)
                base = max(net.slot_use[slot] * self.until_week, 1e-12)
                inputs[source] = max(inputs.get(source, 0.0), gap / base)
        total = sum(inputs.values())
        if total <= 1e-6:
            found[("makers serve others first", self._name(node))] += weight
            return
        for source, gap in inputs.items():
            if gap > 0:
                self.follow(source, weight * gap / total, found, depth)

    def _missing(self, link: int) -> float:
        """Missing goods of a link; a home link (not recorded) is as short as its makers are idle."""
        if link in self.missing:
            return float(self.missing[link])
        makers = np.unique(self.net.output_producer[self.net.output_node == self.net.link_origin[link]])
        idle = float(self.idle[makers].max()) if makers.size else 0.0
        return idle * float(self.net.link_flow[link]) * self.until_week

    def _name(self, node: int) -> str:
        return f"{self.net.products[self.net.node_product[node]]}, {self.net.places[self.net.node_place[node]]}"

    def _link(self, link: int) -> str:
        origin, destination = int(self.net.link_origin[link]), int(self.net.link_destination[link])
        return f"{self._name(origin)} to {self.net.places[self.net.node_place[destination]]}"
