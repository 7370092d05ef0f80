"""A measure of export control as the register states it: dates, items, limits, clauses, citation."""

from __future__ import annotations

from datetime import date
from functools import cached_property
from typing import Annotated, Any, Literal

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, field_validator, model_validator

from sluicegate.regime.limit import Limit
from sluicegate.terms import InputError, parse_place

Kind = Literal[
    "frame", "licence", "ban", "technology", "extraterritorial", "entity", "quota", "duty", "exporter list", "halt",
    "enforcement", "suspension", "facilitation", "disruption", "ruling", "plan",
]  # fmt: skip
"""What sort of act it is; what it does to one shipment is said item by item (`Effect`)."""

Effect = Literal["licence", "refused", "stricter review", "quota", "duty", "exporter list", "halt", "outside", "none"]
"""What an item does to goods it covers; `outside` names goods the measure leaves free though they share a code."""

Confidence = Literal["primary", "secondary", "unverified"]


def _place(code: str) -> str:
    """A code as parse_place knows it, or a ValueError that pydantic can collect."""
    try:
        return parse_place(code)
    except InputError as error:
        raise ValueError(str(error)) from error


def _limit(text: str) -> str:
    """A limit that can be read, or a ValueError that pydantic can collect."""
    try:
        Limit.read(text)
    except InputError as error:
        raise ValueError(str(error)) from error
    return text


PlaceCode = Annotated[str, AfterValidator(_place)]
LimitText = Annotated[str, AfterValidator(_limit)]
HsText = Annotated[str, Field(pattern=r"^\d{6,10}$")]


class Entry(BaseModel):
    """Base of all parts of the register: unknown fields are errors, nothing changes after reading."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class Citation(Entry):
    """Where a reader can find it; `read_in` says which copy or report was read where it was not the original.

    An article kept without an address is `news:` and its number.
    """

    publisher: str
    title: str
    url: str = Field(pattern=r"^(https?://|news:\d)")
    read_in: str = ""


class Covered(Entry):
    """The share of a product's tonnage that the item lists, as low, median and high (0-1)."""

    name: str
    low: float = Field(1.0, ge=0, le=1)
    p50: float = Field(1.0, ge=0, le=1)
    high: float = Field(1.0, ge=0, le=1)
    overcomplied: bool = False
    reason: str = ""

    @model_validator(mode="after")
    def _rises(self) -> Covered:
        if not self.low <= self.p50 <= self.high:
            raise ValueError("covered share must rise: low <= p50 <= high")
        return self


class Item(Entry):
    """One listed item, or goods named as outside.

    Parameters
    ----------
    names : phrases that name these goods in an invoice or article
    hs : customs codes, 6 to 10 digits, as text
    caught_when : alternatives; each a list of limits that must all hold. Empty: caught whatever its properties
    ruled_out_when : limits any one of which shows the goods cannot be this item
    not_named : words in a description that rule the item out
    exempt_uses : words for end uses that need no licence
    items_of : the measures whose listed items are meant, or `all`; a clause after the id means that item alone
    list_read : False where the entry was not seen, only told of; then it settles nothing
    effective_from, ends_on : where the item's days are not the measure's; the last one inclusive
    made : `abroad` for goods not made in the jurisdiction, `home` for its own goods sent on from abroad
    """

    name: str
    clause: str
    effect: Effect = "licence"
    form: str = ""
    names: tuple[str, ...] = ()
    materials: tuple[str, ...] = ()
    products: tuple[Covered, ...] = ()
    hs: tuple[HsText, ...] = ()
    hs_basis: Literal["announced", "tariff line", "inferred", "unverified", "none published"] = "none published"
    control_list_code: str = ""
    caught_when: tuple[tuple[LimitText, ...], ...] = ()
    ruled_out_when: tuple[LimitText, ...] = ()
    not_named: tuple[str, ...] = ()
    threshold: str = ""
    items_of: tuple[str, ...] = ()
    end_use: Literal["military"] | None = None
    exempt_uses: tuple[str, ...] = ()
    made: Literal["abroad", "home"] | None = None
    re_exports: bool = False
    destinations: tuple[PlaceCode, ...] = ()
    effective_from: date | None = None
    ends_on: date | None = None
    list_read: bool = True
    confidence: Confidence = "secondary"
    note: str = ""

    @cached_property
    def alternatives(self) -> tuple[tuple[Limit, ...], ...]:
        """`caught_when`, read."""
        return tuple(tuple(Limit.read(text) for text in line) for line in self.caught_when)

    @cached_property
    def exclusions(self) -> tuple[Limit, ...]:
        """`ruled_out_when`, read."""
        return tuple(Limit.read(text) for text in self.ruled_out_when)


