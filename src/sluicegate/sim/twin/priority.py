"""Step 7, of uses that are served first. Equations in `docs/explanation/simulator.md`."""

from __future__ import annotations

import numpy as np

from sluicegate.sim.engine import Engine, Week
from sluicegate.sim.network import Floats, Ints
from sluicegate.sim.state import State
from sluicegate.sim.twin.ratio import TINY


def gained(eng: Engine, s: State, w: Week, even: Floats) -> list[tuple[Ints, Floats]]:
    """Slots and (n, D) t that each gets beyond its even share, below zero for who yields; they sum to zero (E7a).

    Where two priorities of a pool meet in a week, each counts for its own days.

    Parameters
    ----------
    even : (S, D) t of what arrives by the even share
    """
    first, found = eng.knobs.priorities, []
    w.yielded = np.zeros((len(first.user_allocation), even.shape[1]))
    for g in np.flatnonzero(first.weight[w.t]).tolist():
        own = first.slots_of(g)
        slots, have = first.slot[own], even[first.slot[own]]
        share = first.weight[w.t, g] * first.share[g]
        more = _in_turn(have, _due(eng, s, slots), first.rank[own][:, None], int(first.lowest[g]), share)
        use = eng.net.slot_use[slots]
        fair = np.minimum(have, have.sum(axis=0) * (use / max(use.sum(), TINY))[:, None])
        np.add.at(w.yielded, first.user[own], np.maximum(fair - have - more, 0))
        found.append((slots, more))
    return found


def _due(eng: Engine, s: State, slots: Ints) -> Floats:
    """(n, D) t due to some slots: what they needed, and a part of what their normal stock lacked, a week ago (E7a)."""
    net, kn = eng.net, eng.knobs
    makes = slots < net.n_producer_slots
    owner = np.where(makes, net.slot_owner[slots], 0)
    fed = np.where(makes, net.slot_coef[slots], 0)[:, None] * s.activity[owner]
    need = s.need[slots]
    return np.maximum(need + (need * kn.cover[slots] - (s.stock[slots] + fed)) / kn.order_weeks, 0)


def _in_turn(have: Floats, due: Floats, rank: Ints, lowest: int, share: Floats) -> Floats:
    """(n, D) t that each rank takes from all that come after it, one rank after another; they sum to zero."""
    more = np.zeros_like(have)
    for r in range(lowest):
        lacking = np.where(rank == r, np.maximum(due - have - more, 0), 0)
        behind = np.where(rank > r, have + more, 0)
        asked, there = lacking.sum(axis=0), behind.sum(axis=0)
        taken = share * np.minimum(asked, there)
        some = (asked > TINY) & (there > TINY)
        more += lacking * np.divide(taken, asked, out=np.zeros_like(asked), where=some)
        more -= behind * np.divide(taken, there, out=np.zeros_like(asked), where=some)
    return more


def off_order(left: Floats, more: Floats) -> Floats:
    """(n, D) what a pool's slots have on order still, once some got more of what was ordered and others less.

    Who gets more than he has on order gets what others ordered; they must order that again.
    """
    own = np.minimum(np.maximum(more, 0), left)
    total = np.maximum(more, 0).sum(axis=0)
    part = np.divide(own.sum(axis=0), total, out=np.zeros_like(total), where=total > TINY)
    return np.asarray(left - np.where(more > 0, own, more * part))
