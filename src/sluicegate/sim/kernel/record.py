"""Step 12, compiled: what was asked for of a week, rounded to single precision in its place of the record."""

from __future__ import annotations

from collections import namedtuple
from typing import Any

from numba import njit

from sluicegate.sim.kernel.cache import BARE
from sluicegate.sim.kernel.lanes import added, load, maximum, pick, put, store, where
from sluicegate.sim.kernel.ratio import add, clear
from sluicegate.sim.record import PARTLY, ROOM, STORED, Recorder
from sluicegate.sim.twin.ratio import TINY

Record = namedtuple("Record", (*STORED, "sums", "codes", "draws", "first", "stock_first"))  # type: ignore[misc]
"""Arrays (row, week, draw) in single precision; one without rows is not asked for.

All from week `first` on but `stock`, which is from `stock_first` on and may end before the others. `sums` (row, week,
32 draws) adds up what is not kept draw by draw, `draws` is how many there are, and `codes` says where a row is kept,
as `Kept.codes` does; there are none of what is not asked for.
"""
Codes = namedtuple("Codes", PARTLY)  # type: ignore[misc]


def room(record: Recorder) -> Record:
    """A record as the compiled week writes it."""
    codes = Codes(*(record.kept[n].codes[: None if n in record.stored else 0] for n in PARTLY))
    beside: dict[str, Any] = {"sums": record.sums, "codes": codes, "draws": record.draws, "first": record.first,
                              "stock_first": record.stock_first}  # fmt: skip
    return Record(**record.whole, **beside)


@njit(forceinline=True, **BARE)
def note(record: Any, into: Any, code: Any, t: Any, draw: Any, value: Any) -> None:
    """Write the number of a row and week, counted from the record's first, where its code says."""
    if code >= 0:
        put(into, (code * into.shape[1] + t) * into.shape[2] + draw, value)
    elif code < -1:
        record.sums[-2 - code, t, draw // ROOM] += added(value, record.draws - draw)


@njit(**BARE)
def write(at: Any, whole: Any, real: Any, rows: Any, record: Any, t: Any, draw: Any) -> None:
    """12. Record; exports, and what arrives over links held, are written as goods move, in `links.py`."""
    kept = t - record.stock_first
    t -= record.first
    _run(rows, record.price, at.price, t, draw)
    _some(rows, record, record.activity, record.codes.activity, at.activity, t, draw)
    _some(rows, record, record.feared, record.codes.feared, at.feared, t, draw)
    if len(record.codes.service) or len(record.codes.use) or record.stock.shape[0]:
        _uses(at, whole, real, rows, record, t, kept, draw)
    if record.yielded.shape[0]:
        _run(rows, record.yielded, at.yielded, t, draw)
    if record.taken.shape[0]:
        _taken(at, whole, rows, record.taken, t, draw)
    if record.leaked_share.shape[0]:
        for p in range(at.n_P):
            left = load(rows, at.left + p)
            some = left > TINY
            store(rows, at.leaked + p, where(some, load(rows, at.leaked + p) / where(some, left, 1.0), 0.0))
        _run(rows, record.leaked_share, at.leaked, t, draw)
    if record.lost_share.shape[0]:
        _losses(at, whole, real, rows, record.booked, t, draw)
        _run(rows, record.lost_share, at.loss, t, draw)


@njit(**BARE)
def _run(rows: Any, into: Any, start: Any, t: Any, draw: Any) -> None:
    """Write one run of rows."""
    count, weeks, draws = into.shape
    for k in range(count):
        put(into, (k * weeks + t) * draws + draw, load(rows, start + k))


@njit(**BARE)
def _some(rows: Any, record: Any, into: Any, codes: Any, start: Any, t: Any, draw: Any) -> None:
    """Write one run of rows, each as its code says."""
    for k in range(len(codes)):
        note(record, into, pick(codes, k), t, draw, load(rows, start + k))


@njit(**BARE)
def _taken(at: Any, whole: Any, rows: Any, into: Any, t: Any, draw: Any) -> None:
    """What payers took from the nodes with offtake."""
    weeks, draws = into.shape[1], into.shape[2]
    for node in range(at.n_N):
        row = pick(whole, at.node_promised + node)
        if row >= 0:
            put(into, (row * weeks + t) * draws + draw, load(rows, at.taken + node))


@njit(**BARE)
def _uses(at: Any, whole: Any, real: Any, rows: Any, record: Any, t: Any, kept: Any, draw: Any) -> None:
    """Service (mean over cover classes), use and stock (sums) of each use of a line."""
    codes = record.codes
    stocks = record.stock.shape[0] > 0 and 0 <= kept < record.stock.shape[1]
    for u in range(at.n_U):
        served = pick(codes.service, u) if len(codes.service) else -1
        taken = pick(codes.use, u) if len(codes.use) else -1
        if served == -1 and taken == -1 and not stocks:
            continue
        service = used = stock = load(rows, at.order_weeks) * 0.0
        for k in range(pick(whole, at.use_slots + u), pick(whole, at.use_slots + u + 1)):
            j = pick(whole, at.use_slot + k)
            s = at.n_F + j
            service = service + load(rows, at.fill + j) * pick(real, at.class_weight + pick(whole, at.slot_owner + s))
            used = used + load(rows, at.used + j)
            stock = stock + load(rows, at.stock + s)
        note(record, record.service, served, t, draw, service)
        note(record, record.use, taken, t, draw, used)
        if stocks:
            put(record.stock, (u * record.stock.shape[1] + kept) * record.stock.shape[2] + draw, stock)


@njit(**BARE)
def _losses(at: Any, whole: Any, real: Any, rows: Any, into: Any, t: Any, draw: Any) -> None:
    """Share of value added lost: the worst input's gap times its share of value, catching up against it (E15)."""
    weeks, draws = into.shape[1], into.shape[2]
    clear(rows, at.loss, at.n_Y)
    for c in range(at.n_L):
        running, worth = load(rows, at.running + c), load(rows, at.worth + c)
        worst = running * 0.0 - 1e300
        for s in range(pick(whole, at.class_slots + c), pick(whole, at.class_slots + c + 1)):
            gap = 1.0 - load(rows, at.fill + s - at.n_F)
            worst = maximum(worst, load(rows, at.theta + s - at.n_F) * pick(real, at.slot_critical + s) * gap)
        below = running < 1.0
        worth = where(below, worst / where(below, 1.0 - running, 1.0), worth)
        store(rows, at.worth + c, worth)
        lost = worst - worth * maximum(running - 1.0, 0.0)
        add(rows, at.loss + pick(whole, at.class_line + c), lost * pick(real, at.class_weight + c))
    for q in range(at.n_Q):
        booked = load(rows, at.staged + pick(whole, at.stage_slot + q)) * load(rows, at.stage_booked + q)
        add(rows, at.loss + pick(whole, at.stage_line + q), booked)
        put(into, (q * weeks + t) * draws + draw, booked)
