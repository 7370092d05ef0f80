"""Step 12: what is written down of every week, in single precision, for the result."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_array

from sluicegate.sim.engine import Engine, Week
from sluicegate.sim.gate import held_links
from sluicegate.sim.kept import NOWHERE, Kept, summed
from sluicegate.sim.kernel.aligned import zeros
from sluicegate.sim.network import Floats, Ints, Network
from sluicegate.sim.state import State
from sluicegate.sim.twin.ratio import TINY

Record = NDArray[np.float32]
Rows = Mapping[str, Ints]
"""By variable, the rows that are kept draw by draw."""
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
HELD = "held_imports"
BOOKED = "booked"
YIELDED = "yielded"
STORED = (*(name for name in VARIABLES if name != "imports"), HELD, BOOKED, YIELDED)
"""What is stored of it. What arrives over a link that no border holds is what left it some weeks before; what is booked
through next stages is a part of `lost_share`, kept beside it so that it can be walked back; so is what users yield to
who is served first, beside `service`."""
BY_AREA = ("price", "feared")
"""What has a row for each product on either side of the controller's border."""
SUMMED = ("exports", HELD, "activity", "feared", "service")
"""Where not every row is kept draw by draw, the mean over the draws is kept of the others of these."""
PARTLY = (*SUMMED, "use")
"""What may be kept of some rows alone."""
ROOM = 32
"""The draw axis is a multiple of this, so that whole blocks of the kernel are written; sums are kept of so many draws,
which one thread advances one after another, so that their bits do not depend on the threads."""


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


def recorded_rows(net: Network, uses: int, watched: int, held: int, promised: int = 0,
                  stages: int = 0, users: int = 0) -> dict[str, int]:  # fmt: skip
    """Rows of each stored variable, from how many there are of each; each row is a number a week and draw."""
    return {
        "service": uses, "use": uses, "stock": uses, "lost_share": len(net.lines),
        "price": 2 * len(net.products), "exports": watched, HELD: held, "activity": len(net.producers),
        "taken": promised, "leaked_share": len(net.products), "feared": 2 * len(net.products),
        BOOKED: stages, YIELDED: users,
    }  # fmt: skip


def stored(variables: Iterable[str]) -> frozenset[str]:
    """The stored variables behind some of `VARIABLES`.

    Raises
    ------
    ValueError : a variable is not one of `VARIABLES`.
    """
    asked = frozenset(variables)
    if unknown := asked - set(VARIABLES):
        raise ValueError(f"cannot record {sorted(unknown)}; choose from {', '.join(VARIABLES)}")
    beside = {BOOKED} if "lost_share" in asked else set()
    beside |= {YIELDED} if "service" in asked else set()
    return (asked - {"imports"}) | {"exports", HELD} | beside if "imports" in asked else asked | beside


def kept_of(counts: Mapping[str, int], stored: Collection[str], rows: Rows,
            held: Ints) -> dict[str, Kept]:  # fmt: skip
    """What is kept of the rows of each variable stored; parameters as `Recorder`.

    Raises
    ------
    ValueError : `rows` names a variable that is kept whole or not at all.
    """
    if unknown := set(rows) - set(PARTLY) | set(rows) & {HELD}:
        raise ValueError(f"cannot keep a part of {sorted(unknown)}; choose from {', '.join(PARTLY)}")
    chosen = {**rows, HELD: np.flatnonzero(np.isin(held, rows["exports"]))} if "exports" in rows else rows
    found, first = {}, 0
    for name in STORED:
        if name not in stored:
            found[name] = Kept.nothing(counts[name])
            continue
        found[name] = Kept.of(counts[name], chosen.get(name), first if name in SUMMED else None)
        first += len(found[name].summed)
    return found


