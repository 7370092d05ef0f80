"""The edge as a document, and the question `edge SCENARIO`."""

from __future__ import annotations

import numpy as np

from sluicegate.desk.number import Document, band, number_id
from sluicegate.leverage import Edge
from sluicegate.sim import Result


def edge_document(result: Result, found: Edge) -> Document:
    """The EDGE object: path, expiry, and how often there is no ratio to speak of."""
    weeks = range(max(found.start - 1, 0), result.weeks)
    ever = ((found.burden_target > found.burden_controller) & found.material[:, None]).any(axis=0)
    within = found.expires[ever & (found.expires >= 0)]
    return {
        "id": number_id("edge", found.controller, found.target),
        "controller": found.controller,
        "target": found.target,
        "path": [_point(result, found, w) for w in weeks],
        "unit": "USD per week",
        "loss_share_of_gdp": float(np.median(found.burden_target[found.start :].max(axis=0))),
        "undefined_share": found.undefined_share,
        "material": bool(found.material.any()),
        "expires": _dates(result, within) if within.size else None,
        "p_not_within_horizon": float((found.expires[ever] < 0).mean()) if ever.any() else 0.0,
        "p_no_edge": float(1 - ever.mean()),
        "levers_included": [],
        "levers_absent": ["tariffs, technology and visas: the same with and without the control, so they cancel"],
    }


def edge_in_week(found: Edge, week: int) -> dict[str, float] | None:
    """A in a week, over the draws that have one; None when none has, or when neither side's burden is material."""
    a = found.a[week, found.defined]
    return band(a) if found.weighs[week] and a.size and not np.isnan(a).all() else None


def _point(result: Result, found: Edge, week: int) -> Document:
    return {
        "date": str(result.scenario.date_of(week)),
        "A": edge_in_week(found, week),
        "loss_target": band(found.loss_target.total[week]),
        "loss_controller": band(found.loss_controller.total[week]),
    }


def _dates(result: Result, weeks: np.ndarray) -> dict[str, str]:
    quantiles = np.quantile(weeks, (0.05, 0.25, 0.5, 0.75, 0.95))
    return {q: str(result.scenario.date_of(round(float(w))))
            for q, w in zip(("q05", "q25", "q50", "q75", "q95"), quantiles, strict=True)}  # fmt: skip
