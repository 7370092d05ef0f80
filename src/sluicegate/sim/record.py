"""Step 12: what is written down of every week, in single precision, for the result."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_array

from sluicegate.sim.engine import Engine, Week
from sluicegate.sim.gate import held_links
from sluicegate.sim.kernel.aligned import zeros
from sluicegate.sim.network import Floats, Ints, Network
from sluicegate.sim.state import State
from sluicegate.sim.twin.ratio import TINY

Record = NDArray[np.float32]
VARIABLES = (
    "service",
    "use",
    "stock",
    "lost_share",
    "price",
    "exports",
    "imports",
    "activity",
    "leaked_share",
    "taken",
    "feared",
)
"""What can be recorded."""
BY_AREA = ("price", "feared")
"""What has a row for each product on either side of the controller's border."""
ROOM = 32
"""The draw axis is a multiple of this, so that whole blocks of the kernel are written."""


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


def recorded_rows(net: Network, uses: Uses, watched: int, promised: int = 0) -> dict[str, int]:
    """Rows of each recorded variable; each row is a number a week and draw."""
    return {
        "service": len(uses.line), "use": len(uses.line), "stock": len(uses.line), "lost_share": len(net.lines),
        "price": 2 * len(net.products), "exports": watched, "imports": watched, "activity": len(net.producers),
        "taken": promised, "leaked_share": len(net.products), "feared": 2 * len(net.products),
    }  # fmt: skip


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
    feared : (2, P, W, D) t that buyers aim to hold beyond their normal stock, inside and outside: out of fear, ahead of
        a deadline, or because they were told to
    activity : (I, W, D) t of activity a week ; taken : (Q, W, D) t a week payers took from nodes with offtake
    worth : (L, D) share of value added that a week of the output a class last lost was worth
    """

    def __init__(self, net: Network, uses: Uses, watched: Ints, weeks: int, draws: int,
                 variables: Iterable[str] = VARIABLES, promised: Ints | None = None, *,
                 still: bool = False) -> None:  # fmt: skip
        """Room for the variables named; the others have no rows.

        Parameters
        ----------
        still : nothing ever changes: only the last week is kept, and every week is it; the arrays are read-only then

        Raises
        ------
        ValueError : a variable is not one of `VARIABLES`.
        """
        self.uses, self.watched, self.weeks, self.draws = uses, watched, weeks, draws
        self.first = weeks - 1 if still else 0
        self.promised = promised = np.zeros(0, dtype=np.intp) if promised is None else promised
        self.variables = frozenset(variables)
        if unknown := self.variables - set(VARIABLES):
            raise ValueError(f"cannot record {sorted(unknown)}; choose from {', '.join(VARIABLES)}")
        rows = recorded_rows(net, uses, len(watched), len(promised))
        room = -(-draws // ROOM) * ROOM
        self.whole = {n: _empty(k if n in self.variables else 0, weeks - self.first, room) for n, k in rows.items()}
        self.worth = np.zeros((len(net.class_line), draws))

    def __getattr__(self, name: str) -> Record:
        """A variable's array, without the room that fills the last block of draws.

        Raises
        ------
        AttributeError : no such variable, or it was not asked for.
        """
        if name not in VARIABLES:
            raise AttributeError(name)
        if name not in self.variables:
            raise AttributeError(f"{name} was not recorded, only {', '.join(sorted(self.variables))}")
        array = self.whole[name]
        if self.first:
            array = np.broadcast_to(array, (len(array), self.weeks, array.shape[2]))
        return self._by_area(array)[..., : self.draws] if name in BY_AREA else array[..., : self.draws]

    @staticmethod
    def _by_area(array: Record) -> Record:
        return array.reshape(2, len(array) // 2, *array.shape[1:])

    def fill_before(self, rest: int) -> None:
        """Weeks before week `rest` equal it: nothing has changed yet."""
        if self.first == 0:
            for array in self.whole.values():
                array[:, :rest] = array[:, rest : rest + 1]

    def write(self, eng: Engine, s: State, w: Week, theta: Floats, draws: slice) -> None:
        """Record week w.t of a block of draws; `theta` (line slots, d) is the share of value at stake."""
        lines, t = eng.net.line_slots, w.t
        lost = lost_share(eng.net, w, theta, self.worth[:, draws])
        made = {
            "service": self.uses.average @ w.fill,
            "use": self.uses.total @ w.use,
            "stock": self.uses.total @ s.stock[lines],
            "lost_share": eng.sums.classes_to_line @ lost,
            "price": s.price.reshape(-1, s.price.shape[-1]),
            "exports": w.exports[self.watched],
            "imports": w.landed[self.watched],
            "activity": s.activity,
            "taken": w.taken[self.promised],
            "leaked_share": _leaked_share(eng, w),
            "feared": eng.slots_to_area @ ((w.weeks - eng.knobs.cover) * eng.net.slot_use[:, None]),
        }  # fmt: skip
        for name in self.variables:
            self.whole[name][:, t - self.first, draws] = made[name]


def _leaked_share(eng: Engine, w: Week) -> Floats:
    """(P, d) leaked over all that left on links under some measure; 0 where nothing left."""
    product = eng.net.link_product()
    leaked = np.zeros((len(eng.net.products), w.exports.shape[1]))
    for b, part in zip(eng.knobs.borders, w.leaked, strict=True):
        np.add.at(leaked, product[b.links], part)
    links = held_links(eng.knobs.borders)
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
    return zeros(shape, np.float32)
