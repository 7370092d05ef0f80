"""The borders of one block of draws as flat arrays, and what waits at them."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from sluicegate.sim.gate import Border, Delay, held_links
from sluicegate.sim.kernel.aligned import aligned, zeros
from sluicegate.sim.knobs import Knobs
from sluicegate.sim.network import Floats, Ints

SHORT, LONG, QUOTA = 0, 1, 2


class Gates(NamedTuple):
    """Borders flattened: B borders, R rows, T tiers, W weeks, V laws of review, L laws of waits; lanes last.

    Whole numbers by border: turn, form, stages, pool, and where its rows, its review stages and its ring of expiries
    begin; by row: border, link, tier, part; by week and tier: which law holds. By draw: as in `gate.Border` and
    `gate.Office`.
    """

    turn_first: Ints
    turn: Ints
    border: Ints
    form: Ints
    stages: Ints
    pool: Ints
    shared: NDArray[np.bool_]
    row_first: Ints
    review_first: Ints
    due_first: Ints
    ring: Ints
    effective: Floats
    announced: Floats
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
    frontload: Floats
    surge: Floats
    returned: Floats
    refused: Floats
    general: Floats
    registered: Floats
    stay: Floats
    join: Floats
    capacity: Floats


class Waiting(NamedTuple):
    """What waits, t, as in `queue.Queue` and `queue.Files`, by row; review by stage and row, due by week and row.

    `covered`, `declared` (orders held this week), `granted`, `withdrawn` and `pending` are this week's results. By
    held link: `orders`, `backlog` and `released` as in the steps, `free` what no border holds.
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
    orders: Floats
    backlog: Floats
    released: Floats
    covered: Floats
    declared: Floats
    granted: Floats
    withdrawn: Floats
    pending: Floats
    free: Floats
    capacity_left: Floats
    pool_share: Floats


