"""The question `exposure COMPANY`: how long a company's lines run, why they stop, what to do by when.

Nothing of the company is kept: no run is stored, so its numbers explain themselves here and not by `why`.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from importlib.resources import files
from pathlib import Path

import numpy as np

from sluicegate.company import Exposure, expose, read_company, world_run
from sluicegate.company.action import Action, Chance, Turn, actions, chances, turn, turns
from sluicegate.company.exposure import SMALL, WEEKS
from sluicegate.company.reason import reasons
from sluicegate.company.unit import TONNES
from sluicegate.desk.answer import DRAWS, SEED
from sluicegate.desk.number import Document, band, number_id
from sluicegate.desk.opening import opened
from sluicegate.desk.version import provenance
from sluicegate.sim import focused, variance_shares
from sluicegate.sim.budget import require_whole
from sluicegate.sim.network import Floats
from sluicegate.sim.run import Progress
from sluicegate.terms import InputError, place_name

LEAST_WEEKS = 4
ASSUMED = (
    "The company is small: it takes prices, delays and the share that passes from the world's run and changes nothing "
    "in it.",
    "It uses what its bill of materials says; thrift and substitution are not reckoned.",
    "What arrives in a week is there on its first day; what is open at the office is approved or never decided.",
)


def template() -> str:
    """A company's file to start from."""
    return (files("sluicegate.company") / "data" / "template.yaml").read_text("utf-8")


def exposure(path: Path | str, *, scenario: str = "status-quo", weeks: int = WEEKS, draws: int = DRAWS,
             seed: int = SEED, as_of: date | None = None, settings: Mapping[str, str] | None = None,
             progress: Progress | None = None) -> Document:  # fmt: skip
    """The `exposure` document of a company's file under a scenario.

    Parameters
    ----------
    weeks : looked ahead from the day of the file, fewer where the scenario ends

    Raises
    ------
    InputError : the file, the scenario or a number is wrong; names and units that do not fit the world.
    """
    found = exposed(path, scenario=scenario, weeks=weeks, draws=draws, seed=seed, as_of=as_of, settings=settings,
                    progress=progress)  # fmt: skip
    command = f"exposure {Path(path).name} --scenario {scenario}"
    return exposure_document(found) | {
        "provenance": provenance(found.result.scenario.as_of, draws=draws, seed=seed, command=command)
    }


def exposed(path: Path | str, *, scenario: str, weeks: int, draws: int, seed: int, as_of: date | None,
            settings: Mapping[str, str] | None, progress: Progress | None = None) -> Exposure:  # fmt: skip
    """A company's file put into a scenario's run; parameters and errors as `exposure`."""
    company = read_company(path)
    weeks = require_whole(weeks, "weeks", least=LEAST_WEEKS, most=1043)
    chosen, known = opened(scenario, as_of=as_of, settings=settings)
    on = company.counted_on or chosen.as_of
    if on > chosen.as_of:
        raise InputError(f"{on}", where="counted_on", expected=f"a day up to the scenario's as-of date, {chosen.as_of}",
                         do=f"Add --as-of {on}.")  # fmt: skip
    part = focused(known, chosen)
    names = {i.product for i in company.inputs}
    whole = part if names <= {*part.products.index, None} and all(i.hs is None for i in company.inputs) else known
    result = world_run(chosen, whole, on, weeks=weeks, draws=draws, seed=seed, progress=progress,
                       company=company)  # fmt: skip
    return expose(company, result, on)


def exposure_document(found: Exposure) -> Document:
    """The answers, largest loss and first stop first."""
    company = found.company
    lines = [_line(found, y) for y in range(len(company.lines))]
    lines.sort(key=lambda x: (-x["p_stop"], str((x["stops"] or {}).get("q50"))))
    return {
        "title": f"{company.name}: how long its lines run",
        "company": {"name": company.name, "place": company.place, "on": str(found.on), "currency": company.currency,
                    "note": company.note},
        "scenario": found.result.scenario.name,
        "horizon_weeks": found.weeks,
        "lines": lines,
        "inputs": [_input(found, i) for i in range(len(found.inputs))],
        "applications": [_application(found, c) for c in chances(found)] + _free(found),
        "actions": [_action(found, a) for a in actions(found)],
        "value_at_risk": _value(found),
        "would_change": _turns(found),
        "decided_by": _decided_by(found),
        "assumed": [*ASSUMED, *_file_assumptions(found)],
    }  # fmt: skip


def _dates(found: Exposure, weeks: Floats) -> Document | None:
    """Quantiles of days, of the weeks (N,) that are finite; None where there are none."""
    finite = weeks[np.isfinite(weeks)]
    return {q: str(found.day(w)) for q, w in band(finite).items()} if finite.size else None


def _line(found: Exposure, y: int) -> Document:
    line, index = found.company.lines[y], found.index
    stops, running = found.operation.stops[y][index], found.operation.running[y][:, index]
    quantiles = np.quantile(running, (0.05, 0.25, 0.5, 0.75, 0.95), axis=1)
    return {
        "id": number_id("exposure", "line", line.name),
        "line": line.name,
        "p_stop": float(np.isfinite(stops).mean()),
        "stops": _dates(found, stops),
        "weeks_until_stop": band(stops[np.isfinite(stops)]) if np.isfinite(stops).any() else None,
        "survival": [{"date": str(found.day(t)), "p_running": float((stops > t).mean()),
                      "share_running": dict(zip(("q05", "q25", "q50", "q75", "q95"), q.tolist(), strict=True))}
                     for t, q in zip(range(found.weeks), quantiles.T, strict=True)],
        "because": [{"input": r.input, "origin": r.origin, "measure": r.measure, "share": r.share}
                    for r in reasons(found, y)],
        "unit": "share of full production",
    }  # fmt: skip


