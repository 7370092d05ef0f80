"""The questions about plants: one plant with its numbers, or all of a material or place."""

from __future__ import annotations

from sluicegate.desk.number import Document
from sluicegate.terms import parse_place, place_name
from sluicegate.world import load_world
from sluicegate.world.facility import Facility, Milestone, find_facilities, load_facility
from sluicegate.world.figure_group import figure_row
from sluicegate.world.figures import Figures, load_figures
from sluicegate.world.show import rows


def facility(name: str) -> Document:
    """One plant: what it is, its dated events, its numbers each with source and id, the model's project it is.

    Raises
    ------
    NotFoundError : no such plant; the message names the nearest.
    """
    one = load_facility(name)
    projects = load_world().projects
    return {
        **_card(one),
        "status": one.status or None,
        "milestones": [_milestone(m) for m in one.milestones],
        "numbers": [figure_row(f) for f in one.figures(load_figures())],
        "projects": rows(projects.loc[one.projects(projects)]),
    }


def facilities(material: str | None = None, place: str | None = None) -> Document:
    """The plants of a material, at a place, or all of them, each with its newest capacity.

    Raises
    ------
    NotFoundError : no plant of that material or at that place.
    """
    code = parse_place(place) if place else None
    known = load_figures()
    return {"facilities": [_line(one, known) for one in find_facilities(material, code)]}


def _card(one: Facility) -> Document:
    return {
        "id": f"facility:{one.facility_id}",
        "facility": one.facility_id,
        "name": one.name,
        "owner": one.owner,
        "place": one.place,
        "english": place_name(one.place) if one.place else "",
        "materials": list(one.materials),
        "stages": list(one.stages),
        "products": one.products,
    }


def _line(one: Facility, known: Figures) -> Document:
    capacity = next((f for f in one.figures(known) if f.metric == "capacity"), None)
    last = one.milestones[-1] if one.milestones else None
    return {
        **_card(one),
        "status": one.status or (f"{last.event} {last.when}" if last else None),
        "capacity": figure_row(capacity) if capacity else None,
        "number_count": len(one.figure_ids),
    }


def _milestone(one: Milestone) -> Document:
    return {
        "event": one.event,
        "date": one.when,
        "text": one.text,
        "source": one.source.citation(),
        "source_id": one.source_id,
        "known_on": one.known_on.isoformat(),
        "grade": one.grade,
    }