def lay_out(knobs: Knobs, flow: Floats, weeks: int, lanes: int, dtype: Any = np.float64) -> Gates:
    """The borders of a block of at most `lanes` draws; missing draws repeat the last one.

    Links are counted among `held_links`; `flow` (E) is the base flow of all.
    """
    borders = knobs.borders
    draws = knobs.order_weeks.size
    pad = np.minimum(np.arange(lanes), draws - 1)
    tiers = np.cumsum([0, *(b.level.shape[1] for b in borders)], dtype=np.intp)
    laws = np.cumsum([0, *(len(b.pass_rate) for b in borders)], dtype=np.intp)
    rows = np.cumsum([0, *(len(b.links) for b in borders)], dtype=np.intp)
    turns = np.array([b.turn for b in borders], dtype=np.intp)
    waits, held = _Waits(lanes, pad), held_links(borders)
    wait = np.zeros((weeks, tiers[-1], 3), dtype=np.intp)
    for b, first in zip(borders, tiers, strict=False):
        if b.office is not None:
            parts = (b.office.preparation, b.office.refile, b.office.review)
            wait[:, first : first + b.level.shape[1]] = np.stack([waits.add(part) for part in parts], axis=-1)

    def wide(values: list[Floats], axis: int = 0) -> Floats:
        """Arrays joined along an axis, padded to the lanes."""
        empty = np.zeros((weeks, 0, draws) if axis else (0, draws))
        return aligned(np.concatenate([empty, *values], axis=axis)[..., pad], dtype)

    def whole(values: Iterable[Any]) -> Ints:
        """Whole numbers by border."""
        return np.array([*values], dtype=np.intp)

    def joined(values: Iterable[Any], kind: Any = np.intp) -> Any:
        """Numbers by row, border after border."""
        return np.concatenate([np.zeros(0, dtype=kind), *values])

    def by_week(values: Iterable[Any], kind: Any = np.intp) -> Any:
        """(W, n) numbers by week, border after border."""
        return np.ascontiguousarray(np.concatenate([np.zeros((weeks, 0), dtype=kind), *values], axis=1))

    def long(name: str) -> Floats:
        """(W, T, lanes) of a share that only the long form has."""
        return wide([np.zeros_like(b.level) if b.office is None else getattr(b.office, name) for b in borders], axis=1)

    return Gates(
        turn_first=np.searchsorted(turns, np.arange(turns.max(initial=-1) + 2)),
        turn=turns,
        border=joined(np.full(len(b.links), k) for k, b in enumerate(borders)),
        form=whole(_form(b) for b in borders),
        stages=whole(b.stages for b in borders),
        pool=whole(b.office.pool if b.office else -1 for b in borders),
        shared=np.array([b.allowance is not None and b.allowance.part is None for b in borders], dtype=bool),
        row_first=rows,
        review_first=np.cumsum(whole([0, *(b.stages * len(b.links) for b in borders)])),
        due_first=np.cumsum(whole([0, *(_ring(b) * len(b.links) for b in borders)])),
        ring=whole(_ring(b) for b in borders),
        effective=np.array([b.effective for b in borders], dtype=float),
        announced=np.array([b.announced for b in borders], dtype=float),
        per_contract=np.array([1 / b.office.contract_t if b.office else 1.0 for b in borders], dtype=float),
        holds=by_week((np.any(b.hold, axis=1, keepdims=True) for b in borders), bool),
        renews=by_week(((b.allowance.first if b.allowance else np.zeros(weeks, bool))[:, None] for b in borders), bool),
        link=np.searchsorted(held, joined(b.links for b in borders)),
        tier=joined(b.tier + first for b, first in zip(borders, tiers, strict=False)),
        part=joined((b.part for b in borders), float),
        flow=joined((b.part * flow[b.links] for b in borders), float),
        quota=joined((_quota(b) for b in borders), float),
        rule=by_week(b.rule + first for b, first in zip(borders, laws, strict=False)),
        entry=joined(b.entry for b in borders),
        wait=wait,
        validity=by_week(b.office.validity if b.office else np.zeros_like(b.rule) for b in borders),
        hold=wide([b.hold[:, None] for b in borders], axis=1),
        working=wide([_working(b, weeks)[:, None] for b in borders], axis=1),
        covered=wide([b.covered for b in borders]),
        over=wide([b.overcomplied for b in borders]),
        fade=wide([b.fade_weeks[None] for b in borders]),
        pass_rate=wide([b.pass_rate for b in borders]),
        limit=wide([b.pending_limit + b.review_weeks for b in borders]),
        level=wide([b.level for b in borders], axis=1),
        leak=wide([b.leak[None] for b in borders]),
        frontload=wide([b.frontload_weeks[None] for b in borders]),
        surge=wide([b.surge_limit[None] for b in borders]),
        returned=long("returned"),
        refused=long("refused"),
        general=long("general"),
        registered=long("registered"),
        stay=aligned(waits.joined("stay"), dtype),
        join=aligned(waits.joined("join"), dtype),
        capacity=aligned(_capacity(knobs, weeks)[..., pad], dtype),
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
        return np.asarray(np.concatenate(self.rows[name]))


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


def nothing_waits(gates: Gates, links: int, lanes: int, dtype: Any = np.float64) -> Waiting:
    """The queues at rest, and whole quotas; `links` is the number of held links."""
    rows = len(gates.link)
    sizes: dict[str, Any] = dict.fromkeys(Waiting._fields, rows)
    sizes |= dict.fromkeys(("free", "orders", "backlog", "released"), links)
    sizes |= dict.fromkeys(("capacity_left", "pool_share"), gates.capacity.shape[1])
    sizes |= {"review": int(gates.review_first[-1]), "due": int(gates.due_first[-1])}
    flat = Waiting(**{name: zeros((size, lanes), dtype) for name, size in sizes.items()})
    flat.left[:] = gates.quota[:, None]
    return flat
