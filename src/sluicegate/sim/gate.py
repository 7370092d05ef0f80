"""A control as the steps see it: which part of which links it holds, and what lets goods through."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from sluicegate.sim.blocked import Blocked, shared
from sluicegate.sim.network import Floats, Ints


@dataclass(frozen=True)
class Delay(Blocked):
    """An Erlang wait in K stages, advanced a week at a time without error of discretisation (E6b). V rules.

    What is in stage i moves j stages in a week with the Poisson probability of j at the rate of stages a week;
    what enters during a week, evenly spread over it, with the mean of that over the rest of its week. The mean
    wait in weeks is then the mean of the law, exactly, and a wait of nothing holds nothing.

    Parameters
    ----------
    stay : (V, K, D) probability of moving j stages in a whole week ; join : (V, K, D) in the week of entry
    entry : (V,) stage at which a file enters: a law of fewer stages begins further on
    at : (W, T) which rule holds, by week and tier
    """

    stay: Floats
    join: Floats
    entry: Ints = field(metadata=shared())
    at: Ints = field(metadata=shared())

    @property
    def stages(self) -> int:
        """Number of stages K."""
        return int(self.stay.shape[1])


@dataclass(frozen=True)
class Office(Blocked):
    """The long form: how an office treats a file, stage by stage. W weeks, T tiers.

    Parameters
    ----------
    preparation, review, refile : waits of the exporter, of the office, and of papers returned
    returned : (W, T, D) share of what comes out of review that goes back for papers
    refused : (W, T, D) share of what is decided that is refused ; what is neither approved nor refused is never decided
    validity : (W, T) whole weeks a licence of that week may be used
    general : (W, T, D) share of what is held that is spared the file ; registered : spared the review
    working : (W, D) share of the week the office works: from its start on, less clampdowns and public holidays
    pool : which of `Knobs.pools` limits it, -1 for none ; contract_t : t of one application; 1 where tonnes count
    """

    preparation: Delay
    review: Delay
    refile: Delay
    returned: Floats
    refused: Floats
    validity: Ints = field(metadata=shared())
    general: Floats
    registered: Floats
    working: Floats
    pool: int
    contract_t: float


@dataclass(frozen=True)
class Pool(Blocked):
    """Reviewing capacity (W, D) a week, in tonnes or applications, that borders of one office share."""

    name: str
    per_week: Floats


@dataclass(frozen=True)
class Allowance(Blocked):
    """A quota by period: what may leave, t.

    Parameters
    ----------
    t_per_period : t ; first : (W,) whether a period begins with the week
    part : (R,) the part of each row where links have their own; None where first come is first served
    """

    t_per_period: float
    first: NDArray[np.bool_] = field(metadata=shared())
    part: Floats | None = field(metadata=shared())


@dataclass(frozen=True)
class Border(Blocked):
    """One control at the border, on rows: a link, or the part of it with one end use and tier of applicants.

    R rows, W weeks, T tiers, V rules, D draws.

    Parameters
    ----------
    name : id of the measure
    links : (R,) which links; one stands in several rows where its buyers' end uses or applicants differ
    part : (R,) share of the link's orders that belongs to the row
    turn : borders of one link are passed in rising turn, each holding its share of what the one before let through
    announced, effective : weeks from the start, fractions count; NaN announced means no notice
    hold : (W, D) share of the week in which the measure holds what it covers, goods declared before aside
    covered : (R, D) share of the link the measure lists
    overcomplied : (R, D) share of the rest that is held up too at the start, fading over `fade_weeks` (D,)
    office_start : (D,) weeks before the office decides anything
    pass_rate : (V, D) share of a review stage that moves on each week ; stages : number of stages
    entry : (V,) stage at which an application enters ; rule : (W, T) which of the V rules holds
    tier : (R,) which tier of destinations a row belongs to
    level : (W, T, D) short form: share of the base flow that is let through, by week of the run and tier, swings
        included; long form: share of decided applications that is approved
    leak : (W, T, D) share of what is stopped that finds a third country ; leak_weeks : whole weeks it takes longer
    frontload_weeks : (D,) weeks of use buyers want to bring forward when there is notice ;
        surge_limit : (D,) how many times the usual they can have shipped while they do
    review_weeks : (V, D) mean weeks of a review
    pending_limit : (D,) weeks of base flow that buyers leave waiting before they withdraw
    office : the long form, None for the short one ; allowance : a quota, None for what is no quota
    """

    name: str
    links: Ints = field(metadata=shared())
    part: Floats = field(metadata=shared())
    turn: int
    announced: float
    effective: float
    hold: Floats
    covered: Floats
    overcomplied: Floats
    fade_weeks: Floats
    office_start: Floats
    pass_rate: Floats
    stages: int
    entry: Ints = field(metadata=shared())
    rule: Ints = field(metadata=shared())
    tier: Ints = field(metadata=shared())
    level: Floats
    leak: Floats
    leak_weeks: int
    frontload_weeks: Floats
    surge_limit: Floats
    review_weeks: Floats
    pending_limit: Floats
    office: Office | None = None
    allowance: Allowance | None = None

    def flow(self, base: Floats) -> Floats:
        """(R, 1) base flow of each row, from (E,) of the links."""
        return np.asarray((self.part * base[self.links])[:, None])


def held_links(borders: tuple[Border, ...]) -> Ints:
    """(H,) the links that some border holds."""
    return np.unique(np.concatenate([np.zeros(0, dtype=np.intp), *(b.links for b in borders)]))
