"""The question `why ID`: where a number comes from, walked back to a source or a named assumption."""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache
from typing import Any

import pandas as pd

from sluicegate.desk.check import filing_document
from sluicegate.desk.company_formula import explain_exposure
from sluicegate.desk.comparison import explain_index, explain_published
from sluicegate.desk.explanation import parameter_document
from sluicegate.desk.number import Document, present
from sluicegate.desk.register import licence_document
from sluicegate.desk.store import explanation_of, explanations_of
from sluicegate.desk.world import why_pinch
from sluicegate.regime import MATERIAL_GROUPS, load_practice, load_register
from sluicegate.response import load_costs
from sluicegate.sim.behaviour import load_behaviour
from sluicegate.sim.practice import GROUP, LONG, OFFICE, PENDING
from sluicegate.terms import NotFoundError
from sluicegate.terms.parameter import Parameter
from sluicegate.world import World, load_world
from sluicegate.world.correction import load_corrections
from sluicegate.world.facility import load_facilities
from sluicegate.world.figures import Figure, load_figures
from sluicegate.world.overlay import Stamp, stamp
from sluicegate.world.source import load_sources


def why(number_id: str, *, run: str | None = None) -> Document:
    """What is behind an id: a result of a run, a figure, a source, a measure, a parameter or a row of the world.

    With `run` an input is shown as that run used it, on its as-of date; without, as it is known today.

    Raises
    ------
    NotFoundError : no such id; names the nearest.
    InputError : `run` is given and there is no such run.
    """
    kept = explanation_of(number_id, run)
    if kept is not None and (run or not number_id.startswith("parameter:")):
        return {"id": number_id, **kept}
    for look in (_figure, _source, _facility, _measure, filing_document, licence_document, _parameter, _row, _index,
                 explain_published, explain_exposure, why_pinch):  # fmt: skip
        found = look(number_id)
        if found is not None:
            return {"id": number_id, **found}
    if kept is not None:
        return {"id": number_id, **kept}
    known = [*explanations_of(run), *load_figures().table.index, *load_register().measures, *_all_parameters()]
    raise NotFoundError(number_id, kind="id", known=known, where="why")


def _figure(number_id: str) -> Document | None:
    figures = load_figures()
    if number_id not in figures.table.index:
        return None
    figure = figures.get(number_id)
    return {
        "what": f"{figure.metric}: {figure.item}" if figure.item else figure.metric,
        "value": figure.value,
        "low": figure.low,
        "high": figure.high,
        "unit": figure.unit,
        "period": figure.period,
        "status": figure.status,
        "grade": figure.grade,
        "known_on": str(figure.known_on),
        "source": figure.source.citation(),
        "source_id": figure.source_id,
        "url": figure.source.url or None,
        "text": figure.text(),
        "note": figure.note or None,
        "corrected": [c.reason for c in load_corrections() if c.figure_id == number_id],
        "preferred": figure.preferred,
        "others_say": _others(figure),
    }


def _others(figure: Figure) -> list[str]:
    """What else is stated of the same quantity, a line each."""
    if not figure.contradicts:
        return []
    stated = load_figures().find(contradicts=figure.contradicts)
    return [f"{f.amount()} ({f.figure_id})" for f in stated if f.figure_id != figure.figure_id]


def _source(number_id: str) -> Document | None:
    source = load_sources().get(number_id)
    return None if source is None else {"what": "a source", "source": source.citation(), "url": source.url}


def _facility(number_id: str) -> Document | None:
    """A plant, `facility:` and its slug: what it is, with its numbers as inputs."""
    kind, _, name = number_id.partition(":")
    plant = load_facilities().get(name) if kind == "facility" else None
    if plant is None:
        return None
    events = [f"{m.event} {m.when}: {m.source.citation()}" for m in plant.milestones]
    return {"what": f"{plant.name}, {plant.owner}, {plant.place}", "value": plant.status or None, "milestones": events,
            "inputs": list(plant.figure_ids)}  # fmt: skip


def _measure(number_id: str) -> Document | None:
    measure = load_register().measures.get(number_id)
    if measure is None:
        return None
    return {
        "what": measure.title,
        "announced_on": str(measure.announced_on),
        "effective_from": str(measure.effective_from),
        "status": measure.status,
        "source": f"{measure.source.publisher}, {measure.source.title}, {measure.source.url}",
        "confidence": measure.confidence,
        "last_verified": str(measure.last_verified),
    }


def _parameter(number_id: str) -> Document | None:
    found = _all_parameters().get(number_id.removeprefix("parameter:"))
    return None if found is None else parameter_document(found)


def _today() -> World:
    """The world as it is known today."""
    return _world_with(stamp())


@lru_cache(maxsize=2)
def _world_with(_own: Stamp) -> World:
    return load_world()


def _all_parameters() -> dict[str, Parameter]:
    return _parameters_with(stamp())


@lru_cache(maxsize=2)
def _parameters_with(_own: Stamp) -> dict[str, Parameter]:
    found = {p.name: p for p in _today().parameters} | load_behaviour() | load_costs() | {PENDING.name: PENDING}
    today = load_register().last_verified
    for group in MATERIAL_GROUPS:
        practice = load_practice(today, group)
        found |= {f"{group}: {n}": practice[n] for n in (*GROUP, *LONG)}
    office = load_practice(today, "other minerals")
    return found | {f"CHN office: {n}": office[n] for n in OFFICE}


def _row(number_id: str) -> Document | None:
    """A row of the world: `line:`, `use:`, `flow:`, `producer:`, `product:` or `place:` and its name."""
    kind, _, name = number_id.partition(":")
    reader = _ROWS.get(kind)
    row = reader(_today(), name) if reader else None
    if row is None:
        return None
    shown = {k: v for k, v in row.items() if present(v) and k != "refs"}
    refs = [r.strip() for r in str(row.get("refs") or "").split(";") if r.strip() and r.strip() != "nan"]
    return {"what": f"base year: {kind} {name}", "value": shown, "inputs": refs,
            "label": shown.get("label"), "reason": shown.get("reason") or shown.get("derivation")}  # fmt: skip


def _index(number_id: str) -> Document | None:
    return explain_index(_today(), number_id)


def _indexed(table: pd.DataFrame, name: str) -> dict[str, Any] | None:
    return {str(k): v for k, v in table.loc[name].to_dict().items()} if name in table.index else None


def _matching(table: pd.DataFrame, **wanted: str) -> dict[str, Any] | None:
    rows = table
    for column, value in wanted.items():
        rows = rows[rows[column] == value]
    return {str(k): v for k, v in rows.iloc[0].to_dict().items()} if len(rows) else None


def _use(world: World, name: str) -> dict[str, Any] | None:
    product, _, line = name.partition("|")
    return _matching(world.uses, product=product, line=line)


def _flow(world: World, name: str) -> dict[str, Any] | None:
    parts = name.split("|")
    return _matching(world.flows, product=parts[0], origin=parts[1], destination=parts[2]) if len(parts) == 3 else None


_ROWS: dict[str, Callable[[World, str], dict[str, Any] | None]] = {
    "line": lambda world, name: _indexed(world.lines, name),
    "producer": lambda world, name: _indexed(world.producers, name),
    "product": lambda world, name: _indexed(world.products, name),
    "place": lambda world, name: _indexed(world.places, name),
    "use": _use,
    "flow": _flow,
}
