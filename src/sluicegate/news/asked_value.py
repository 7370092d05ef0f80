"""The kind of value a question asks for (how long, when, how much, who), and whether words hold one of that kind."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date

from sluicegate.news.firms import find_firms
from sluicegate.news.lexicon import find_words
from sluicegate.news.moments import find_dates
from sluicegate.news.quantities import find_quantities

DURATION, TIME, SHARE, MONEY, AMOUNT, PARTY = "a duration", "a date", "a share", "a sum", "an amount", "a name"
_ASKED = (
    (DURATION, re.compile(r"\bhow (?:long|many (?:hours|days|weeks|months|years|decades))\b", re.I)),
    (TIME, re.compile(r"\b(?:when|(?:what|which) (?:date|day|month|year))\b", re.I)),
    (SHARE, re.compile(r"\b(?:what|which|how (?:large|big|much of)) (?:an? |the )?(?:\w+ )?(?:share|percentage|"
                       r"percent|proportion|part|fraction)\b|\bhow (?:dependent|reliant)\b", re.I)),
    (MONEY, re.compile(r"\bhow (?:much (?:money|does|did|will|would|is)(?: \w+){0,6} (?:cost|pay|invest\w*|spend|"
                       r"lend|lent|price|worth)|much (?:money|funding|financing)|expensive)\b|"
                       r"\b(?:at )?what (?:price|cost|sum|is the price)\b", re.I)),
    (AMOUNT, re.compile(r"\bhow (?:much|many|large|big)\b|\bwhat (?:amount|quantity|volume|tonnage)\b", re.I)),
    (PARTY, re.compile(r"\b(?:who|whose|whom|(?:which|what) (?:country|countries|company|companies|firms?|places?|"
                       r"government|mine|plant)|where)\b", re.I)),
)  # fmt: skip
_KINDS = {
    DURATION: {"DURATION"}, SHARE: {"PERCENT"}, MONEY: {"MONEY", "UNIT_PRICE"},
    AMOUNT: {"MASS", "PERCENT", "MONEY", "UNIT_PRICE", "COUNT"},
}  # fmt: skip
_LONG = re.compile(
    r"\b(?:for|after|over|within|take|takes|took|last|lasts|lasted|of)\s(?:[\w-]+\s){0,3}"
    r"(?:days|weeks|months|years|decades)\b|\bdecades?\b|\bindefinitely\b",
    re.I,
)
_UNTIL = re.compile(r"\b(?:until|till|through)\s|\bfrom\b.{3,40}\bto\b", re.I)


def value_asked(question: str) -> str | None:
    """The kind of value a question asks for; None for any other question ('Why ...', 'What did ...')."""
    return next((kind for kind, pattern in _ASKED if pattern.search(question)), None)


def holds(kind: str, text: str, *, published: date | None, named: Sequence[str] = ()) -> bool:
    """Whether a text holds a value of the kind.

    Parameters
    ----------
    published : the article's day, from which relative dates count
    named : codes of places that the question itself names, which answer no 'who'
    """
    if kind == PARTY:
        places = {h.value for h in find_words(text) if h.tag in ("PLACE", "SITE", "ORG")}
        return bool(places - set(named) or find_firms(text))
    dates = find_dates(text, published)
    if kind == TIME:
        return bool(dates)
    if any(q.kind in _KINDS[kind] for q in find_quantities(text)):
        return True
    return kind == DURATION and (_LONG.search(text) is not None or bool(dates and _UNTIL.search(text)))
