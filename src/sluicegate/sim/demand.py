"""Down the chain and sideways: why makers with all they need send less to some: less is asked of them, or more."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from functools import cached_property

import numpy as np

from sluicegate.sim.cause import Found, add, once, whole
from sluicegate.sim.missing import LEAST
from sluicegate.sim.result import Result
from sluicegate.sim.rush import reliefs, rushes, saved_for
from sluicegate.sim.upstream import Upstream


class Demand:
    """Roots of orders that fell or rose up to a week; their shares sum to one, or there are none."""

    def __init__(self, result: Result, up: Upstream) -> None:
        self.result, self.up = result, up
        self.missing, self.net, self.ledger = up.missing, up.net, up.ledger
        self._known: dict[tuple[str, int], Found] = {}
        self._lines: dict[int, Found] = {}

    def elsewhere(self, link: int) -> Found:
        """Why a link brings less though its makers lack nothing: less is asked of them, or others take more."""
        origin = int(self.net.link_origin[link])
        return self.less(origin) or self._others(link) or self._turned(link) or self.more(origin)

    def less(self, node: int) -> Found:
        """Why the makers of a node are asked for less of all that they make (E3): what stops its buyers."""
        return once(self._known, ("less", node), lambda: self._unsold(node))

    def more(self, node: int) -> Found:
        """Why more is asked of a node: buyers want more stock, lack another source, or make more of what is wanted."""
        return once(self._known, ("more", node), lambda: self._wanted(node))

    def sisters(self, node: int) -> Found:
        """Why the makers of a node make more of it than is asked: other goods that they make are wanted."""
        found: Found = {}
        for maker in self.ledger.makers[node].tolist():
            made = {int(self.net.output_node[row]) for row in self.ledger.outputs[maker]} - {node}
            add(found, self._all(self.more, made), float(self.missing.busy[maker]))
        return whole(found)

    def relieved(self, node: int) -> Found:
        """What brought more of a node's product, or saved it, evenly."""
        product = self.net.products[int(self.net.node_product[node])]
        return whole({(x, product, ""): 1.0 for x in reliefs(self.result, product, self.missing.until_week - 1)})

    def nearest(self, node: int) -> Found:
        """The nearest thing that happens in the chain of a node: whose orders swing there swing by it."""
        reached, layer = {node}, [node]
        while layer:
            if found := self._all(self._happens_at, layer):
                return found
            layer = sorted({n for at in layer for n in self._beside(at)} - reached)
            reached |= set(layer)
        return {}

    def _happens_at(self, node: int) -> Found:
        out = self.ledger.out_of[node].tolist()
        found = self._all(self.up.held, out)
        for more in (self.up.of_node(node), self.up.of_makers(node), self._sought(node), self.relieved(node)):
            add(found, whole(more), 1.0)
        for (_, _, at), yielded in self.missing.yielded.items():
            add(found, whole(yielded), float(at == node))
        return found

    def _beside(self, node: int) -> Iterator[int]:
        """Nodes one step away: over a link, through a maker, or in a line that uses both."""
        yield from self.net.link_origin[self.ledger.into[node]].tolist()
        yield from self.net.link_destination[self.ledger.out_of[node]].tolist()
        for maker in {*self.ledger.makers[node].tolist(), *self.ledger.users[node].tolist()}:
            yield from self.net.slot_node[self.ledger.inputs[maker]].tolist()
            yield from self.net.output_node[self.ledger.outputs[maker]].tolist()
        lines = self.net.slot_owner[self.net.line_slots]
        own = np.isin(lines, lines[self.net.slot_node[self.net.line_slots] == node])
        yield from np.unique(self.net.slot_node[self.net.line_slots][own]).tolist()

    def stopped(self, link: int) -> Found:
        """What stops the buyers over a link: a measure on it, or what stops makers and lines there."""
        if found := self.up.held(link):
            return found
        node, found = int(self.net.link_destination[link]), {}
        for user in self.ledger.users[node].tolist():
            made = self.net.output_node[self.ledger.outputs[user]].tolist()
            stops = whole(self.up.of_maker(user, but=node)) or self._all(self.less, made)
            add(found, stops, float(self.missing.slack[user]))
        add(found, self.lines(node), 1.0)
        return whole(found) or self.up.dearer(link)

    def lines(self, node: int) -> Found:
        """What stops lines that use a node's product for want of another."""
        if node not in self._lines:
            found: Found = {}
            for row, lost in self._lacked_beside(node):
                behind = self.missing.behind(row)
                add(found, behind, lost)
                add(found, self.up.of_node(int(self.ledger.use_node[row])), lost * (1 - sum(behind.values())))
            self._lines[node] = whole(found)
        return self._lines[node]

    def _lacked_beside(self, node: int) -> Iterator[tuple[int, float]]:
        """Uses of other products that lines which use a node's product lack, and the share of output it costs."""
        lines, nodes = self.result.record.uses.line, self.ledger.use_node
        for row in np.flatnonzero(np.isin(lines, lines[nodes == node]) & (nodes != node)).tolist():
            lacks = float(self.ledger.lacked[row, self.missing.until_week - 1]) / self.missing.until_week
            if lacks > LEAST:
                yield row, lacks * float(self.result.critical[row])

    def _unsold(self, node: int) -> Found:
        found: Found = {}
        for maker in self.ledger.makers[node].tolist():
            for row in self.ledger.outputs[maker] if self.missing.slack[maker] > LEAST else ():
                for e in self.ledger.out_of[int(self.net.output_node[row])].tolist():
                    weight = self.missing.unasked(e) * float(self.net.output_value[row])
                    if weight > 0:
                        add(found, self.stopped(e), weight)
        return whole(found)

    def _others(self, link: int) -> Found:
        """Why others take more from a link's origin: what they lack elsewhere, or what made them want more."""
        found: Found = {}
        for e in self.ledger.out_of[int(self.net.link_origin[link])].tolist():
            if e != link and (more := self.missing.more(e)):
                there = int(self.net.link_destination[e])
                add(found, self.up.of_node(there) or self._sought(there), more)
        return whole(found)

    def _turned(self, link: int) -> Found:
        """Why buyers turned from a link to other origins: others ask less there, so goods are cheap and quick."""
        found: Found = {}
        for e in self.ledger.into[int(self.net.link_destination[link])].tolist():
            if more := self.missing.more(e):
                add(found, self.less(int(self.net.link_origin[e])), more)
        return whole(found)

    def _wanted(self, node: int) -> Found:
        if found := self._sought(node):
            return found
        for e in self.ledger.out_of[node].tolist():
            there = int(self.net.link_destination[e])
            add(found, self.up.of_node(there), self.missing.more(e))
            for user in self.ledger.users[there].tolist():
                made = self.net.output_node[self.ledger.outputs[user]].tolist()
                add(found, self._all(self.more, made), float(self.net.link_flow[e] * self.missing.busy[user]))
        return whole(found)

    def _sought(self, node: int) -> Found:
        """What made buyers want more of a product, evenly where several things did; else what they saved elsewhere."""
        product, week = self.net.products[int(self.net.node_product[node])], self.missing.until_week
        found: Found = {(what, product, ""): 1.0 for what in rushes(self.result, product, week - 1)}
        for name, links, first in self.ledger.charges:
            if first < week and (self.net.link_product()[links] == self.net.node_product[node]).any():
                found[name, product, ""] = 1.0
        return whole(found) or self._all(self.up.of_node, self._saved.get(node, []))

    @cached_property
    def _saved(self) -> dict[int, list[int]]:
        return saved_for(self.result)

    def _all(self, walk: Callable[[int], Found], nodes: Iterable[int]) -> Found:
        found: Found = {}
        for node in nodes:
            add(found, walk(node), 1.0)
        return whole(found)
