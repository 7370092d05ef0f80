"""The documents of the world: its tables, sources, soundness and what can be read off it."""

from __future__ import annotations

from typing import Any, Literal

from pydantic import Field

from sluicegate.desk.shapes.shape import Shape


class NamesShape(Shape):
    """The `world list` document."""

    materials: list[str]
    products: list[str]
    industries: list[str]
    places: list[str]
    processes: list[str]


class SourcedFigure(Shape):
    """A sourced figure; `id` is what `why` takes."""

    id: str
    metric: str
    place: str
    period: str
    value: float | None
    low: float | None
    high: float | None
    unit: str
    status: str
    grade: str
    source: str
    source_id: str


class FigureGroup(Shape):
    """The figures of one metric."""

    metric: str
    count: int
    figures: list[SourcedFigure]


class RowsShape(Shape):
    """The `world show` document: a kind, a name, and tables of rows."""

    kind: str
    name: str
    figures: list[FigureGroup] = Field(default_factory=list)


class FacilityShape(Shape):
    """The `world facility` document: with a name that plant, without one the list under `facilities`."""

    id: str | None = None
    name: str | None = None
    owner: str | None = None
    place: str | None = None
    materials: list[str] = Field(default_factory=list)
    milestones: list[dict[str, Any]] = Field(default_factory=list)
    numbers: list[SourcedFigure] = Field(default_factory=list)
    projects: list[dict[str, Any]] = Field(default_factory=list)
    facilities: list[dict[str, Any]] = Field(default_factory=list)


class SourcesShape(Shape):
    """The `world sources` document: with an id that card and its figures, without one the list under `sources`."""

    source_id: str | None = None
    publisher: str | None = None
    title: str | None = None
    year: int | None = None
    url: str | None = None
    licence: str | None = None
    figure_count: int | None = None
    offset: int
    next_offset: int | None
    figures: list[FigureGroup] = Field(default_factory=list)
    sources: list[dict[str, Any]] = Field(default_factory=list)


class ContradictionsShape(Shape):
    """Quantities stated with different values."""

    count: int
    revisions: int
    open: int
    quantities: list[dict[str, Any]]


class WorldImportShape(Shape):
    """The `world import` document; with problems instead `where`, `problems` and `count`, and exit code 2."""

    name: str
    file: str
    sha256: str
    rows: int
    figures: int
    tables: dict[str, int]
    left_out: list[dict[str, Any]]
    sources: list[dict[str, Any]]
    dataset_version: str


class WorldCheckShape(Shape):
    """The `world check` document."""

    dataset_version: str
    largest_residual: float
    gaps: list[str]
    unresolved_refs: list[str]
    contradictions: ContradictionsShape
    corrections: list[dict[str, Any]]


class LineWorthShape(Shape):
    """The value added of an industry in a place, m USD of 2024, and its shares in goods that hold each product."""

    line: str
    value_added_musd_per_yr: float
    low: float
    high: float
    label: str
    reason: str
    theta: list[dict[str, Any]]


class ValueAddedShape(Shape):
    """The `world value-added` document; `labels` are shares 0-1 of the value added."""

    dataset_version: str
    unit: str
    labels: dict[str, float]
    lines: list[LineWorthShape]


class StopShape(Shape):
    """A producer or plant, and what a year without it costs; shares 0-1."""

    stop: str
    kind: Literal["producer", "plant"]
    product: str
    share_of_output: float
    share_lost: float
    value_added_lost_musd: float


class PinchShape(Shape):
    """The `world pinch` document, the largest loss first."""

    dataset_version: str
    of: str
    unit: str
    stops: list[StopShape]


class IndexShape(Shape):
    """What one method says of a material; value is null where only a bound is known, rank where there is no value."""

    id: str
    method: str
    value: float | None
    low: float | None
    high: float | None
    unit: str
    year: int
    rank: int | None
    of: int | None
    source: str


class DisagreementShape(Shape):
    """The two methods that place a material furthest apart; `apart` is the difference of relative ranks."""

    riskier_by: str
    less_risky_by: str
    apart: float = Field(ge=0, le=1)
    why: str


class ComparedShape(Shape):
    """The indices of one material."""

    material: str
    values: list[IndexShape]
    disagreement: DisagreementShape | None


class CompareShape(Shape):
    """The `world compare` document."""

    dataset_version: str
    place: str
    year: int
    methods: list[dict[str, str]]
    materials: list[ComparedShape]