def _input(found: Exposure, i: int) -> Document:
    name, plant, index = found.inputs[i], found.plant, found.index
    use = plant.use[:, i].sum()
    out = found.operation.runs_out[i][index]
    coming = (plant.stock[i] + sum(d for d in plant.due[i]))[index]
    return {
        "id": number_id("exposure", "cover", name),
        "input": name,
        "product": found.products[name],
        "days_of_cover": band(plant.stock[i][index] / use * 7),
        "days_with_what_is_due": band(coming / use * 7),
        "unit": "days of full use",
        "p_runs_out": float(np.isfinite(out).mean()),
        "runs_out": _dates(found, out),
        "share_of_country_use": found.share_of_country(i),
        "stock_from": found.stock_from[name],
        "deliveries": "as an average buyer of the country gets them, from the first day" if name in found.ordinary
                      else "as stated; new orders take their lead time and the office's",
        "suppliers": [{"origin": s.origin, "share": s.share, "qualified": s.qualification_weeks is None}
                      for s in found.sources if s.input == name],
    }  # fmt: skip


def _application(found: Exposure, c: Chance) -> Document:
    return {
        "id": number_id("exposure", "application", c.name),
        "application": c.name,
        "licence_needed": True,
        "p_decided_before_stop": c.decided,
        "p_goods_before_stop": c.arrived,
        "p_decided_within_horizon": c.ever,
        "decided_on": _dates(found, c.within),
        "unit": "probability, given that it is still open",
    }


def _free(found: Exposure) -> list[Document]:
    """Applications for goods that nothing holds on that day: the goods come without a decision."""
    return [{"id": number_id("exposure", "application", name), "application": name, "licence_needed": False,
             "p_decided_before_stop": None, "p_goods_before_stop": None, "p_decided_within_horizon": None,
             "decided_on": None, "unit": "probability, given that it is still open"}
            for name, file in found.files.items() if file is None]  # fmt: skip


def _action(found: Exposure, a: Action) -> Document:
    goods = found.company.input(a.input)
    unit = goods.unit or "t"
    size = (goods.piece_kg or 1.0) * TONNES["kg"] if unit == "pieces" else TONNES[unit]
    return {
        "id": number_id("exposure", a.kind, a.input, a.source),
        "do": a.kind,
        "input": a.input,
        "origin": a.origin,
        "licence_of": list(a.measures),
        "by": _dates(found, a.last),
        "safe_by": None if (safe := float(np.quantile(a.last, 0.05))) < 0 else str(found.day(safe)),
        "p_too_late_today": a.p_too_late,
        "lead_weeks": band(a.lead_weeks),
        "passes": a.passes,
        "held_back_by": a.held_back_by,
        "amount": band(a.missing_t / size),
        "unit": unit,
    }


def _value(found: Exposure) -> Document | None:
    lost = found.lost(found.operation)
    if lost is None:
        return None
    mine = lost.sum(axis=0)[:, found.index]
    total = mine.sum(axis=0)
    worst = total[total >= np.quantile(total, 0.95)]
    return {
        "id": number_id("exposure", "value-at-risk"),
        "total": band(total),
        "mean": float(total.mean()),
        "mean_of_worst_twentieth": float(worst.mean()),
        "per_week": [{"date": str(found.day(t)), **band(row)} for t, row in enumerate(mine)],
        "unit": found.company.currency,
        "of_full_production": sum(x.value_per_week or 0.0 for x in found.company.lines) * found.weeks,
    }


def _turns(found: Exposure) -> list[Document]:
    """The company as it stands and as it would be, the value saved draw by draw."""
    now = turn(found, "as things stand")
    return [_turn(found, t, now) for t in (now, *turns(found))]


def _turn(found: Exposure, t: Turn, now: Turn) -> Document:
    saved = None if t is now or t.lost is None or now.lost is None else np.round(now.lost - t.lost, 2) + 0.0
    return {
        "what": t.what,
        "p_stop": float(np.isfinite(t.first_stop).mean()),
        "first_stop": _dates(found, t.first_stop),
        "value_lost": None if t.lost is None else band(t.lost),
        "value_saved": None if saved is None else band(saved),
        "unit": found.company.currency,
    }


def _decided_by(found: Exposure, *, most: int = 5) -> list[Document]:
    """Uncertain inputs of the world that go with the company's missing output, by rank; all draws, files aside."""
    missing = (1 - found.operation.running).sum(axis=(0, 1))
    drawn = found.result.model.draws
    return [{"parameter": n, "share": s, "label": drawn.parameters[n].label}
            for n, s in list(variance_shares(missing, drawn).items())[:most]]  # fmt: skip


def _file_assumptions(found: Exposure) -> list[str]:
    said = [f"Stock of {name}: {where}." for name, where in found.stock_from.items() if where != "stated"]
    said += [f"Suppliers of {i.name}: as {place_name(found.place)} bought it in the base year."
             for i in found.company.inputs if i.suppliers is None]  # fmt: skip
    for i, name in enumerate(found.inputs):
        share = found.share_of_country(i)
        if share is not None and share > SMALL:
            said.append(
                f"Not small: {name} takes {share:.0%} of what {found.place} uses in the base year; what it "
                "orders or spares would move the market, which is not reckoned."
            )
    if found.place != found.company.place:
        said.append(
            f"{place_name(found.company.place)} is no place of the model: {place_name(found.place)} stands for it."
        )
    return said + ([f"The file says of itself: {found.company.note}"] if found.company.note else [])
