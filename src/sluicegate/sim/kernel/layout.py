"""Where every number of the compiled week stands: one place to read, one place to extend.

A block of draws has one *arena*, an array (rows, LANES); a *field* is a run of its rows, and `At` holds each
field's first row. What no draw changes stands in two flat arrays, `whole` (integers) and `real` (floats), whose
places are in `At` too. A step therefore takes `(at, whole, real, rows, ...)` and reads
`load(rows, at.stock + slot)`.

To add a variable: name it in `ROWS`, `WHOLE` or `REAL` below with what it has one of, and fill it in `pack.py`.

Letters: N nodes, I producers, J entrants sorted by producer, R outputs, S slots (F of producers first, then K of
lines), L line classes, E links *sorted by destination* and those under a border last, A areas times products,
P products, M rows of borders, H links held, U uses of a line, Y lines, Z one more than the weeks goods are under
way at most, those that leak too, D links whose arrivals are recorded week by week, ZN and ZD: Z times N and D;
fan: most links of a node; B terms of a series; G allocations that serve some first, V slots and X users of theirs,
GW: G times weeks.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np

STATE = {
    "stock": "S", "on_order": "S", "hoard": "S", "pressure": "S", "pool": "N", "ordered": "N", "backlog": "E",
    "share": "E", "reliability": "E", "share_scale": "N", "arriving": "ZN", "ring": "ZD",
    "need": "S", "price": "A", "unmet": "A", "restart": "I", "wanted": "I", "activity": "I", "closed": "I",
    "expected": "I", "extracted": "I", "begin": "J", "entrant_closed": "J", "recycled": "A", "lost": "L", "worth": "L",
}  # fmt: skip
"""As in `state.State`; a link's part of what its node orders is its `share` times the node's `share_scale`, and
`ordered` is what the node ordered last week times that scale."""

BY_SLOT = ("cover", "thrift_ceiling", "thrift_weeks", "elasticity")
BY_PRODUCER = ("capacity", "restart_weeks")
BY_AREA = ("price_elasticity",)
BY_STAGE = ("stage_ceiling", "stage_weeks", "stage_booked")
BY_ENTRANT = ("entrant_cost", "entrant_incentive", "entrant_lead", "entrant_start", "entrant_go")
OF_SUPPLY = (
    "variable_cost", "mothball_weeks", "expectation_weeks", "recycling_ceiling", "recycling_elasticity",
    "recycling_weeks", "grade_power",
)  # fmt: skip
BY_DRAW = (
    "order_weeks", "order_limit", "pool_cover_weeks", "pool_weeks", "switch_per_week", "price_tilt",
    "reliability_tilt", "home_preference", "hoarding", "hoarding_fade_weeks", "choke_price", "price_weeks",
    "stock_price_weight", "overtime", "backlog_survival",
)  # fmt: skip
KNOBS = (
    dict.fromkeys(BY_SLOT, "S") | dict.fromkeys(BY_PRODUCER, "I") | dict.fromkeys(BY_AREA, "A")
    | dict.fromkeys(BY_ENTRANT, "J") | dict.fromkeys(BY_STAGE, "Q") | dict.fromkeys(OF_SUPPLY, "one")
    | dict.fromkeys(BY_DRAW, "one") | {"allocation_share": "G", "moves": "S", "usual_stock": "A", "theta": "K"}
)  # fmt: skip
"""As in `knobs.Knobs`; borders stand in `gate.py`."""

WEEK = {
    "can": "I", "asked": "I", "leaked": "P", "left": "P", "home": "N", "abroad": "N", "first": "N", "rest": "N",
    "landed": "N", "gone": "N", "stuck": "N", "extra": "N", "surge": "N", "exp_price": "A", "tilt": "A",
    "wish": "A", "had": "A", "kept": "A", "feared": "A", "second": "S", "fill": "K", "used": "K",
    "running": "L", "taken": "N", "loss": "Y", "pull": "fan", "taxed": "N",
    "staged": "S", "binomial": "B", "even": "V", "due": "V", "gained": "V", "yielded": "X",
}  # fmt: skip
"""What the steps of one week hand on to each other."""

WHOLE = {
    "node_area": "N", "link_asks": "E", "link_given": "E", "link_tilt": "E", "link_transit": "E",
    "link_watched": "E", "link_late": "E", "link_node": "E", "node_links": "N+1", "node_held": "N",
    "link_holds": "E+1", "hold_row": "M", "hold_late": "M", "row_link": "M",
    "link_held": "E", "held_link": "H", "link_product": "E",
    "node_slots": "N+1", "node_slot": "S", "slot_node": "S", "slot_area": "S",
    "slot_owner": "S", "slot_saves": "S", "producer_slots": "I+1", "class_slots": "L+1", "producer_outputs": "I+1",
    "producer_output": "R", "output_node": "R", "output_area": "R", "class_line": "L", "use_slots": "U+1",
    "use_slot": "K", "node_supplied": "N", "producer_entrants": "I+1", "producer_depletes": "I",
    "node_promised": "N", "moves_to": "S", "stage_slot": "Q", "stage_line": "Q",
    "allocation_slots": "G+1", "allocation_node": "G", "allocation_lowest": "G",
    "ranked_slot": "V", "slot_rank": "V", "ranked_user": "V",
}  # fmt: skip
"""`x_ys` : first of the ys of each x ; `x_y` : the list they are the places of. `link_asks`, `link_given` and
`link_tilt` are rows of the arena: where a maker's orders add up, what share of them ships, its price's factor."""

REAL = {
    "link_flow": "E", "base_share": "E", "pool0": "N", "node_base": "N", "node_sold": "N", "node_transit": "N",
    "node_use": "N", "slot_use": "S", "slot_coef": "S", "slot_critical": "S", "activity0": "I", "output_coef": "R",
    "output_worth": "R", "class_weight": "L",
    "reserves": "I", "entrant_capacity": "J", "entrant_earliest": "J", "entrant_ramp": "J", "allocation_weight": "GW",
}  # fmt: skip

ROWS = STATE | KNOBS | WEEK
COUNTS = (*"QNIJRSFKLEAPMHUYZDBGVX", "ZN", "ZD", "GW", "fan")
FIELDS = (*(f"n_{c}" for c in COUNTS), *ROWS, *WHOLE, *REAL)
At = np.dtype([(name, np.int64) for name in FIELDS])
"""Counts (`n_N` ...) and the first place of every field: one record, as a tuple of so many compiles slowly."""


TERMS = 8
"""Terms of the binomial series for a gap below 1/64 and powers up to about ten: the next is below 1e-16."""


def size(what: str, counts: Mapping[str, int]) -> int:
    """How many places a field takes: a letter, a letter plus one, or one."""
    letter, _, more = what.partition("+")
    return (1 if letter == "one" else counts[letter]) + int(more or 0)


def places(counts: Mapping[str, int]) -> tuple[Any, int, int, int]:
    """The first place of every field, and the lengths of the arena and of the two flat arrays."""
    at = {f"n_{c}": counts[c] for c in COUNTS}
    lengths = []
    for group in (ROWS, WHOLE, REAL):
        end = 0
        for name, what in group.items():
            at[name] = end
            end += size(what, counts)
        lengths.append(end)
    record = np.array([tuple(at[name] for name in FIELDS)], dtype=At)[0]
    return record, lengths[0], lengths[1], lengths[2]
