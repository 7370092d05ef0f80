"""Why a line stops: the input that is gone, the supplier that no longer delivers it, the control behind it."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

import numpy as np

from sluicegate.company.exposure import Exposure, Source
from sluicegate.company.operation import STOPPED_BELOW
from sluicegate.sim.network import Ints

LEAD_TIME = "the time new orders take"


@dataclass(frozen=True)
class Reason:
    """What stops a line: input, origin it is missing from, what holds it, in what share of the draws with a stop."""

    input: str
    origin: str
    measure: str
    share: float


def reasons(exposure: Exposure, line: int) -> list[Reason]:
    """Reasons of a line's stop, most frequent first; shares sum to one, empty where it never stops."""
    op, index = exposure.operation, exposure.index
    below = op.running[line] < STOPPED_BELOW
    stopped = [d for d in index if below[:, d].any()]
    weeks, worst = below.argmax(axis=0), _worst(exposure, line)
    found: Counter[tuple[str, str, str]] = Counter()
    for d in stopped:
        found[_reason(exposure, exposure.inputs[worst[d]], int(weeks[d]), int(d))] += 1
    return [Reason(*key, count / len(stopped)) for key, count in found.most_common()]


def _worst(exposure: Exposure, line: int) -> Ints:
    """(D,) row of the input that holds a line back most in the week it stops."""
    op = exposure.operation
    weeks = (op.running[line] < STOPPED_BELOW).argmax(axis=0)
    gap = exposure.plant.critical[line][:, None] * (1 - op.fill[:, weeks, np.arange(exposure.draws)])
    return np.asarray(gap.argmax(axis=0), dtype=np.intp)


def _reason(exposure: Exposure, name: str, week: int, draw: int) -> tuple[str, str, str]:
    """Input, origin and measure of a stop: the origin that brought least of its share up to then."""
    own = [s for s in exposure.sources if s.input == name and s.qualification_weeks is None]
    gaps = [s.share * (1 - _brought(exposure, s, week, draw)) for s in own]
    source = own[int(np.argmax(gaps))]
    at = exposure.week + week
    held = source.route.borders(exposure.result, at)
    if held:
        return name, source.origin, held[-1].name
    if name not in exposure.ordinary and _passing(exposure, source, week, draw) >= STOPPED_BELOW:
        return name, source.origin, LEAD_TIME
    return name, source.origin, exposure.root(name)


def _brought(exposure: Exposure, source: Source, week: int, draw: int) -> float:
    """Share of what a source brings in normal weeks that it brought up to a week."""
    weeks = np.arange(week + 1)
    on = np.ones(week + 1) if source.input in exposure.ordinary else np.clip(weeks + 1 - source.since[draw], 0, 1)
    passing = source.route.share_passing[exposure.week : exposure.week + week + 1, draw]
    return float((on * np.minimum(passing, 1)).mean())


def _passing(exposure: Exposure, source: Source, week: int, draw: int) -> float:
    return float(np.minimum(source.route.share_passing[exposure.week : exposure.week + week + 1, draw], 1).mean())
