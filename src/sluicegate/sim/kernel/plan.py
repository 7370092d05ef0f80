"""What no draw changes, as the compiled week reads it: index lists, base flows and where every field stands."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from sluicegate.sim.engine import Engine
from sluicegate.sim.gate import Border, held_links
from sluicegate.sim.kernel.layout import REAL, TERMS, WHOLE, places, size
from sluicegate.sim.network import Floats, Ints
from sluicegate.sim.record import Uses


@dataclass(frozen=True)
class Plan:
    """The layout of a model.

    Parameters
    ----------
    at : first place of every field ; whole, real : the flat arrays ; counts : how many of each letter
    n_rows : rows of an arena
    link_order : (E,) the network's link at each place of ours, by destination
    late : (D,) those whose arrivals are recorded week by week
    """

    at: Any
    whole: Ints
    real: Floats
    counts: dict[str, int]
    n_rows: int
    link_order: Ints
    late: Ints


def plan(eng: Engine, uses: Uses, watched: Ints, late: Ints) -> Plan:
    """Lay a model out; the same for all its draws. `late` are the rows of `watched` whose arrivals are recorded."""
    net, borders, first = eng.net, eng.knobs.borders, eng.knobs.priorities
    held = held_links(borders)
    hold = np.isin(np.arange(len(net.link_flow)), held)
    order = np.lexsort((hold, net.link_destination))
    place = np.argsort(order, kind="stable")
    holds = _Holds.of(borders, place, net.link_transit[order])
    longest = int(max(net.link_transit.max(initial=0), holds.late.max(initial=0))) + 1
    counts = {
        "Q": len(eng.knobs.stages.slot), "J": len(eng.knobs.supply.entrants),
        "N": net.n_nodes, "I": len(net.producers), "R": len(net.output_node), "S": len(net.slot_use),
        "F": net.n_producer_slots, "K": len(net.slot_use) - net.n_producer_slots, "L": len(net.class_line),
        "E": len(order), "A": 2 * len(net.products), "P": len(net.products), "M": len(holds.link), "H": len(held),
        "U": len(uses.line), "Y": len(net.lines), "Z": longest, "D": len(late),
        "ZN": longest * net.n_nodes, "ZD": longest * len(late), "B": TERMS,
        "G": len(first.node), "V": len(first.slot), "X": len(first.user_owner), "GW": first.weight.size,
        "fan": int(np.bincount(net.link_destination, minlength=1).max()),
    }  # fmt: skip
    at, n_rows, n_whole, n_real = places(counts)
    home, area = eng.first[order], eng.area * len(net.products) + net.node_product
    lists = _lists(eng, uses, order) | {
        "link_asks": np.where(home, int(at["home"]), int(at["abroad"])) + net.link_origin[order],
        "link_given": np.where(home, int(at["first"]), int(at["rest"])) + net.link_origin[order],
        "link_tilt": int(at["tilt"]) + area[net.link_origin[order]],
        "node_held": _pointers(net.link_destination[order], net.n_nodes)[1:]
        - np.bincount(net.link_destination[held], minlength=net.n_nodes),
        "link_transit": net.link_transit[order],
        "link_watched": _watched(watched, place, len(order)), "link_late": _watched(watched[late], place, len(order)),
        "link_holds": _pointers(holds.link[holds.order], len(order)),
        "hold_row": holds.order, "hold_late": holds.late[holds.order], "row_link": holds.link,
        "link_held": _watched(held, place, len(order)), "held_link": place[held],
        "link_product": net.link_product()[order],
    }  # fmt: skip
    whole = _filled(WHOLE, lists, at, counts, n_whole, np.intp)
    real = _filled(REAL, _reals(eng, order), at, counts, n_real, np.float64)
    return Plan(at, whole, real, counts, n_rows, order, watched[late])


@dataclass(frozen=True)
class _Holds:
    """The rows of borders, border after border, and their order by our links."""

    order: Ints
    link: Ints
    late: Ints

    @classmethod
    def of(cls, borders: tuple[Border, ...], place: Ints, transit: Ints) -> _Holds:
        link = _joined([place[b.links] for b in borders])
        late = transit[link] + _joined([np.full(len(b.links), b.leak_weeks) for b in borders])
        return cls(np.argsort(link, kind="stable"), link, late)


def _joined(parts: list[Any]) -> Ints:
    return np.concatenate([np.zeros(0, dtype=np.intp), *parts]).astype(np.intp)


def _pointers(keys: Ints, size: int) -> Ints:
    """(size + 1,) first place of each key in sorted keys."""
    return np.searchsorted(keys, np.arange(size + 1))


def _watched(watched: Ints, place: Ints, links: int) -> Ints:
    rows = np.full(links, -1, dtype=np.intp)
    rows[place[watched]] = np.arange(len(watched))
    return rows


def _lists(eng: Engine, uses: Uses, order: Ints) -> dict[str, Ints]:
    """Index lists that hold with or without borders."""
    net, k = eng.net, eng.knobs
    n, i, f = net.n_nodes, len(net.producers), net.n_producer_slots
    destination = net.link_destination[order]
    node_area = eng.area * len(net.products) + net.node_product
    by_node = np.argsort(net.slot_node, kind="stable")
    by_maker = np.argsort(net.output_producer, kind="stable")
    by_use = np.argsort(uses.slot_use_row, kind="stable")
    saves = (np.abs(k.elasticity).max(axis=1) > 0) | (np.abs(k.thrift_ceiling).max(axis=1) > 0)
    saves[k.stages.slot] = True
    return {
        "node_area": node_area, "link_node": destination, "node_links": _pointers(destination, n),
        "node_slots": _pointers(net.slot_node[by_node], n), "node_slot": by_node, "slot_node": net.slot_node,
        "slot_area": eng.slot_area, "slot_owner": net.slot_owner, "slot_saves": saves,
        "producer_slots": _pointers(net.slot_owner[:f], i),
        "class_slots": f + np.append(net.class_starts, len(net.slot_use) - f),
        "producer_outputs": _pointers(net.output_producer[by_maker], i), "producer_output": by_maker,
        "output_node": net.output_node, "output_area": node_area[net.output_node], "class_line": net.class_line,
        "use_slots": _pointers(uses.slot_use_row[by_use], len(uses.line)), "use_slot": by_use,
        "node_supplied": eng.timeline.new_supply.any(axis=0),
        "producer_entrants": _pointers(k.supply.entrant_producer, i), "producer_depletes": eng.depletes,
        "moves_to": k.supply.moves_to, "stage_slot": k.stages.slot, "stage_line": k.stages.line,
        "allocation_slots": k.priorities.starts, "allocation_node": k.priorities.node,
        "allocation_lowest": k.priorities.lowest, "ranked_slot": k.priorities.slot, "slot_rank": k.priorities.rank,
        "ranked_user": k.priorities.user,
        "node_promised": _watched(k.supply.promise.taken_from, np.arange(n), n),
    }  # fmt: skip


def _reals(eng: Engine, order: Ints) -> dict[str, Floats]:
    net, supply = eng.net, eng.knobs.supply
    return {
        "reserves": supply.reserves, "entrant_capacity": supply.entrant_capacity,
        "entrant_earliest": supply.entrant_earliest, "entrant_ramp": supply.entrant_ramp,
        "allocation_weight": eng.knobs.priorities.weight.ravel(),
        "link_flow": net.link_flow[order], "base_share": eng.base_share[order], "pool0": eng.pool0,
        "node_base": eng.sums.node_output0 * net.node_sold, "node_sold": net.node_sold,
        "node_transit": eng.transit, "node_use": eng.sums.slots_to_node @ net.slot_use, "slot_use": net.slot_use,
        "slot_coef": net.slot_coef, "slot_critical": net.slot_critical, "activity0": net.activity0,
        "output_coef": net.output_coef, "output_worth": net.output_value * net.output_coef,
        "class_weight": net.class_weight,
    }  # fmt: skip


def _filled(group: dict[str, str], values: dict[str, Any], at: Any, counts: dict[str, int], length: int,
            dtype: Any) -> Any:  # fmt: skip
    """One flat array of all fields of a group."""
    flat: NDArray[Any] = np.zeros(length, dtype=dtype)
    for name, what in group.items():
        begin = int(at[name])
        flat[begin : begin + size(what, counts)] = values[name]
    return flat
