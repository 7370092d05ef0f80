"""What differs from draw to draw: the uncertain inputs, laid out as the steps need them."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from sluicegate.sim.blocked import Blocked, shared
from sluicegate.sim.network import Floats, Ints
from sluicegate.sim.supply import Supply


@dataclass(frozen=True)
class Border(Blocked):
    """One control at the border, on the links it touches. M links, W weeks.

    Parameters
    ----------
    name : id of the measure
    links : (M,) which links
    announced, effective, until : weeks from the start, fractions count; NaN announced means no notice
    covered : (M, D) share of the link the measure lists
    overcomplied : (M, D) share of the rest that is held up too at the start, fading over `fade_weeks` (D,)
    office_start : (D,) weeks before the office decides anything
    pass_rate : (D,) share of a review stage that moves on each week ; stages : number of stages
    tier : (M,) which tier of destinations a link belongs to
    level : (W, T, D) share of the base flow that is let through, by week of the run and tier, swings included
    leak : (D,) share of what is stopped that finds a third country ; leak_weeks : whole weeks it takes longer
    frontload_weeks : (D,) weeks of use buyers want to bring forward when there is notice ;
        surge_limit : (D,) how many times the usual they can have shipped while they do
    review_weeks : (D,) mean weeks of a review
    pending_limit : (D,) weeks of base flow that buyers leave waiting before they withdraw
    """

    name: str
    links: Ints = field(metadata=shared())
    announced: float
    effective: float
    until: float
    covered: Floats
    overcomplied: Floats
    fade_weeks: Floats
    office_start: Floats
    pass_rate: Floats
    stages: int
    tier: Ints = field(metadata=shared())
    level: NDArray[np.float64]
    leak: Floats
    leak_weeks: int
    frontload_weeks: Floats
    surge_limit: Floats
    review_weeks: Floats
    pending_limit: Floats


@dataclass(frozen=True)
class Knobs(Blocked):
    """Uncertain inputs by draw. Letters as in `Network`; D draws.

    Parameters
    ----------
    cover : (S, D) weeks of use held
    thrift_ceiling : (S, D) share of use that can be saved
    thrift_weeks : (S, D) weeks of pressure until it is
    elasticity : (S, D) of use to price
    capacity : (I, D) activity at full use, t a week
    restart_weeks : (I, D)
    price_elasticity : (2P, D) by product, inside and outside
    supply : slow answers of makers, investors and payers

    All others are (D,), as `data/behaviour.csv` describes them.
    """

    cover: Floats
    thrift_ceiling: Floats
    elasticity: Floats
    capacity: Floats
    restart_weeks: Floats
    thrift_weeks: Floats
    order_weeks: Floats
    order_limit: Floats
    pool_cover_weeks: Floats
    pool_weeks: Floats
    switch_per_week: Floats
    price_tilt: Floats
    reliability_tilt: Floats
    home_preference: Floats
    hoarding: Floats
    hoarding_fade_weeks: Floats
    price_elasticity: Floats
    price_weeks: Floats
    stock_price_weight: Floats
    choke_price: Floats
    rent_share: Floats
    overtime: Floats
    backlog_survival: Floats
    borders: tuple[Border, ...]
    supply: Supply
