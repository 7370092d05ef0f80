"""How an office works, draw by draw: its start, its review, and the long form stage by stage."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
from scipy.special import gammainc, gammaln

from sluicegate.regime.working_day import working_share
from sluicegate.scenario import Capacity, OpenLicence, Scenario
from sluicegate.sim.control import Resolved
from sluicegate.sim.draws import Draws
from sluicegate.sim.gate import Delay, Office, Pool
from sluicegate.sim.network import Floats, Ints
from sluicegate.sim.practice import dated_capacities, pool_name
from sluicegate.sim.row import Tier, members
from sluicegate.sim.rule import Ruled, ruled
from sluicegate.sim.swing import clampdowns, office_swing


@dataclass(frozen=True)
class Law:
    """The law of a review: mean weeks (V, D) and stages (V,) of each rule, and which holds (W, T)."""

    weeks: Floats
    stages: Ints
    at: Ints

    @property
    def rate(self) -> Floats:
        """(V, D) share of a stage that moves on each week in the short form; a stage takes a week at least."""
        return np.asarray(self.stages[:, None] / np.maximum(self.weeks, self.stages[:, None]))


def review_law(scenario: Scenario, drawn: Draws, control: Resolved, group: str, tiers: tuple[Tier, ...]) -> Law:
    """The law of the review by week and tier: each pair of a mean and a number of stages that some week has."""
    mean, stages = (ruled(scenario, control, tiers, s, drawn, group) for s in ("review_weeks_mean", "review_stages"))
    pairs, at = np.unique(np.stack([mean.at, stages.at], axis=-1).reshape(-1, 2), axis=0, return_inverse=True)
    return Law(mean.values(drawn)[pairs[:, 0]], stages.medians(drawn)[pairs[:, 1]], at.reshape(mean.at.shape))


def office_start(scenario: Scenario, drawn: Draws, control: Resolved, name: str) -> Floats:
    """(D,) weeks from effect before the office decides, by the input of that name.

    At most to the day by which it is known to have decided.
    """
    start = drawn[name]
    known = control.control.first_licences_by
    if known is None:
        return start
    return np.minimum(start, max(scenario.week_of(known) - scenario.week_of(control.effective_from), 0))


def build_office(scenario: Scenario, drawn: Draws, control: Resolved, group: str, tiers: tuple[Tier, ...],
                 pool: int, start: Floats) -> Office:  # fmt: skip
    """The long form of a control for one group of items; `start` (D,) in weeks from its effect."""

    def setting(name: str) -> Ruled:
        return ruled(scenario, control, tiers, name, drawn, group)

    stated = control.control.office
    law, preparation, refile, validity = review_law(scenario, drawn, control, group, tiers), *map(
        setting, ("preparation_weeks", "refile_weeks", "validity_weeks"))  # fmt: skip
    open_licences = stated.open_licences if stated else ()
    return Office(
        preparation=delay(preparation.values(drawn), np.ones(len(preparation.names), dtype=np.intp), preparation.at),
        review=delay(law.weeks, law.stages, law.at),
        refile=delay(np.maximum(refile.values(drawn) - 1, 0), np.ones(len(refile.names), dtype=np.intp), refile.at),
        returned=setting("returned_share").spread(drawn),
        refused=setting("refused_share").spread(drawn),
        validity=validity.medians(drawn)[validity.at],
        general=_spared(scenario, tiers, open_licences, "general", drawn.size),
        registered=_spared(scenario, tiers, open_licences, "registration", drawn.size),
        working=_working(scenario, drawn, control, start),
        pool=pool,
        contract_t=stated.capacity.contract_t or 1.0 if stated and stated.capacity else 1.0,
    )


def delay(weeks: Floats, stages: Ints, at: Ints) -> Delay:
    """An Erlang wait of mean `weeks` (V, D) in `stages` (V,), as the steps of a week need it.

    With x stages passed on average in a week, j are passed with the Poisson probability p_j = e^-x x^j / j!, and in
    the rest of a week entered at an even moment with the mean of that, (1 - p_0 - ... - p_j) / x: the integral of
    the Poisson law over the week, as the sum of exponential waits is Poisson in time (Erlang 1917; any text on queues).
    """
    k = int(stages.max())
    x = np.divide(stages[:, None], weeks, out=np.full_like(weeks, np.inf), where=weeks > 0)[:, None, :]
    j = np.arange(k, dtype=float)[None, :, None]
    with np.errstate(invalid="ignore"):
        stay = np.where(np.isinf(x), 0.0, np.exp(j * np.log(x) - x - gammaln(j + 1)))
        join = np.where(np.isinf(x), 0.0, gammainc(j + 1, x) / x)
    return Delay(stay, join, k - stages, at)


def whole_way(scenario: Scenario, drawn: Draws, control: Resolved, group: str, tiers: tuple[Tier, ...],
              law: Law) -> Floats:  # fmt: skip
    """(V, D) mean weeks from order to decision in the long form, capacity aside, under the slowest that ever holds."""

    def slowest(name: str) -> Floats:
        found = ruled(scenario, control, tiers, name, drawn, group)
        return np.asarray(found.values(drawn)[np.unique(found.at)].max(axis=0))

    again = slowest("returned_share")
    again = again / (1 - again)
    return np.asarray(slowest("preparation_weeks") + law.weeks + again * (law.weeks + slowest("refile_weeks")))


def build_pools(scenario: Scenario, drawn: Draws, found: Iterable[tuple[Resolved, str]]) -> tuple[Pool, ...]:
    """One reviewing capacity for each office and group of items for which a control states one."""
    pools: dict[str, Pool] = {}
    for control, group in found:
        if control.control.office and control.control.office.capacity:
            name = pool_name(control, group)
            capacity = _per_week(scenario, drawn, control.control.office.capacity, name)
            swing = office_swing(scenario, drawn, control.origin)
            pools[name] = Pool(name, capacity * swing * working_days(scenario, control.origin)[:, None])
    return tuple(pools.values())


def _per_week(scenario: Scenario, drawn: Draws, capacity: Capacity, pool: str) -> Floats:
    """(W, D) capacity of each week, t or applications, swings aside; a change holds in the week of its day already."""
    (first, *_), *changes = dated_capacities(capacity, pool)
    held = np.broadcast_to(drawn[first], (scenario.weeks, drawn.size)).copy()
    for name, day, _ in changes:
        held[np.arange(scenario.weeks) + 1 > scenario.week_of(day)] = drawn[name]
    return held


def pool_of(pools: tuple[Pool, ...], control: Resolved, group: str) -> int:
    """Which of the pools an office's reviews of a group come under; -1 where none is stated."""
    names = [pool.name for pool in pools]
    stated = control.control.form == "long" and pool_name(control, group) in names
    return names.index(pool_name(control, group)) if stated else -1


