"""Why a shortage or a loss happens: what is missing, walked back link by link to what started it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from sluicegate.sim.network import Floats, Ints, Network
from sluicegate.sim.result import Result
from sluicegate.sim.stopped import Stopped, stopped
from sluicegate.sim.twin.ratio import TINY
from sluicegate.terms import InputError, NotFoundError

DEEPEST = 6
"""Stages a walk follows; ore to magnet to industry is four."""


SMALL = 0.01
"""Causes below this share are added up."""
SMALLER = "smaller causes"
Found = dict[tuple[str, str, str], float]
"""Shares while they are being gathered, by what, where and how."""


@dataclass(frozen=True)
class Cause:
    """One root of a shortage and its share of what is missing; shares of a shortage sum to one.

    Parameters
    ----------
    what : the measure, outage or other root, e.g. `CN-2025-18`
    where : the link or maker where it acts, e.g. `dysprosium oxide, CHN to JPN`
    share : 0-1
    how : how a measure stops goods, one of `sim.stopped.HOW`; empty for other roots
    """

    what: str
    where: str
    share: float
    how: str = ""


def causes(result: Result, product: str, place: str, *, until_week: int) -> list[Cause]:
    """Roots of the shortfall of a product arriving in a place up to a week, largest first.

    What is missing from each link is the base flow less what arrived, mean over draws. A link held at the
    border gives its missing goods to the measure; any other gives them to what its origin's makers lacked.
    Empty when nothing is missing.
    """
    return Walk(result, until_week).causes(product, place)


def why(result: Result, industry: str, place: str, *, week: int | None = None, of: str = "loss") -> list[Cause]:
    """Roots of what an industry in a place loses or lacks up to the end of a week, largest first; shares sum to one.

    A loss is walked back through the input that is worst in each week and draw, as E15 counts it; shortages count
    each input by the use that is missing, over its use. Empty when nothing is lost.

    Parameters
    ----------
    week : 0 for the first; the last when None ; of : loss or shortage

    Raises
    ------
    NotFoundError : the run has no such line.
    InputError : a week the run does not have, or neither loss nor shortage.
    """
    last = result.weeks - 1 if week is None else week
    if not 0 <= last < result.weeks or of not in ("loss", "shortage"):
        raise InputError(f"week {week}, {of}", where="why", do="Name others.",
                         expected=f"a week from 0 to {result.weeks - 1}, loss or shortage")  # fmt: skip
    line = f"{industry}|{place}"
    if line not in set(result.uses["line"]):
        raise NotFoundError(line, kind="line", known=result.lines["line"], where="why")
    walk = Walk(result, last + 1)
    return walk.of_lines([line], missing=of == "shortage")


@dataclass(frozen=True)
class Ledger:
    """What several walks of one run share.

    Parameters
    ----------
    came : (X, W) arrivals over the watched links, mean over draws, summed over weeks ; activity : (I, W) of makers
    into : links into each node ; makers : producers of each node ; inputs : slots of each producer
    stopped : what each border stops, in the order of `Knobs.borders`
    """

    came: Floats
    activity: Floats
    into: list[Ints]
    makers: list[Ints]
    inputs: list[Ints]
    stopped: list[Stopped]

    @classmethod
    def of(cls, result: Result) -> Ledger:
        """The ledger of a run."""
        net = result.model.compiled.net
        came = np.cumsum(result.record.mean_arrivals(), axis=1)
        activity = np.cumsum(result.record.mean("activity"), axis=1)
        makers = [np.unique(net.output_producer[rows]) for rows in _by(net.output_node, net.n_nodes)]
        owners = net.slot_owner[net.producer_slots]
        return cls(came, activity, _by(net.link_destination, net.n_nodes), makers, _by(owners, len(net.producers)),
                   [stopped(border, net) for border in result.model.compiled.knobs.borders])  # fmt: skip


def _by(keys: Ints, size: int) -> list[Ints]:
    """For each of `size` keys the places at which it stands."""
    order = np.argsort(keys, kind="stable")
    return np.split(order, np.searchsorted(keys[order], np.arange(1, size)))


class Walk:
    """Mean missing goods of every recorded link and mean lost activity of every maker, up to a week."""

    def __init__(self, result: Result, until_week: int, ledger: Ledger | None = None) -> None:
        self.result, self.until_week = result, until_week
        net: Network = result.model.compiled.net
        self.net = net
        self.ledger = ledger = ledger or Ledger.of(result)
        watched, last = result.record.watched, until_week - 1
        gone = net.link_flow[watched] * until_week - ledger.came[:, last]
        self.missing: dict[int, float] = dict(zip(watched.tolist(), np.maximum(gone, 0).tolist(), strict=True))
        activity = ledger.activity[:, last]
        self.idle: Floats = np.maximum(1 - activity / np.maximum(net.activity0 * until_week, 1e-12), 0)
        self.outage = result.model.compiled.timeline.outage.max(axis=0)
        self.held = self._held()

    def causes(self, product: str, place: str) -> list[Cause]:
        """Roots of the shortfall of a product in a place, largest first; small ones are added up."""
        node = self.net.node(product, place)
        if node is None:
            return []
        found: Found = defaultdict(float)
        self.follow(node, 1.0, found, depth=0)
        return _ranked(found)

    def of_lines(self, lines: Sequence[str], *, missing: bool = False) -> list[Cause]:
        """Roots of what some lines lose in value added, or of the use they miss; shares sum to one.

        What was lost for no gap in what arrived (a stock let fall, a line started late) is `not traced further`.
        """
        found: Found = defaultdict(float)
        for line in lines:
            rows = np.flatnonzero(self.result.uses["line"] == line)
            for row, weight in zip(rows, self._weights(rows, missing=missing), strict=True):
                product, place = (str(self.result.uses[c].iat[int(row)]) for c in ("product", "place"))
                node = self.net.node(product, place)
                if weight > 0 and node is not None:
                    self.follow(node, weight, found, depth=0)
            for node, weight in () if missing else self._booked(line):
                self.follow(node, weight, found, depth=0)
        return _ranked(found)

    def _booked(self, line: str) -> list[tuple[int, float]]:
        """What a line loses because another buys the next stage abroad (E23): the part's node, and 2024 USD."""
        result, stages = self.result, self.result.model.compiled.knobs.stages
        row = self.net.lines.index(line)
        own = np.flatnonzero(stages.line == row)
        lost = result.record.booked[own, : self.until_week].sum(axis=1) * result.value_added_per_week[row]
        nodes = self.net.slot_node[stages.slot[own]].tolist()
        return [(node, weight) for node, weight in zip(nodes, lost.mean(axis=1).tolist(), strict=True) if weight > 0]

    def of_nodes(self, nodes: Ints) -> tuple[list[Cause], float]:
        """Roots of what misses in some nodes together, by tonnes, and the missing share of their base flow."""
        found: Found = defaultdict(float)
        usual = missing = 0.0
        for node in nodes.tolist():
            into = self.ledger.into[node]
            weight = sum(self._missing(int(e)) for e in into)
            usual, missing = usual + float(self.net.link_flow[into].sum()) * self.until_week, missing + weight
            if weight > 0:
                self.follow(node, weight, found, depth=0)
        return _ranked(found), missing / usual if usual else 0.0

    def backed_up(self, nodes: Ints) -> list[Cause]:
        """What keeps goods from leaving some nodes: measures on links out of them, or less asked from abroad."""
        found: Found = defaultdict(float)
        for e in np.flatnonzero(np.isin(self.net.link_origin, nodes)):
            missing, link = self._missing(int(e)), self._link(int(e))
            ways = self.held.get(int(e), {("buyers ask for less", ""): 1.0})
            for (name, how), share in ways.items() if missing > 0 else ():
                found[(name, link, how)] += missing * share / sum(ways.values())
        return _ranked(found)

    def _weights(self, rows: Ints, *, missing: bool) -> Floats:
        """(rows,) value added lost through each use of one line, 2024 USD, or the share of use it misses."""
        result, until = self.result, self.until_week
        if missing:
            return np.asarray([np.maximum(1 - result.record.service[r, :until], 0).mean() for r in rows])
        lost = np.array([result.lost_through(int(r))[:until] for r in rows])
        worst = lost.argmax(axis=0)
        top = lost.max(axis=0)
        return np.array([top[worst == k].sum() for k in range(len(rows))]) / result.model.draws.size

    def _held(self) -> dict[int, dict[tuple[str, str], float]]:
        """By link the measures that hold it and how, each by the mean share it stops; several share what is missing."""
        held: dict[int, dict[tuple[str, str], float]] = defaultdict(dict)
        for b, stops in zip(self.result.model.compiled.knobs.borders, self.ledger.stopped, strict=True):
            if b.effective >= self.until_week:
                continue
            ways = stops.up_to(self.until_week)
            for e, covered, part, tier in zip(b.links, b.covered.mean(axis=1), b.part, b.tier, strict=True):
                share = float(covered * part)
                for how, by_tier in ways.items() if share > 0 else ():
                    key = (b.name, how)
                    held[int(e)][key] = held[int(e)].get(key, 0.0) + share * max(float(by_tier[tier]), TINY)
        return dict(held)

    def follow(self, node: int, weight: float, found: Found, depth: int) -> None:
        """Share `weight` out over the links into a node that bring less than before."""
        net = self.net
        short = {int(e): self._missing(int(e)) for e in self.ledger.into[node]}
        total = sum(short.values())
        if total <= 0 or depth >= DEEPEST:
            found[("not traced further", self._name(node), "")] += weight
            return
        for link, missing in short.items():
            if missing <= 1e-9 * total:
                continue
            part = weight * missing / total
            if link in self.held:
                ways = self.held[link]
                for (name, how), share in ways.items():
                    found[(name, self._link(link), how)] += part * share / sum(ways.values())
            else:
                self._makers(int(net.link_origin[link]), part, found, depth + 1)

    def _makers(self, node: int, weight: float, found: Found, depth: int) -> None:
        """Ask a node's makers what they lacked: an input, or capacity lost to an outage, or nothing."""
        net = self.net
        inputs: dict[int, float] = {}
        for maker in self.ledger.makers[node].tolist():
            if self.outage[maker] > 0:
                found[("outage", net.producers[maker], "")] += weight
                return
            for slot in self.ledger.inputs[maker]:
                source = int(net.slot_node[slot])
                gap = sum((self._missing(int(e)) for e in self.ledger.into[source]), 0.0)
                base = max(net.slot_use[slot] * self.until_week, 1e-12)
                inputs[source] = max(inputs.get(source, 0.0), gap / base)
        total = sum(inputs.values())
        if total <= 1e-6:
            found[("makers serve others first", self._name(node), "")] += weight
            return
        for source, gap in inputs.items():
            if gap > 0:
                self.follow(source, weight * gap / total, found, depth)

    def _missing(self, link: int) -> float:
        """Missing goods of a link; a home link (not recorded) is as short as its makers are idle."""
        if link in self.missing:
            return float(self.missing[link])
        makers = self.ledger.makers[self.net.link_origin[link]]
        idle = float(self.idle[makers].max()) if makers.size else 0.0
        return idle * float(self.net.link_flow[link]) * self.until_week

    def _name(self, node: int) -> str:
        return f"{self.net.products[self.net.node_product[node]]}, {self.net.places[self.net.node_place[node]]}"

    def _link(self, link: int) -> str:
        origin, destination = int(self.net.link_origin[link]), int(self.net.link_destination[link])
        return f"{self._name(origin)} to {self.net.places[self.net.node_place[destination]]}"


def _ranked(found: Mapping[tuple[str, str, str], float]) -> list[Cause]:
    """Causes with shares that sum to one, largest first, small ones added up."""
    total = sum(found.values())
    if total <= 0:
        return []
    ranked = [Cause(what, where, share / total, how) for (what, where, how), share in found.items()]
    large = sorted((c for c in ranked if c.share >= SMALL), key=lambda c: -c.share)
    if len(large) == len(ranked):
        return large
    rest = 1 - sum(c.share for c in large)
    return [*large, Cause(SMALLER, f"{len(ranked) - len(large)} more", rest)]
