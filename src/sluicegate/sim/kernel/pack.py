"""From a model's state and knobs, draw by draw, to the arena of one block."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from sluicegate.sim.engine import Engine
from sluicegate.sim.kernel.aligned import PAGE, zeros
from sluicegate.sim.kernel.lanes import width
from sluicegate.sim.kernel.layout import (
    BY_AREA,
    BY_DRAW,
    BY_ENTRANT,
    BY_PRODUCER,
    BY_SLOT,
    BY_STAGE,
    OF_SUPPLY,
    ROWS,
    size,
)  # fmt: skip
from sluicegate.sim.kernel.links import DOUBTED, WAITS
from sluicegate.sim.kernel.plan import Plan
from sluicegate.sim.network import Floats, Ints, adder
from sluicegate.sim.state import State

Rows = NDArray[np.floating[Any]]
SAME_LETTERS = ("stock", "on_order", "hoard", "pressure", "pool", "restart", "need", "wanted", "activity", "lost",
                "closed", "expected", "extracted", "begin", "entrant_closed", "recycled")  # fmt: skip
BY_LINK = ("backlog", "share", "reliability")


def arenas(plan: Plan, eng: Engine, state: State, theta: Floats, first: int, dtype: Any) -> Rows:
    """(blocks, rows, LANES) the state of D draws at the start of week `first`; the last draw fills the last block."""
    lanes = width(dtype)
    draws = eng.knobs.order_weeks.size
    blocks = -(-draws // lanes)
    rows = zeros((blocks, plan.n_rows, lanes), dtype, PAGE)
    for name, value in (_state(plan, eng, state, first) | _knobs(eng, theta)).items():
        begin = int(plan.at[name])
        place = rows[:, begin : begin + size(ROWS[name], plan.counts)]
        place[...] = cut(value, lanes)
    return rows


def marks(plan: Plan) -> Ints:
    """(E + 2 N,) what is marked of each link of a block (`links.py`), and of each node's orders from home and abroad.

    Before the first week every link is marked with all there is: the week itself unmarks what is not so.
    """
    found = np.zeros(plan.counts["E"] + 2 * plan.counts["N"], dtype=np.intp)
    found[: plan.counts["E"]] = WAITS | DOUBTED
    return found


def cut(value: Floats, lanes: int) -> Floats:
    """(items, D) as (blocks, items, LANES), the last draw repeated to fill the last block; one draw stands for all."""
    items, draws = value.shape
    if draws == 1:
        return np.broadcast_to(value, (1, items, lanes))
    blocks = -(-draws // lanes)
    filled = value if draws == blocks * lanes else value[:, np.minimum(np.arange(blocks * lanes), draws - 1)]
    return filled.reshape(items, blocks, lanes).transpose(1, 0, 2)


def _state(plan: Plan, eng: Engine, s: State, first: int) -> dict[str, Floats]:
    found = {name: getattr(s, name) for name in SAME_LETTERS}
    found |= {name: getattr(s, name)[plan.link_order] for name in BY_LINK}
    found["ordered"] = eng.sums.links_to_destination @ s.orders
    found["price"], found["unmet"] = (x.reshape(-1, x.shape[-1]) for x in (s.price, s.unmet))
    found["exp_price"] = np.exp(found["price"])
    found["tilt"] = np.exp(-eng.knobs.price_tilt * found["price"])
    found["share_scale"] = np.ones((eng.net.n_nodes, 1))
    under_way, draws = _by_arrival(plan, s.pipe, first), s.pipe.shape[-1]
    to_node = adder(eng.net.link_destination, eng.net.n_nodes)
    found["ring"] = under_way[:, plan.late].reshape(-1, draws)
    found["arriving"] = np.concatenate([to_node @ week for week in under_way])
    return found


def _by_arrival(plan: Plan, pipe: Floats, first: int) -> Floats:
    """(Z, E, D) goods under way on every link, by week of arrival modulo Z."""
    span = plan.counts["Z"]
    weeks = np.arange(first, first + min(span, len(pipe)))
    found = np.zeros((span, *pipe.shape[1:]))
    found[weeks % span] = pipe[weeks % len(pipe)]
    return found


def _knobs(eng: Engine, theta: Floats) -> dict[str, Floats]:
    k = eng.knobs
    found = {name: getattr(k, name) for name in (*BY_SLOT, *BY_PRODUCER, *BY_AREA)}
    found |= {name: getattr(k.supply, name) for name in (*BY_ENTRANT, "moves")}
    found |= {name: getattr(k.stages, name.removeprefix("stage_")) for name in BY_STAGE}
    found |= {name: getattr(k.supply, name)[None, :] for name in OF_SUPPLY}
    found |= {name: getattr(k, name)[None, :] for name in BY_DRAW}
    found |= {"allocation_share": k.priorities.share, "usual_stock": eng.usual_stock, "theta": theta}
    return found
