"""The borders of one block of draws as flat arrays, and what waits at them."""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from sluicegate.sim.gate import Border, Delay
from sluicegate.sim.knobs import Knobs
from sluicegate.sim.network import Floats, Ints, Network

SHORT, LONG, QUOTA = 0, 1, 2


class Gates(NamedTuple):
    """Borders flattened: B borders, R rows, T tiers, W weeks, V laws of review, L laws of waits; lanes last.

    Whole numbers by border: form, stages, pool, and where its rows, its review stages and its ring of expiries begin;
    by row: link, tier, part; by week and tier: which law holds. By draw: as in `gate.Border` and `gate.Office`.
    """

    turn_first: Ints
    form: Ints
    stages: Ints
    pool: Ints
    shared: NDArray[np.bool_]
    row_first: Ints
    review_first: Ints
    due_first: Ints
    ring: Ints
    effective: Floats
    per_contract: Floats
    holds: NDArray[np.bool_]
    renews: NDArray[np.bool_]
    link: Ints
    tier: Ints
    part: Floats
    flow: Floats
    quota: Floats
    rule: Ints
    entry: Ints
    wait: Ints
    validity: Ints
    hold: Floats
    working: Floats
    covered: Floats
    over: Floats
    fade: Floats
    pass_rate: Floats
    limit: Floats
    level: Floats
    leak: Floats
    returned: Floats
    refused: Floats
    general: Floats
    registered: Floats
    stay: Floats
    join: Floats
    capacity: Floats


class Waiting(NamedTuple):
    """What waits, t, as in `queue.Queue` and `queue.Files`, by row; review by stage and row, due by week and row.

    `covered`, `granted`, `withdrawn` and `pending` are this week's results; `free` (E) orders that no border holds.
    """

    review: Floats
    waiting: Floats
    leaking: Floats
    offered: Floats
    left: Floats
    preparing: Floats
    returned: Floats
    sent_back: Floats
    filed: Floats
    spared: Floats
    due: Floats
    expired: Floats
    licensed: Floats
    gone: Floats
    covered: Floats
    granted: Floats
    withdrawn: Floats
    pending: Floats
    free: Floats
    capacity_left: Floats
    pool_share: Floats


def lay_out(knobs: Knobs, net: Network, weeks: int, lanes: int) -> Gates:
    """The borders of a block of at most `lanes` draws; missing draws repeat the last one."""
    borders = knobs.borders
    draws = knobs.order_weeks.size
    pad = np.minimum(np.arange(lanes), draws - 1)
    tiers = np.cumsum([0, *(b.level.shape[1] for b in borders)])
    laws = np.cumsum([0, *(len(b.pass_rate) for b in borders)])
    rows = np.cumsum([0, *(len(b.links) for b in borders)])
    turns = np.array([b.turn for b in borders])
    waits = _Waits(lanes, pad)
    wait = np.zeros((weeks, tiers[-1], 3), dtype=np.intp)
    for b, first in zip(borders, tiers, strict=False):
        if b.office is not None:
            parts = (b.office.preparation, b.office.refile, b.office.review)
            wait[:, first : first + b.level.shape[1]] = np.stack([waits.add(part) for part in parts], axis=-1)

    def wide(values: list[Floats], axis: int = 0) -> Floats:
        """Arrays joined along an axis, padded to the lanes."""
        return np.ascontiguousarray(np.concatenate(values, axis=axis)[..., pad])

    def long(name: str) -> Floats:
        """(W, T, lanes) of a share that only the long form has."""
        return wide([np.zeros_like(b.level) if b.office is None else getattr(b.office, name) for b in borders], axis=1)

    return Gates(
        turn_first=np.searchsorted(turns, np.arange(turns.max(initial=-1) + 2)),
        form=np.array([_form(b) for b in borders]),
        stages=np.array([b.stages for b in borders]),
        pool=np.array([b.office.pool if b.office else -1 for b in borders]),
        shared=np.array([b.allowance is not None and b.allowance.part is None for b in borders]),
        row_first=rows,
        review_first=np.cumsum([0, *(b.stages * len(b.links) for b in borders)]),
        due_first=np.cumsum([0, *(_ring(b) * len(b.links) for b in borders)]),
        ring=np.array([_ring(b) for b in borders]),
        effective=np.array([b.effective for b in borders]),
        per_contract=np.array([1 / b.office.contract_t if b.office else 1.0 for b in borders]),
        holds=np.stack([b.hold.any(axis=1) for b in borders], axis=1),
        renews=np.stack([b.allowance.first if b.allowance else np.zeros(weeks, bool) for b in borders], axis=1),
        link=np.concatenate([b.links for b in borders]),
        tier=np.concatenate([b.tier + first for b, first in zip(borders, tiers, strict=False)]),
        part=np.concatenate([b.part for b in borders]),
        flow=np.concatenate([b.part * net.link_flow[b.links] for b in borders]),
        quota=np.concatenate([_quota(b) for b in borders]),
        rule=np.concatenate([b.rule + first for b, first in zip(borders, laws, strict=False)], axis=1),
        entry=np.concatenate([b.entry for b in borders]),
        wait=wait,
        validity=np.concatenate([b.office.validity if b.office else np.zeros_like(b.rule) for b in borders], axis=1),
        hold=np.ascontiguousarray(np.stack([b.hold for b in borders], axis=1)[..., pad]),
        working=np.ascontiguousarray(np.stack([_working(b, weeks) for b in borders], axis=1)[..., pad]),
        covered=wide([b.covered for b in borders]),
        over=wide([b.overcomplied for b in borders]),
        fade=wide([b.fade_weeks[None] for b in borders]),
        pass_rate=wide([b.pass_rate for b in borders]),
        limit=wide([b.pending_limit + b.review_weeks for b in borders]),
        level=wide([b.level for b in borders], axis=1),
        leak=wide([b.leak[None] for b in borders]),
        returned=long("returned"),
        refused=long("refused"),
        general=long("general"),
        registered=long("registered"),
        stay=waits.joined("stay"),
        join=waits.joined("join"),
        capacity=np.ascontiguousarray(_capacity(knobs, weeks)[..., pad]),
    )


