"""Whether a word is what it looks like: 'tin' the metal, 'Chad' the country, 'ban' the verb, 'May' no wish."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import NamedTuple

from sluicegate.news.lexicon import Hit, doubtful_places

_NAMES = {
    "MATERIAL",
    "PLACE",
    "REGION",
    "SITE",
    "FACILITY",
    "GOV",
    "ORG",
    "NATION",
    "NOTHING",
    "FORCE_MAJEURE",
    "USERFIRM",
    "MINE",
    "PLANT",
}
_TITLE_CASE = 0.6
_SUPERLATIVE = re.compile(
    r"\s(?:largest|biggest|top|leading|number|No\.|second|third|fourth|fifth|sixth|seventh|most|richest|only|first|main|dominant)\b"
)
_CONTROLS = re.compile(
    r"\b(?:it|they|he|she|who|which|that|group|army|party|militia|rebels|junta|company|firm)\s\||"
    r"\|\s(?:the|an?|about|around|most|more|over|some|large|much|nearly|roughly|almost|all)\b|\|\s\d"
)
_NOT_FLOW = re.compile(
    r"\s{1,2}(?:data|markets?|prices?|revenues?|destinations?|hubs?|orders?|ministry|banks?|credit|"
    r"growth|earnings|agency|import|oriented|led|statistics|figures|sector|figures|business)\b"
)
_NOUN_BEFORE = re.compile(
    r"(?:\b(?:the|a|an|its|their|his|this|that|these|those|any|such|new|total|full|outright|strict|"
    r"tough|export|exports|trade|sweeping|broad|previous|earlier|blanket|temporary|partial|current|"
    r"existing|no|some|further|more|wider|of|on|price|supply|output|production|to a|similar|"
    r"complete)|'s|s')\s$"
)
_NOUN_AFTER = re.compile(
    r"^\s(?:on|against|in|was|were|has|have|had|is|are|will|would|that|which|by|order|orders|to exports|remains?)\b"
)
_NOT_TIN = re.compile(r"^\s{0,2}(?:can|cans|roof|roofs|foil|ear|shack|hat|pan|box|soldier|man|pot)\b")
ABOUT_LEAD = re.compile(
    r"\b[Ll]ead (?:prices?|concentrates?|smelters?|ingots?|ore|exports?|market|metal)\b|\brefined lead\b|"
    r"\b[Zz]inc and lead\b|"
    r"\b[Ll]ead and zinc\b|\b(?:three-month|[Bb]enchmark|LME|secondary|Secondary) lead\b|\btonnes of lead\b"
)
"""Words that only stand where lead is the metal."""
_LEAD_METAL = re.compile(r"(?:\b(?:tonnes|tons|of|zinc and|zinc,|silver and|refined|copper,|and) $)")
_LEAD_AFTER = re.compile(
    r"^(?:,| and| or| ore| concentrates?| smelters?| prices?| mines?| output| production| acid| ingots?| metal)"
)
_PERSON_BEFORE = re.compile(
    r"(?:\b(?!The\b|In\b|On\b|At\b|But\b|And\b|For\b|From\b|Since\b|As\b|If\b)[A-Z][a-z]+|\b[A-Z]\.|Mr\.?|Ms\.?)\s$"
)
_NOUNS_TOO = {
    "ban", "curb", "bans", "curbs", "halt", "freeze", "limit", "limits", "cap", "caps", "block", "cut", "cuts", "stop",
    "bar", "embargo", "squeeze",
}  # fmt: skip
_WISHES = {"plan", "plans", "pledge", "promise", "hope", "hopes", "forecast"}
_REACH = 25


class _Around(NamedTuple):
    """A word in lower case, and the stretches of text before and after it."""

    word: str
    before: str
    after: str


def stands(hit: Hit, text: str) -> bool:
    """Whether a hit in a sentence means what its class says, by the characters around it."""
    before, after = text[max(0, hit.start - _REACH) : hit.start], text[hit.end : hit.end + _REACH]
    word = text[hit.start : hit.end]
    if hit.tag == "MATERIAL":
        return _is_material(hit, word, before, after)
    if hit.tag == "PLACE" and word in doubtful_places():
        return not re.match(r"\s[A-Z][a-z]+", after) and _PERSON_BEFORE.search(before) is None
    if hit.tag == "USERFIRM" and word == "KIA":
        return False  # the Kachin Independence Army
    if hit.tag in {"RESTRICT", "TIGHTEN"} and word.lower() in _NOUNS_TOO:
        return not (_NOUN_BEFORE.search(before.lower()) or _NOUN_AFTER.match(after))
    if hit.tag not in _NAMES and _in_a_name(hit, text):
        return False
    check = _CHECKS.get(hit.tag)
    return check is None or check(_Around(word.lower(), before, after))


def _control(around: _Around) -> bool:
    """'its halt of exports' is a control, 'areas it controls' is none."""
    if around.word in {"halt", "halts", "limit", "limits", "freeze", "block"}:
        return (
            _NOUN_BEFORE.search(around.before.lower()) is not None
            and re.match(r"\s(?:on|of|in|to)\s", around.after) is not None
        )
    if around.word == "control" and re.match(r"\s(?:of|over)\b", around.after):
        return False  # dominance
    return around.word not in {"control", "controls"} or _CONTROLS.search(f"{around.before}|{around.after}") is None


def _planned(around: _Around) -> bool:
    """'the plan', 'for want of', 'weighed down' and 'in May' plan nothing."""
    if around.word.startswith("weigh"):
        return re.match(r"\s(?:on|down|against|in)\b", around.after) is None
    if around.word == "expected":
        return re.search(r"\b(?:its|the|their|previously|'s|’s)\s$", around.before) is None
    if around.word.startswith("prepar"):
        return re.match(r"\sfor\b", around.after) is None
    if around.word == "want":
        return not around.before.endswith("for ")
    if around.word == "may":
        return (
            re.search(r"\b(?:in|of|on|since|until|by|from|to|early|late|mid|last|this|next)[\s-]$", around.before)
            is None
        )
    noun = around.word in _WISHES and re.search(r"\b(?:the|an?|this|that|his|her|any)\s(?:[\w-]+\s)?$", around.before)
    return not noun or re.match(r"\s(?:to|for|of)\b", around.after) is not None


def _extended(around: _Around) -> bool:
    """'China's expanded controls' and 'including expanded curbs' extend nothing now."""
    return not (around.word.endswith("ed") and _BEFORE_A_NOUN.search(around.before))


