"""Forecasts in public form: a question that a published figure will settle, kept with its probability until then."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from datetime import date
from itertools import pairwise
from pathlib import Path

import numpy as np
import yaml
from pydantic import BaseModel, ConfigDict, Field, TypeAdapter, ValidationError

from sluicegate.history.score import brier, fair_crps
from sluicegate.scenario import Scenario
from sluicegate.sim.customs import month_after
from sluicegate.terms import InputError, NotFoundError
from sluicegate.terms.home import home
from sluicegate.terms.slug import slug
from sluicegate.terms.writing import made_folder, write_whole

FOLDER = "forecasts"
"""One file a question, so that two made at the same moment are both kept."""
FILE = "forecasts.json"
"""Where earlier versions kept them all; still read, never written."""
BINS = (0.0, 0.1, 0.25, 0.5, 0.75, 0.9, 1.0)


class Settled(BaseModel):
    """What came: the figure, in the question's unit, where it was read, and on what day."""

    model_config = ConfigDict(frozen=True, extra="forbid", allow_inf_nan=False)

    value: float
    source: str = Field(min_length=1)
    on: date


class Question(BaseModel):
    """Whether a monthly figure will lie above a threshold.

    Parameters
    ----------
    made_for : day of the knowledge it rests on ; samples : the forecast's draws, in `unit`
    version : of data and model, as every answer's provenance has them
    """

    model_config = ConfigDict(frozen=True, extra="forbid", allow_inf_nan=False)

    id: str
    text: str
    scenario: str
    made_for: date
    made_on: date
    month: date
    threshold: float
    unit: str
    probability: float = Field(ge=0, le=1)
    samples: tuple[float, ...] = Field(min_length=2)
    command: str
    version: dict[str, str | int]
    settled: Settled | None = None

    @property
    def happened(self) -> bool | None:
        """Whether the figure came in above the threshold; None until it is known."""
        return None if self.settled is None else self.settled.value > self.threshold

    @property
    def brier(self) -> float | None:
        """Brier score, None until the figure is known."""
        return None if self.happened is None else brier(self.probability, self.happened)

    @property
    def crps(self) -> float | None:
        """Fair CRPS of the samples in `unit`, None until the figure is known."""
        return None if self.settled is None else fair_crps(np.array(self.samples), self.settled.value)


_QUESTIONS = TypeAdapter(tuple[Question, ...])


def probability_above(samples: Sequence[float], threshold: float) -> float:
    """Share of samples above a threshold, never quite 0 or 1: one sample more on each side (rule of succession)."""
    above = sum(x > threshold for x in samples)
    return (above + 1) / (len(samples) + 2)


def load_questions() -> tuple[Question, ...]:
    """All questions kept, by the day they were made and their id.

    Raises
    ------
    InputError : a file is spoilt.
    """
    own = sorted((home() / FOLDER).glob("*.json"))
    found = {q.id: q for path in (home() / FILE, *own) for q in _read(path)}
    return tuple(sorted(found.values(), key=lambda q: (q.made_on, q.id)))


def _read(path: Path) -> tuple[Question, ...]:
    if not path.is_file():
        return ()
    try:
        content = path.read_bytes()
        return _QUESTIONS.validate_json(content) if path.name == FILE else (Question.model_validate_json(content),)
    except (ValidationError, OSError) as error:
        raise InputError(f"cannot be read ({str(error)[:120]})", where=str(path), expected="the questions kept",
                         do="Restore the file from a backup, or move it away.") from error  # fmt: skip


def ask(question: Question) -> None:
    """Keep a question; the same question of the same day and data is kept once.

    Raises
    ------
    InputError : one of its id is kept with other draws, or the file cannot be written.
    """
    known = load_questions()
    same = [q for q in known if q.id == question.id]
    if same and same[0].samples != question.samples:
        raise InputError(f"{question.id} was asked on {same[0].made_on} at {same[0].probability:.3f}", where="forecast",
                         expected="a forecast is not changed once made",
                         do="Ask for another month or threshold.")  # fmt: skip
    if not same:
        _write(question)


def settle(name: str, settled: Settled) -> Question:
    """Settle a question with the figure that came.

    Raises
    ------
    NotFoundError : no question of that id.
    InputError : it is settled with another figure already, or its month is not over on the day named.
    """
    known = {q.id: q for q in load_questions()}
    if name not in known:
        raise NotFoundError(name, kind="question", known=known, where="forecast")
    old = known[name]
    if old.settled is not None and old.settled.value != settled.value:
        raise InputError(f"{name} is settled at {old.settled.value:g} {old.unit}", where="forecast",
                         expected="one figure", do="A revised figure is another question.")  # fmt: skip
    if settled.on < month_after(old.month):
        raise InputError(f"{settled.on} for {old.month:%Y-%m}", where="forecast", expected="a day after the month",
                         do="Wait until the month is over.")  # fmt: skip
    new = old.model_copy(update={"settled": settled})
    _write(new)
    return new


def _write(question: Question) -> None:
    folder = made_folder(home() / FOLDER, do="Set SLUICEGATE_HOME to another folder.")
    digest = hashlib.sha256(question.id.encode()).hexdigest()[:12]
    write_whole(folder / f"{slug(question.id)[:100]}-{digest}.json", question.model_dump_json(indent=1))


def keep_scenario(scenario: Scenario) -> Path:
    """Keep a scenario that no file holds beside the questions that rest on it; returns its file.

    Raises
    ------
    InputError : it cannot be written.
    """
    folder = made_folder(home() / FOLDER / "scenarios", do="Set SLUICEGATE_HOME to another folder.")
    path = folder / f"{slug(scenario.name)}.yaml"
    stated = scenario.model_dump(mode="json", by_alias=True, exclude_defaults=True)
    write_whole(path, yaml.safe_dump(stated, sort_keys=False, allow_unicode=True))
    return path


def calibration_of(questions: Sequence[Question]) -> list[tuple[float, float, int, float]]:
    """(from, to, number, share that happened) of settled questions by stated probability; empty bins are left out."""
    settled = [q for q in questions if q.happened is not None]
    rows = []
    for low, high in pairwise(BINS):
        own = [q for q in settled if low <= q.probability < high or (high == 1 and q.probability == 1)]
        if own:
            rows.append((low, high, len(own), sum(bool(q.happened) for q in own) / len(own)))
    return rows
