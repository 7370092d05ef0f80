"""The edge as a document, and the question `edge SCENARIO`."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from sluicegate.desk.lever import levers_document
from sluicegate.desk.number import Document, band, number_id
from sluicegate.desk.peaks import happenings_document, peak_document
from sluicegate.desk.talks_line import talks_line
from sluicegate.leverage import Edge
from sluicegate.leverage.edge import half_life, log_edge, pain
from sluicegate.sim import Result
from sluicegate.sim.peak import Namer
from sluicegate.sim.side import SideLoss, weekly_gdp

LEAST_PEAK = 0.05
"""A peak of a loss is at least this share of the largest."""
QUANTILES = {"q05": 0.05, "q25": 0.25, "q50": 0.5, "q75": 0.75, "q95": 0.95}


def edge_document(result: Result, found: Edge) -> Document:
    """The EDGE object: path, expiry, and how often there is no ratio to speak of."""
    weeks = range(max(found.start - 1, 0), result.weeks)
    ever = np.asarray(((found.burden_target > found.burden_controller) & found.material[:, None]).any(axis=0))
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
        "drawn": _drawn(result, found),
        "expires_of_all": _censored(result, found.expires[ever]),
        "expiry_curve": _gone_by(result, found, ever),
        "talks": talks_line(result, found),
        "peaks": _peaks(result, found),
        "happenings": happenings_document(result, max(found.start - 1, 0)),
    } | levers_document(result, found)


def _peaks(result: Result, found: Edge) -> list[Document]:
    """Peaks of the target's median loss with their causes: what lifts the edge in the weeks before."""
    lost = np.median(found.loss_target.total, axis=1)
    if lost.max() <= 0:
        return []
    namer = Namer(result)
    return [peak_document(namer, peak) for peak in namer.loss(found.target, lost, least=LEAST_PEAK * float(lost.max()))]


def _drawn(result: Result, found: Edge) -> Document:
    """What the draws say beside the path: how often the target bears more, how long the edge keeps, when it hurts."""
    top = int(np.median(found.burden_target, axis=1).argmax())
    weeks, kept = half_life(found)
    mine, theirs = found.burden_controller[top], found.burden_target[top]
    sides = {"target": found.loss_target, "controller": found.loss_controller}
    return {
        "week": str(result.scenario.date_of(top)),
        "E": _log_edge(found, top),
        "p_target_bears_more": float((theirs > mine).mean()),
        "half_life_weeks": band(weeks) if weeks.size else None,
        "half_life_beyond_horizon": kept,
        "days_until_pain": {side: _pain(result, loss, found.start) for side, loss in sides.items()},
        "loss_total": {side: band(loss.total[found.start :].sum(axis=0)) for side, loss in sides.items()},
        "unit": "USD to the horizon",
    }


def _log_edge(found: Edge, week: int) -> dict[str, float] | None:
    """E in a week, over the draws in which neither side gains; None when none is left."""
    mine, theirs = found.burden_controller[week], found.burden_target[week]
    both = found.defined & (mine >= 0) & (theirs >= 0)
    return band(log_edge(theirs[both], mine[both])) if both.any() else None


def _censored(result: Result, ends: NDArray[np.intp]) -> list[Document]:
    """Days by which shares of all draws that have an edge have lost it; None where it outlasts the horizon.

    All are censored at one moment, so a quantile below the censored share is that of the dates themselves (the
    estimator of Kaplan and Meier 1958 is then the plain distribution).
    """
    told: list[Document] = []
    ordered = np.sort(np.where(ends < 0, np.inf, ends))
    for share in QUANTILES.values() if ends.size else ():
        at = ordered[min(int(np.ceil(share * ends.size)) - 1, ends.size - 1)]
        told.append({"share": share, "by": str(result.scenario.date_of(int(at))) if np.isfinite(at) else None})
    return told


def _gone_by(result: Result, found: Edge, ever: NDArray[np.bool_]) -> list[Document]:
    """Share of the draws that have an edge in which it is gone by the first week of each quarter to the horizon.

    What is left at the end is censored: those draws outlast the horizon.
    """
    weeks = range(found.start, result.weeks, 13)
    ends = found.expires[ever]
    return [{"date": str(result.scenario.date_of(w)), "p_gone": float(((ends >= 0) & (ends <= w)).mean())}
            for w in weeks] if ends.size else []  # fmt: skip


def _pain(result: Result, loss: SideLoss, start: int) -> Document:
    days = pain(loss.total, weekly_gdp(result, loss.place), start)
    return {"days": band(days[days >= 0]) if (days >= 0).any() else None, "p_never": float((days < 0).mean()),
            "what": "days to the first week with a loss above 0.01 % of GDP"}  # fmt: skip


def edge_in_week(found: Edge, week: int) -> dict[str, float] | None:
    """A in a week, over the draws that have one; None when none has, or when neither side's burden is material."""
    a = found.a[week, found.defined]
    return band(a) if found.weighs[week] and a.size and not np.isnan(a).all() else None


def _point(result: Result, found: Edge, week: int) -> Document:
    return {
        "date": str(result.scenario.date_of(week)),
        "A": edge_in_week(found, week),
        "E": _log_edge(found, week),
        "p_positive": float((found.burden_target[week] > found.burden_controller[week]).mean()),
        "loss_target": band(found.loss_target.total[week]),
        "loss_controller": band(found.loss_controller.total[week]),
    }


def _dates(result: Result, weeks: np.ndarray) -> dict[str, str]:
    quantiles = np.quantile(weeks, tuple(QUANTILES.values()))
    return {q: str(result.scenario.date_of(round(float(w)))) for q, w in zip(QUANTILES, quantiles, strict=True)}