class _Waits:
    """Laws of waits one after another: K rows each, and which stage a file enters at (by shifting the row)."""

    def __init__(self, lanes: int, pad: Ints) -> None:
        self.pad, self.size = pad, 0
        self.rows: dict[str, list[Floats]] = {"stay": [np.zeros((1, lanes))], "join": [np.zeros((1, lanes))]}

    def add(self, delay: Delay) -> Ints:
        """(W, T) first row of the law that holds."""
        rules, stages, _ = delay.stay.shape
        first = self.size + stages * np.arange(rules)
        self.size += rules * stages
        for name, values in (("stay", delay.stay), ("join", delay.join)):
            self.rows[name].insert(-1, values[..., self.pad].reshape(rules * stages, -1))
        return np.asarray(first[delay.at])

    def joined(self, name: str) -> Floats:
        """(L, lanes) all rows; one of nothing at the end."""
        return np.ascontiguousarray(np.concatenate(self.rows[name]))


def _form(b: Border) -> int:
    return QUOTA if b.allowance is not None else SHORT if b.office is None else LONG


def _ring(b: Border) -> int:
    return int(b.office.validity.max()) + 1 if b.office is not None else 0


def _quota(b: Border) -> Floats:
    """(R,) t of each row at the start of a period; the whole quota where it is first come."""
    if b.allowance is None:
        return np.zeros(len(b.links))
    part = b.allowance.part
    return np.asarray(b.allowance.t_per_period * (np.ones(len(b.links)) if part is None else part))


def _working(b: Border, weeks: int) -> Floats:
    """(W, D) share of each week the office works."""
    if b.office is not None:
        return b.office.working
    return np.clip(np.arange(weeks)[:, None] + 1 - (b.effective + b.office_start), 0, 1)


def _capacity(knobs: Knobs, weeks: int) -> Floats:
    """(W, pools, D) what each pool takes up a week."""
    if not knobs.pools:
        return np.zeros((weeks, 1, knobs.order_weeks.size))
    return np.stack([pool.per_week for pool in knobs.pools], axis=1)


def nothing_waits(gates: Gates, links: int, lanes: int) -> Waiting:
    """The queues at rest."""
    rows = len(gates.link)
    sizes: dict[str, Any] = dict.fromkeys(Waiting._fields, rows)
    sizes |= {"review": int(gates.review_first[-1]), "due": int(gates.due_first[-1]) + 1, "free": links,
              "capacity_left": gates.capacity.shape[1], "pool_share": gates.capacity.shape[1]}  # fmt: skip
    return Waiting(**{name: np.zeros((size, lanes)) for name, size in sizes.items()})
