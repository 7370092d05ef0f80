"""Step 3 where a control asks for the long form: a file's way through the office (E6b to E6f)."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from sluicegate.sim.gate import Border, Delay, Office
from sluicegate.sim.network import Floats, Ints
from sluicegate.sim.queue import Files, Queue
from sluicegate.sim.twin.ratio import ratio

Held = tuple[int, Border, Queue, Floats]


def prepare_papers(office: Office, files: Files, filed: Floats, t: int, tier: Ints) -> None:
    """Take in the week's orders: general licences pass, the rest is prepared; papers returned come back."""
    spared = office.general[t][tier] * filed
    ready = advance(office.preparation, files.preparing, filed - spared, t, tier)
    registered = office.registered[t][tier] * ready
    files.spared[:] = spared + registered
    files.filed += ready - registered
    files.filed += advance(office.refile, files.returned, files.sent_back, t, tier)
    files.sent_back[:] = 0.0


def admitted_shares(here: Sequence[Held], left: list[Floats], t: int) -> list[Floats]:
    """(D,) share of what lies before the office that each pool can take into review; takes it off what is left."""
    asked = [np.zeros_like(x) for x in left]
    for _, b, queue, _ in here:
        if b.office is not None and b.office.pool >= 0 and queue.files is not None:
            asked[b.office.pool] += b.office.working[t] * queue.files.filed.sum(axis=0) / b.office.contract_t
    shares = [np.minimum(1, ratio(have, ask)) for have, ask in zip(left, asked, strict=True)]
    for have, ask, share in zip(left, asked, shares, strict=True):
        have -= ask * share
    return shares


def decide(
    b: Border, office: Office, queue: Queue, files: Files, shares: list[Floats], t: int
) -> tuple[Floats, Floats]:
    """(R, D) licensed and (R, D) refused this week; the rest of what leaves review is returned or never decided."""
    share = shares[office.pool] if office.pool >= 0 else 1.0
    taken = office.working[t] * share * files.filed
    files.filed -= taken
    out = advance(office.review, queue.review, taken, t, b.tier, office.working[t])
    files.sent_back[:] = office.returned[t][b.tier] * out
    decided = out - files.sent_back
    refused = office.refused[t][b.tier] * decided
    approved = np.minimum(b.level[t][b.tier] * decided, decided - refused)
    queue.waiting += decided - refused - approved
    files.license(approved, t, office.validity[t][b.tier])
    return approved + files.spared, refused


def lapse(b: Border, queue: Queue, files: Files, backlog: Floats, t: int) -> None:
    """Licences not used in time lapse, oldest first; their orders are files to be prepared anew (E6e).

    What a maker ships or a buyer withdraws of a link's orders free to ship is shared evenly by all of them.
    """
    kept = np.minimum(1, ratio(backlog[b.links], queue.offered))
    files.gone += (files.licensed - files.gone) * (1 - kept)
    late = np.minimum(files.expire(t), backlog[b.links])
    files.gone += late
    np.subtract.at(backlog, b.links, late)
    files.preparing[0] += late


def advance(delay: Delay, queue: Floats, entering: Floats, t: int, tier: Ints, working: Floats | float = 1.0) -> Floats:
    """(R, D) what leaves a wait this week; `queue` (K, R, D) is moved on, for the share of the week it is worked on."""
    rule = delay.at[t][tier]
    stay, join, entry = delay.stay[rule], delay.join[rule], delay.entry[rule]
    total = queue.sum(axis=0) + entering
    moved = np.zeros_like(queue)
    for i in range(delay.stages):
        for j in range(delay.stages - i):
            moved[i + j] += queue[i] * stay[:, j]
    queue += working * (moved - queue)
    rows = np.arange(len(tier))
    for j in range(delay.stages):
        inside = entry + j < delay.stages
        queue[(entry + j)[inside], rows[inside]] += (entering * join[:, j])[inside]
    return np.asarray(np.maximum(total - queue.sum(axis=0), 0))
