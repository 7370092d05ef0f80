"""Who says it: reported speech at the beginning, in the middle and at the end of a sentence."""

from __future__ import annotations

import re
from dataclasses import dataclass

from sluicegate.news.tables import table

_WORDS = table("speech")
_VAGUE = "(?:" + "|".join(_WORDS["vague"]) + ")"
_SAID = "(?:" + "|".join([*_WORDS["plain"], *_WORDS["vague"]]) + ")"
_SAYER = "(?:" + "|".join(_WORDS["sayers"]) + ")"
_DAY = r"(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day"
_NAME = r"[A-Z][^,;:.\"“”]{1,90}?"
_SOMEBODY = rf"[Tt]he [^,;:\"“”]{{2,120}}?|[Aa]n? [^,;:\"“”]{{2,80}}?|{_SAYER}[^,;:\"“”]{{0,70}}?"
_WHO = rf"{_NAME}|{_SOMEBODY}|he|she|it|they|who|He|She|It|They"
_WHEN = rf"(?:\s(?:on\s)?(?:{_DAY}|earlier|yesterday|today|separately|late|early|last\s\w+))?"
_PAPER = rf"in\s(?:an?|its|their|the)\s(?:\w+\s){{0,3}}(?:{'|'.join(_WORDS['papers'])})s?"
_LISTENER = rf"(?:to\s)?(?:{'|'.join(_WORDS['listeners'])})|at\s\w+(?:\s\w+){{0,4}}|in\s[A-Z]\w+"
_WHERE = rf"(?:\s(?:{_PAPER}|{_LISTENER})(?:\sdated\s\w+\s\d{{1,2}})?)?"
_OPENING = r"(?:(?:And|But|However|Meanwhile|Separately|Still|Also|Earlier|In\s[^,]{2,30}|On\s[^,]{2,30}),?\s)?"
_LEAD = re.compile(
    rf"^[\"“'‘]?{_OPENING}(?P<who>{_WHO})(?:,[^,]{{2,120}},)?\s(?:also\s|has\s|have\s|had\s|later\s|earlier\s)?"
    rf"{_SAID}{_WHEN}{_WHERE}{_WHEN}(?:,)?\s(?:that\s)?(?=\S)"
)
_OFFICE = r"(?:[A-Z][\w']+\s){0,3}(?:Minister|Ministry|Secretary|Department)\s(?:of|for)\s[^;:\"“”]{1,100}?"
_ANYBODY = r"(?:two|three|several|some|many|[a-z]+)(?:\s[\w'-]+){0,5}?"
_AFTER = rf"(?:[A-Z]|(?:the|an?|two|three|one|{_SAYER})\b)[^,;\"“”]{{1,90}}|he|she|it|they"
_TAIL = re.compile(
    rf"(?:,[\"”'’]{{0,2}}|[\"”],?|['’],)\s?"
    rf"(?:(?P<first>{_OFFICE}|{_WHO}|{_ANYBODY})(?:,[^,]{{2,100}},)?\s(?:also\s|has\s|later\s)?{_SAID}{_WHEN}{_WHERE}{_WHEN}"
    rf"|{_SAID}\s(?P<after>{_AFTER}))(?P<rest>(?:,\s[^\"“”]{{0,260}})?)[.\"”'’]{{0,3}}$"
)
_ACCORDING = re.compile(r"(?:,\s|^|\s|\()(?:[Aa]ccording to|citing)\s(?P<who>[^,;()]{2,90})(?P<rest>,.{0,120}|[.)])?")
_MIDDLE = re.compile(rf",\s(?P<who>[A-Z][\w.' ]{{1,60}}|he|she|it|they|the\s[\w ]{{2,50}})\s{_SAID}{_WHEN},\s")
_THAT = re.compile(
    r"\b(?P<who>[A-Z][\w.'’-]*(?:\s[A-Z][\w.'’-]*){0,6}|[Tt]he\s[\w' -]{2,50}|officials?|analysts|experts|sources)"
    rf"\s{_SAID}{_WHEN}{_WHERE}{_WHEN}\s(?:that\s)?"
)
_MORE = re.compile(r",\s(?:adding|noting|saying|warning|and|but|while|citing)\s")
_VAGUE_END = re.compile(rf"\b{_VAGUE}\s(?:that\s)?$")
_CLAUSE = re.compile(
    r"(?:that|it|they|he|she|there|we)\b|[^,;]{2,45}?\s(?:had|has|have|was|were|would|will|is|are|could|may)\b"
)
_PRONOUN = {"he", "she", "it", "they", "who"}
_MAIN_VERBS = {"announced", "confirmed", "reported", "acknowledged", "denied", "expects", "expect", "estimates"}
_TITLE = re.compile(rf"^(?:[A-Z]?[\w.'-]+\s){{0,5}}?(?:{'|'.join(_WORDS['titles'])})\s(?=[A-Z])")
_AFTER_NAME = re.compile(rf"\s(?:on\s)?{_DAY}\b.*$|\sin\s(?:an?|its|the)\s.*$|\s(?:who|as|dated)\s.*$")


@dataclass(frozen=True)
class Speech:
    """Who says a sentence and which part is said.

    Attributes
    ----------
    who : name as written; '' when nobody is named
    pronoun : whether `who` only points back ('he', 'it')
    content : offsets of what is said
    place : offsets of the attribution; (0, 0) when none
    """

    who: str
    pronoun: bool
    content: tuple[int, int]
    place: tuple[int, int]


def find_speech(text: str) -> Speech:
    """The attribution of a sentence; the article itself speaks when there is none."""
    size = len(text)
    match = _ACCORDING.search(text)
    if match:
        content = (0, match.start()) if match.start() > size // 3 else (match.end(), size)
        return _speech(match.group("who"), content, match.span())
    match = _TAIL.search(text)
    if match and match.start() > 12:
        who = match.group("first") or match.group("after") or ""
        more = _MORE.match(match.group("rest"))
        return _speech(who, (0, size if more else match.start()), (match.start(), match.start("rest")))
    match = _MIDDLE.search(text)
    if match:
        return _speech(match.group("who"), (0, size), match.span())
    match = _LEAD.match(text) or _THAT.search(text)
    if (
        match
        and _VAGUE_END.search(match.group())
        and not _CLAUSE.match(text[match.end() :])
        and not match.group().endswith("that ")
    ):
        match = None
    if match and size - match.end() > 12:
        if re.search(r"\bannounced?\b", match.group()) and _content_start(match) == match.start("who"):
            return Speech("", False, (0, size), (0, 0))
        return _speech(match.group("who"), (_content_start(match), size), match.span())
    return Speech("", False, (0, size), (0, 0))


def _content_start(match: re.Match[str]) -> int:
    """Where the content begins: at 'announced' itself when the announcement is the news."""
    verb = re.search(rf"\b{_SAID}", match.group()[match.end("who") - match.start() :])
    if verb and verb.group() in _MAIN_VERBS and not match.group().rstrip().endswith("that"):
        return match.start("who")
    return match.end()


def _speech(who: str, content: tuple[int, int], place: tuple[int, int]) -> Speech:
    name = re.sub(r"^(?:[Tt]he|[Aa]n?)\s", "", who.strip(" ,'\"“”‘’"))
    name = _AFTER_NAME.sub("", name)
    name = _TITLE.sub("", name).rstrip(" .,")
    name += "." if re.search(r"\b(?:Co|Corp|Inc|Ltd|U\.S)$", name) else ""
    return Speech(name, name.lower() in _PRONOUN or not name, content, place)
