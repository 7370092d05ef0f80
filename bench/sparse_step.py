"""The minimal sparse week on lanes: production from stocks, shipping, licence queues, price-weighted orders, prices.

The step of ARIO (Hallegatte 2014) on links, with a price at each node, orders split by price and three-stage queues on
the links under licence. Orders are factored: an order is (what a slot wants) x (a fixed weight) x (the inverse
price of its origin), so no link stores one. `sparse_step.cpp` is the same step in C++.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numba import njit

from sluicegate.sim.kernel.aligned import aligned
from sluicegate.sim.kernel.lanes import filled, load, maximum, minimum, store, width

HELD, TAU, STOCK_WEEKS, PRICE_SPEED = 0.15, 0.2, 6.0, 0.05
NODE_ROWS, SLOT_ROWS, STAGES = 6, 2, 3
"""Rows: demand, capacity, price, output, inverse price times share shipped, inverse price; stock, want; queue."""


@dataclass(frozen=True)
class Chain:
    """Links by slot (held ones last in each), the same links by origin, and what each node needs.

    Parameters
    ----------
    first, origin, weight, held : links by slot ; back, slot, pull : the same by origin
    need : (S,) input of each slot a unit of its node's output ; final : (N,) final demand, rows 2n and 2n+1 a node's
    """

    first: Any
    origin: Any
    weight: Any
    held: Any
    back: Any
    slot: Any
    pull: Any
    need: Any
    final: Any

    @property
    def arrays(self) -> tuple[Any, ...]:
        """In the order the step takes them."""
        return (self.first, self.origin, self.weight, self.held, self.back, self.slot, self.pull, self.need, self.final)

    @property
    def into(self) -> Any:
        """(E,) slot of each link, by slot."""
        return np.repeat(np.arange(len(self.need)), np.diff(self.first))

    @property
    def bytes_a_link(self) -> float:
        """Bytes of double precision loaded and stored for a link, week and draw, counted from the step's lines."""
        links, slots, nodes = len(self.origin), len(self.need), len(self.final)
        queued = int((self.held >= 0).sum())
        rows = 3 * links + 2 * STAGES * queued + 5 * slots + 13 * nodes
        return 8 * rows / links


def chain(nodes: int = 500, links: int = 4000, seed: int = 1) -> Chain:
    """A random chain at rest: two slots a node, links spread evenly over the slots, 15 % of them under licence."""
    r = np.random.default_rng(seed)
    slots, each = 2 * nodes, links // (2 * nodes)
    origin = r.integers(0, nodes, links)
    flow = r.lognormal(0, 0.5, links)
    held = r.random(links) < HELD
    order = np.lexsort((held, np.repeat(np.arange(slots), each)))
    origin, flow, held = origin[order], flow[order], held[order]
    slot = np.repeat(np.arange(slots), each)
    sent = np.bincount(origin, flow, nodes)
    final = np.full(nodes, 1.0)
    reached = np.bincount(slot, flow, slots)
    need = reached / np.repeat(sent + final, 2)
    weight = flow / reached[slot]
    number = np.where(held, np.cumsum(held) - 1, -1)
    back = np.argsort(origin, kind="stable")
    first = np.arange(slots + 1) * each
    ends = np.concatenate([[0], np.cumsum(np.bincount(origin, minlength=nodes))])
    return Chain(first, origin, weight, number, ends, slot[back], weight[back], need, final)


