"""What differs from draw to draw: the uncertain inputs, laid out as the steps need them."""

from __future__ import annotations

from dataclasses import dataclass

from sluicegate.sim.blocked import Blocked
from sluicegate.sim.gate import Border, Pool
from sluicegate.sim.network import Floats
from sluicegate.sim.next_stage import Stages
from sluicegate.sim.priority import Priorities
from sluicegate.sim.supply import Supply


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
    stages : what pressed lines can buy abroad in place of a part
    priorities : who of a place is served before its others

    borders : in the order in which goods pass them ; pools : reviewing capacities that long-form borders share

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
    overtime: Floats
    backlog_survival: Floats
    supply: Supply
    stages: Stages
    priorities: Priorities
    borders: tuple[Border, ...]
    pools: tuple[Pool, ...] = ()
