"""What misses up to a week: goods on links, activity of makers, capacity lost, shares that measures stop."""

from __future__ import annotations

import numpy as np

from sluicegate.sim.cause import Found, add
from sluicegate.sim.ledger import Ledger, most_behind
from sluicegate.sim.network import Floats, Network
from sluicegate.sim.result import Result
from sluicegate.sim.twin.ratio import TINY

LEAST = 1e-6
"""Share of the base flow, or of a maker's activity, below which nothing is wrong."""


class Missing:
    """What misses of the base year up to a week, mean over draws.

    Parameters
    ----------
    gone : by recorded link the t that did not come, below zero where more came ; idle : (I,) lost share of activity
    slack : (I,) the same, and of makers who made up for it the most by which they were behind
    busy : (I,) the most by which makers were ahead of where they had been, as a share
    lacks : (I,) share of base activity that something outside takes, by name
    held : by link the measures on it and how they stop goods, each with the mean share it stops
    yielded : by line (and 0) or maker (and 1) and node, the t that it yielded to who is served first, by root
    """

    def __init__(self, result: Result, until_week: int, ledger: Ledger) -> None:
        net: Network = result.model.compiled.net
        watched, last = result.record.watched, until_week - 1
        self.net, self.until_week, self.ledger = net, until_week, ledger
        gone = net.link_flow[watched] * until_week - ledger.came[:, last]
        self.gone: dict[int, float] = dict(zip(watched.tolist(), gone.tolist(), strict=True))
        self.row = {int(e): k for k, e in enumerate(watched.tolist())}
        activity = ledger.activity[:, last]
        self.idle: Floats = np.maximum(1 - activity / np.maximum(net.activity0 * until_week, 1e-12), 0)
        self.slack: Floats = np.where(self.idle > LEAST, self.idle, ledger.behind[:, last] / until_week)
        self.busy: Floats = ledger.ahead[:, last] / until_week
        self.lacks = {name: lost[:, last] / until_week for name, lost in ledger.lacks.items()}
        self.held = self._held(result)
        self.yielded = self._yielded(result)
        self.uses = result.record.uses

    def _held(self, result: Result) -> dict[int, dict[tuple[str, str], float]]:
        """By link the measures that hold it and how, each by the mean share it stops; several share what is missing."""
        held: dict[int, dict[tuple[str, str], float]] = {}
        for b, stops in zip(result.model.compiled.knobs.borders, self.ledger.stopped, strict=True):
            if b.effective >= self.until_week:
                continue
            ways = stops.up_to(self.until_week)
            for e, covered, part, tier in zip(b.links, b.covered.mean(axis=1), b.part, b.tier, strict=True):
                share = float(covered * part)
                for how, by_tier in ways.items() if share > 0 else ():
                    own = held.setdefault(int(e), {})
                    own[b.name, how] = own.get((b.name, how), 0.0) + share * max(float(by_tier[tier]), TINY)
        return held

    def _yielded(self, result: Result) -> dict[tuple[int, int, int], Found]:
        first = result.model.compiled.knobs.priorities
        found: dict[tuple[int, int, int], Found] = {}
        for x, g in enumerate(first.user_allocation.tolist()):
            if (t := float(self.ledger.yielded[x, self.until_week - 1])) > 0:
                user = (int(first.user_owner[x]), int(first.user_makes[x]), int(first.node[g]))
                add(found.setdefault(user, {}), {(first.names[g], self.name(user[2]), ""): t}, 1.0)
        return found

    def behind(self, row: int) -> Found:
        """What a use lacks because others are served first, as shares of what it lacks; they sum to at most one."""
        node, line = int(self.ledger.use_node[row]), int(self.uses.line[row])
        yielded = self.yielded.get((line, 0, node), {})
        lacked = float(self.ledger.lacked[row, self.until_week - 1] * self.uses.use[row])
        scale = max(lacked, sum(yielded.values()))
        return {root: t / scale for root, t in yielded.items()}

    def gap(self, node: int) -> float:
        """Missing share of the base flow into a node."""
        into = self.ledger.into[node]
        usual = float(self.net.link_flow[into].sum()) * self.until_week
        return sum(self.of_link(int(e)) for e in into) / usual if usual else 0.0

    def short(self, node: int) -> dict[int, float]:
        """Links into a node that bring less than before, by their parts of what misses.

        Where as much came in the end as ever, those that once brought less, by the most that they were behind.
        """
        into = self.ledger.into[node].tolist()
        missing = {e: self.of_link(e) for e in into}
        if self.gap(node) <= LEAST:
            missing = {e: self._once_behind(e) for e in into}
        total = sum(missing.values())
        return {e: x / total for e, x in missing.items() if x > 1e-9 * total} if total > 0 else {}

    def of_link(self, link: int) -> float:
        """Missing goods of a link; a home link (not recorded) is as short as its makers are idle."""
        if link in self.gone:
            return max(self.gone[link], 0.0)
        makers = self.ledger.makers[self.net.link_origin[link]]
        idle = float(self.idle[makers].max()) if makers.size else 0.0
        return idle * float(self.net.link_flow[link]) * self.until_week

    def _once_behind(self, link: int) -> float:
        """The most by which a link fell behind where it had been, of goods or of its makers' activity."""
        usual = float(self.net.link_flow[link])
        if link in self.gone:
            late = np.arange(1, self.until_week + 1) - self.ledger.came[self.row[link], : self.until_week] / usual
            return usual * float(most_behind(late)[-1])
        makers = self.ledger.makers[self.net.link_origin[link]]
        return usual * float(self.ledger.behind[makers, self.until_week - 1].max(initial=0.0))

    def name(self, node: int) -> str:
        """A node in words."""
        return f"{self.net.products[self.net.node_product[node]]}, {self.net.places[self.net.node_place[node]]}"

    def route(self, link: int) -> str:
        """A link in words."""
        origin, destination = int(self.net.link_origin[link]), int(self.net.link_destination[link])
        return f"{self.name(origin)} to {self.net.places[self.net.node_place[destination]]}"

    def unasked(self, link: int) -> float:
        """Goods of a link that are not asked for; of a home link (not recorded) what its makers there do not use."""
        usual = float(self.net.link_flow[link]) * self.until_week
        if link in self.gone:
            return self.gone[link] if self.gone[link] > LEAST * usual else self._once_behind(link)
        node = int(self.net.link_destination[link])
        return usual * float(self.slack[self.ledger.users[node]].max(initial=0.0))

    def more(self, link: int) -> float:
        """Goods that came over a link beyond its base flow, t; 0 where that is not recorded or next to nothing."""
        more = -self.gone.get(link, 0.0)
        return more if more > LEAST * float(self.net.link_flow[link]) * self.until_week else 0.0
