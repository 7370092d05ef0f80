"""Step 12: what is written down of every week, in single precision, for the result."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_array

from sluicegate.sim.engine import Engine, Week
from sluicegate.sim.network import Floats, Ints, Network
from sluicegate.sim.state import State
from sluicegate.sim.twin.ratio import TINY

Record = NDArray[np.float32]


@dataclass(frozen=True)
class Uses:
    """Which line uses which product: U rows, with the matrix that averages cover classes."""

    line: Ints
    product: Ints
    use: Floats
    slot_use_row: Ints
    average: csr_array
    total: csr_array

    @classmethod
    def of(cls, net: Network) -> Uses:
        """The uses of a network's lines, in slot order of their first class."""
        slots = np.arange(net.n_producer_slots, len(net.slot_node))
        lines = net.class_line[net.slot_owner[slots]]
        products = net.node_product[net.slot_node[slots]]
        keys, rows = np.unique(lines * len(net.products) + products, return_inverse=True)
        weight = net.class_weight[net.slot_owner[slots]]
        shape = (len(keys), len(slots))
        column = np.arange(len(slots))
        return cls(
            line=keys // len(net.products),
            product=keys % len(net.products),
            use=np.bincount(rows, net.slot_use[slots]).astype(float),
            slot_use_row=rows,
            average=csr_array((weight, (rows, column)), shape=shape),
            total=csr_array((np.ones(len(slots)), (rows, column)), shape=shape),
        )


class Recorder:
    """The record of a run: arrays (row, week, draw), filled block by block.

    Parameters
    ----------
    service : (U, W, D) share of what a line asked for that it could use
    use : (U, W, D) t a week ; stock : (U, W, D) t at the week's end
    lost_share : (Y, W, D) share of a line's value added lost, catching up counted against it
    price : (2, P, W, D) log price against the base year ; paid : (2, P, W, D) volume-weighted
    exports, imports : (X, W, D) t a week over the watched links, at customs and at arrival
    leaked_share : (P, W, D) share of a product's shipments over links under a measure that leaks by a third country
    activity : (I, W, D) t of activity a week
    worth : (L, D) share of value added that a week of the output a class last lost was worth
    """

    def __init__(self, net: Network, uses: Uses, watched: Ints, weeks: int, draws: int) -> None:
        self.uses, self.watched = uses, watched
        areas = (2, len(net.products), weeks, draws)
        self.service = _empty(len(uses.line), weeks, draws)
        self.use = _empty(len(uses.line), weeks, draws)
        self.stock = _empty(len(uses.line), weeks, draws)
        self.lost_share = _empty(len(net.lines), weeks, draws)
        self.price = _empty(*areas)
        self.exports = _empty(len(watched), weeks, draws)
        self.imports = _empty(len(watched), weeks, draws)
        self.activity = _empty(len(net.producers), weeks, draws)
        self.leaked_share = _empty(len(net.products), weeks, draws)
        self.worth = np.zeros((len(net.class_line), draws))

    def write(self, eng: Engine, s: State, w: Week, theta: Floats, draws: slice) -> None:
        """Record week w.t of a block of draws; `theta` (line slots, d) is the share of value at stake."""
        lines, t = eng.net.line_slots, w.t
        self.service[:, t, draws] = self.uses.average @ w.fill
        self.use[:, t, draws] = self.uses.total @ w.use
        self.stock[:, t, draws] = self.uses.total @ s.stock[lines]
        self.lost_share[:, t, draws] = eng.sums.classes_to_line @ lost_share(eng.net, w, theta, self.worth[:, draws])
        self.price[:, :, t, draws] = s.price
        self.exports[:, t, draws] = w.exports[self.watched]
        self.imports[:, t, draws] = w.landed[self.watched]
        self.activity[:, t, draws] = s.activity
        if eng.knobs.borders:
            self.leaked_share[:, t, draws] = _leaked_share(eng, w)


def _leaked_share(eng: Engine, w: Week) -> Floats:
    """(P, d) leaked over all that left on links under some measure; 0 where nothing left."""
    product = eng.net.link_product()
    leaked = np.zeros((len(eng.net.products), w.exports.shape[1]))
    for b, part in zip(eng.knobs.borders, w.leaked, strict=True):
        np.add.at(leaked, product[b.links], part)
    links = np.unique(np.concatenate([b.links for b in eng.knobs.borders]))
    left = np.zeros_like(leaked)
    np.add.at(left, product[links], w.exports[links])
    return np.divide(leaked, left, out=np.zeros_like(left), where=left > TINY)


def lost_share(net: Network, w: Week, theta: Floats, worth: Floats) -> Floats:
    """(L, d) share of a class's value added lost: the worst input's gap times its share of value (E15).

    Joint shortages take the worst, never the sum. Output caught up by overtime counts against the loss at
    what was last lost with it, `worth` (L, d), which is brought up to date.
    Source: `docs/explanation/simulator.md`, after Hallegatte (2014) and USGS (2024).
    """
    gap = theta * net.slot_critical[net.line_slots, None] * (1 - w.fill)
    worst = np.maximum.reduceat(gap, net.class_starts, axis=0)
    np.divide(worst, 1 - w.running, out=worth, where=w.running < 1)
    return np.asarray(worst - worth * np.maximum(w.running - 1, 0))


def _empty(*shape: int) -> Record:
    return np.zeros(shape, dtype=np.float32)
