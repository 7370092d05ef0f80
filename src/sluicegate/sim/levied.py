"""What changes of export levies do to the price of goods abroad, by week."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from itertools import pairwise

import numpy as np

from sluicegate.scenario import Scenario
from sluicegate.sim.draws import Draws
from sluicegate.sim.network import Floats, Network, adder
from sluicegate.sim.timeline import in_force
from sluicegate.world import World
from sluicegate.world.landed import medians
from sluicegate.world.levy import Levy, export_factor, levies_of

BEFORE = timedelta(days=1)


def levied(scenario: Scenario, world: World, net: Network, draws: Draws) -> Floats:
    """(W, E) log of the factor that levies put on goods of a link, over that of the day before the start.

    (W, 0) where nothing changes. Part weeks count by their days. Uncertain rates count by their medians: a change of
    the law is the same in every draw.
    """
    rows = levies_of(world.levies, scenario.as_of)
    days = _days(scenario, rows)
    if not days:
        return np.zeros((scenario.weeks, 0))
    inputs = medians(draws.parameters.values())
    place, product, abroad = _ends(net)
    log = np.zeros((scenario.weeks, len(net.link_flow)))
    for key in sorted({(p, g) for p, g, out in zip(place, product, abroad, strict=True) if out}):
        own = np.flatnonzero(abroad & (place == key[0]) & (product == key[1]))
        log[:, own] = np.log(factor_by_week(scenario, rows, net.places[key[0]], net.products[key[1]], inputs))[:, None]
    return log if log.any() else np.zeros((scenario.weeks, 0))


def factor_by_week(scenario: Scenario, rows: list[Levy], place: str, product: str,
                   inputs: Mapping[str, float]) -> Floats:  # fmt: skip
    """(W,) the factor of levies on a place's exports of a product, over that of the day before the start."""
    days = [scenario.start, *_days(scenario, rows), scenario.end]
    first = export_factor(rows, place, product, scenario.start - BEFORE, inputs)
    found = np.zeros(scenario.weeks)
    for day, end in pairwise(days):
        law = [*_in_place(scenario, product, day), *rows]  # of equals the first goes before
        on = in_force(scenario.week_of(day), scenario.week_of(end), scenario.weeks)
        found += on * export_factor(law, place, product, day, inputs) / first
    return found


def cost_by_area(log: Floats, net: Network, area: np.ndarray) -> Floats:
    """(W, 2P) by how much changed levies raise the log price that an area's quote goes back to; (W, 0) without any.

    The quote is that of all goods an area buys, so a levy counts by the base share of what arrives under it.
    """
    if not log.size:
        return log
    to_area = adder(area[net.link_destination] * len(net.products) + net.link_product(), 2 * len(net.products))
    arrives = to_area @ net.link_flow
    dearer = (to_area @ (net.link_flow[:, None] * log.T)).T
    return np.asarray(np.divide(dearer, arrives, out=np.zeros_like(dearer), where=arrives > 0))


def _ends(net: Network) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """(E,) place of origin, product, and whether the link crosses a border."""
    origin, destination = net.node_place[net.link_origin], net.node_place[net.link_destination]
    return origin, net.link_product(), origin != destination


def _days(scenario: Scenario, rows: list[Levy]) -> list[date]:
    """Days within the run on which some levy changes, in order."""
    days = {x.effective_from for x in rows}
    days |= {d for e in scenario.export_levies for d in (e.effective_from, e.until) if d}
    begun = {scenario.start} if any(e.effective_from <= scenario.start for e in scenario.export_levies) else set()
    return sorted({d for d in days if scenario.start <= d < scenario.end} | begun)


def _in_place(scenario: Scenario, product: str, day: date) -> list[Levy]:
    """The scenario's own levies on a product on a day, as if new that day; what is listed later goes before."""
    on = [e for e in scenario.export_levies if e.effective_from <= day and not (e.until and e.until <= day)]
    named = [e for e in on if not e.products or product in e.products]
    return [Levy(e.place, (product,), e.levy, day, e.rate) for e in reversed(named)]
