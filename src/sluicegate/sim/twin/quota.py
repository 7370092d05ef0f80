"""Step 3 where a quota holds the goods. Equations in `docs/explanation/simulator.md`."""

from __future__ import annotations

import numpy as np

from sluicegate.sim.gate import Allowance
from sluicegate.sim.network import Floats
from sluicegate.sim.queue import Queue
from sluicegate.sim.twin.ratio import ratio


def use_quota(allowance: Allowance, queue: Queue, t: int) -> Floats:
    """(R, D) what leaves under the quota this week (E6g): first come, by what is asked, or each link its part."""
    if allowance.first[t]:
        queue.left[:] = allowance.t_per_period
        if allowance.part is not None:
            queue.left *= allowance.part[:, None]
    if allowance.part is None:
        asked = queue.waiting.sum(axis=0)
        granted = queue.waiting * np.minimum(1, ratio(queue.left[0], asked))
        queue.left[:] = np.maximum(queue.left - granted.sum(axis=0), 0)
    else:
        granted = np.minimum(queue.waiting, queue.left)
        queue.left -= granted
    queue.waiting -= granted
    return np.asarray(granted)
