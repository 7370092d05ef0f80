"""What waits at a border, in t."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from sluicegate.sim.gate import Border
from sluicegate.sim.network import Floats, Ints


@dataclass
class Files:
    """What the long form tells apart: papers being prepared, filed, sent back; licences granted and not yet used.

    Parameters
    ----------
    preparing, returned : (K, R, D) with the exporter, at first and for more papers ; sent_back : (R, D) this week
    filed : (R, D) before the office and not taken up ; spared : (R, D) passing this week without review
    due : (V, R, D) licences by week of expiry modulo V ; expired, licensed, gone : (R, D) running totals, t, of
        licences past their day, of all, and of those used or lapsed
    """

    preparing: Floats
    returned: Floats
    sent_back: Floats
    filed: Floats
    spared: Floats
    due: Floats
    expired: Floats
    licensed: Floats
    gone: Floats

    def pending(self) -> Floats:
        """(R, D) everything with the exporter or before the office."""
        return np.asarray(self.preparing.sum(axis=0) + self.returned.sum(axis=0) + self.sent_back + self.filed)

    def license(self, approved: Floats, t: int, weeks: Ints) -> None:
        """Write down licences of week t that may be used for so many weeks (R,)."""
        self.licensed += approved
        self.due[(t + weeks) % len(self.due), np.arange(len(weeks))] += approved

    def expire(self, t: int) -> Floats:
        """(R, D) licences whose day has come unused; the oldest are used first, so totals are enough."""
        self.expired += self.due[t % len(self.due)]
        self.due[t % len(self.due)] = 0.0
        return np.asarray(np.clip(self.expired - self.gone, 0, self.licensed - self.gone))

    def clear(self) -> None:
        """Nothing waits and nothing can lapse any more."""
        for part in vars(self).values():
            part[:] = 0.0


@dataclass
class Queue:
    """Licence applications of one border.

    Parameters
    ----------
    review : (K, R, D) in review ; waiting : (R, D) decided or, by the office, never decided, and not let through
    leaking : (R, D) on its way to a third country
    offered : (R, D) orders of the row's link free to ship after this step ; left : (R, D) of a quota
    files : the long form; None for the short one
    """

    review: Floats
    waiting: Floats
    leaking: Floats
    offered: Floats
    left: Floats
    files: Files | None

    def pending(self) -> Floats:
        """(R, D) applications that wait, wherever they are."""
        waiting = self.review.sum(axis=0) + self.waiting
        return np.asarray(waiting if self.files is None else waiting + self.files.pending())

    def release(self) -> Floats:
        """(R, D) all that waits; nothing does any more."""
        freed = self.pending()
        self.review[:], self.waiting[:] = 0.0, 0.0
        if self.files is not None:
            self.files.clear()
        return freed


def empty_queue(border: Border, draws: int) -> Queue:
    """The queue of a border at which nothing waits."""
    rows = (len(border.links), draws)
    files = None
    if border.office is not None:
        office = border.office
        expiries = int(office.validity.max()) + 1
        files = Files(
            preparing=np.zeros((office.preparation.stages, *rows)), returned=np.zeros((office.refile.stages, *rows)),
            sent_back=np.zeros(rows), filed=np.zeros(rows), spared=np.zeros(rows), due=np.zeros((expiries, *rows)),
            expired=np.zeros(rows), licensed=np.zeros(rows), gone=np.zeros(rows),
        )  # fmt: skip
    left = np.zeros(rows)
    if border.allowance is not None:
        left += border.allowance.t_per_period
        if border.allowance.part is not None:
            left *= border.allowance.part[:, None]
    return Queue(np.zeros((border.stages, *rows)), np.zeros(rows), np.zeros(rows), np.zeros(rows), left, files)
