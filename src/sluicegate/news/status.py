"""Whether a claim is asserted, claimed by somebody, planned, conditional or denied."""

from __future__ import annotations

import re
from datetime import date

from sluicegate.news.inflection import verb_forms
from sluicegate.news.passage import Passage
from sluicegate.news.rules import Fit
from sluicegate.news.speech import AGENCIES

_STATES_THAT_LACK = {"capability", "depletion"}
_TIMELESS = {"lead_time", "trade_share", "reserve", "price_move", "depletion"}
_PERMISSIONS = {"quota_set", "licence_granted", "deal_statement"}
_NONE = re.compile(r"\bno\s(?:\w+\s)?$", re.IGNORECASE)
_CONDITION_REACH = 22
_MONEY = {"financing", "investment"}
_STATE_ACTS = {"control_imposed", "control_extended", "control_lifted", "control_eased", "tariff"}
_ACTS = _STATE_ACTS | {"mine_halt", "mine_restart", "production_start"}
_FROM = re.compile(
    r"\b(?:from|starting|beginning|effective|commencing|as of|in|on|since)\s(?:in\s|on\s|from\s|the\s)?$", re.IGNORECASE
)
OWN_WORD = re.compile(
    r"(?:it|they|he|she|we|the (?:government|country|ministry|regulator|administration|state))\b", re.IGNORECASE
)
_ARGUED = re.compile(
    r"\b(?:arguing|saying|claiming|warning|insisting|alleging|noting|adding|stating)\s(?:that\s)?(?:[\w'’-]+\s){0,6}$"
)
_ASKED = re.compile(r"\b(?:consider\w*|see|ask\w*|decid\w+|know|determine|clear|wonder\w*)\s$")
_RUMOUR = re.compile(
    r"[\"“'‘]?(?:\w+\s){0,3}(?:reports?|claims?|rumou?rs?|suggestions?|allegations?|stor(?:y|ies))\b", re.IGNORECASE
)
_UNTRUE = {"untrue", "not true", "false", "unfounded", "baseless", "groundless"}
_TURN = re.compile(r",\s(?:but|though|although|while)\s")
_SOUGHT = {"financing", "investment"}
_APPLIED = verb_forms("apply for")
_OFFICIAL_FUTURE = {"will", "shall", "would be", "will be"}
"""What an office says will hold from now on is its claim, not a plan."""


def status_of(fit: Fit, span: tuple[int, int], passage: Passage, published: date | None = None) -> str:
    """The status of a claim, from the words around its verb, who says it, and whether its date is still to come."""
    first, last = _clause(fit, span, passage)
    kind = fit.rule.type
    who = passage.speech.speaker_of(fit.start, fit.end)
    who = "" if who.lower() in AGENCIES else who
    if kind not in _STATES_THAT_LACK and _negated(fit, passage, first) and not _not_until(fit, passage):
        return "negated"
    if _conditional(fit, passage):
        return "conditional"
    words = {h.value for h in passage.within(("PLANNED",), first, last)}
    words -= set() if kind in _SOUGHT else _APPLIED
    if kind not in _TIMELESS or kind == "price_move":
        if kind in _MONEY and passage.within(("THING_MONEY",), first, span[1]):
            return "planned"
        if _not_until(fit, passage) or (kind in _ACTS and _to_come(span, passage, published)):
            return "planned"
        if words:
            permitted = who and words <= _OFFICIAL_FUTURE and kind in _PERMISSIONS
            return "claimed" if permitted else "planned"
        own = kind in _STATE_ACTS and OWN_WORD.match(passage.sentence.text[passage.speech.said[0] :])
        if passage.within(("WOULD",), first, last) and (
            not who or own or kind in {"investment", "financing", "production_start", "capacity"}
        ):
            return "planned"
    hearsay = passage.within(("REPORTEDLY",), max(0, first - 30), last)
    argued = _ARGUED.search(passage.sentence.text[: max(span[0], fit.start)])
    return "claimed" if who or hearsay or argued else "asserted"


def _not_until(fit: Fit, passage: Passage) -> bool:
    """'... would not resume until 2026' says when, and denies nothing."""
    text = passage.sentence.text
    return (
        re.search(r"\bnot\b.{0,40}$", text[: fit.end]) is not None
        and re.match(r".{0,30}\buntil\b", text[fit.end :]) is not None
    )


def _to_come(span: tuple[int, int], passage: Passage, published: date | None) -> bool:
    """Whether the claim is to begin on a day after publication."""
    if published is None:
        return False
    day = published.isoformat()
    return any(
        iso[: len(day)] > day[: len(iso.split("/")[0])] and _FROM.search(passage.sentence.text[:a])
        for a, b, iso in passage.dates
        if span[0] <= a < span[1]
    )


def _clause(fit: Fit, span: tuple[int, int], passage: Passage) -> tuple[int, int]:
    """From the claim's beginning to a little after its last word: where its auxiliary verbs stand."""
    coordinated = passage.words_between(span[0], fit.start) <= 2
    return max(fit.segment[0] if coordinated else span[0], fit.start - 80), min(span[1], fit.end)


def _negated(fit: Fit, passage: Passage, first: int) -> bool:
    if any(h.tag == "NOT_ALLOWED" for h in fit.hits):
        return False
    for hit in passage.within(("NOT",), first, fit.end):
        near = (
            hit.end <= fit.end and passage.words_between(hit.end, fit.start) <= 4
        ) or fit.start <= hit.start < fit.end
        own = hit.start == fit.start and fit.hits[0].end >= hit.end and fit.rule.type != "deal_statement"  # 'no longer'
        if near and not own and hit.value not in {"without"}:
            return fit.rule.type != "trade_volume" or "NONE_N" not in fit.rule.row.classes[0]
    none = _NONE.search(passage.sentence.text[: fit.start]) and fit.rule.type != "trade_volume"
    if none or fit.hits[0].tag == "ABSENT":
        return True
    text = passage.sentence.text
    denied = passage.within(("DENY",), 0, len(text))
    if _RUMOUR.match(text) and any(h.start >= fit.end and h.value in _UNTRUE for h in denied):
        return True
    return any(h.end <= fit.start and passage.words_between(h.end, fit.start) <= 10 for h in denied) and "NOT" not in {
        h.tag for h in fit.hits
    }


def _conditional(fit: Fit, passage: Passage) -> bool:
    conditions = [h for part in passage.speech.parts for h in passage.within(("IF",), *part)]
    text = passage.sentence.text
    conditions = [h for h in conditions if not _TURN.search(text[min(h.start, fit.start) : max(h.start, fit.start)])]
    return any(
        passage.words_between(min(h.start, fit.start), max(h.start, fit.end)) <= _CONDITION_REACH for h in conditions
    )