class Clause(Entry):
    """What one clause rules, in our words."""

    id: str
    topic: str
    text: str
    dated: date | None = None
    confidence: Confidence = "secondary"
    source: str = ""


class Suspended(Entry):
    """A spell in which the measure (or some clauses) is not applied. Both days are inside the spell."""

    first: date
    last: date
    by: str
    clauses: tuple[str, ...] = ()
    confidence: Confidence = "secondary"
    afterwards: Literal["applies again", "not known"] = "applies again"

    @model_validator(mode="after")
    def _in_order(self) -> Suspended:
        if self.last < self.first:
            raise ValueError(f"the spell ends ({self.last}) before it begins ({self.first})")
        return self


class Amends(Entry):
    """What an entry of the user's does to another entry: it suspends it, lifts it, or eases it.

    Parameters
    ----------
    first, last : days of the suspension, both inside; `last` is None where it is lifted or eased for good
    """

    measure: str
    how: Literal["suspended", "lifted", "eased"]
    first: date
    last: date | None = None

    @model_validator(mode="after")
    def _in_order(self) -> Amends:
        if (self.how == "suspended") != (self.last is not None):
            raise ValueError(f"{self.how} with last day {self.last}: a suspension has one, the others have none")
        if self.last and self.last < self.first:
            raise ValueError(f"the spell ends ({self.last}) before it begins ({self.first})")
        return self


class Parties(Entry):
    """Named parties: `control list` (no dual-use goods at all) or `watch list` (stricter licensing).

    Parameters
    ----------
    first, last : days on the list, both inclusive, where they are not the measure's
    """

    listed: Literal["control list", "watch list"]
    clause: str
    count: int = Field(gt=0)
    place: PlaceCode
    names: tuple[str, ...] = ()
    first: date | None = None
    last: date | None = None
    note: str = ""

    def listed_on(self, day: date) -> bool:
        """Whether the parties were on the list on a day, as far as their own days are known."""
        return (self.first is None or self.first <= day) and (self.last is None or day <= self.last)


class Paper(Entry):
    """A paper the applicant hands in, and since when it is asked for."""

    paper: str
    since: date | None = None


class Measure(Entry):
    """One act of export control.

    Parameters
    ----------
    announced_on, effective_from, ends_on : three different days; the last one inclusive
    end_announced_on : when the end became known, if it was not part of the announcement
    date_precision : `month` or `year` where the source gives no day (the latest day is then entered)
    mixed_codes : customs codes that also hold goods the measure leaves free, and which
    whole_codes : customs codes all of whose lines the measure lists, though it names them line by line, and why
    last_verified : the day somebody last looked whether this is still so
    amends : what an entry of the user's does to entries that ship with the package, which cannot be edited
    """

    id: str = Field(pattern=r"^[A-Z0-9]+(-[A-Z0-9]+)*$")
    title: str
    jurisdiction: PlaceCode
    kind: Kind
    announced_on: date
    effective_from: date | None
    ends_on: date | None = None
    end_announced_on: date | None = None
    date_precision: Literal["day", "month", "year"] = "day"
    suspended: tuple[Suspended, ...] = ()
    amends: tuple[Amends, ...] = ()
    status: str
    destinations: Literal["all"] | tuple[PlaceCode, ...] = "all"
    scope: str
    end_use_rules: str = ""
    review_period: str = ""
    licences: tuple[Literal["single", "general", "registration certificate"], ...] = ()
    penalties: str = ""
    papers: tuple[Paper, ...] = ()
    hs_edition: str = ""
    mixed_codes: dict[HsText, str] = Field(default_factory=dict)
    whole_codes: dict[HsText, str] = Field(default_factory=dict)
    items: tuple[Item, ...] = ()
    parties: tuple[Parties, ...] = ()
    clauses: tuple[Clause, ...] = ()
    source: Citation
    confidence: Confidence
    last_verified: date
    note: str = ""

    @field_validator("destinations", mode="before")
    @classmethod
    def _listed(cls, value: Any) -> Any:
        return tuple(value) if isinstance(value, list) else value

    @model_validator(mode="after")
    def _dates_agree(self) -> Measure:
        if self.effective_from and self.effective_from < self.announced_on and self.kind not in ("halt", "quota"):
            raise ValueError(f"effective_from {self.effective_from} lies before announced_on {self.announced_on}")
        if self.ends_on and self.effective_from and self.ends_on < self.effective_from:
            raise ValueError(f"ends_on {self.ends_on} lies before effective_from {self.effective_from}")
        return self

    def clause(self, clause_id: str) -> Clause | None:
        """The clause of that id, if its text was read."""
        return next((clause for clause in self.clauses if clause.id == clause_id), None)
