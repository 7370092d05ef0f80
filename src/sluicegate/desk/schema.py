"""Which shape each question's document has, as `--schema` prints it."""

from __future__ import annotations

from typing import Any

from pydantic import TypeAdapter

from sluicegate.desk.shapes.brief import BriefShape
from sluicegate.desk.shapes.claims import ClaimsShape
from sluicegate.desk.shapes.company import CompanyPlanShape, ExposureShape
from sluicegate.desk.shapes.downstream import DownstreamShape, ShockShape
from sluicegate.desk.shapes.edge import EdgeShape
from sluicegate.desk.shapes.history import (
    CalibrationShape,
    ClaimForecastShape,
    ForecastScore,
    ForecastShape,
    ForecastsShape,
    HindcastShape,
)
from sluicegate.desk.shapes.leverage import DriversShape, StaticShape, YearsShape
from sluicegate.desk.shapes.library import SHAPES as OF_LIBRARY
from sluicegate.desk.shapes.people import CopyShape, NewTokenShape, PeopleShape, PersonShape
from sluicegate.desk.shapes.plan import PlanShape, RerouteShape
from sluicegate.desk.shapes.project import ProjectShape
from sluicegate.desk.shapes.register import CheckShape, LicencesShape, MeasureInFull, RegisterShape
from sluicegate.desk.shapes.run import EnsembleShape, RunShape, SeriesShape, WhyShape
from sluicegate.desk.shapes.scenario import OpenQuestionShape, ScenarioRow
from sluicegate.desk.shapes.sensitivity import SensitivityShape
from sluicegate.desk.shapes.talks import GameShape, NegotiateShape
from sluicegate.desk.shapes.world import (
    CompareShape,
    FacilityShape,
    NamesShape,
    PinchShape,
    RowsShape,
    SourcesShape,
    ValueAddedShape,
    WorldCheckShape,
    WorldImportShape,
)
from sluicegate.terms import NotFoundError

SHAPES: dict[str, Any] = OF_LIBRARY | {
    "brief": BriefShape,
    "calibrate": CalibrationShape,
    "check": CheckShape,
    "claims": ClaimsShape,
    "desk backup": CopyShape,
    "desk people add": PersonShape,
    "desk people change": PersonShape,
    "desk people list": PeopleShape,
    "desk people token": NewTokenShape,
    "desk restore": CopyShape,
    "downstream": DownstreamShape,
    "edge": EdgeShape,
    "ensemble": EnsembleShape,
    "forecast claim": ClaimForecastShape,
    "forecast list": ForecastsShape,
    "forecast make": ForecastShape,
    "forecast score": ForecastScore,
    "forecast settle": ForecastShape,
    "hindcast": HindcastShape,
    "exposure": ExposureShape,
    "lab game": GameShape,
    "lab shock": ShockShape,
    "lab shapley": DriversShape,
    "lab static": StaticShape,
    "negotiate": NegotiateShape,
    "plan": PlanShape | CompanyPlanShape,
    "reroute": RerouteShape,
    "project": ProjectShape,
    "register licences": LicencesShape,
    "register list": RegisterShape,
    "register show": MeasureInFull,
    "run": RunShape,
    "scenario list": list[ScenarioRow],
    "scenario questions": list[OpenQuestionShape],
    "sensitivity": SensitivityShape,
    "series": SeriesShape,
    "why": WhyShape,
    "years": YearsShape,
    "world check": WorldCheckShape,
    "world compare": CompareShape,
    "world import": WorldImportShape,
    "world facility": FacilityShape,
    "world sources": SourcesShape,
    "world list": NamesShape,
    "world pinch": PinchShape,
    "world show": RowsShape,
    "world value-added": ValueAddedShape,
}


def schema(question: str) -> dict[str, Any]:
    """The JSON schema of a question's document.

    Raises
    ------
    NotFoundError : no such question.
    """
    if question not in SHAPES:
        raise NotFoundError(question, kind="document", known=SHAPES, where="--schema")
    return TypeAdapter(SHAPES[question]).json_schema()
