"""Up the chain: what a link does not bring is held by a measure, or its makers lack capacity or an input."""

from __future__ import annotations

import numpy as np

from sluicegate.sim.cause import Found, add, once, whole
from sluicegate.sim.missing import LEAST, Missing
from sluicegate.sim.twin.ratio import TINY


class Upstream:
    """Roots up the chain of what misses up to a week; none where nothing is wrong there."""

    def __init__(self, missing: Missing) -> None:
        self.missing, self.net, self.ledger = missing, missing.net, missing.ledger
        self._known: dict[tuple[str, int], Found] = {}

    def of_node(self, node: int) -> Found:
        """Roots of what misses in a node, of the links that have any; they sum to one."""
        return once(self._known, ("node", node), lambda: whole(self._of_links(node)))

    def of_link(self, link: int) -> Found:
        """Roots of what a link does not bring: measures on it, what its makers lack, a duty; they sum to one.

        Beside a measure makers' lacks count by how idle they are beyond what the measures on their goods explain.
        """
        origin, ways = int(self.net.link_origin[link]), self.missing.held.get(link, {})
        lacked = self.of_makers(origin)
        stops = min(sum(ways.values()), 1.0)
        found: Found = {}
        add(found, self.held(link), stops)
        if lacked:
            size = sum(lacked.values())
            add(found, lacked, (1 - stops) * min(1.0, self._unexplained(origin) / size) if ways else 1.0)
        return whole(found) or self.dearer(link)

    def held(self, link: int) -> Found:
        """Measures on a link and how they stop goods; they sum to one."""
        ways = self.missing.held.get(link, {})
        return whole({(name, self.missing.route(link), how): share for (name, how), share in ways.items()})

    def dearer(self, link: int) -> Found:
        """Duties and export levies that turn buyers away from a link, evenly."""
        week = self.missing.until_week
        names = [name for name, links, first in self.ledger.charges if links[link] and first < week]
        return whole({(name, self.missing.route(link), ""): 1.0 for name in names})

    def of_maker(self, maker: int, but: int = -1) -> Found:
        """What a maker lacks, as shares of its base activity: capacity, or inputs that are short, `but` for a node.

        Where others are served first it lacks what it yields to them too.
        """
        lost = {name: float(share[maker]) for name, share in self.missing.lacks.items()}
        found: Found = {(name, self.net.producers[maker], ""): x for name, x in lost.items() if x > LEAST}
        for slot in self.ledger.inputs[maker].tolist():
            if (source := int(self.net.slot_node[slot])) != but:
                add(found, self.of_node(source), self.missing.gap(source))
                usual = float(self.net.slot_use[slot]) * self.missing.until_week
                add(found, self.missing.yielded.get((maker, 1, source), {}), 1 / usual if usual > 0 else 0.0)
        return found

    def of_makers(self, node: int) -> Found:
        """What the makers of a node lack together, as shares of their base activity."""
        return once(self._known, ("makers", node), lambda: self._lacked(node))

    def _lacked(self, node: int) -> Found:
        found: Found = {}
        makers = self.ledger.makers[node]
        made = self.net.activity0[makers] / max(self.net.activity0[makers].sum(), TINY)
        for maker, part in zip(makers.tolist(), made.tolist(), strict=True):
            add(found, self.of_maker(maker), part)
        return found

    def _of_links(self, node: int) -> Found:
        found: Found = {}
        for link, part in self.missing.short(node).items() if self.missing.gap(node) > LEAST else ():
            add(found, self.of_link(link), part)
        return found

    def _unexplained(self, node: int) -> float:
        """How idle the makers of a node are beyond what the measures on its goods explain, as a share."""
        out = self.ledger.out_of[node]
        stops = [min(sum(self.missing.held.get(int(e), {}).values()), 1.0) for e in out]
        explained = float(np.dot(stops, self.net.link_flow[out]) / max(self.net.link_flow[out].sum(), TINY))
        idle = self.missing.idle[self.ledger.makers[node]].max(initial=0.0)
        return max(float(idle) - explained, 0.0)
