"""The documents of a run: `run`, `series`, `why`, `ensemble`."""

from __future__ import annotations

from typing import Any, Literal

from pydantic import Field

from sluicegate.desk.shapes.band import Quantiles
from sluicegate.desk.shapes.edge import EdgeShape
from sluicegate.desk.shapes.scenario import OpenQuestionShape, ProvenanceShape
from sluicegate.desk.shapes.shape import Shape
from sluicegate.desk.shapes.shortage import OutcomeShape


class PublicMoneyShape(Shape):
    """What a promise or a duty costs a treasury over the run; below zero it earns."""

    id: str
    kind: Literal["price floor", "offtake", "duty", "export levies"]
    treasury: str
    of: str
    at: str
    cost: Quantiles
    unit: str


class RunShape(Shape):
    """The `run` document."""

    outcome: OutcomeShape
    public_money: list[PublicMoneyShape]
    edge: EdgeShape | None
    open_questions: list[OpenQuestionShape]
    provenance: ProvenanceShape


class SeriesPointShape(Quantiles):
    """One period of a series."""

    date: str
    observed: float | None
    samples: list[float] | None = None


class SeriesShape(Shape):
    """The `series` document."""

    unit: str
    series: list[SeriesPointShape]


class WhyShape(Shape):
    """What is behind an id; `inputs` are ids again."""

    id: str
    what: str
    inputs: list[str] = Field(default_factory=list)
    causes: list[dict[str, Any]] = Field(default_factory=list)


class RecordedShape(Shape):
    """A variable that was saved."""

    name: str
    unit: str
    long_name: str
    rows: int


class EnsembleShape(Shape):
    """The `ensemble` document; `files` is empty where only the needs were asked for."""

    title: str
    files: list[str]
    draws: int
    weeks: int
    blocks: int
    block: int
    variables: list[RecordedShape]
    needs: dict[str, Any]
    provenance: ProvenanceShape
