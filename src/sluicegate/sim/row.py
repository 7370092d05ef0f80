"""The rows of a border: a link, or the part of it that one end use and one tier of applicants make up."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np

from sluicegate.scenario import Office
from sluicegate.sim.control import Resolved
from sluicegate.sim.network import Floats, Ints, Network
from sluicegate.sim.practice import EU_PLACES, tier_of


@dataclass(frozen=True, order=True)
class Tier:
    """Applications that an office treats alike.

    Parameters
    ----------
    record : the tier of destinations whose record serves
    place : the place itself, where an easing, rule or licence names it; empty otherwise
    end_use : civil or military ; applicants : tier of applicants, empty where they are not told apart
    """

    record: str
    place: str
    end_use: str
    applicants: str


@dataclass(frozen=True)
class Rows:
    """The rows of a border: links (R,), the part of each link's orders (R,), tier (R,) of the tiers."""

    links: Ints
    part: Floats
    tier: Ints
    tiers: tuple[Tier, ...]


def rows_of(net: Network, control: Resolved, links: Ints) -> Rows:
    """One row for each link, end use and tier of applicants that has a part of its orders."""
    office, named = control.control.office or Office(), _named(control)
    army = {industry: part.share for industry, part in office.military_share.items()}
    parts = {name: part.share for name, part in office.applicants.items()} or {"": 1.0}
    found = []
    for e in links:
        place = net.places[net.node_place[net.link_destination[e]]]
        military = military_part(net, int(net.link_destination[e]), army)
        for end_use, used in (("civil", 1 - military), ("military", military)):
            for applicants, share in parts.items():
                if used * share > 0:
                    tier = Tier(tier_of(place), place if place in named else "", end_use, applicants)
                    found.append((int(e), used * share, tier))
    tiers = tuple(sorted({tier for *_, tier in found}))
    return Rows(
        links=np.array([e for e, *_ in found], dtype=np.intp),
        part=np.array([part for _, part, _ in found]),
        tier=np.array([tiers.index(tier) for *_, tier in found], dtype=np.intp),
        tiers=tiers,
    )


def military_part(net: Network, node: int, share: dict[str, float]) -> float:
    """Share of a node's base use that is military, by the industries of its slots; makers' use counts as civil."""
    own = np.flatnonzero(net.slot_node == node)
    total = net.slot_use[own].sum()
    if not share or total <= 0:
        return 0.0
    lines = own[own >= net.n_producer_slots]
    industries = [net.lines[net.class_line[net.slot_owner[s]]].split("|")[0] for s in lines]
    weight = np.array([share.get(name, 0.0) for name in industries])
    return float((net.slot_use[lines] * weight).sum() / total)


def members(places: Iterable[str]) -> set[str]:
    """The places, with the European Union spelt out."""
    named = set(places)
    return named | set(EU_PLACES) if "EUU" in named else named


def _named(control: Resolved) -> set[str]:
    """Places that an easing, a rule or an open licence names."""
    own = control.control
    named = [easing.destinations for easing in own.easings] + [rule.destinations for rule in own.rules]
    named += [licence.destinations for licence in (own.office.open_licences if own.office else ())]
    return {place for places in named for place in members(places)}
