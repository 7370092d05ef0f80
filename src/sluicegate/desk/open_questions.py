"""What the register leaves open, and how a scenario answers it."""

from __future__ import annotations

from datetime import date

from sluicegate.desk.number import Document
from sluicegate.regime import OpenQuestion, open_questions
from sluicegate.scenario import Scenario


def asked(scenario: Scenario) -> list[Document]:
    """The questions open on a scenario's day, with the setting it is run with; empty where it does not ask."""
    if not scenario.in_force:
        return []
    return [_document(question, scenario.settings.get(question.id)) for question in open_questions(scenario.as_of)]


def questions_on(as_of: date) -> list[Document]:
    """The questions open on a day, each with its default."""
    return [_document(question, question.default) for question in open_questions(as_of)]


def _document(question: OpenQuestion, setting: str | None) -> Document:
    """One question; `setting` is null where the model has no lever for it, and then nothing moves."""
    return {**question.model_dump(mode="json"), "setting": setting}
