"""The documents of the record: `hindcast`, `calibrate`, `forecast`."""

from __future__ import annotations

from typing import Any

from sluicegate.desk.shapes.band import Quantiles
from sluicegate.desk.shapes.scenario import ProvenanceShape
from sluicegate.desk.shapes.shape import Shape


class PastScores(Shape):
    """Scores of the forecasts, in the document's unit; `naive` are forecasts anybody could make."""

    n: int
    prior: dict[str, float | int]
    fitted: dict[str, float | int]
    naive: list[dict[str, Any]]
    updating: dict[str, Any]


class HindcastShape(Shape):
    """The `hindcast` document."""

    title: str
    unit: str
    episodes: list[dict[str, Any]]
    scores: PastScores
    calibration: list[dict[str, float]]
    provenance: ProvenanceShape


class FittedShape(Shape):
    """A setting before and after the recorded months."""

    id: str
    name: str
    unit: str
    prior: dict[str, float]
    posterior: dict[str, float]


class CalibrationShape(Shape):
    """The `calibrate` document."""

    title: str
    settings: list[FittedShape]
    episodes: list[dict[str, Any]]
    method: str
    provenance: ProvenanceShape


class ForecastShape(Shape):
    """A question with its probability; `settled` is null until the figure is known."""

    id: str
    text: str
    made_for: str
    month: str
    threshold: float
    unit: str
    probability: float
    forecast: Quantiles
    settled: dict[str, Any] | None
    happened: bool | None
    brier: float | None
    crps: float | None


class ClaimForecastShape(Shape):
    """The questions asked of one claim."""

    claim: str
    quote: str
    questions: list[ForecastShape]


class ForecastsShape(Shape):
    """The `forecast list` document."""

    questions: list[ForecastShape]


class ForecastScore(Shape):
    """The `forecast score` document; scores are null where nothing is settled."""

    asked: int
    settled: int
    brier: float | None
    brier_of_one_half: float
    crps_over_figure: float | None
    calibration: list[dict[str, float]]
