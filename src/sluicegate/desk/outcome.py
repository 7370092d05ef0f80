"""The outcome of a run as a document: shortages, days of cover, prices."""

from __future__ import annotations

from datetime import date

import numpy as np

from sluicegate.desk.answer import Answer, week_in
from sluicegate.desk.number import Document, band, number_id
from sluicegate.desk.past import past_factor
from sluicegate.desk.peaks import happenings_document, peak_document, peaks_document
from sluicegate.history.past import widened
from sluicegate.sim import Result, Shortage, judgement_share
from sluicegate.terms import place_name

USD_PER_WEEK = "USD per week"
AT_CHOKE = 0.9
"""Share of the log choke price from which a quote counts as held by it."""
CHARTED = 8
"""Shortages whose paths are drawn and whose peaks are explained."""


def outcome_document(ran: Answer, on: date) -> Document:
    """The OUTCOME object: who is short, the days of cover of the short on a day, and prices."""
    return {
        "shortages": shortages_document(ran.result, ran.shortages),
        "days_of_cover": cover_document(ran.result, ran.shortages, on),
        "prices": prices_document(ran),
    }


def shortages_document(result: Result, found: list[Shortage]) -> list[Document]:
    """One SHORTAGE object a row, largest loss first."""
    return [_shortage(result, s) for s in found]


def shortage_id(shortage: Shortage) -> str:
    """The id of a shortage's numbers."""
    return number_id("shortage", shortage.product, shortage.place, shortage.industry)


def _shortage(result: Result, s: Shortage) -> Document:
    judged, factor = judgement_share(s.lost_total, result.model.draws), past_factor(result.scenario.as_of)
    return {
        "id": shortage_id(s),
        "product": s.product,
        "place": s.place,
        "industry": s.industry,
        "label": f"{s.product} · {place_name(s.place)} · {s.industry}",
        "p_short": s.p_short,
        "starts": s.start_dates(result),
        "share_short": band(widened(s.share_short, factor, low=0, high=1)),
        "value_added_lost_per_week": band(widened(s.lost_per_week, factor, low=0)),
        "value_added_lost_total": band(widened(s.lost_total, factor, low=0)),
        "unit": USD_PER_WEEK,
        "evidence": evidence_grade(judged),
        "judgement_share": None if np.isnan(judged) else judged,
        "spark": [float(x) for x in s.usual_path[_from(result) :]],
    }


def evidence_grade(judged: float) -> str:
    """How much of a number's spread rests on inputs that are only our judgement."""
    if np.isnan(judged):
        return "not resolved"
    return "records" if judged < 1 / 3 else "mixed" if judged < 2 / 3 else "judgement"


def _from(result: Result) -> int:
    return max(min(result.model.compiled.timeline.first_change - 4, result.weeks - 8), 0)


def cover_document(result: Result, found: list[Shortage], on: date) -> list[Document]:
    """Days of cover of the short industries on a day of the run."""
    week = week_in(result.scenario, on)
    factor = past_factor(result.scenario.as_of)
    return [
        {
            "id": number_id("cover", s.product, s.place, s.industry),
            "product": s.product,
            "place": s.place,
            "industry": s.industry,
            "days": band(np.round(widened(result.cover_days_in(s.row, week), factor, low=0), 2)),
            "unit": "days of base use",
            "on": str(result.scenario.date_of(week)),
        }
        for s in found
    ]


def prices_document(ran: Answer, *, least: float = 0.05) -> list[Document]:
    """Change of each product's quote against the run without control, in the week its median is farthest off.

    Each has its `peaks`: the turning points of its median, with what stands behind them.
    """
    rows, result, free = [], ran.result, ran.free
    factor = past_factor(result.scenario.as_of)
    choke = AT_CHOKE * np.log(result.model.compiled.knobs.choke_price)
    for a, area in enumerate(("inside", "outside")):
        for p, product in enumerate(result.model.compiled.net.products):  # all at once is a large array
            change = np.exp(result.record.price[a, p] - free.record.price[a, p]) - 1
            middle = np.median(change, axis=1)
            week = int(np.abs(middle).argmax())
            if abs(middle[week]) >= least:
                rows.append({
                    "id": number_id("price", product, area),
                    "product": product,
                    "area": area,
                    "change": band(widened(change[week], factor, low=-1)),
                    "unit": "share of the base year's quote",
                    "at": str(result.scenario.date_of(week)),
                    "at_ceiling": float(np.mean(result.record.price[a, p, week] > choke)),
                    "peaks": [peak_document(ran.namer, x)
                              for x in ran.namer.price(product, a, middle, least=least)],
                })  # fmt: skip
    return sorted(rows, key=lambda r: -abs(r["change"]["q50"]))


def chart_document(ran: Answer, *, most: int = CHARTED) -> Document:
    """Paths for the charts: use of the worst shortages, and the share of each industry past its stock-out.

    Beside them what happens on which day, and what stands behind each peak of a shortage.
    """
    result, found, first = ran.result, ran.shortages, _from(ran.result)
    weeks = [str(result.scenario.date_of(w)) for w in range(first, result.weeks)]
    paths = []
    for s in found[:most]:
        quantiles = np.quantile(s.path[first:], (0.05, 0.25, 0.5, 0.75, 0.95), axis=1)
        series = dict(zip(("q05", "q25", "q50", "q75", "q95"), quantiles.tolist(), strict=True))
        paths.append({"id": shortage_id(s), "label": f"{s.product}, {place_name(s.place)}, {s.industry}",
                      "weeks": weeks, **series,
                      "peaks": peaks_document(ran.namer, s, 1 - s.usual_path)})  # fmt: skip
    pain = [
        {
            "label": f"{place_name(s.place)}, {s.industry}",
            "dates": weeks,
            "share_past": np.maximum.accumulate(s.path[first:] < 0.95, axis=0).mean(axis=1).tolist(),
        }
        for s in found[:most]
    ]
    return {"shortage_paths": paths, "pain": pain, "happenings": happenings_document(result, first)}
