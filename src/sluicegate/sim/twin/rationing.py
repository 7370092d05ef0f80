"""Step 6: rationing. Equations in `docs/explanation/simulator.md`."""

from __future__ import annotations

import numpy as np

from sluicegate.sim.engine import Engine, Week
from sluicegate.sim.network import Floats
from sluicegate.sim.state import State
from sluicegate.sim.twin.ratio import ratio


def rationing(eng: Engine, s: State, w: Week) -> None:
    """6. Rationing: what a maker has is shared among orders free to ship, home first by preference (E5)."""
    net, kn = eng.net, eng.knobs
    asked = to_ship(eng, s)
    at_home = eng.sums.links_to_origin @ (asked * eng.first[:, None])
    abroad = eng.sums.links_to_origin @ asked - at_home
    even = np.minimum(1, ratio(s.pool, at_home + abroad))
    first = even + kn.home_preference * (np.minimum(1, ratio(s.pool, at_home)) - even)
    rest = np.clip(ratio(s.pool - first * at_home, abroad), 0, 1)
    given = np.where(eng.first[:, None], first[net.link_origin], rest[net.link_origin])
    w.shipped = given * s.backlog
    s.backlog -= w.shipped
    w.turned_away = np.maximum(s.backlog - kn.order_limit * net.link_flow[:, None], 0)
    s.backlog -= w.turned_away
    w.exports = w.shipped.copy()
    for border, queue in zip(kn.borders, s.queues, strict=True):
        leaked = given[border.links] * queue.leaking
        queue.leaking -= leaked
        w.leaked.append(leaked)
        np.add.at(w.exports, border.links, leaked)
        late = (w.t + net.link_transit[border.links] + border.leak_weeks) % len(s.pipe)
        np.add.at(s.pipe, (late, border.links), leaked)
    s.pool -= eng.sums.links_to_origin @ w.exports


def to_ship(eng: Engine, s: State) -> Floats:
    """(E, D) what may leave the maker: orders free to ship and what leaks."""
    asked = s.backlog.copy()
    for border, queue in zip(eng.knobs.borders, s.queues, strict=True):
        np.add.at(asked, border.links, queue.leaking)
    return asked
