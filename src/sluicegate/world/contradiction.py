"""Contradictions: figures that state the same quantity with different numbers, and which of them is preferred."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

from sluicegate.world.figure_group import figure_row
from sluicegate.world.figures import Figure, Figures

SAME = 1e-3
"""Values within 0.1 % of each other agree: the rest is rounding."""


@dataclass(frozen=True)
class Contradiction:
    """Figures of one quantity that disagree.

    Parameters
    ----------
    key : the key they share
    figures : the preferred first, then the newest word first
    spread : largest value over the smallest, less 1; infinite where the smallest is nothing or the signs differ
    revision : whether all stand in editions of one publication, so that the latest only repairs the earlier
    """

    key: str
    figures: tuple[Figure, ...]
    spread: float
    revision: bool

    @property
    def preferred(self) -> Figure | None:
        """The figure to take; None where none of them is good enough."""
        return next((f for f in self.figures if f.preferred), None)

    @property
    def sources(self) -> set[str]:
        """Ids of the sources that disagree."""
        return {f.source_id for f in self.figures}


def contradictions(known: Figures) -> list[Contradiction]:
    """Every quantity that is stated with different values, the widest apart first; agreeing statements are left out."""
    table = known.table
    shared = table[(table["contradicts"] != "") & table["value"].notna()]
    counts = shared.groupby("contradicts")["value"].agg(["min", "max"])
    apart = counts.index[(counts["max"] - counts["min"]) > SAME * counts[["min", "max"]].abs().max(axis=1)]
    stated: dict[str, list[Figure]] = {}
    for figure in known.find(contradicts=list(apart)):
        if figure.value is not None:
            stated.setdefault(figure.contradicts, []).append(figure)
    found = [_contradiction(key, figures) for key, figures in stated.items()]
    return sorted(found, key=lambda c: (-c.spread, c.key))


def contradiction_row(one: Contradiction) -> dict[str, Any]:
    """A contradiction as a row of a document: its key, how far apart, the figure preferred, and all of them."""
    return {
        "key": one.key,
        "spread": one.spread,
        "preferred": one.preferred.figure_id if one.preferred else None,
        "figures": [figure_row(f) for f in one.figures],
    }


def _contradiction(key: str, figures: list[Figure]) -> Contradiction:
    values = [f.value for f in figures if f.value is not None]
    spread = max(values) / min(values) - 1 if min(values) > 0 else float("inf")
    editions = {re.sub(r"-(19|20)\d\d\b.*", "", f.source_id) for f in figures}
    ordered = sorted(figures, key=lambda f: (not f.preferred, -f.known_on.toordinal()))
    return Contradiction(key, tuple(ordered), spread, len(editions) == 1)
