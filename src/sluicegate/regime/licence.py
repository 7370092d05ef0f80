"""The licence tracker: licences known to have been granted, refused or counted, each with who says so."""

from __future__ import annotations

from datetime import date
from functools import cache
from typing import Annotated, Any, Literal, Self

from pydantic import BeforeValidator, Field, model_validator

from sluicegate.regime.measure import Confidence, Entry, PlaceCode
from sluicegate.regime.register import EU_MEMBERS
from sluicegate.regime.table import read_rows
from sluicegate.terms import parse_place

Outcome = Literal["granted", "refused", "halted", "promised", "counted", "none yet"]
"""What the record tells: one decision, a halt of review, a promise, counts of many applications, or nothing decided."""

Count = Annotated[int, Field(ge=0)]
Share = Annotated[float, Field(ge=0, le=1)]


def _split(text: Any) -> Any:
    """A cell of several names as a tuple."""
    return tuple(part.strip() for part in text.split(";") if part.strip()) if isinstance(text, str) else text


class LicenceRecord(Entry):
    """One record of the tracker.

    Parameters
    ----------
    what : the goods, in words; materials : the register's names for them
    measures : the measures under which the licence is asked for
    destination : where the goods go; None where the record does not say or means several places
    who : the holder, applicant or group of applicants
    kind : single or general, or `temporary` where a report says only that the term was short; None where not told
    from_day, to_day : the day or the span of decisions, as far as told
    applications, approved, refused, pending : counts; None is not known, never zero
    approved_share : where only a share was told (0-1); upper_bound : whether it is a most
    validity_months : the term printed on the licence
    reported_by : who counted or told; publisher, url : where it was read
    """

    id: str = Field(pattern=r"^LIC-[0-9]{4}-[0-9]{2}[a-z]?(-[A-Z]+)*$")
    what: str
    materials: Annotated[tuple[str, ...], BeforeValidator(_split)]
    measures: Annotated[tuple[str, ...], BeforeValidator(_split)]
    destination: PlaceCode | None = None
    who: str
    kind: Literal["single", "general", "temporary"] | None = None
    outcome: Outcome
    from_day: date | None = None
    to_day: date | None = None
    applications: Count | None = None
    approved: Count | None = None
    refused: Count | None = None
    pending: Count | None = None
    approved_share: Share | None = None
    upper_bound: bool = False
    validity_months: Count | None = None
    reported_by: str
    publisher: str
    url: str = Field(pattern=r"^https?://")
    known_on: date
    date_precision: Literal["day", "month", "year"] = "day"
    confidence: Confidence
    note: str = ""

    @model_validator(mode="after")
    def _adds_up(self) -> Self:
        parts = [n for n in (self.approved, self.refused, self.pending) if n is not None]
        if self.applications is not None and sum(parts) > self.applications:
            raise ValueError(f"{sum(parts)} decided or pending of {self.applications} applications")
        if self.from_day and self.to_day and self.to_day < self.from_day:
            raise ValueError(f"to_day {self.to_day} lies before from_day {self.from_day}")
        if self.from_day and self.from_day > self.known_on:
            raise ValueError(f"known on {self.known_on}, before it happened on {self.from_day}")
        return self

    @property
    def share(self) -> float | None:
        """The share of applications approved (0-1), counted or told."""
        if self.approved is not None and self.applications:
            return self.approved / self.applications
        return self.approved_share

    def goes_to(self, place: str) -> bool:
        """Whether the record is about a destination, a member of its group, or no one place."""
        if self.destination is None or self.destination == place:
            return True
        return "EUU" in (self.destination, place) and {self.destination, place} <= EU_MEMBERS


def load_licences(
    *, material: str | None = None, destination: str | None = None, as_of: date | None = None
) -> tuple[LicenceRecord, ...]:
    """The records of the tracker, oldest first.

    Parameters
    ----------
    material : only records on this material, by any part of its name
    destination : only records on this place, its group, or on no one place
    as_of : only what was known by then

    Raises
    ------
    NotFoundError : no such place.
    """
    place = parse_place(destination, where="destination") if destination else None
    wanted = (material or "").casefold()
    return tuple(
        record
        for record in _records()
        if (as_of is None or record.known_on <= as_of)
        and (place is None or record.goes_to(place))
        and any(wanted in name.casefold() for name in (record.what, *record.materials))
    )


@cache
def _records() -> tuple[LicenceRecord, ...]:
    """Every row of the table, in order of the day it became known.

    Raises
    ------
    InputError : rows that cannot be read, all at once.
    """
    rows = read_rows("licences.csv", _read)
    return tuple(sorted(rows, key=lambda record: (record.known_on, record.id)))


def _read(line: dict[str, str]) -> LicenceRecord:
    """One line of the table; an empty cell is not known."""
    return LicenceRecord.model_validate({k: v for k, v in line.items() if v or k in ("materials", "measures")})
