"""The documents of the talks: `negotiate`, `lab game`."""

from __future__ import annotations

from typing import Any

from pydantic import Field

from sluicegate.desk.shapes.band import Quantiles
from sluicegate.desk.shapes.scenario import ProvenanceShape
from sluicegate.desk.shapes.shape import Shape


class PayoffRow(Shape):
    """What both sides end with when each makes one move."""

    id: str
    controller_move: str
    target_move: str
    controller: Quantiles
    target: Quantiles
    equilibrium_share: float = Field(ge=0, le=1)
    unit: str


class NegotiateShape(Shape):
    """The `negotiate` document; the controller's moves are rows."""

    title: str
    controller: str
    target: str
    on: str
    moves: dict[str, list[dict[str, str]]]
    payoffs: list[PayoffRow]
    no_pure_equilibrium_share: float
    alike: list[list[str]]
    equilibria: list[dict[str, Any]]
    pure_equilibrium: bool
    leaders: list[dict[str, Any]]
    bargain: dict[str, Any]
    waiting: dict[str, Any]
    worth: list[dict[str, Any]]
    stock: dict[str, Any] | None
    levers_absent: list[str]
    limits: list[str]
    provenance: ProvenanceShape


class GameShape(Shape):
    """The `lab game` document."""

    title: str
    moves: dict[str, list[str]]
    undominated: dict[str, list[str]]
    equilibria: list[dict[str, Any]]
    note: str | None
    leaders: dict[str, float]
    safe: dict[str, float]
    closed: dict[str, dict[str, Any]]