def at_rest(what: Chain, blocks: int, dtype: Any, seed: int = 2) -> tuple[Any, Any]:
    """Rows (blocks, R, lanes) of the chain at rest, and (blocks, 2, lanes) licence rate and capacity lost by draw."""
    nodes, lanes = len(what.final), width(dtype)
    total = what.final + np.bincount(what.origin, what.weight * _wanted(what)[what.into], nodes)
    held = int((what.held >= 0).sum())
    rows = np.zeros((NODE_ROWS * nodes + SLOT_ROWS * 2 * nodes + STAGES * held, lanes))
    rows[:nodes] = total[:, None]
    rows[nodes : 2 * nodes] = 1.2 * total[:, None]
    rows[2 * nodes : 3 * nodes] = 1.0
    rows[5 * nodes : 6 * nodes] = 1.0
    rows[6 * nodes : 8 * nodes] = STOCK_WEEKS * _wanted(what)[:, None]
    rows[8 * nodes : 10 * nodes] = _wanted(what)[:, None]
    r = np.random.default_rng(seed)
    drawn = np.stack([r.uniform(0.1, 0.9, (blocks, lanes)), r.uniform(0, 0.3, (blocks, lanes))], axis=1)
    every = np.broadcast_to(rows, (blocks, *rows.shape))
    return aligned(every, dtype), aligned(drawn, dtype)


def _wanted(what: Chain) -> Any:
    """(S,) what each slot wants a week at rest: the fixed point of the chain's demand."""
    nodes = len(what.final)
    total = what.final.copy()
    for _ in range(2000):
        wanted = what.need * np.repeat(total, 2)
        total = what.final + np.bincount(what.origin, what.weight * wanted[what.into], nodes)
    return what.need * np.repeat(total, 2)


@njit(nogil=True, cache=True)
def advance(x: Any, drawn: Any, first: Any, origin: Any, weight: Any, held: Any, back: Any, slot: Any, pull: Any,
            need: Any, final: Any, weeks: int) -> None:  # fmt: skip
    """Take one block's rows through some weeks."""
    n = len(final)
    cap, price, made, sent, cheap, stock, want, queue = n, 2 * n, 3 * n, 4 * n, 5 * n, 6 * n, 8 * n, 10 * n
    rate, lost = load(drawn, 0), load(drawn, 1)
    for _ in range(weeks):
        for i in range(n):
            demand = load(x, i)
            aim = minimum(demand, load(x, cap + i) * (1.0 - lost))
            fed = minimum(load(x, stock + 2 * i) / need[2 * i], load(x, stock + 2 * i + 1) / need[2 * i + 1])
            out = minimum(aim, fed * (1.0 / STOCK_WEEKS) * 2.0)
            p = load(x, price + i)
            p = maximum(p + (demand / out - p) * PRICE_SPEED, 0.2)
            inverse = 1.0 / p
            store(x, price + i, p)
            store(x, made + i, out)
            store(x, sent + i, load(x, cheap + i) * (out / demand))
            store(x, cheap + i, inverse)
        for s in range(2 * n):
            came, spread = filled(x, 0.0), filled(x, 0.0)
            wanted = load(x, want + s)
            for e in range(first[s], first[s + 1]):
                o, w = origin[e], weight[e]
                spread = spread + load(x, cheap + o) * w
                ship = load(x, sent + o) * w
                if held[e] < 0:
                    came = came + ship
                else:
                    k = queue + 3 * held[e]
                    a, b, c = load(x, k), load(x, k + 1), load(x, k + 2)
                    store(x, k, a + ship * wanted - a * rate)
                    store(x, k + 1, b + (a - b) * rate)
                    store(x, k + 2, c + (b - c) * rate)
                    came = came + c * rate / wanted
            used = load(x, made + s // 2) * need[s]
            left = maximum(load(x, stock + s) + came * wanted - used, 1e-9)
            store(x, stock + s, left)
            asked = maximum(used * STOCK_WEEKS - left, 0.0) * TAU + used
            store(x, want + s, asked / spread)
        for i in range(n):
            total = filled(x, 0.0)
            for e in range(back[i], back[i + 1]):
                total = total + load(x, want + slot[e]) * pull[e]
            store(x, i, total * load(x, cheap + i) + final[i])


@njit(nogil=True, cache=True)
def triad(x: Any, times: int) -> None:
    """First third of the rows = second + third x 0.5, over and over."""
    n = len(x) // 3
    for _ in range(times):
        for i in range(n):
            store(x, i, load(x, n + i) + load(x, 2 * n + i) * 0.5)
