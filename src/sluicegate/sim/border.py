"""From controls to borders: which links a measure touches and when, and how its office works, draw by draw."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.special import ndtr

from sluicegate.regime import material_group
from sluicegate.scenario import Period, Scenario
from sluicegate.sim.content import reached
from sluicegate.sim.control import Resolved, resolve
from sluicegate.sim.draws import Draws
from sluicegate.sim.gate import Allowance, Border, Pool
from sluicegate.sim.network import Floats, Ints, Network
from sluicegate.sim.office import build_office, build_pools, office_start, pool_of, review_law, whole_way
from sluicegate.sim.practice import PENDING, passing_name, schedule
from sluicegate.sim.row import Rows, Tier, members, rows_of
from sluicegate.sim.rule import of_border, ruled
from sluicegate.sim.swing import office_swing
from sluicegate.sim.window import Span, declared, ruling_days, share_of_week


@dataclass(frozen=True)
class Touched:
    """A control, one table of practice it needs, and the links it rules on the same days by the same inputs.

    `inputs` are names by setting, see `rule.of_border`.
    """

    control: Resolved
    group: str
    links: Ints
    days: tuple[Span, ...]
    inputs: Mapping[str, str]


def build_borders(scenario: Scenario, net: Network, drawn: Draws) -> tuple[tuple[Border, ...], tuple[Pool, ...]]:
    """The borders of a scenario, in the order goods pass them, and the capacities they share.

    Of two texts of one office on the same goods the stricter holds; others on a link are passed in turn, quotas last.
    """
    controls = [resolve(c, scenario.as_of) for c in scenario.controls]
    found = sorted(_touched(scenario, net, controls), key=lambda x: x.control.control.kind == "quota")
    pools = build_pools(scenario, drawn, [(x.control, x.group) for x in found])
    turns = _turns([x.links for x in found])
    borders = [_border(scenario, net, drawn, x, pools, turn) for x, turn in zip(found, turns, strict=True)]
    return tuple(sorted(borders, key=lambda b: b.turn)), pools


def _touched(scenario: Scenario, net: Network, controls: list[Resolved]) -> list[Touched]:
    """Each control on each set of links that it rules on the same days, if that is before the end."""
    links = [set(_links(net, c).tolist()) for c in controls]
    found = []
    for control, own in zip(controls, links, strict=True):
        sets: dict[tuple[str, tuple[Span, ...], tuple[tuple[str, str], ...]], list[int]] = {}
        for e in sorted(own):
            days = ruling_days(control, [c for c, theirs in zip(controls, links, strict=True) if e in theirs])
            if days and scenario.week_of(days[0][0]) < scenario.weeks:
                group = material_group(net.products[net.node_product[net.link_origin[e]]])
                inputs = of_border(control, group, net.places[net.node_place[net.link_destination[e]]])
                sets.setdefault((group, tuple(days), inputs), []).append(e)
        found += [Touched(control, group, np.array(e, dtype=np.intp), days, dict(inputs))
                  for (group, days, inputs), e in sorted(sets.items())]  # fmt: skip
    return found


def _turns(links: list[Ints]) -> list[int]:
    """For each set of links the turn in which its border is passed: after all earlier ones it shares a link with."""
    turns: list[int] = []
    for own in links:
        before = [t for t, theirs in zip(turns, links, strict=False) if np.isin(own, theirs).any()]
        turns.append(max(before, default=-1) + 1)
    return turns


def _links(net: Network, control: Resolved) -> Ints:
    """The links a control is about: the controller's goods going abroad, or goods made abroad with its content."""
    if control.control.abroad is not None:
        candidates = reached(net, control.origin, control.control.abroad)
    else:
        leaves = [net.places[c] == control.origin for c in net.node_place[net.link_origin]]
        candidates = np.flatnonzero(
            np.array(leaves) & (net.node_place[net.link_origin] != net.node_place[net.link_destination])
        )
    chosen = []
    for e in candidates:
        product = net.products[net.node_product[net.link_origin[e]]]
        destination = net.places[net.node_place[net.link_destination[e]]]
        if product in control.products and (not control.destinations or destination in members(control.destinations)):
            chosen.append(e)
    return np.array(chosen, dtype=np.intp)


def _border(scenario: Scenario, net: Network, drawn: Draws, touched: Touched, pools: tuple[Pool, ...],
            turn: int) -> Border:  # fmt: skip
    control, group, inputs = touched.control, touched.group, touched.inputs
    rows = rows_of(net, control, touched.links)
    products = [net.products[p] for p in net.node_product[net.link_origin[rows.links]]]
    listed = {p: _listed_share(drawn, control, p) for p in set(products)}
    effective = scenario.week_of(control.effective_from)
    announced = scenario.week_of(control.announced_on) if control.announced_on else effective
    over = np.array([[p in control.overcomplied] for p in products], dtype=float) * (control.control.quota is None)
    return Border(
        name=control.name,
        links=rows.links,
        part=rows.part,
        turn=turn,
        announced=announced if announced < effective else float("nan"),
        effective=effective,
        hold=_hold(scenario, drawn, touched, noticed=announced < effective),
        covered=np.array([listed[p] for p in products]),
        overcomplied=over * drawn[inputs["overcompliance_share"]],
        fade_weeks=drawn[inputs["overcompliance_fade_weeks"]],
        tier=rows.tier,
        level=_level(scenario, drawn, control, group, rows.tiers),
        leak=ruled(scenario, control, rows.tiers, "leak_share", drawn, group).spread(drawn),
        leak_weeks=round(float(drawn.parameters[inputs["leak_delay_weeks"]].p50)),
        frontload_weeks=drawn[inputs["frontload_weeks_of_use"]],
        surge_limit=drawn[inputs["frontload_surge_limit"]],
        pending_limit=(0 if control.ban else 1) * drawn[PENDING.name],
        **_way(scenario, drawn, touched, rows, pool_of(pools, control, group)),
        allowance=_allowance(scenario, net, control, rows),
    )


