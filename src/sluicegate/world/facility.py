"""Facilities: plants and projects, what they are, when they started or should, and the figures told of them."""

from __future__ import annotations

import datetime
from dataclasses import dataclass, replace
from functools import cache, lru_cache
from pathlib import Path

import pandas as pd

from sluicegate.terms import NotFoundError
from sluicegate.world.figures import Figure, Figures
from sluicegate.world.file import read_words
from sluicegate.world.overlay import OWN, Stamp, stamp
from sluicegate.world.reference import figure_ids
from sluicegate.world.source import Source, load_source


@dataclass(frozen=True)
class Milestone:
    """Something told of a plant that is no amount.

    Parameters
    ----------
    facility : slug of the plant
    event : `start`, `commissioning`, `first output`, `FID` (the decision to invest), `status` and the like
    when : as printed: `2025-Q4`, `late 2026`
    text : what the source says, empty where it gives the date alone
    source_id : where it is printed
    known_on : the day it became public
    grade : one of `metric.GRADES`
    """

    facility: str
    event: str
    when: str
    text: str
    source_id: str
    known_on: datetime.date
    grade: str

    @property
    def source(self) -> Source:
        """The publication it stands in."""
        return load_source(self.source_id)


@dataclass(frozen=True)
class Facility:
    """One plant or project.

    Parameters
    ----------
    facility_id : slug, such as `mountain-pass`
    name, owner : as the sources have them
    place : code
    materials, stages : of what, where along the chain
    products : what it makes, in the sources' words
    status : as last told, each with its date; empty where only dated events or numbers are known
    figure_ids : its numbers
    project : the model's project that is the same plant, where that cites none of its figures; else empty
    milestones : dated events, oldest word first
    """

    facility_id: str
    name: str
    owner: str
    place: str
    materials: tuple[str, ...]
    stages: tuple[str, ...]
    products: str
    status: str
    figure_ids: tuple[str, ...]
    project: str
    milestones: tuple[Milestone, ...]

    def figures(self, known: Figures) -> list[Figure]:
        """Its numbers among those known, capacity first, the newest word first within a metric."""
        found = [known.get(i) for i in self.figure_ids if i in known.table.index]
        order = {metric: k for k, metric in enumerate(METRIC_ORDER)}
        return sorted(found, key=lambda f: (order.get(f.metric, len(order)), f.metric, -f.known_on.toordinal()))

    def projects(self, table: pd.DataFrame) -> list[str]:
        """Names of the model's projects that are this plant: they cite one of its figures, or are named in `project`.

        Parameters
        ----------
        table : `World.projects`, index project, with `refs`
        """
        mine = set(self.figure_ids)
        cited = [str(name) for name, refs in table["refs"].items() if mine & set(figure_ids(str(refs)))]
        return list(dict.fromkeys([*cited, *([self.project] if self.project in table.index else [])]))


METRIC_ORDER = (
    "capacity", "production", "run rate", "ore throughput", "reserves", "lead time", "project cost", "financing",
    "project value", "project sale", "unit cost", "price floor",
)  # fmt: skip
"""Metrics of a plant in the order they are shown; others follow by name."""


def load_facilities() -> dict[str, Facility]:
    """Every plant by its slug, in alphabetical order; the user's own after ours, adding to one of the same slug."""
    return _facilities(stamp())


@lru_cache(maxsize=2)
def _facilities(own: Stamp) -> dict[str, Facility]:
    found = dict(_of_package())
    for folder in (Path(at) for at, _ in own):
        events = _milestones(_read_own(folder, "milestones"), f"{OWN}{folder.name}")
        for row in _read_own(folder, "facilities"):
            plant = found.get(row["facility"])
            more = tuple(events.get(row["facility"], ()))
            found[row["facility"]] = (
                replace(plant, status="; ".join(s for s in (plant.status, row["status"]) if s),
                        milestones=(*plant.milestones, *more)) if plant else _facility(row, more)
            )  # fmt: skip
    return found


def _milestones(rows: list[dict[str, str]], source_id: str = "") -> dict[str, list[Milestone]]:
    events: dict[str, list[Milestone]] = {}
    for row in rows:
        events.setdefault(row["facility"], []).append(_milestone(row | ({"source_id": source_id} if source_id else {})))
    return {name: sorted(found, key=lambda m: m.known_on) for name, found in events.items()}


def _read_own(folder: Path, name: str) -> list[dict[str, str]]:
    """Rows of a file of an import; none where it has no such file."""
    path = folder / f"{name}.csv"
    if not path.is_file():
        return []
    rows = pd.read_csv(path, dtype=str, keep_default_na=False).to_dict("records")
    return [{str(k): str(v) for k, v in row.items()} for row in rows]


@cache
def _of_package() -> dict[str, Facility]:
    """The plants that ship with the package."""
    events = _milestones(_read("milestones"))
    return {row["facility"]: _facility(row, tuple(events.get(row["facility"], ()))) for row in _read("facilities")}


def _facility(row: dict[str, str], milestones: tuple[Milestone, ...]) -> Facility:
    return Facility(
        facility_id=row["facility"],
        name=row["name"],
        owner=row["owner"],
        place=row["place"],
        materials=_several(row["materials"]),
        stages=_several(row["stages"]),
        products=row["products"],
        status=row["status"],
        figure_ids=tuple(figure_ids(row["refs"])),
        project=row["project"],
        milestones=milestones,
    )


def load_facility(name: str) -> Facility:
    """One plant by its slug or its name, in any case; a first word or words will do where only one plant has them.

    Raises
    ------
    NotFoundError : no such plant, or several whose names begin so; the message names the nearest.
    """
    plants = load_facilities()
    wanted = name.casefold().strip()
    exact = [f for f in plants.values() if wanted in (f.facility_id, f.name.casefold())]
    begun = exact or [f for f in plants.values() if wanted and wanted in _beginnings(f, len(wanted))]
    if len(begun) == 1:
        return begun[0]
    known = [f.name for f in begun] or [*plants, *(f.name for f in plants.values())]
    raise NotFoundError(name, kind="facility", known=known, where="world facility")


def _beginnings(plant: Facility, length: int) -> tuple[str, str]:
    """The first letters of its slug and of its name."""
    return plant.facility_id[:length], plant.name.casefold()[:length]


def find_facilities(material: str | None = None, place: str | None = None) -> list[Facility]:
    """The plants of a material, at a place, or both.

    Parameters
    ----------
    material : a material or element some plant is of; plants of single rare earths are of `rare earths` too
    place : code

    Raises
    ------
    NotFoundError : no plant of that material, or at that place.
    """
    found = list(load_facilities().values())
    for kind, wanted, of in (
        ("material with a facility", material, lambda f: f.materials),
        ("place with a facility", place, lambda f: (f.place,)),
    ):
        if wanted is None:
            continue
        known = {word for f in load_facilities().values() for word in of(f)}
        if wanted not in known:
            raise NotFoundError(wanted, kind=kind, known=known, where="world facility")
        found = [f for f in found if wanted in of(f)]
    return found


def _milestone(row: dict[str, str]) -> Milestone:
    return Milestone(
        facility=row["facility"],
        event=row["event"],
        when=row["date"],
        text=row["text"],
        source_id=row["source_id"],
        known_on=datetime.date.fromisoformat(row["known_on"]),
        grade=row["grade"],
    )


def _read(name: str) -> list[dict[str, str]]:
    return [{str(k): str(v) for k, v in row.items()} for row in read_words(name).to_dict("records")]


def _several(cell: str) -> tuple[str, ...]:
    return tuple(word for word in cell.split("; ") if word)
