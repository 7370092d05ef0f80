"""The documents of the register and of the shipment check."""

from __future__ import annotations

from typing import Any, Literal

from sluicegate.desk.shapes.band import Quantiles
from sluicegate.desk.shapes.shape import Shape

Answer = bool | Literal["depends"]


class MeasureShape(Shape):
    """A rule that was looked at for a shipment."""

    id: str
    measure: str
    item: str
    clause: str
    effective: str | None
    until: str | None
    source: str
    confidence: str


class CheckShape(Shape):
    """The `check` document; bands are null where no licence is needed or the goods are barred."""

    licence_required: Answer
    barred: Answer
    general_licence: Answer | None
    licence_valid: Answer | None
    measures: list[MeasureShape]
    questions: list[str]
    file: list[str]
    waiting_days: Quantiles | None
    approval_share: Quantiles | None
    as_of: str
    ids: dict[str, str]
    units: dict[str, str]


class MeasureRow(Shape):
    """A measure of the register in one line; `state` is that of the day asked for."""

    id: str
    title: str
    jurisdiction: str
    kind: str
    announced_on: str
    effective_from: str | None
    suspended: list[dict[str, Any]]
    ends_on: str | None
    state: Literal["not yet", "in force", "suspended", "doubtful", "ended", "no date"]
    confidence: str


class RegisterShape(Shape):
    """The `register list` document."""

    on: str
    as_of: str
    measures: list[MeasureRow]


class MeasureInFull(MeasureRow):
    """The `register show` document."""

    status: str
    scope: str
    items: list[dict[str, Any]]
    clauses: list[dict[str, Any]]
    parties: list[dict[str, Any]]
    papers: list[dict[str, Any]]
    licences: list[str]
    source: dict[str, str]
    last_verified: str


class LicenceRow(Shape):
    """A record of the licence tracker; a count that is null is not known."""

    id: str
    what: str
    destination: str | None
    who: str
    kind: Literal["single", "general", "temporary"] | None
    outcome: str
    applications: int | None
    approved: int | None
    refused: int | None
    pending: int | None
    share_approved: float | None
    reported_by: str
    publisher: str
    url: str
    known_on: str
    confidence: str


class LicencesShape(Shape):
    """The `register licences` document."""

    as_of: str | None
    licences: list[LicenceRow]
