"""What of a place's use passes another place at any stage of its chain, in the base year.

The most of a product that can reach the users of a place without one other place is a maximum flow through the chain
with that place's producers and links taken out, no link and no producer above its base year (Ford and Fulkerson 1956,
with the recipes as gains: Jewell 1962). Solved as a linear programme, since makers join several inputs:

    maximise u    subject to   sum of shipments from a node <= sum of out_ip a_p         (M1)
                               in_ip a_p at a node + u there <= sum of shipments to it   (M2)
                               0 <= shipment <= base, 0 <= a_p <= base, 0 <= u <= base   (M3)
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import numpy as np
from scipy import sparse

from sluicegate.terms import SluicegateError
from sluicegate.world.chain import World


@dataclass(frozen=True)
class Chain:
    """A chain as links, producers and their recipes, t a year.

    Parameters
    ----------
    links : (product, origin, destination, flow)
    producers : (place, activity, t in by product, t out by product, per t of activity)
    """

    links: tuple[tuple[str, str, str, float], ...]
    producers: tuple[tuple[str, float, Mapping[str, float], Mapping[str, float]], ...]


def chain_of(world: World, products: Iterable[str]) -> Chain:
    """The base year's links and producers of some products."""
    kept = set(products)
    flows = world.flows[world.flows["product"].isin(kept) & (world.flows["flow_t_per_yr"] > 0)]
    recipes: dict[str, tuple[dict[str, float], dict[str, float]]] = {}
    for process, product, role, amount in world.recipes[["process", "product", "role", "t_per_t"]].itertuples(
        index=False
    ):
        if product in kept and amount > 0:
            recipes.setdefault(process, ({}, {}))[role == "output"][product] = float(amount)
    makers = world.producers[world.producers["activity_t_per_yr"] > 0]
    return Chain(
        tuple((str(p), str(o), str(d), float(f)) for p, o, d, f in
              flows[["product", "origin", "destination", "flow_t_per_yr"]].itertuples(index=False)),
        tuple((str(place), float(a), *recipes[process]) for process, place, a in
              makers[["process", "place", "activity_t_per_yr"]].itertuples(index=False) if process in recipes),
    )  # fmt: skip


def reaches(chain: Chain, product: str, place: str, use: float, without: str | None = None) -> float:
    """Most t a year of a product that the users of a place can get, up to their use, without another place."""
    links = [link for link in chain.links if without not in link[1:3]]
    makers = [maker for maker in chain.producers if maker[0] != without]
    shipped = _numbered([(p, o) for p, o, _, _ in links])
    got = _numbered([*((p, d) for p, _, d, _ in links), *((p, m[0]) for m in makers for p in m[2]), (product, place)])
    entries: list[tuple[int, int, float]] = []
    for at, (good, origin, destination, _) in enumerate(links):
        entries += [(shipped[good, origin], at, 1.0), (len(shipped) + got[good, destination], at, -1.0)]
    for at, (where, _, needs, gives) in enumerate(makers, start=len(links)):
        entries += [(shipped[p, where], at, -t) for p, t in gives.items() if (p, where) in shipped]
        entries += [(len(shipped) + got[p, where], at, t) for p, t in needs.items()]
    last = len(links) + len(makers)
    entries.append((len(shipped) + got[product, place], last, 1.0))
    most = [f for *_, f in links] + [a for _, a, _, _ in makers] + [use]
    return _most(entries, most, len(shipped) + len(got))


def _numbered(names: Iterable[tuple[str, str]]) -> dict[tuple[str, str], int]:
    return {name: at for at, name in enumerate(dict.fromkeys(names))}


def _most(entries: list[tuple[int, int, float]], most: list[float], rows: int) -> float:
    """The largest last variable under M1 to M3, all in parts of the use."""
    scale = max(most[-1], 1e-12)
    row, column, value = zip(*entries, strict=True)
    from scipy.optimize import linprog  # a tenth of a second to load

    matrix = sparse.csr_array((np.array(value), (row, column)), shape=(rows, len(most)))
    bounds = np.column_stack([np.zeros(len(most)), np.array(most) / scale])
    cost = np.zeros(len(most))
    cost[-1] = -1.0
    found = linprog(cost, A_ub=matrix, b_ub=np.zeros(rows), bounds=bounds, method="highs")
    if not found.success:
        raise SluicegateError(f"the flow could not be computed: {found.message}")
    return float(-found.fun * scale)


def through(chain: Chain, product: str, place: str, use: float, by: str) -> float:
    """Share of a place's use of a product whose chain passes another place at some stage, 0-1.

    One less what can reach it without: the least that hangs on the other place, since all that does not is given to
    these users first.
    """
    whole = reaches(chain, product, place, use)
    if whole <= 0:
        return 0.0
    return float(np.clip(1 - reaches(chain, product, place, use, without=by) / whole, 0, 1))


def direct(chain: Chain, product: str, place: str, by: str) -> float:
    """Share of what a place receives of a product that is shipped from another, 0-1."""
    inward = [(o, f) for p, o, d, f in chain.links if (p, d) == (product, place)]
    total = sum(f for _, f in inward)
    return sum(f for o, f in inward if o == by) / total if total > 0 else 0.0
