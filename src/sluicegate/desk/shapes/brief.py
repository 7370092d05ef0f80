"""The `brief` document."""

from __future__ import annotations

from sluicegate.desk.shapes.band import Quantiles
from sluicegate.desk.shapes.claims import ClaimsShape
from sluicegate.desk.shapes.edge import EdgeShape
from sluicegate.desk.shapes.scenario import ProvenanceShape, ScenarioShape
from sluicegate.desk.shapes.shape import Shape
from sluicegate.desk.shapes.shortage import OutcomeShape, ShortageShape


class FutureShape(Shape):
    """A future beside the base."""

    name: str
    from_claims: list[str]
    what: str
    shortages: list[ShortageShape]
    edge: Quantiles | None


class ResponseShape(Shape):
    """One thing the target can do."""

    action: str
    cost: Quantiles
    benefit: Quantiles
    unit: str
    why: str


class MovedShape(Shape):
    """A number the article moved."""

    number: str
    before: Quantiles
    after: Quantiles
    unit: str
    by: list[str]


class BriefShape(ClaimsShape):
    """The `brief` document."""

    scenario: ScenarioShape
    outcome: OutcomeShape
    futures: list[FutureShape]
    edge: EdgeShape | None
    response: list[ResponseShape]
    moved: list[MovedShape]
    unknown: list[str]
    provenance: ProvenanceShape
