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
_DATE = r"(?:[A-Z][a-z]{2,8}\.?\s\d{1,2}(?!\d)|\d{1,2}\s[A-Z][a-z]{2,8}\b)"
_NAME = r"[A-Z][^,;:.\"“”]{1,90}?"
_SOMEBODY = rf"[Tt]he [^,;:\"“”]{{2,120}}?|[Aa]n? [^,;:\"“”]{{2,80}}?|{_SAYER}[^,;:\"“”]{{0,70}}?"
_WHO = rf"{_NAME}|{_SOMEBODY}|he|she|it|they|who|He|She|It|They"
_WHEN = rf"(?:\s(?:on\s)?(?:{_DAY}|earlier|yesterday|today|separately|late|early|last\s\w+|{_DATE}))?(?:\s\({_DATE}\))?"
_PAPER = rf"in\s(?:an?|its|their|the)\s(?:\w+\s){{0,3}}(?:{'|'.join(_WORDS['papers'])})s?"
_LISTENER = rf"(?:to\s)?(?:{'|'.join(_WORDS['listeners'])})|at\s\w+(?:\s\w+){{0,4}}|in\s[A-Z]\w+"
_WHERE = rf"(?:\s(?:{_PAPER}|{_LISTENER})(?:\sdated\s\w+\s\d{{1,2}})?)?"
_OPENING = r"(?:(?:And|But|However|Meanwhile|Separately|Still|Also|Earlier|In\s[^,]{2,30}|On\s[^,]{2,30}),?\s)?"
_LEAD = re.compile(
    rf"^[\"“'‘]?{_OPENING}(?P<who>{_WHO})(?:,[^,]{{2,120}},)?\s(?:also\s|has\s|have\s|had\s|later\s|earlier\s)?"
    rf"{_SAID}{_WHEN}{_WHERE}{_WHEN}(?:,)?\s(?:that\s)?(?=\S)"
)
_OFFICE = r"(?:[A-Z][\w']+\s){0,3}(?:Minister|Ministry|Secretary|Department)\s(?:of|for)\s[^;:\"“”]{1,100}?"
_ANYBODY = r"(?:two|three|several|some|many|[a-z]+)(?:\s(?!than\b|to\b)[\w'-]+){0,5}?"
_CARRIED = r"(?:\s(?:reported|carried|quoted|published|released|seen)\sby\s[\w ]{2,40})?"
_AFTER = rf"(?:[A-Z]|(?:the|an?|two|three|one|{_SAYER})\b)[^,;\"“”]{{1,90}}|he|she|it|they"
_TAIL = re.compile(
    rf"(?:,[\"”'’]{{0,2}}|[\"”],?|['’],)\s?"
    rf"(?:(?P<first>{_OFFICE}|{_WHO}|{_ANYBODY})(?:,[^,]{{2,100}},)?\s(?:also\s|has\s|later\s)?{_SAID}{_WHEN}{_WHERE}{_WHEN}"
    rf"|{_SAID}\s(?P<after>{_AFTER})){_CARRIED}(?P<rest>(?:,\s[^\"“”]{{0,260}})?)[.\"”'’]{{0,3}}$"
)
_ACCORDING = re.compile(
    r"(?:,\s|^|\s|\()(?:[Aa]ccording to|citing(?=\s(?:(?:an?|the|its|two|three|several|some|unnamed|unidentified|"
    r"government|industry|customs|company|local|state)\s){0,3}(?:sources?|people|persons?|officials?|data|figures|reports?|documents?|"
    r"statements?|media|analysts?|traders?|letter|notice|filings?|[A-Z])))\s(?P<who>[^,;()]{2,90})"
)
_DATA = re.compile(
    r"(?:.{0,60}\s)?(?:data|figures|statistics|documents?|estimates|research|survey|report)\b", re.IGNORECASE
)
_FIGURES_SAY = re.compile(
    r"^(?P<who>(?:[A-Z][\w'’.]*\s){0,5}?(?:[a-z]+\s){0,3}?(?:data|figures|statistics|estimates|documents?))"
    r"(?:\s(?:from|by|released|published|seen)\s[^,;]{2,60}?)?\s(?:also\s)?"
    r"(?:shows?|showed|reveals?|revealed|indicates?|indicated|suggests?|suggested|puts?)\s(?:that\s)?(?=\S)"
)
_MIDDLE = re.compile(rf",\s(?P<who>[A-Z][\w.' ]{{1,60}}|he|she|it|they|the\s[\w ]{{2,50}})\s{_SAID}{_WHEN},\s")
_THAT = re.compile(
    r"\b(?P<who>[A-Z][\w.'’-]*(?:\s[A-Z][\w.'’-]*){0,6}|[Tt]he\s[\w' -]{2,50}|"
    r"an?\s[\w' -]{2,60}|officials?|analysts|experts|sources)"
    rf"(?<!\bthe time)(?:\sat the time)?\s{_SAID}{_WHEN}{_WHERE}{_WHEN}\s(?:that\s)?"
)
_MORE = re.compile(r",\s(?:adding|noting|saying|warning|and|but|while|citing)\s")
_VAGUE_END = re.compile(rf"\b{_VAGUE}\s(?:that\s)?$")
_CLAUSE = re.compile(
    r"(?:that|it|they|he|she|there|we)\b|[^,;]{2,45}?\s(?:had|has|have|was|were|would|will|is|are|could|may)\b"
)
AGENCIES = {"reuters", "bloomberg", "bloomberg news", "afp", "ap", "associated press", "xinhua", "kyodo", "nikkei"}
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
    said : offsets of what is said
    place : offsets of the attribution; (0, 0) when none
    parts : offsets of what is read for claims, in order: all but the attribution and what explains who the speaker is
    """

    who: str
    pronoun: bool
    said: tuple[int, int]
    place: tuple[int, int]
    parts: tuple[tuple[int, int], ...]

    def speaker_of(self, start: int, end: int) -> str:
        """Who says the words at `[start, end)`; '' when the article itself does."""
        return self.who if self.said[0] <= start and end <= self.said[1] + 1 else ""


def find_speech(text: str) -> Speech:
    """The attribution of a sentence; the article itself speaks when there is none."""
    size = len(text)
    return _according(text) or _at_the_end(text) or _between(text) or _before(text) or _nobody(size)


def _nobody(size: int) -> Speech:
    return Speech("", False, (0, size), (0, 0), ((0, size),))


def _according(text: str) -> Speech | None:
    """'..., according to X, and ...': X says what stands before, or after when nothing does."""
    match = _ACCORDING.search(text)
    if match is None:
        return None
    size, (start, end) = len(text), match.span()
    if start > size // 3:
        return _speech(match.group("who"), (0, start), (start, end), ((0, start), (end, size)))
    return _speech(match.group("who"), (0, size), (start, end), ((end, size),) if start == 0 else ((0, size),))


def _at_the_end(text: str) -> Speech | None:
    match = _TAIL.search(text)
    if match is None or match.start() <= 12:
        return None
    who = match.group("first") or match.group("after") or ""
    after = match.start("rest")
    parts = [(0, match.start())]
    more = _MORE.match(match.group("rest"))
    if more:
        parts.append((after, len(text)))
    return _speech(who, (0, len(text) if more else match.start()), (match.start(), after), tuple(parts))


def _between(text: str) -> Speech | None:
    match = _MIDDLE.search(text)
    if match is None:
        return None
    start, end = match.span()
    return _speech(match.group("who"), (0, len(text)), (start, end), ((0, len(text)),))


def _before(text: str) -> Speech | None:
    match = _LEAD.match(text) or _data_lead(text) or _THAT.search(text)
    if match is None or len(text) - match.end() <= 12:
        return None
    plain = _VAGUE_END.search(match.group()) and not match.group().endswith("that ")
    if plain and not _CLAUSE.match(text[match.end() :]) and not _DATA.match(match.group("who")):
        return None
    size, begin = len(text), _content_start(match)
    if re.search(r"\bannounced?\b", match.group()) and begin == match.start("who"):
        return None
    parts = ((0, match.start()), (begin, size)) if match.start() > 12 else ((begin, size),)
    return _speech(match.group("who"), (begin, size), match.span(), parts)


def _data_lead(text: str) -> re.Match[str] | None:
    """'Chinese customs data reveal no shipments': figures speak without a clause after the verb."""
    return _FIGURES_SAY.match(text)


def _content_start(match: re.Match[str]) -> int:
    """Where the content begins: at 'announced' itself when the announcement is the news."""
    verb = re.search(rf"\b{_SAID}", match.group()[match.end("who") - match.start() :])
    if verb and match.string.startswith("of ", match.end()):
        return match.end("who") + verb.start()  # 'warned of acute shortages'
    if verb and verb.group() in _MAIN_VERBS and not match.group().rstrip().endswith("that"):
        return match.start("who")
    return match.end()


def _speech(who: str, said: tuple[int, int], place: tuple[int, int], parts: tuple[tuple[int, int], ...]) -> Speech:
    who = (
        re.split(r"\b(?:after|as|because|when|since|while|but)\s", who)[-1]
        if re.match(r"(?:Shares|Prices|The)\b", who)
        else who
    )
    name = re.sub(r"^(?:[Tt]he|[Aa]n?)\s", "", who.strip(" ,'\"“”‘’"))
    name = _AFTER_NAME.sub("", name)
    name = _TITLE.sub("", name).rstrip(" .,")
    name += "." if re.search(r"\b(?:Co|Corp|Inc|Ltd|U\.S)$", name) else ""
    return Speech(name, name.lower() in _PRONOUN or not name, said, place, tuple(p for p in parts if p[1] - p[0] > 5))