class Recorder:
    """The record of a run: arrays (row, week, draw), filled block by block.

    Parameters
    ----------
    service : (U, W, D) share of what a line asked for that it could use
    use : (U, W, D) t a week ; stock : (U, W, D) t at the week's end
    lost_share : (Y, W, D) share of a line's value added lost, catching up counted against it
    price : (2, P, W, D) log price against the base year ; paid : (2, P, W, D) volume-weighted
    exports, imports : (X, W, D) t a week over the watched links, at customs and at arrival; `imports` is put together
        anew each time it is asked for, `arrivals` gives some of its rows. Where not every row is kept, `of` gives those
        that are, and `mean` the mean of all
    leaked_share : (P, W, D) share of a product's shipments over links under a measure that leaks by a third country
    feared : (2, P, W, D) t that buyers aim to hold beyond their normal stock, inside and outside: out of fear, ahead of
        a deadline, or because they were told to
    activity : (I, W, D) t of activity a week ; taken : (Q, W, D) t a week payers took from nodes with offtake
    booked : (Q, W, D) share of the value added of a maker at home that is lost because a line buys the next stage (E23)
    yielded : (X, W, D) t a week that a user yields to who is served first: of its even share or its share by base use,
        whichever is less, what it does not get
    worth : (L, D) share of value added that a week of the output a class last lost was worth
    """

    def __init__(self, net: Network, uses: Uses, watched: Ints, weeks: int, draws: int,
                 variables: Iterable[str] = VARIABLES, promised: Ints | None = None, *, held: Ints | None = None,
                 stages: int = 0, users: int = 0, rest: int = 0, still: bool = False, stock_week: int | None = None,
                 rows: Rows | None = None) -> None:  # fmt: skip
        """Room for the variables named; the others have no rows.

        Parameters
        ----------
        held : links that a border holds ; stages : rows of `Knobs.stages` ; users : of `Knobs.priorities`
        rest : the last week before anything changes
        still : nothing ever changes: only the last week is kept, and every week is it; the arrays are read-only then
        stock_week : the one week of which `stock` is kept, for `stock_in`; every week where None
        rows : by variable, of those in `PARTLY`, the rows kept draw by draw, where they are not all; arrivals are kept
            of the same links as `exports`

        Raises
        ------
        ValueError : a variable is not one of `VARIABLES`, or `rows` names one that is kept whole or not at all.
        """
        self.uses, self.watched, self.weeks, self.draws, self.rest = uses, watched, weeks, draws, rest
        self.first = weeks - 1 if still else 0
        self.stock_first = self.first if still or stock_week is None else max(stock_week, rest)
        self.promised = promised = np.zeros(0, dtype=np.intp) if promised is None else promised
        self.held = np.flatnonzero(np.isin(watched, np.zeros(0) if held is None else held))
        self.way, self.flow = net.link_transit[watched], net.link_flow[watched].astype(np.float32)
        self.variables, self.stored = frozenset(variables), stored(variables)
        counts = recorded_rows(net, len(uses.line), len(watched), len(self.held), len(promised), stages, users)
        self.kept = kept_of(counts, self.stored, rows or {}, self.held)
        room, span = -(-draws // ROOM) * ROOM, weeks - self.first
        spans = dict.fromkeys(STORED, span) | {"stock": span if stock_week is None else 1}
        self.whole = {n: _empty(len(self.kept[n].rows), spans[n], room) for n in STORED}
        self.sums = np.zeros((sum(len(k.summed) for k in self.kept.values()), span, room // ROOM))
        self.worth = np.zeros((len(net.class_line), draws))

    def __getattr__(self, name: str) -> Record:
        """A variable's array, without the room that fills the last block of draws.

        Raises
        ------
        AttributeError : no such variable, or it was not asked for, or not of every week.
        """
        if name not in (*VARIABLES, HELD, BOOKED, YIELDED):
            raise AttributeError(name)
        self._require(name)
        if name == "imports":
            return self.arrivals(np.arange(len(self.watched)))
        if not self.kept[name].every:
            raise AttributeError(f"{name} was recorded draw by draw of some rows alone: ask `of` or `mean`")
        array = self._weekly(name)
        return array.reshape(2, len(array) // 2, *array.shape[1:]) if name in BY_AREA else array

    def of(self, name: str, rows: Any, weeks: slice = slice(None)) -> Record:
        """(n, W, D) rows of a variable, or (W, D) one, also where not every row is kept; `arrivals` has imports.

        `weeks` picks some of them.

        Raises
        ------
        AttributeError : it was not asked for, or one of the rows is not kept draw by draw.
        """
        self._require(name)
        codes = self.kept[name].codes[rows]
        if (codes < 0).any():
            raise AttributeError(f"{name} was recorded draw by draw of other rows alone")
        found: Record = self._weekly(name)[codes, weeks]
        return found

    def mean(self, name: str, rows: Any = slice(None)) -> Floats:
        """(n, W) mean over draws of some rows of a variable, or (W,) of one of them; of what `SUMMED` names, any rows.

        Raises
        ------
        AttributeError : it was not asked for, or nothing is kept of one of the rows.
        """
        self._require(name)
        kept, asked = self.kept[name], np.arange(len(self.kept[name].codes))[rows]
        codes = kept.codes[asked]
        if (codes == NOWHERE).any():
            raise AttributeError(f"{name} was recorded of other rows alone")
        found, array, drawn = np.empty((*asked.shape, self.weeks)), self._weekly(name), codes[codes >= 0]
        part = array if np.array_equal(drawn, np.arange(len(array))) else array[drawn]  # a copy of all is large
        found[codes >= 0] = part.mean(axis=-1, dtype=float)
        found[codes < 0] = self.sums[-2 - codes[codes < 0]].sum(axis=-1) / self.draws
        return found

    def _require(self, name: str) -> None:
        if not self.stored >= ({"exports", HELD} if name == "imports" else {name}):
            raise AttributeError(f"{name} was not recorded, only {', '.join(sorted(self.variables))}")

    def _weekly(self, name: str) -> Record:
        """(n, W, D) the rows of a variable that are kept, without the room that fills the last block of draws."""
        array = self.whole[name]
        if self.first:
            array = np.broadcast_to(array, (len(array), self.weeks, array.shape[2]))
        elif array.shape[1] < self.weeks:
            raise AttributeError(f"{name} was recorded of week {self.stock_first} alone")
        return array[..., : self.draws]

    def arrivals(self, rows: Ints) -> Record:
        """(n, W, D) t a week that arrives over some of the watched links: rows of `imports`; raised as by `of`."""
        found = np.empty((len(rows), self.weeks, self.draws), dtype=np.float32)
        places = {int(row): k for k, row in enumerate(self.held)}
        for k, row in enumerate(rows.tolist()):
            if row in places:
                found[k] = self.of(HELD, places[row])
            else:
                self._left_before(row, found[k])
        return found

    def mean_arrivals(self) -> Floats:
        """(X, W) mean over draws of `imports`."""
        found = np.empty((len(self.watched), self.weeks))
        left = self.mean("exports")
        for row, way in enumerate(self.way.tolist()):
            self._shifted(left[row], self.flow[row], way, found[row])
        found[self.held] = self.mean(HELD)
        return found

    def _left_before(self, row: int, into: Record) -> None:
        """What arrives over a link that no border holds: the base flow, then what left since, as long on its way."""
        self._shifted(self.of("exports", row), self.flow[row], int(self.way[row]), into)

    def _shifted(self, left: Any, flow: Any, way: int, into: Any) -> None:
        begin = min(self.rest + way, self.weeks) if way else 0
        into[:begin] = flow
        into[begin:] = left[begin - way : self.weeks - way]

    def stock_in(self, week: int) -> Record:
        """(U, D) stock at the end of a week, also where `stock` is kept of that week alone.

        Raises
        ------
        AttributeError : it is not kept of that week.
        """
        if self.whole["stock"].shape[1] == 1 and max(week, self.rest) == self.stock_first and "stock" in self.stored:
            return self.whole["stock"][:, 0, : self.draws]
        return self.stock[:, week]

    def fill_before(self, rest: int) -> None:
        """Weeks before week `rest` equal it: nothing has changed yet."""
        if self.first == 0:
            arrays: list[NDArray[Any]] = [*self.whole.values(), self.sums]
            for array in arrays:
                if array.shape[1] == self.weeks:
                    for week in range(rest):  # NumPy would first copy what it cannot tell apart
                        array[:, week] = array[:, rest]

    def write(self, eng: Engine, s: State, w: Week, theta: Floats, draws: slice) -> None:
        """Record week w.t of a block of draws; `theta` (line slots, d) is the share of value at stake."""
        lines, t = eng.net.line_slots, w.t
        lost = lost_share(eng.net, w, theta, self.worth[:, draws])
        by_line = eng.sums.classes_to_line @ lost
        booked = w.staged * eng.knobs.stages.booked
        np.add.at(by_line, eng.knobs.stages.line, booked)
        made = {
            "service": self.uses.average @ w.fill,
            "use": self.uses.total @ w.use,
            "stock": self.uses.total @ s.stock[lines],
            "lost_share": by_line,
            "price": s.price.reshape(-1, s.price.shape[-1]),
            "exports": w.exports[self.watched],
            HELD: w.landed[self.watched[self.held]],
            "activity": s.activity,
            "taken": w.taken[self.promised],
            "leaked_share": _leaked_share(eng, w),
            "feared": eng.slots_to_area @ ((w.weeks - eng.knobs.cover) * eng.net.slot_use[:, None]),
            BOOKED: booked,
            YIELDED: w.yielded,
        }  # fmt: skip
        for name in self.stored:
            week, kept = t - (self.stock_first if name == "stock" else self.first), self.kept[name]
            if 0 <= week < self.whole[name].shape[1]:
                self.whole[name][:, week, draws] = made[name][kept.rows]
                self.sums[kept.places(), week, draws.start // ROOM] += summed(made[name][kept.summed])


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
