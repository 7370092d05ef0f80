"""Answers that depend on the data and the day alone, kept in memory: the same document for pages and programs."""

from __future__ import annotations

import json
from datetime import date
from functools import lru_cache
from typing import Any

from sluicegate.desk.version import dataset_version
from sluicegate.terms.wire import as_json
from sluicegate.web.question import ask_here, question_of

_MOST = 256


def remembered(name: str, /, **arguments: Any) -> Any:
    """The document of a settled question, such as `remembered("world show", name="dysprosium oxide")`; only to be read.

    Raises
    ------
    SluicegateError : as the desk's function. ValueError : the question is not settled.
    """
    question = question_of(name)
    if not question.settled:
        raise ValueError(f"{name} is not settled")
    asked = question.read(arguments).model_dump(mode="json", by_alias=True)
    return _document(name, json.dumps(asked, sort_keys=True), dataset_version(), date.today())


@lru_cache(maxsize=_MOST)
def _document(name: str, asked: str, _data: str, _day: date) -> Any:
    question = question_of(name)
    return ask_here(question, question.read(json.loads(asked)))


def remembered_text(name: str, asked: str) -> tuple[str, int | None]:
    """A settled document as JSON, and from which row on the next page of it begins, where there is one.

    Parameters
    ----------
    asked : its arguments as JSON, with their keys in order
    """
    return _text(name, asked, dataset_version(), date.today())


@lru_cache(maxsize=_MOST)
def _text(name: str, asked: str, data: str, day: date) -> tuple[str, int | None]:
    document = _document(name, asked, data, day)
    return as_json(document), document.get("next_offset") if isinstance(document, dict) else None