_BEFORE_A_NOUN = re.compile(
    r"(?:'s|’s|\b(?:the|its|new|their|including|of|such as|these|those|with|despite|amid|under|further|to))\s$"
)


def _closed(around: _Around) -> bool:
    """'close to nine tonnes' and 'a closed mine' close nothing."""
    if around.word == "close" and re.match(r"\s(?:to|by)\b", around.after):
        return False
    return not (
        around.word.endswith("ed") and re.search(r"\b(?:the|an?|its|their|long)[\s-]$", around.before, re.IGNORECASE)
    )


def _is_be(around: _Around) -> bool:
    """'s is a verb before an article or a participle only."""
    return (
        around.word not in {"'s", "’s"}
        or re.match(r"\s(?:not|an?|the|been|going|likely|no|\w+ing|\w+ed)\b", around.after) is not None
    )


_CHECKS: dict[str, Callable[[_Around], bool]] = {
    "CONTROL": _control,
    "PLANNED": _planned,
    "CONSIDER": _planned,
    "EXTEND": _extended,
    "CLOSE": _closed,
    "BE": _is_be,
    "WORLD": lambda around: _SUPERLATIVE.match(around.after) is None,
    "CHANGE_T": lambda around: (
        around.word not in {"lower", "higher"}
        or re.search(r"\b(?:for|with|of|despite|by|at)\s$", around.before) is None
    ),
    "DEFER": lambda around: (
        not around.word.startswith("stay") or re.match(r"\s(?:the|a|its|that)\b", around.after) is not None
    ),
    "PRICE": lambda around: re.match(r"\stargets?\b", around.after) is None,
    "NOT": lambda around: around.word != "declined to" or re.match(r"\s[a-z]", around.after) is not None,
    "RULE": lambda around: not around.after.startswith(" of "),
    "TARIFF": lambda around: not around.before.lower().endswith("non-"),
    "FLOW": lambda around: _NOT_FLOW.match(around.after.lower()) is None,
    "EXPORTS_N": lambda around: _NOT_FLOW.match(around.after.lower()) is None,
}
"""By class: whether the word is meant as its class says."""


def is_lead(hit: Hit, text: str) -> bool:
    """Whether a bare 'lead' is the metal, in an article known to be about it: no verb, no head start."""
    if hit.tag != "MATERIAL" or text[hit.start : hit.end] not in {"lead", "Lead"}:
        return False
    before = re.search(
        r"\b(?:to|will|would|could|may|might|can|should|the|a|its|in|took|take|who|which|and)\s$", text[: hit.start]
    )
    after = re.match(r"\s(?:to|the|a|an|by|time|times|role|author|over|us|into|his|her|their|its)\b", text[hit.end :])
    return after is None and (before is None or before.group().strip() == "and")


def _in_a_name(hit: Hit, text: str) -> bool:
    """Whether a word is part of a name: 'Block Cave', 'Authority for the Regulation and Control of ...'."""
    if hit.start == 0 or not text[hit.start].isupper() or text[hit.start : hit.end].isupper():
        return False
    near = re.search(r"(?:\b[A-Z][\w'’-]*\s(?:(?:and|of|for|the)\s){0,2})$", text[: hit.start])
    after = re.match(r"\s(?:(?:and|of|for)\s)?[A-Z]", text[hit.end :])
    first = near is not None and near.start() == 0  # after the first word of the sentence, which is always upper case
    return not _is_headline(text) and ((near is not None and not first) or after is not None)


def _is_headline(text: str) -> bool:
    """Whether most words begin with a capital."""
    words = re.findall(r"[A-Za-z][\w'’-]*", text)
    return len([w for w in words if w[0].isupper()]) >= _TITLE_CASE * len(words)


def _is_material(hit: Hit, word: str, before: str, after: str) -> bool:
    low = word.lower()
    if low in {"tin", "tins"}:
        return _NOT_TIN.match(after) is None
    if low in {"lead", "leads"}:
        return low == "lead" and (
            (_LEAD_METAL.search(before) is not None and _LEAD_AFTER.match(after + " ") is not None)
            or re.match(r"^(?: ore| concentrates?| smelters?| prices?| ingots?| acid)\b", after) is not None
            or "zinc" in before.lower()[-9:]
            or after.lower().startswith(" and zinc")
        )
    if low in {"gold", "silver"}:
        return not re.match(
            r"\s(?:medal|medals|medall?ist|standard|rush|coast|cup|lining|bullet|mine of|screen|jewell?ery)",
            after.lower(),
        )
    if low in {"mercury", "apt", "boron", "steel"}:
        return word.isupper() if low == "apt" else not word[0].isupper() or low == "steel"
    if low in {"minor metal", "minor metals"} or hit.value == "magnets":
        return not re.match(r"\s(?:for|school)\b", after) if low == "magnet" else True
    return low not in {"ree", "rees", "reo", "pgm", "moly", "fe"} or word.isupper() or low == "moly" or word == "REEs"
