"""How long the office takes and what it approves, for one shipment, by the practice known on a day."""

from __future__ import annotations

from datetime import date

import numpy as np
from scipy.special import gammaincinv

from sluicegate.regime.measure import Item
from sluicegate.regime.practice import EndUse, eligible_at, eligible_schedule, load_practice
from sluicegate.terms import Band

_GRID = 60
_GROUP_OF_MATERIAL = {
    "magnets": "magnets",
    "rare earths": "rare earth raw materials",
    "gallium": "gallium and germanium",
    "germanium": "gallium and germanium",
    "tungsten": "tungsten",
    "antimony": "antimony",
    "graphite": "graphite",
}


def material_group(item: Item) -> str:
    """The group of practice an item belongs to."""
    return next((g for m, g in _GROUP_OF_MATERIAL.items() if m in item.materials), "other minerals")


def waiting_days(item: Item, *, destination: str, effective_from: date, on: date, as_of: date) -> Band:
    """Calendar days from filing to decision.

    The office start, as far as it still lies ahead, and an Erlang review: its mean is uncertain, and
    each application varies about it. Computed on a grid of probabilities, so without chance.

    Parameters
    ----------
    effective_from : when the measure took effect
    on : day of filing
    as_of : no practice known later is used
    """
    practice = load_practice(as_of, material_group(item), destination)
    u = (np.arange(_GRID) + 0.5) / _GRID
    start = practice["office_start_weeks"].quantile(u) - (on - effective_from).days / 7
    mean = practice["review_weeks_mean"].quantile(u)
    stages = practice["review_stages"].p50
    review = mean[:, None] * np.asarray(gammaincinv(stages, u), dtype=float) / stages
    return Band.of(7 * (np.maximum(start, 0)[:, None, None] + review))


def approval_share(
    item: Item, *, destination: str, end_use: EndUse, effective_from: date, on: date, as_of: date
) -> Band:
    """The share of the pre-control flow that passes, for a shipment filed on a day."""
    schedule = eligible_schedule(as_of, material_group(item), destination, end_use)
    share = eligible_at(schedule, (on - effective_from).days / 7)
    u = np.array([0.05, 0.25, 0.5, 0.75, 0.95])
    return Band(*(float(q) for q in share.quantile(u)))
