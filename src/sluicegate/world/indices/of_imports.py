"""The index of a place's imports: GeoPolRisk."""

from __future__ import annotations

import numpy as np

from sluicegate.metrics import geopolrisk, instability
from sluicegate.terms import place_in_sentence
from sluicegate.world.governance import WGI, risk_by_place
from sluicegate.world.indices.entry import Entry
from sluicegate.world.indices.subject import Subject
from sluicegate.world.purchases import Purchases


def import_risk(subject: Subject) -> Entry | None:
    """GeoPolRisk of the place's imports, 0-1; imports of unlisted origin count as the middle, bounds 0 and 1."""
    output, bought = subject.refined or subject.mined, subject.bought
    risk = risk_by_place(subject.year)
    if output is None or bought is None or not risk:
        return None
    origins = list(bought.by_origin)
    rated = [risk[o] / 10 if o in risk else np.nan for o in origins]
    amounts = [*bought.by_origin.values(), bought.unlisted_t]
    home = output.made.get(subject.place, 0.0)
    low, value, high = (
        float(geopolrisk(output.hhi(), amounts, [*rated, unlisted], home, np.nan).score)
        for unlisted in (0.0, float(instability(0.0)), 1.0)
    )
    source = f"{output.source_id} with {bought.source_id} and {WGI}"
    return Entry("geopolrisk", value, low, high, "0-1", subject.year, source,
                 _import_clause(subject, bought, home), (*output.figure_ids, *bought.figure_ids, WGI))  # fmt: skip


def _import_clause(subject: Subject, bought: Purchases, home: float) -> str:
    abroad = bought.total_t / (bought.total_t + home)
    first = max(bought.by_origin, key=lambda o: bought.by_origin[o], default=None)
    most = f", most from {place_in_sentence(first)}" if first else ""
    return f"{abroad:.0%} of what {place_in_sentence(subject.place)} has is imported{most}"
