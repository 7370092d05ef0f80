"""Every peak of a price or a shortage with its named causes: what is missing and why, fear, deadlines, offtake."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np

from sluicegate.sim.cause import Cause
from sluicegate.sim.cause_name import AHEAD, FEAR, SMALLER
from sluicegate.sim.happening import happenings, in_force_on
from sluicegate.sim.ledger import Ledger
from sluicegate.sim.network import Floats, Ints
from sluicegate.sim.result import Result
from sluicegate.sim.rush import LEAST_WEEKS, ahead_of, nodes_of, told, weeks_sought
from sluicegate.sim.walk import Walk

LEAST_MISSING = 0.005
"""Share of what usually arrives that must miss for goods to count as a cause."""
SHOWN = 0.02
"""Share below which a cause is not put into words."""
OF_RANGE = 0.25
"""A turning point stands out by at least this share of the path's range; smaller ones are the noise of the draws."""
LATELY = 8
"""Weeks over which a maker's activity is compared with the base year's."""
LOW = "stocks lie below what makers and buyers aim to hold"
HIGH = "stocks lie above what makers and buyers aim to hold"
"""What E12 leaves where nothing misses, nobody fears and nobody makes more: its other term."""
FELL_DUE = 26
"""Weeks after stocks were sought within which a fall is put down to their having arrived."""


@dataclass(frozen=True)
class Peak:
    """A turning point of a path and what stands behind it.

    Parameters
    ----------
    week : 0 for the first ; on : its first day ; value : of the path
    causes : roots of the goods that miss up to then, or that cannot leave where a price falls; shares sum to one
    also : what else moves buyers then, in words: fear, a deadline, orders for stock, offtake
    """

    week: int
    on: date
    value: float
    causes: list[Cause]
    also: tuple[str, ...]

    def sentence(self, scenario_days: dict[str, date]) -> str:
        """The peak's causes in a line, the largest first; `scenario_days` gives the day of a measure by name."""
        said = []
        for what, how, share, where in self.grouped()[:3]:
            since = f" since {scenario_days[what]:%-d %B %Y}" if what in scenario_days else ""
            said.append(f"{what}{', ' * bool(how)}{how}{since}: {100 * share:.0f} %, most of it {where}")
        return "; ".join([*said, *self.also])

    def grouped(self) -> list[tuple[str, str, float, str]]:
        """Causes by what and how, largest first: what, how, share, and where the largest of them acts."""
        groups: dict[tuple[str, str], list[Cause]] = {}
        for c in self.causes:
            groups.setdefault((c.what, c.how), []).append(c)
        summed = [(*key, sum(c.share for c in own), own[0].where) for key, own in groups.items()]
        return sorted((g for g in summed if g[2] >= SHOWN and g[0] != SMALLER), key=lambda g: -g[2])


def turning_points(path: Floats, least: float) -> list[int]:
    """Weeks of the peaks of a path that rise by at least `least` above their surroundings; its end may be one.

    Parameters
    ----------
    path : (W,) of which higher is worse ; least : least prominence, which is also at least `OF_RANGE` of the path's
        range

    Held to `scipy.signal.find_peaks` by a test; that package takes longer to load than a run's paths to read.
    """
    stand_out = max(least, OF_RANGE * float(np.ptp(path)), 1e-12)
    tops = (w for w in _tops(path) if path[w] >= least)
    return [w for w in tops if _prominence(path, w) >= stand_out]


