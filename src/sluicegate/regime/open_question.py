"""What the record does not settle: each open question of the register, with the ways it can turn out."""

from __future__ import annotations

from datetime import date
from functools import cache
from importlib.resources import files

import yaml
from pydantic import Field, model_validator

from sluicegate.regime.measure import Entry


class Setting(Entry):
    """One way a question can turn out.

    Parameters
    ----------
    back_on : first day on which the question's measures apply again; None: they stay suspended
    why : what speaks for it
    """

    back_on: date | None = None
    why: str


class OpenQuestion(Entry):
    """Something the record leaves open from a day on.

    Parameters
    ----------
    id : name of the switch
    record : what was said, by whom
    open_from : first day the record is silent about
    measures : measures of the register that the answer decides
    settings : the ways it can turn out, by name; empty where the model has no lever for it
    default : the setting taken unless another is chosen
    """

    id: str = Field(pattern=r"^[a-z0-9-]+$")
    question: str
    record: str
    open_from: date
    known_on: date
    measures: tuple[str, ...] = ()
    settings: dict[str, Setting] = Field(default_factory=dict)
    default: str | None = None
    source: str

    @model_validator(mode="after")
    def _default_exists(self) -> OpenQuestion:
        if bool(self.settings) != (self.default is not None) or (self.default and self.default not in self.settings):
            raise ValueError(f"default {self.default!r} must be one of the settings {list(self.settings)}")
        if self.settings and not self.measures:
            raise ValueError("settings need measures to act on")
        return self


@cache
def load_open_questions() -> tuple[OpenQuestion, ...]:
    """The open questions that ship with the package: those the model can answer first, then by the day they open."""
    text = files("sluicegate.regime").joinpath("data/open_questions.yaml").read_text("utf-8")
    return tuple(
        sorted(
            (OpenQuestion.model_validate(q) for q in yaml.safe_load(text)), key=lambda q: (not q.settings, q.open_from)
        )
    )


def open_questions(as_of: date) -> tuple[OpenQuestion, ...]:
    """The questions that were open by a day."""
    return tuple(q for q in load_open_questions() if q.known_on <= as_of)
