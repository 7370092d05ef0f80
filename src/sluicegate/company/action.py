"""What a company can do and by when: order, apply, qualify; and what each would change."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from sluicegate.company.exposure import Exposure, Source
from sluicegate.company.operation import Operation, Plant, Stream, operate
from sluicegate.sim.network import Floats

MORE_DAYS = 30
SCARCE = 0.5
LEAST_CHANCE = 0.05
"""An input that runs out in fewer of the draws is not told from noise, as with shortages of industries."""


@dataclass(frozen=True)
class Action:
    """Something to do about an input before it runs out.

    Parameters
    ----------
    source : the origin, and which of several from there
    kind : `order` where nothing holds the goods, `apply` where a licence is needed, `qualify` a new supplier
    lead_weeks : (D,) from the decision to the first goods
    last : (N,) weeks from the file's day until it is too late, in the N draws in which the input runs out; may be
        negative: then it was too late before
    missing_t : (D,) t that would keep the lines whole up to the horizon
    held_back_by : what the makers of a route lack, where less than `SCARCE` of the usual comes by it
    passes : share of what is usual that comes by this route up to the horizon, mean of draws and weeks
    """

    kind: str
    input: str
    origin: str
    source: str
    lead_weeks: Floats
    last: Floats
    missing_t: Floats
    passes: float
    measures: tuple[str, ...]
    held_back_by: str | None = None

    @property
    def p_too_late(self) -> float:
        """Share of the draws in which the input runs out and the last day has passed."""
        return float((self.last < 0).mean())


def actions(exposure: Exposure) -> list[Action]:
    """What could be done about every input that runs out, the likeliest first, then the first last day.

    Nothing is offered against a ban by the route it closes.
    """
    op, index = exposure.operation, exposure.index
    found = []
    for i, name in enumerate(exposure.inputs):
        out = op.runs_out[i][index]
        if np.isfinite(out).mean() < LEAST_CHANCE:
            continue
        missing = _missing(exposure, op, i)[index]
        for source in (s for s in exposure.sources if s.input == name):
            held = source.route.borders(exposure.result, exposure.week)
            office = source.route.office(exposure.result, exposure.week)
            if office is not None and not office.level[exposure.week].any():
                continue
            lead = (source.since if source.begun is not None else _from_today(source))[index]
            last = (out - lead)[np.isfinite(out)]
            kind = "qualify" if source.qualification_weeks is not None else "apply" if held else "order"
            passes = float(np.minimum(source.route.share_passing[exposure.week :], 1).mean())
            measures = tuple(b.name for b in held)
            root = exposure.maker_root(source) if passes < SCARCE else None
            found.append(Action(kind, name, source.origin, source.name, lead, last, missing, passes, measures, root))
    by_chance = {a.input: -len(a.last) for a in found}
    return sorted(found, key=lambda a: (by_chance[a.input], float(np.quantile(a.last, 0.05))))


def _from_today(source: Source) -> Floats:
    """(D,) weeks until a source first delivers, begun today."""
    return np.asarray((source.qualification_weeks or 0.0) + source.lead_weeks + source.wait_weeks)


def _missing(exposure: Exposure, op: Operation, i: int) -> Floats:
    """(D,) t of an input that were wanted and not there up to the horizon."""
    want = exposure.plant.use[:, i].sum()
    return np.asarray(want * (1 - op.fill[i]).sum(axis=0))


@dataclass(frozen=True)
class Turn:
    """A change of the company's own and what it does: chance of any stop, weeks to the first, value lost, all (D,)."""

    what: str
    first_stop: Floats
    lost: Floats | None


def turn(exposure: Exposure, what: str, plant: Plant | None = None) -> Turn:
    """The first stop and the value lost, as things stand or with a changed company, on the same draws."""
    op = exposure.operation if plant is None else operate(plant)
    lost = exposure.lost(op)
    total = None if lost is None else lost.sum(axis=(0, 1))[exposure.index]
    return Turn(what, op.stops.min(axis=0)[exposure.index], total)


def turns(exposure: Exposure) -> list[Turn]:
    """What would change the answer: more stock, an alternative begun today, every open application decided today."""
    use = exposure.plant.use.sum(axis=0)[:, None]
    found = []
    out = exposure.operation.runs_out[:, exposure.index]
    for i, name in enumerate(exposure.inputs):
        if np.isfinite(out[i]).mean() >= LEAST_CHANCE:
            more = np.zeros_like(exposure.plant.stock)
            more[i] = use[i] * MORE_DAYS / 7
            found.append(turn(exposure, f"{MORE_DAYS} more days of {name} on hand", exposure.plant.stocked(more)))
    for s in (s for s in exposure.sources if s.qualification_weeks is not None and s.begun is None):
        passing = s.route.share_passing[exposure.week :]
        stream = Stream(exposure.inputs.index(s.input), s.share, passing, _from_today(s))
        what = f"qualification of {s.name} for {s.input} begun today"
        found.append(turn(exposure, what, exposure.plant.sourced(stream)))
    if exposure.company.applications:
        found.append(turn(exposure, "every open application approved today", exposure.with_all_decided()))
    return found


@dataclass(frozen=True)
class Chance:
    """How likely an open application comes through in time, mean over draws, given that it is still open.

    Parameters
    ----------
    decided, arrived : before its input runs out without it, or the horizon where it never does: the approval, the goods
    ever : up to the horizon
    within : (D,) weeks left in the draws in which it comes through up to the horizon
    """

    name: str
    decided: float
    arrived: float
    ever: float
    within: Floats


def chances(exposure: Exposure) -> list[Chance]:
    """The chance of each application that a control holds; others need no licence here and are left out."""
    found = []
    for x in exposure.company.applications:
        file = exposure.files[x.name]
        if file is None:
            continue
        i, whole = exposure.inputs.index(x.input), np.full(exposure.draws, float(exposure.weeks))
        out = np.minimum(operate(exposure.without(x.name)).runs_out[i], whole)
        decided, arrived, ever = (float(file.decided_within(weeks)[exposure.index].mean())
                                  for weeks in (out, out - exposure.lead(x), whole))  # fmt: skip
        left = exposure.decided[x.name][exposure.index]
        found.append(Chance(x.name, decided, arrived, ever, left[left <= exposure.weeks]))
    return found
