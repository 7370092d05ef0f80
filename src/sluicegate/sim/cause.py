"""One root of a shortage or a loss, and how roots are put in order."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from sluicegate.sim.cause_name import SMALLER

SMALL = 0.01
"""Causes below this share are added up."""
Found = dict[tuple[str, str, str], float]
"""Shares while they are being gathered, by what, where and how."""


@dataclass(frozen=True)
class Cause:
    """One root of a shortage and its share of what is missing; shares of a shortage sum to one.

    Parameters
    ----------
    what : the measure, outage or other root, e.g. `CN-2025-18`
    where : the link or maker where it acts, e.g. `dysprosium oxide, CHN to JPN`
    share : 0-1
    how : how a measure stops goods, one of `sim.stopped.HOW`; empty for other roots
    """

    what: str
    where: str
    share: float
    how: str = ""


def add(found: Found, more: Mapping[tuple[str, str, str], float], weight: float) -> None:
    """Add roots to others, each times a weight; nothing where the weight is nothing."""
    for root, share in more.items() if weight > 0 else ():
        found[root] = found.get(root, 0.0) + weight * share


def whole(found: Found) -> Found:
    """The same roots with shares that sum to one; none where nothing was found."""
    total = sum(found.values())
    return {root: share / total for root, share in found.items()} if total > 0 else {}


def once(known: dict[tuple[str, int], Found], key: tuple[str, int], walk: Callable[[], Found]) -> Found:
    """Walk once; who comes back to where he is finds nothing there."""
    if key not in known:
        known[key] = {}
        known[key] = walk()
    return known[key]


def ranked(found: Mapping[tuple[str, str, str], float]) -> list[Cause]:
    """Causes with shares that sum to one, largest first, small ones added up."""
    total = sum(found.values())
    if total <= 0:
        return []
    causes = [Cause(what, where, float(share / total), how) for (what, where, how), share in found.items()]
    large = sorted((c for c in causes if c.share >= SMALL), key=lambda c: -c.share)
    if len(large) == len(causes):
        return large
    rest = 1 - sum(c.share for c in large)
    return [*large, Cause(SMALLER, f"{len(causes) - len(large)} more", rest)]