def _way(scenario: Scenario, drawn: Draws, touched: Touched, rows: Rows, pool: int) -> dict[str, Any]:
    """The fields of a border that say how a file goes through; a ban and a quota have no office to go through."""
    control, group = touched.control, touched.group
    if control.ban or control.control.quota:
        at = np.zeros((scenario.weeks, len(rows.tiers)), dtype=np.intp)
        one = np.ones((1, drawn.size))
        return {"office_start": 0 * one[0], "pass_rate": one, "review_weeks": 0 * one, "stages": 1,
                "entry": np.zeros(1, dtype=np.intp), "rule": at}  # fmt: skip
    law = review_law(scenario, drawn, control, group, rows.tiers)
    start = office_start(scenario, drawn, control, touched.inputs["office_start_weeks"])
    way = {"office_start": start, "stages": int(law.stages.max()),
           "entry": law.stages.max() - law.stages, "rule": law.at, "pass_rate": law.rate}  # fmt: skip
    if control.control.form == "short":
        return way | {"review_weeks": law.stages[:, None] / law.rate}
    office = build_office(scenario, drawn, control, group, rows.tiers, pool, start)
    return way | {"review_weeks": whole_way(scenario, drawn, control, group, rows.tiers, law), "office": office}


def _hold(scenario: Scenario, drawn: Draws, touched: Touched, *, noticed: bool) -> Floats:
    """(W, D) share of each week in which a measure holds what it covers (E1)."""
    hold = share_of_week(scenario, touched.days)[:, None] * np.ones(drawn.size)
    if noticed or touched.control.control.quota:
        return hold
    clearing = drawn[touched.inputs["customs_clearing_weeks"]]
    effective = scenario.week_of(touched.control.effective_from)
    return np.asarray(np.maximum(hold - declared(scenario, effective, clearing), 0))


def _allowance(scenario: Scenario, net: Network, control: Resolved, rows: Rows) -> Allowance | None:
    """A quota by week; each link's part is its share of the base flow of all."""
    quota = control.control.quota
    if quota is None:
        return None
    flow = rows.part * net.link_flow[rows.links]
    part = flow / flow.sum() if quota.sharing == "by share" else None
    return Allowance(quota.t_per_period, period_starts(scenario, quota.period), part)


def period_starts(scenario: Scenario, period: Period) -> NDArray[np.bool_]:
    """(W,) whether a week is the first that begins in its calendar period; the first of the run always is."""
    months = {"year": 12, "half": 6, "quarter": 3, "month": 1}[period]
    days = [scenario.date_of(t) for t in range(scenario.weeks)]
    numbers = np.array([(day.year * 12 + day.month - 1) // months for day in days])
    return np.asarray(np.r_[True, numbers[1:] != numbers[:-1]])


def _listed_share(drawn: Draws, control: Resolved, product: str) -> Floats:
    low, middle, high = control.products[product]
    return drawn[f"{control.name}: share of {product} listed"] if low < high else np.full(drawn.size, middle)


def _level(scenario: Scenario, drawn: Draws, control: Resolved, group: str, tiers: tuple[Tier, ...]) -> Floats:
    """(W, T, D) short form: share of the base flow let through, schedule times swing; long form: share approved."""
    weeks = np.arange(scenario.weeks)
    since = np.asarray(weeks - scenario.week_of(control.effective_from), dtype=float)
    level = np.zeros((scenario.weeks, len(tiers), drawn.size))
    for t, tier in enumerate(tiers):
        if not control.ban and not control.control.quota:
            level[:, t] = _scheduled(scenario.as_of, drawn, group, tier, since)
    level = ruled(scenario, control, tiers, "eligible_share").over(level, drawn)
    for t, tier in enumerate(tiers):
        for easing in control.control.easings:
            if not easing.destinations or tier.place in members(easing.destinations):
                on = weeks + 1 > scenario.week_of(easing.effective_from)
                level[on, t] = np.maximum(level[on, t] * easing.eligible_factor, easing.eligible_at_least)
    if control.control.form == "long":
        approved = ruled(scenario, control, tiers, "approved_share")
        return np.asarray(np.minimum(approved.over(level, drawn), 1))
    return level * office_swing(scenario, drawn, control.origin)[:, None, :]


def _scheduled(as_of: date, drawn: Draws, group: str, tier: Tier, since: Floats) -> Floats:
    """(W, D) share by the dated schedule of practice, even between its steps; one luck for the whole of it."""
    steps = schedule(as_of, group, tier.record, tier.end_use)
    luck = ndtr(drawn[passing_name(group, tier.record, tier.end_use)])
    shares = np.array([s.share.quantile(luck) for s in steps])
    at = np.array([s.from_week for s in steps], dtype=float)
    return np.stack([np.interp(since, at, shares[:, d]) for d in range(drawn.size)], axis=1)
