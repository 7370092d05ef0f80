"""Fixed phrases in other languages: a file of translations a language, keyed by the English words.

A phrase without a translation is shown in English. A new language is one more file in `phrases`.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from importlib.resources import files
from typing import Any

import yaml

SOURCE = "en"
_FOLDER = files("sluicegate.terms") / "phrases"

Say = Callable[..., str]
"""From an English phrase, with values for its `{names}`, to the phrase in one language."""


@cache
def languages() -> dict[str, str]:
    """Code of every language there is, to its own name; English first."""
    found = {p.name.removesuffix(".yaml") for p in _FOLDER.iterdir() if p.name.endswith(".yaml")}
    return {SOURCE: "English"} | {code: _file(code)["name"] for code in sorted(found)}


@cache
def _file(language: str) -> dict[str, Any]:
    return dict(yaml.safe_load((_FOLDER / f"{language}.yaml").read_text("utf-8")))


@cache
def phrases(language: str) -> dict[str, str]:
    """Every English phrase of a language's file, to its translation; empty for English."""
    return {} if language == SOURCE else {str(k): str(v) for k, v in _file(language)["phrases"].items()}


def direction(language: str) -> str:
    """`rtl` for a language written from right to left, else `ltr`."""
    return "ltr" if language == SOURCE else str(_file(language).get("direction", "ltr"))


def translated(language: str, phrase: str) -> str:
    """A phrase in a language, English where there is no translation."""
    return phrases(language).get(phrase, phrase)


def best_language(accepted: str) -> str:
    """The first language of an `Accept-Language` header that there is; English else."""
    for part in accepted.split(","):
        code = part.partition(";")[0].strip().casefold().partition("-")[0]
        if code in languages():
            return code
    return SOURCE