def _tops(path: Floats) -> list[int]:
    """Weeks of local maxima, the middle one of a level top; below the first and after the last week lies the least."""
    padded = np.r_[-np.inf, path, -np.inf] if np.ptp(path) else np.zeros(0)
    change = np.flatnonzero(np.diff(padded))
    rises = np.diff(padded)[change] > 0
    return [
        int(a + b - 1) // 2
        for a, b, up, down in zip(change, change[1:], rises, ~rises[1:], strict=False)
        if up and down and path[int(a + b - 1) // 2] > path.min()
    ]


def _prominence(path: Floats, top: int) -> float:
    """Height above the higher of the two lows that part it from anything higher; outside the path lies its least."""
    before, after = path[:top][::-1], path[top + 1 :]
    lows = []
    for side in (before, after):
        higher = np.flatnonzero(side > path[top])
        lows.append(side[: higher[0]].min(initial=path[top]) if higher.size else path.min())
    return float(path[top] - max(lows))


class Namer:
    """Names what stands behind the turning points of one run."""

    def __init__(self, result: Result) -> None:
        self.result, self.net = result, result.model.compiled.net
        self.ledger = Ledger.of(result)
        self.walks: dict[int, Walk] = {}
        scenario = result.scenario
        days = {h.name: in_force_on(scenario, h.name) or h.on for h in reversed(happenings(scenario))}
        self.days: dict[str, date] = days

    def walk(self, week: int) -> Walk:
        """The walk back from the end of a week."""
        if week not in self.walks:
            self.walks[week] = Walk(self.result, week + 1, self.ledger)
        return self.walks[week]

    def use(self, product: str, place: str, short: Floats, *, least: float = 0.05) -> list[Peak]:
        """Peaks of a shortage: `short` (W,) is the median of one minus use over use without control."""
        node = self.net.node(product, place)
        nodes = np.array([] if node is None else [node], dtype=np.intp)
        area = 0 if self._inside(place) else 1
        return [self._missing(product, area, nodes, week, float(short[week])) for week in turning_points(short, least)]

    def loss(self, place: str, lost: Floats, *, least: float) -> list[Peak]:
        """Peaks of what the lines of a place lose: `lost` (W,) is the median loss; causes as of its value added."""
        lines = [str(line) for line in self.result.lines["line"] if line.endswith(f"|{place}")]
        scenario = self.result.scenario
        return [Peak(w, scenario.date_of(w), float(lost[w]), self.walk(w).of_lines(lines), ())
                for w in turning_points(lost, least)]  # fmt: skip

    def price(self, product: str, area: int, change: Floats, *, least: float = 0.05) -> list[Peak]:
        """Peaks and troughs of a quote: `change` (W,) is its median change against the run without control."""
        weeks = {*turning_points(change, least), *turning_points(-change, least), int(np.abs(change).argmax())}
        return [self.quote(product, area, week, float(change[week])) for week in sorted(weeks)]

    def quote(self, product: str, area: int, week: int, change: float) -> Peak:
        """What stands behind a quote that is off by `change` in a week, inside (0) or outside (1) the border."""
        nodes = nodes_of(self.result, product, area)
        return (self._missing if change > 0 else self._glut)(product, area, nodes, week, change)

    def _inside(self, place: str) -> bool:
        return place == self.result.scenario.controller

    def _missing(self, product: str, area: int, nodes: Ints, week: int, value: float) -> Peak:
        found, share = self.walk(week).of_nodes(nodes)
        also = self._sought(product, area, nodes, week)
        if share < LEAST_MISSING and also:  # buyers want more than usual: nothing worth naming is missing
            found = []
        if not found and not also:
            found, also = self.walk(week).wanted(nodes), self._busier(nodes, week)
        also = also if found or also else (LOW,)
        return Peak(week, self.result.scenario.date_of(week), value, found, also)

    def _glut(self, product: str, area: int, nodes: Ints, week: int, value: float) -> Peak:
        found, also = self.walk(week).backed_up(nodes), self._after_fear(product, area, week)
        return Peak(week, self.result.scenario.date_of(week), value, found, also if found or also else (HIGH,))

    def _sought(self, product: str, area: int, nodes: Ints, week: int) -> tuple[str, ...]:
        """Why buyers want more than usual in a week: a deadline, an order for stock, or fear; and who takes goods."""
        said = []
        weeks = float(weeks_sought(self.result, product, area)[week])
        if weeks >= LEAST_WEEKS:
            ahead = ahead_of(self.result, product, week, week)
            ordered = told(self.result, product, week)
            why = (AHEAD.format(measure=" and ".join(ahead)) if ahead else
                   f"{' and '.join(ordered)}" if ordered else FEAR)  # fmt: skip
            said.append(f"{why}: {weeks:.1f} weeks of use wanted beyond normal stock")
        taken = self._taken(nodes, week)
        if taken > 0:
            said.append(f"offtake: payers take and keep {taken:,.1f} t a week")
        return tuple(said)

    def _busier(self, nodes: Ints, week: int) -> tuple[str, ...]:
        """Makers that use a product and run above the base year, because what they make is short."""
        net, ledger = self.net, self.ledger
        fed = net.slot_owner[net.producer_slots][np.isin(net.slot_node[net.producer_slots], nodes)]
        since = max(week - LATELY, 0)
        ran = {int(i): float((ledger.activity[i, week] - ledger.activity[i, since]) / (week - since or 1)) for i in fed}
        above = {i: rate / float(net.activity0[i]) - 1 for i, rate in ran.items() if net.activity0[i] > 0}
        most = max(above, key=lambda i: above[i], default=None)
        if most is None or above[most] < LEAST_MISSING:
            return ()
        return (f"makers that use it run above the base year, most of all {net.producers[most]}: "
                f"{100 * above[most]:.0f} %",)  # fmt: skip

    def _after_fear(self, product: str, area: int, week: int) -> tuple[str, ...]:
        sought = weeks_sought(self.result, product, area)
        before = sought[max(week - FELL_DUE, 0) : week + 1]
        if before.max(initial=0) < LEAST_WEEKS or sought[week] > 0.9 * before.max():
            return ()
        return ("what was ordered beyond normal stock has arrived, and is being used up",)

    def _taken(self, nodes: Ints, week: int) -> float:
        promised: Sequence[int] = self.result.model.compiled.knobs.supply.promise.taken_from.tolist()
        rows = [k for k, node in enumerate(promised) if node in set(nodes.tolist())]
        return float(self.result.record.taken[rows, week].mean(axis=1).sum()) if rows else 0.0
