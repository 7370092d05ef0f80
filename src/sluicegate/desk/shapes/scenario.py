"""What a run rests on: the scenario, its settings and open questions, where the numbers come from."""

from __future__ import annotations

from typing import Any

from sluicegate.desk.shapes.shape import Shape


class SettingShape(Shape):
    """One way an open question can turn out."""

    back_on: str | None
    why: str


class OpenQuestionShape(Shape):
    """What the record leaves open; `setting` is null where the model has no lever for it."""

    id: str
    question: str
    record: str
    open_from: str
    known_on: str
    measures: list[str]
    settings: dict[str, SettingShape]
    default: str | None
    setting: str | None
    source: str


class ScenarioShape(Shape):
    """What the claims change, what they leave alone, where they differ from the register."""

    base: str
    events: list[dict[str, Any]]
    ignored: list[dict[str, str]]
    overrides: list[dict[str, str]]


class ProvenanceShape(Shape):
    """What an answer was made with."""

    as_of: str
    dataset_version: str
    model_version: str
    seed: int
    draws: int


class ScenarioRow(Shape):
    """A bundled scenario."""

    name: str
    title: str
    start: str
    weeks: int
    as_of: str
