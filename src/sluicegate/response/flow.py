"""Who ships to whom, week by week: a flow programme over a chain of makers, stocks, links and lines.

Letters: N nodes (a product in a place), E links, I makers, R needs (a product in a line), Y lines, T weeks.

    min  sum value_y lost_yt + sum freight_e (f_et - usual_e)+ + sum holding_n (S_nt - S_n0)+

    S_nt = S_n,t-1 + sum_into f_e,t-transit + comes_nt - sum_i c_in a_it - sum_r use_rt (1 - x_rt)   what buyers hold
    sum_from f_et <= sum_i o_in a_it + pool_n in the first week                             makers ship or dump
    lost_yt >= hurt_r x_rt                                                                  the worst input, not the sum
    0 <= f <= room, 0 <= a <= capacity, 0 <= x <= 1

Multi-period minimum-cost flow with yields and stocks (Ahuja, Magnanti and Orlin 1993, ch. 1 and 15), solved by HiGHS's
dual simplex and solved again from its last basis when rooms change. What is usual costs nothing: freight is paid for
what a link carries beyond its base flow, holding for stock beyond the first week's. So the base year's flows are a
basis whose duals are all zero, and the dual simplex method only mends what a measure breaks. Duals are prices: they
differ along a link that carries more than usual, and less than it may, by freight and holding alone.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from sluicegate.response.solver import Programme, Solution

Floats = NDArray[np.float64]
Ints = NDArray[np.intp]


@dataclass(frozen=True)
class Chain:
    """A chain over some weeks; tonnes, weeks and USD.

    Parameters
    ----------
    nodes : N ; origin, destination : (E,) nodes ; transit : (E,) whole weeks
    before, usual : (E,) t a week under way at first, and in the base year
    room : (E, T) t a week that may be shipped ; freight : (E,) USD a t
    fed, feed_node, feed : (A,) maker, node and t per t of activity of each input of a maker
    maker, made_node, made : (B,) the same of each output ; capacity : (I, T) t of activity a week
    stock, pool : (N,) t with buyers and with makers at first ; comes : (N, T) t a week from outside the chain
    holding : (N,) USD a t and week
    need_node, need_line : (R,) ; use : (R, T) t a week ; hurt : (R,) share of the line's value lost without it
    value : (Y,) USD a week
    """

    nodes: int
    origin: Ints
    destination: Ints
    transit: Ints
    before: Floats
    usual: Floats
    room: Floats
    freight: Floats
    fed: Ints
    feed_node: Ints
    feed: Floats
    maker: Ints
    made_node: Ints
    made: Floats
    capacity: Floats
    stock: Floats
    pool: Floats
    comes: Floats
    holding: Floats
    need_node: Ints
    need_line: Ints
    use: Floats
    hurt: Floats
    value: Floats

    @property
    def weeks(self) -> int:
        """Number of weeks."""
        return int(self.room.shape[1])

    def with_room(self, room: Floats) -> Chain:
        """The same with other rooms."""
        return replace(self, room=room)


@dataclass(frozen=True)
class Flows:
    """An optimum of a chain.

    Parameters
    ----------
    cost : USD ; flow : (E, T) t a week ; activity : (I, T) ; missing : (R, T) share of a need
    lost : (Y, T) share of value
    stock : (N, T) t with buyers at each week's end
    room_worth : (E, T) USD that a t more of room saves ; capacity_worth : (I, T) the same of capacity
    price : (N, T) USD that a t more with the buyers saves, that week ; maker_price : (N, T) with the makers
    """

    cost: float
    flow: Floats
    activity: Floats
    missing: Floats
    lost: Floats
    stock: Floats
    room_worth: Floats
    capacity_worth: Floats
    price: Floats
    maker_price: Floats


class FlowProgramme:
    """The programme of a chain, kept in HiGHS; rooms may be changed and it is solved again from where it stood."""

    def __init__(self, chain: Chain) -> None:
        self.chain = chain
        n, t = chain.nodes, chain.weeks
        links = len(chain.origin)
        sizes = [links, links, len(chain.capacity), n, n, len(chain.use), len(chain.value)]
        starts = np.concatenate([[0], np.cumsum(sizes)]) * t
        self.columns = {name: np.arange(starts[k], starts[k + 1]).reshape(size, t)
                        for k, (name, size) in enumerate(zip(_COLUMNS, sizes, strict=True))}  # fmt: skip
        cost = np.zeros(int(starts[-1]))
        upper = np.full(int(starts[-1]), np.inf)
        self.unit = max(float(chain.value.max(initial=1.0)), 1.0)
        for name, weight in (("extra", chain.freight), ("more", chain.holding), ("lost", chain.value)):
            cost[self.columns[name]] = weight[:, None] / self.unit
        upper[self.columns["flow"]], upper[self.columns["extra"]] = self._parts(chain.room)
        upper[self.columns["activity"]], upper[self.columns["stock"]] = chain.capacity, chain.stock[:, None]
        upper[self.columns["missing"]] = 1.0
        matrix, lower, most = self._rows()
        self.programme = Programme(cost, matrix, lower, most, np.zeros(len(cost)), upper)
        self.programme.start_from(*self._usual())

    def _parts(self, room: Floats) -> tuple[Floats, Floats]:
        """(E, T) room of what is usual and of what is beyond it."""
        usual = self.chain.usual[:, None]
        return np.minimum(usual, room), np.maximum(room - usual, 0.0)

    def _usual(self) -> tuple[Ints, Ints]:
        """The basis of the base year: links at their usual flow, makers at what that takes, stocks as they were."""
        c, col = self.chain, self.columns
        n, t = c.nodes, c.weeks
        columns, rows = np.zeros(sum(x.size for x in col.values()), dtype=np.intp), np.ones(
            2 * n * t + len(c.use) * t, dtype=np.intp)  # fmt: skip
        columns[col["flow"]], columns[col["activity"]], columns[col["stock"]] = 2, 1, 1
        rows[: n * t] = 0
        asked = np.bincount(c.origin, c.usual, minlength=n)[c.made_node] / c.made
        order = np.lexsort((-asked, c.maker))
        makers, first = np.unique(c.maker[order], return_index=True)
        idle = np.setdiff1d(np.arange(len(c.capacity)), makers)
        columns[col["activity"][idle]] = 0
        binding = c.made_node[order][first]
        if len(np.unique(binding)) < len(binding):  # two makers of one node: one of them is basic
            _, kept = np.unique(binding, return_index=True)
            columns[col["activity"][np.delete(makers, kept)]] = 2
            binding = binding[kept]
        rows[n * t : 2 * n * t].reshape(n, t)[binding] = 2
        return columns, rows

    def _rows(self) -> tuple[sparse.csc_array, Floats, Floats]:
        """Balance of buyers, balance of makers, the worst input; bounds of them."""
        c, col = self.chain, self.columns
        n, t, needs = c.nodes, c.weeks, len(c.use)
        buyers = np.arange(n * t).reshape(n, t)
        makers, worst = n * t + buyers, 2 * n * t + np.arange(needs * t).reshape(needs, t)
        entries: list[tuple[Ints, Ints, Floats]] = []

        def put(row: Ints, column: Ints, value: float | Floats) -> None:
            entries.append((row.ravel(), column.ravel(), np.broadcast_to(value, row.shape).ravel()))

        for held in ("stock", "more"):
            put(buyers, col[held], 1.0)
            put(buyers[:, 1:], col[held][:, :-1], -1.0)
        put(buyers[c.feed_node], col["activity"][c.fed], c.feed[:, None])
        put(buyers[c.need_node], col["missing"], -c.use)
        for part in ("flow", "extra"):
            put(makers[c.origin], col[part], 1.0)
        put(makers[c.made_node], col["activity"][c.maker], -c.made[:, None])
        for late in np.unique(c.transit):
            links = np.flatnonzero(c.transit == late)
            for part in ("flow", "extra") if late < t else ():
                put(buyers[c.destination[links], late:], col[part][links, : t - late], -1.0)
        put(worst, col["missing"], -c.hurt[:, None])
        put(worst, col["lost"][c.need_line], 1.0)
        row, column, value = (np.concatenate(parts) for parts in zip(*entries, strict=True))
        shape = (2 * n * t + needs * t, sum(x.size for x in col.values()))
        lower = np.concatenate([self._arrivals().ravel(), np.full(n * t, -np.inf), np.zeros(needs * t)])
        first = np.zeros((n, t))
        first[:, 0] = c.pool
        upper = np.concatenate([self._arrivals().ravel(), first.ravel(), np.full(needs * t, np.inf)])
        return sparse.csc_array((value, (row, column)), shape=shape), lower, upper

    def _arrivals(self) -> Floats:
        """(N, T) what is known to come to buyers less what lines use in full: first stock, goods under way."""
        c = self.chain
        found = c.comes.copy()
        found[:, 0] += c.stock
        np.subtract.at(found, c.need_node, c.use)
        for late in range(1, int(c.transit.max(initial=0)) + 1):
            links = np.flatnonzero(c.transit >= late)
            if late <= c.weeks:
                found[:, late - 1] += np.bincount(c.destination[links], c.before[links], minlength=c.nodes)
        return found

    def change_room(self, room: Floats) -> None:
        """Other rooms (E, T); the next solve starts from the last basis."""
        self.chain = self.chain.with_room(room)
        for name, part in zip(("flow", "extra"), self._parts(room), strict=True):
            columns = self.columns[name].ravel()
            self.programme.bound_columns(columns, np.zeros(columns.size), part.ravel())

    def solve(self) -> Flows:
        """The optimum.

        Raises
        ------
        SluicegateError : HiGHS finds none.
        """
        found = self.programme.solve()
        x = {name: found.x[columns] for name, columns in self.columns.items()}
        n, t = self.chain.nodes, self.chain.weeks
        duals = found.duals[: 2 * n * t].reshape(2, n, t) * self.unit
        wide = self.chain.room >= self.chain.usual[:, None]
        room = np.where(wide, self._worth(found, "extra"), self._worth(found, "flow"))
        return Flows(found.objective * self.unit, x["flow"] + x["extra"], x["activity"], x["missing"], x["lost"],
                     x["stock"] + x["more"], room, self._worth(found, "activity"), -duals[0], -duals[1])  # fmt: skip

    def _worth(self, found: Solution, name: str) -> Floats:
        """What a unit more of an upper bound saves: the reduced cost of columns that stand at it."""
        return np.maximum(-found.reduced[self.columns[name]], 0.0) * self.unit


_COLUMNS = ("flow", "extra", "activity", "stock", "more", "missing", "lost")
