"""The question `years SCENARIO`: from the end of stocks to capacity elsewhere, month by month, ten to twenty years."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

import numpy as np

from sluicegate.desk.answer import SEED
from sluicegate.desk.bridge import bridge_document, gap_of, pipeline
from sluicegate.desk.chance import chance_document, stockpile_document
from sluicegate.desk.edge import edge_document
from sluicegate.desk.long_run import LongRun, long_run
from sluicegate.desk.number import Document, band, number_id
from sluicegate.desk.store import keep, run_key
from sluicegate.desk.version import provenance
from sluicegate.leverage.bridge import OPEN, Bridge
from sluicegate.regime import load_register
from sluicegate.sim import variance_shares
from sluicegate.sim.compile import WEEKS_PER_YEAR
from sluicegate.sim.run import Progress
from sluicegate.terms import InputError

DRAWS = 64
YEARS = 15
LEAST_YEARS, MOST_YEARS = 2, 20
DEFENCE = "aerospace and defence"
MUSD = 1e6
LIMITS = [
    f"Defence is the industry “{DEFENCE}”: civil aircraft are in it, ammunition is not.",
    "Past five years only goods of the controller are followed over borders, so that price losses on goods of others "
    "are not counted.",
    "Plants on their way are those on record at the as-of date; nobody's later decision is in it, but idle capacity, "
    "thrift and recycling answer to price.",
]  # fmt: skip


def years(name: str, *, horizon: int = YEARS, chance: float | None = None, draws: int = DRAWS, seed: int = SEED,
          as_of: date | None = None, settings: Mapping[str, str] | None = None,
          progress: Progress | None = None) -> Document:  # fmt: skip
    """When gaps open and close, how much stock would carry users across, and what if the control does not come.

    Parameters
    ----------
    horizon : years simulated from the scenario's start
    chance : that such a control holds at all, 0-1; by default from how often they were announced

    Raises
    ------
    InputError : a scenario without controls, controller or anybody who loses; years or a chance out of range.
    """
    if not LEAST_YEARS <= horizon <= MOST_YEARS:
        raise InputError(f"{horizon} years", where="--years", expected=f"{LEAST_YEARS} to {MOST_YEARS}", do="Mend it.")
    if chance is not None and not 0 <= chance <= 1:
        raise InputError(f"a chance of {chance:g}", where="--chance", expected="a share from 0 to 1", do="Mend it.")
    run = long_run(name, horizon, draws=draws, seed=seed, as_of=as_of, settings=settings, progress=progress)
    gaps = {p: gap_of(run, p) for p in run.products}
    document = _document(run, horizon, gaps, chance)
    command = f"years {name} --years {horizon}" + ("" if chance is None else f" --chance {chance:g}")
    document["provenance"] = provenance(run.scenario.as_of, draws=draws, seed=seed, command=command)
    key = run_key(years=run.scenario.model_dump(mode="json"), chance=chance, draws=draws, seed=seed)
    document["provenance"]["run"] = key
    keep(key, document, _explained(document))
    return document


def _document(run: LongRun, horizon: int, gaps: dict[str, Bridge], chance: float | None) -> Document:
    edge = run.answer.edge
    assert edge is not None
    told = edge_document(run.result, edge)
    lost = edge.loss_target.total.sum(axis=0)
    kept = ("id", "controller", "target", "expires", "p_not_within_horizon", "p_no_edge", "expiry_curve",
            "levers_included", "levers_absent")  # fmt: skip
    return {
        "title": f"The years between: “{run.scenario.title}”",
        "controller": edge.controller, "target": edge.target, "years": horizon,
        "from": str(run.scenario.start), "to": str(run.scenario.end),
        "bridges": [bridge_document(run, p, gaps[p]) for p in run.products if (gaps[p].opens >= 0).mean() >= OPEN],
        "no_gap": [p for p in run.products if (gaps[p].opens >= 0).mean() < OPEN],
        "edge": {k: told[k] for k in kept} | {"said": _said(told)},
        "by_year": _by_year(run),
        "defence": _defence(run), "chance": chance_document(run, chance), "stockpile": stockpile_document(run),
        "would_change": [{"id": f"parameter:{n}", "parameter": n, "share": s,
                          "label": run.result.model.draws.parameters[n].label}
                         for n, s in list(variance_shares(lost, run.result.model.draws).items())[:5]],
        "look_again": _look_again(run, gaps),
        "limits": LIMITS,
    }  # fmt: skip


def _said(edge: Document) -> str:
    """When the edge ends, in words; that it outlasts the horizon is said as such."""
    beyond = edge["p_not_within_horizon"]
    if edge["expires"] is None:
        return "beyond the horizon in every draw that has an edge" if beyond else "no draw has a material edge"
    ends = edge["expires"]["q50"][:7]
    return f"gone by {ends} at the median of the draws in which it ends; {beyond:.0%} outlast the horizon"


def _by_year(run: LongRun) -> list[Document]:
    edge = run.answer.edge
    assert edge is not None
    rows = []
    for first in range(0, run.result.weeks - 26, round(WEEKS_PER_YEAR)):
        span = slice(first, first + round(WEEKS_PER_YEAR))
        rows.append({"from": str(run.scenario.date_of(first)),
                     **{f"loss_{side}": band(loss.total[span].sum(axis=0) / MUSD)
                        for side, loss in (("target", edge.loss_target), ("controller", edge.loss_controller))},
                     "p_target_bears_more": float((edge.burden_target[first] > edge.burden_controller[first]).mean()),
                     "unit": "million 2024 USD"})  # fmt: skip
    return rows


def _defence(run: LongRun) -> Document:
    """What is missing and lost in defence and in all else of the target, apart."""
    uses, lines = run.result.uses, run.result.lines
    held = uses["product"].isin(run.products) & (uses["place"] == run.target)
    found: Document = {
        "id": number_id("defence", run.scenario.name, run.target),
        "unit": "share; million 2024 USD a year",
    }
    span = run.result.weeks / WEEKS_PER_YEAR
    for side, is_defence in (("defence", True), ("civil", False)):
        rows = np.flatnonzero(held & ((uses["industry"] == DEFENCE) == is_defence))
        own = np.flatnonzero((lines["place"] == run.target) & ((lines["industry"] == DEFENCE) == is_defence))
        lost = (run.result.lost_value_added(own) - run.answer.free.lost_value_added(own)).sum(axis=(0, 1))
        worst = run.missing(rows).max(axis=0) if rows.size else None
        found[side] = {"industries": sorted({*lines.loc[own, "industry"]}),
                       "worst_month_missing": None if worst is None else band(worst),
                       "lost_per_year": band(lost / span / MUSD)}  # fmt: skip
    return found


def _look_again(run: LongRun, gaps: dict[str, Bridge]) -> list[Document]:
    """Dated things to come that would settle or change an answer, in order."""
    day, end = run.scenario.as_of, run.scenario.end
    register = load_register()
    own = {m.id for m in register.measures.values() if m.jurisdiction == run.scenario.controller}
    found = [{"date": str(x.on), "what": f"{x.title}: {x.what}", "why": "the measure changes"}
             for x in register.ahead(day, end) if x.measure in own]  # fmt: skip
    seen = set()
    for product in run.products:
        for plant in pipeline(run, product):
            start = plant["starts"]["p50"]
            if str(day) < start < str(end) and plant["project"] not in seen:
                seen.add(plant["project"])
                made = f"{plant['t_per_yr']:,.0f} t a year of {product}"
                found.append({"date": start, "what": f"{plant['project']} is to start ({plant['place']}, {made})",
                              "why": "supply from elsewhere"})  # fmt: skip
        opens = gaps[product].opens
        if (opens >= 0).mean() > 0.5:
            first = run.months[int(np.median(opens[opens >= 0]))]
            if first > day:
                found.append({"date": str(first), "what": f"{product}: stocks should end", "why": "if they do not, "
                              "they were larger, or less is held back, than taken here"})  # fmt: skip
    return sorted(found, key=lambda f: f["date"])


def _explained(document: Document) -> dict[str, Document]:
    rows = {b["id"]: {
        "what": f"the gap in {b['product']} of {document['target']}", "value": b["missing_t"], "unit": "t",
        "formula": f"opens with two months in which more than {OPEN:.0%} of use is missing against no control, closes "
                   "after the last such month; what is missing between the two is the stock that would carry across",
        "inputs": [f"product:{b['product']}", f"place:{document['target']}"],
    } for b in document["bridges"]}  # fmt: skip
    return rows | {
        document["chance"]["id"]: {"what": "how likely such a control is", "value": document["chance"]["used"],
                                   "formula": "1 - (T / (T + t))^(n + 1/2), n announcements in T years",
                                   "reason": document["chance"]["why"]},
        document["stockpile"]["id"]: {"what": f"what others lose by it: {document['stockpile']['what']}",
                                      "value": document["stockpile"]["others"], "unit": document["stockpile"]["unit"],
                                      "formula": "losses with the stockpile less losses without, same draws"},
        document["defence"]["id"]: {"what": "defence apart from civil", "value": document["defence"],
                                    "unit": document["defence"]["unit"],
                                    "formula": "losses by industry against the run without control"},
    }  # fmt: skip