def _spared(scenario: Scenario, tiers: tuple[Tier, ...], licences: tuple[OpenLicence, ...], kind: str,
            draws: int) -> Floats:  # fmt: skip
    """(W, T, D) share of what is held under licences of a kind in force; at most all."""
    weeks = np.arange(scenario.weeks)
    share = np.zeros((scenario.weeks, len(tiers), draws))
    for licence in (x for x in licences if x.kind == kind):
        start = scenario.week_of(licence.effective_from)
        on = np.clip(weeks + 1 - start, 0, 1) * np.clip(start + licence.validity_weeks - weeks, 0, 1)
        for i, tier in enumerate(tiers):
            place = not licence.destinations or tier.place in members(licence.destinations)
            if place and licence.end_use in (None, tier.end_use) and licence.applicants in (None, tier.applicants):
                share[:, i] += licence.share * on[:, None]
    return np.minimum(share, 1)


def _working(scenario: Scenario, drawn: Draws, control: Resolved, start: Floats) -> Floats:
    """(W, D) share of each week the office works: from its start on, less what a clampdown stops and its holidays."""
    opens = scenario.week_of(control.effective_from) + start
    begun = np.clip(np.arange(scenario.weeks)[:, None] + 1 - opens, 0, 1)
    days = working_days(scenario, control.origin)[:, None]
    return np.asarray(begun * days * clampdowns(scenario, drawn, control.origin))


def working_days(scenario: Scenario, origin: str) -> Floats:
    """(W,) working days of an office over those of a usual week, at most 1, by the calendar known on the as-of day."""
    return np.array([working_share(origin, scenario.date_of(w), scenario.as_of) for w in range(scenario.weeks)])
