"""The questions `register list`, `register show` and `register licences`: what the register holds."""

from __future__ import annotations

from datetime import date
from typing import Any

from sluicegate.desk.number import Document
from sluicegate.regime import LicenceRecord, Measure, Register, load_licences, load_register
from sluicegate.terms import NotFoundError, parse_place


def register_list(
    *, jurisdiction: str | None = None, material: str | None = None, on: date | None = None, as_of: date | None = None
) -> Document:
    """The measures of the register, oldest first, each with its state on a day where one is named.

    Parameters
    ----------
    jurisdiction : only those of this place
    material : only those with an item of this material or product
    on : only those in force, suspended or doubtful on this day
    as_of : only what was known by then; default `on`, else the day the register was last checked

    Raises
    ------
    NotFoundError : no such place, or a material that no entry names.
    """
    register = load_register()
    known_on = as_of or on or register.last_verified
    place = parse_place(jurisdiction, where="--jurisdiction") if jurisdiction else None
    names = _of_material(register, material)
    rows = [
        _row(register, measure, on or known_on, known_on)
        for measure in register.known(known_on)
        if (place is None or measure.jurisdiction == place) and (names is None or measure.id in names)
    ]
    running = ("in force", "suspended", "doubtful")
    return {
        "on": str(on or known_on),
        "as_of": str(known_on),
        "measures": [row for row in rows if on is None or row["state"] in running],
    }


def register_show(measure_id: str, *, on: date | None = None, as_of: date | None = None) -> Document:
    """One measure in full: all its dates, items with limits and codes, clauses, parties, papers, source.

    Raises
    ------
    NotFoundError : no such measure; names the nearest.
    """
    register = load_register()
    measure = register.measure(measure_id)
    known_on = as_of or on or register.last_verified
    document = _row(register, measure, on or known_on, known_on)
    document |= measure.model_dump(mode="json", exclude={"items", "id", "title", "kind", "jurisdiction", "suspended"})
    document["on"], document["as_of"] = str(on or known_on), str(known_on)
    states = [register.state(measure, on or known_on, known_on, item) for item in measure.items]
    dumped = [item.model_dump(mode="json", exclude_defaults=True) for item in measure.items]
    document["items"] = [{"state": state} | item for state, item in zip(states, dumped, strict=True)]
    document["suspends"] = [m.id for m in register.measures.values() if measure.id in {s.by for s in m.suspended}]
    document["licences"] = [r.id for r in load_licences(as_of=known_on) if measure.id in r.measures]
    document["licence_kinds"] = list(measure.licences)
    return document


def register_licences(
    *, material: str | None = None, destination: str | None = None, as_of: date | None = None
) -> Document:
    """The licence tracker: who was granted or refused what, and who counted.

    Raises
    ------
    NotFoundError : no such place.
    """
    records = load_licences(material=material, destination=destination, as_of=as_of)
    return {"as_of": str(as_of) if as_of else None, "licences": [_licence(record) for record in records]}


def licence_document(record_id: str) -> Document | None:
    """What is behind a record of the tracker; None where there is no such record."""
    found = next((record for record in load_licences() if record.id == record_id), None)
    if found is None:
        return None
    row = _licence(found)
    return {"what": f"licences: {found.what}, {found.who}", "value": row,
            "source": f"{found.publisher}, {found.url}", "known_on": str(found.known_on),
            "confidence": found.confidence, "inputs": list(found.measures)}  # fmt: skip


def _row(register: Register, measure: Measure, on: date, known_on: date) -> Document:
    """A measure in one line."""
    spells = [s for s in measure.suspended if register.measures[s.by].announced_on <= known_on]
    return {
        "id": measure.id,
        "title": measure.title,
        "jurisdiction": measure.jurisdiction,
        "kind": measure.kind,
        "announced_on": str(measure.announced_on),
        "effective_from": str(measure.effective_from) if measure.effective_from else None,
        "suspended": [s.model_dump(mode="json", exclude={"confidence"}) for s in spells],
        "ends_on": str(measure.ends_on) if measure.ends_on else None,
        "state": register.state(measure, on, known_on),
        "confidence": measure.confidence,
    }  # fmt: skip


def _of_material(register: Register, material: str | None) -> set[str] | None:
    """The measures with an item of a material or product; None where none is asked for."""
    if material is None:
        return None
    wanted = material.strip().casefold()
    named = [
        (m.id, name)
        for m in register.measures.values()
        for item in m.items
        for name in (*item.materials, *item.names, *(c.name for c in item.products))
    ]
    found = {measure for measure, name in named if wanted in name.casefold()}
    if not found:
        known = {name.casefold(): name for _, name in named}.values()
        raise NotFoundError(material, kind="material", known=known, where="--material")
    return found


def _licence(record: LicenceRecord) -> dict[str, Any]:
    """A record of the tracker with its share."""
    return record.model_dump(mode="json") | {"share_approved": record.share}
