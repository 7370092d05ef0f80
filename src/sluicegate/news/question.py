"""A question in words, read as what may answer it: types of claim, materials, places, a period and words."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from sluicegate.news.asked_value import value_asked
from sluicegate.news.lexicon import find_words
from sluicegate.news.tables import table
from sluicegate.terms import InputError

LONGEST = 1_000
_YEARS = re.compile(r"(?<!\d)((?:19|20)\d\d)(?:\s?(?:-|–|to|and|/)\s?((?:19|20)\d\d))?(?!\d)")
_MONTH = re.compile(r"(?<!\d)((?:19|20)\d\d)-(0[1-9]|1[0-2])(?:-(\d\d))?(?!\d)")
_WORD = re.compile(r"[^\W_]+")
_GENERAL = {"rare earth magnets": ("rare earths", "magnets")}


@dataclass(frozen=True)
class Question:
    """What a question asks for.

    Parameters
    ----------
    types : of claims that may answer it, the likeliest first; empty where its words name none
    materials, places : named in it
    period : first and last text that an ISO date of the period lies between; None for any time
    text : the question as it was put
    value : the kind of value it asks for, as `asked_value` names it; None where it asks for none
    """

    text: str
    types: tuple[str, ...]
    materials: tuple[str, ...]
    places: tuple[str, ...]
    period: tuple[str, str] | None
    value: str | None = None


def read_question(text: str) -> Question:
    """A question read.

    Raises
    ------
    InputError : empty, or longer than `LONGEST`.
    """
    said = " ".join(text.split())
    if not said or len(said) > LONGEST:
        found = "nothing" if not said else f"{len(said):,} characters"
        raise InputError(found, where="question", expected=f"a question of up to {LONGEST:,} characters",
                         do="For example: who controls exports of gallium?")  # fmt: skip
    hits = [*find_words(said), *find_words(said.title())]
    materials = [m for h in hits if h.tag == "MATERIAL" for m in _GENERAL.get(h.value, (h.value,))]
    return Question(
        text=said,
        types=tuple(dict.fromkeys(kind for pattern, kinds in _kinds() if pattern.search(said) for kind in kinds)),
        materials=tuple(dict.fromkeys(materials)),
        places=tuple(dict.fromkeys(h.value for h in hits if h.tag == "PLACE")),
        period=_period(said),
        value=value_asked(said),
    )


def stems(text: str) -> frozenset[str]:
    """The words of a text without plural or participle, each in the spelling that its synonyms share."""
    said = f" {' '.join(_WORD.findall(text.casefold()))} "
    for pattern, one in _synonyms():
        said = pattern.sub(f" {one} ", said)
    return frozenset(_stem(w) for w in said.split())


def _stem(word: str) -> str:
    for ending in ("ing", "ies", "ed", "es", "s"):
        if word.endswith(ending) and len(word) - len(ending) >= 4:
            return word.removesuffix(ending)
    return word


@cache
def _synonyms() -> list[tuple[re.Pattern[str], str]]:
    return [(re.compile(rf"(?<= )(?:{'|'.join(others)})(?= )"), one) for one, others in table("synonyms").items()]


def _period(text: str) -> tuple[str, str] | None:
    month = _MONTH.search(text)
    if month:
        return month.group(), month.group() + "~"
    years = [y for m in _YEARS.finditer(text) for y in m.groups() if y]
    return (min(years), max(years) + "~") if years else None


@cache
def _kinds() -> list[tuple[re.Pattern[str], tuple[str, ...]]]:
    rows: Mapping[str, Any] = table("questions")
    return [(re.compile(rf"\b(?:{words})", re.IGNORECASE), tuple(kinds)) for words, kinds in rows.items()]
