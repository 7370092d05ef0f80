"""What is missing, walked back link by link to what started it: up the chain first, then down and sideways.

A link brings less than before because a measure holds it, because its makers lack capacity or an input (up), because
they are asked for less of what they make beside (down), or because others take more (sideways). Up goes first: only
where nothing up the chain is wrong did the goods go elsewhere, or were not made for want of orders. What came, and was
yielded to others of the place who are served first, is put down to that.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from sluicegate.sim.cause import Cause, Found, add, once, ranked, whole
from sluicegate.sim.cause_name import SERVED, UNASKED, UNTRACED
from sluicegate.sim.demand import Demand
from sluicegate.sim.ledger import Ledger
from sluicegate.sim.missing import Missing
from sluicegate.sim.network import Floats, Ints, Network
from sluicegate.sim.result import Result
from sluicegate.sim.upstream import Upstream


class Walk:
    """What misses in a run up to a week, walked back to its roots."""

    def __init__(self, result: Result, until_week: int, ledger: Ledger | None = None) -> None:
        self.result, self.until_week = result, until_week
        self.net: Network = result.model.compiled.net
        self.ledger = ledger or Ledger.of(result)
        self.missing = Missing(result, until_week, self.ledger)
        self.up = Upstream(self.missing)
        self.demand = Demand(result, self.up)
        self._known: dict[tuple[str, int], Found] = {}

    def causes(self, product: str, place: str) -> list[Cause]:
        """Roots of the shortfall of a product in a place, largest first; small ones are added up."""
        node = self.net.node(product, place)
        return [] if node is None else ranked(self.roots(node))

    def of_lines(self, lines: Sequence[str], *, missing: bool = False) -> list[Cause]:
        """Roots of what some lines lose in value added, or of the use they miss; shares sum to one.

        What a line yields to others that are served first (E7a) is theirs; what is lost because another line buys the
        next stage abroad (E23) is walked back through what that one lacks.
        """
        found: Found = {}
        for line in lines:
            rows = np.flatnonzero(self.result.uses["line"] == line)
            for row, weight in zip(rows, self._weights(rows, missing=missing), strict=True):
                product, place = (str(self.result.uses[c].iat[int(row)]) for c in ("product", "place"))
                node = self.net.node(product, place)
                if weight > 0 and node is not None:
                    behind = self.missing.behind(int(row))
                    add(found, behind, weight)
                    add(found, self.roots(node), weight * (1 - sum(behind.values())))
            for node, weight in () if missing else self._booked(line):
                add(found, self.roots(node), weight)
        return ranked(found)

    def of_nodes(self, nodes: Ints) -> tuple[list[Cause], float]:
        """Roots of what misses in some nodes together, by tonnes, and the missing share of their base flow."""
        found: Found = {}
        usual = missing = 0.0
        for node in nodes.tolist():
            into = self.ledger.into[node]
            weight = sum(self.missing.of_link(int(e)) for e in into)
            usual, missing = usual + float(self.net.link_flow[into].sum()) * self.until_week, missing + weight
            if weight > 0:
                add(found, self.roots(node), weight)
        return ranked(found), missing / usual if usual else 0.0

    def backed_up(self, nodes: Ints) -> list[Cause]:
        """What keeps goods from leaving some nodes: measures on links out of them, or what stops buyers.

        Where goods leave as ever: what brought more of them, what lines there lack beside them, why more of them is
        made with others, or why more of them was asked for and made before.
        """
        found: Found = {}
        for e in np.flatnonzero(np.isin(self.net.link_origin, nodes)).tolist():
            less = {(UNASKED, self.missing.route(e), ""): 1.0}
            there, d = int(self.net.link_destination[e]), self.demand
            known = d.stopped(e) or d.elsewhere(e) or d.relieved(there) or d.nearest(there)
            add(found, known or less, self.missing.of_link(e))
        d = self.demand
        for walk in (d.relieved, d.lines, d.sisters, d.more, d.nearest):
            for node in () if found else nodes.tolist():
                add(found, walk(node), 1.0)
        return ranked(found)

    def wanted(self, nodes: Ints) -> list[Cause]:
        """Why stocks are low in nodes to which all comes as ever: makers lack something, more or less is asked."""
        d = self.demand
        found: Found = {}
        for walk in (self.up.of_makers, d.more, d.less, d.relieved, d.nearest):
            for node in () if found else nodes.tolist():
                add(found, walk(node), 1.0)
        return ranked(found)

    def roots(self, node: int) -> Found:
        """Roots of what misses in a node; their shares sum to one. A link without a root swings with the others."""
        return once(self._known, ("roots", node), lambda: self._roots(node))

    def _roots(self, node: int) -> Found:
        found: Found = {}
        short = self.missing.short(node)
        for link, part in short.items():
            add(found, self.up.of_link(link) or self.demand.elsewhere(link), part)
        name = (SERVED if short else UNTRACED, self.missing.name(node), "")
        return whole(found) or self.demand.more(node) or self.demand.nearest(node) or {name: 1.0}

    def _weights(self, rows: Ints, *, missing: bool) -> Floats:
        """(rows,) value added lost through each use of one line, 2024 USD, or the share of use it misses."""
        result, until = self.result, self.until_week
        if missing:
            return np.asarray([np.maximum(1 - result.record.service[r, :until], 0).mean(dtype=float) for r in rows])
        lost = np.array([result.lost_through(int(r))[:until] for r in rows])
        worst = lost.argmax(axis=0)
        top = lost.max(axis=0)
        return np.array([top[worst == k].sum() for k in range(len(rows))]) / result.model.draws.size

    def _booked(self, line: str) -> list[tuple[int, float]]:
        """What a line loses because another buys the next stage abroad (E23): the part's node, and 2024 USD."""
        result, stages = self.result, self.result.model.compiled.knobs.stages
        row = self.net.lines.index(line)
        own = np.flatnonzero(stages.line == row)
        lost = result.record.booked[own, : self.until_week].sum(axis=1) * result.value_added_per_week[row]
        nodes = self.net.slot_node[stages.slot[own]].tolist()
        return [(node, weight) for node, weight in zip(nodes, lost.mean(axis=1).tolist(), strict=True) if weight > 0]
