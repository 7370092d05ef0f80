"""Who of a place is served before its others from what arrives, how far and when (E7a)."""

from __future__ import annotations

from collections.abc import Hashable
from dataclasses import dataclass, field

import numpy as np
import pandas as pd

from sluicegate.scenario import Priority, Scenario
from sluicegate.sim.blocked import Blocked, shared
from sluicegate.sim.cause_name import FIRST
from sluicegate.sim.draws import Draws
from sluicegate.sim.network import Floats, Ints, Network
from sluicegate.sim.window import in_weeks
from sluicegate.terms import InputError
from sluicegate.terms.parameter import Parameter


@dataclass(frozen=True)
class Priorities(Blocked):
    """G allocations, of one product in one place for one span each; V slots of theirs, X users; W weeks.

    Parameters
    ----------
    names : (G,) what each is called in causes
    node : (G,) its node ; lowest : (G,) rank of those who come last
    starts : (G + 1,) where the slots of each begin among the V
    slot : (V,) ; rank : (V,) 0 for who comes first, higher for who comes later ; user : (V,) whose slot it is
    user_allocation : (X,) allocation of a user ; user_owner : (X,) its line; of a maker its producer
    user_makes : (X,) 1 for a maker, 0 for a line
    weight : (W, G) share of each week in which it holds
    share : (G, D) how far those who come first go before the others
    """

    names: tuple[str, ...] = field(metadata=shared())
    node: Ints = field(metadata=shared())
    lowest: Ints = field(metadata=shared())
    starts: Ints = field(metadata=shared())
    slot: Ints = field(metadata=shared())
    rank: Ints = field(metadata=shared())
    user: Ints = field(metadata=shared())
    user_allocation: Ints = field(metadata=shared())
    user_owner: Ints = field(metadata=shared())
    user_makes: Ints = field(metadata=shared())
    weight: Floats = field(metadata=shared())
    share: Floats

    def slots_of(self, allocation: int) -> slice:
        """Where the slots of an allocation stand among the V."""
        return slice(int(self.starts[allocation]), int(self.starts[allocation + 1]))


def build_priorities(scenario: Scenario, net: Network, slots: pd.DataFrame, drawn: Draws) -> Priorities:
    """The scenario's priorities laid out.

    Raises
    ------
    InputError : nobody who is named uses the product in the place.
    """
    allocations = [(event, product, *_ranked(event, product, slots)) for event in scenario.priorities
             for product in event.products]  # fmt: skip
    own = [found for *_, found, _ in allocations]
    owner = [_owner(net, found) for found in own]
    keys = [np.unique(both, axis=0, return_inverse=True) for both in owner]
    before = np.cumsum([0, *(len(unique) for unique, _ in keys)])
    weight = [in_weeks(scenario, event.effective_from, event.until) for event, *_ in allocations]
    users = np.concatenate([np.zeros((0, 2), dtype=np.intp), *(unique for unique, _ in keys)])
    return Priorities(
        names=tuple(priority_name(event) for event, *_ in allocations),
        node=_whole([net.slot_node[found[0]] for found in own]),
        lowest=_whole([rank.max() for *_, rank in allocations]),
        starts=np.cumsum([0, *(len(found) for found in own)]),
        slot=_joined(own),
        rank=_joined([rank for *_, rank in allocations]),
        user=_joined([before[g] + row.ravel() for g, (_, row) in enumerate(keys)]),
        user_allocation=np.repeat(np.arange(len(allocations)), np.diff(before)),
        user_owner=users[:, 0],
        user_makes=users[:, 1],
        weight=np.array(weight, dtype=float).reshape(len(allocations), scenario.weeks).T,
        share=np.array([drawn[share_name(event)] for event, *_ in allocations]).reshape(len(allocations), drawn.size),
    )


def priority_parameters(scenario: Scenario) -> dict[str, Parameter]:
    """The uncertain inputs of the scenario's priorities."""
    found = {}
    for event in scenario.priorities:
        low, middle, high = event.quantiles
        key = share_name(event)
        found[key] = Parameter(key, "fixed" if low == high else "logitnormal", low, middle, high, "share", "judgement",
                               event.reason)  # fmt: skip
    return found


def priority_name(event: Priority) -> str:
    """What a priority is called in causes."""
    return FIRST.format(users=" · ".join(event.ranked), place=event.place)


def share_name(event: Priority) -> str:
    """Name of the input of a priority."""
    return f"{priority_name(event)}, {', '.join(event.products)}, from {event.effective_from}: share"


def _ranked(event: Priority, product: str, slots: pd.DataFrame) -> tuple[Ints, Ints]:
    """Slots of a product in the event's place, and their ranks."""
    own = np.flatnonzero((slots["product"] == product) & (slots["place"] == event.place))
    names = [_user(row) for row in slots.iloc[own].to_dict("records")]
    rank = [0 if name in event.first else 1 if name in event.then else 2 for name in names]
    if not rank or min(rank) == 2:
        raise InputError(f"{' and '.join(event.ranked)} of {event.place}", where=f"priorities: {product}",
                         expected="who uses it there: " + (", ".join(sorted({*names})) or "nobody"),
                         do="Name others, or other goods.")  # fmt: skip
    return own, np.array(rank, dtype=np.intp)


def _user(slot: dict[Hashable, object]) -> str:
    """The industry, or the process of the maker, whose slot it is."""
    return str(slot["industry"] if isinstance(slot["industry"], str) else slot["producer"]).split("|")[0]


def _owner(net: Network, slots: Ints) -> Ints:
    """(n, 2) line or producer of each slot, and whether it is a producer's."""
    makes = slots < net.n_producer_slots
    owner = net.slot_owner[slots]
    return np.stack([np.where(makes, owner, net.class_line[np.where(makes, 0, owner)]), makes], axis=1)


def _whole(values: list[np.intp]) -> Ints:
    return np.array(values, dtype=np.intp)


def _joined(parts: list[Ints]) -> Ints:
    return np.concatenate([np.zeros(0, dtype=np.intp), *parts])
