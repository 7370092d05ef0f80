"""Other stories on the page: cards of headline, publisher and age."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime, timedelta

from sluicegate.news.article import Related

AGE = re.compile(
    r"(?:\btime|\b)\s?(\d{1,3}|an?|one|two|three|four|five|six)\s{0,2}"
    r"(sec(?:ond)?|min(?:ute)?|h(?:ou)?r?|day|week|month|year)s?\s{1,2}ago\b",
    re.IGNORECASE,
)
_WORDS = {"a": 1, "an": 1, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6}
_HOURS = {"s": 1 / 3600, "mi": 1 / 60, "h": 1.0, "d": 24.0, "w": 168.0, "mo": 730.5, "y": 8766.0}
_LIST = re.compile(
    r"^[\W_]{0,3}(?:related|more|recommended|also read|read (?:also|more|next)|you may|top stories)", re.I
)
_BULLET = re.compile(r"^[•·*\-–|]\s{0,4}")
_SPLIT = re.compile(r"\s{1,3}[|·•–—]\s{1,3}|\s-\s|,\s(?=(?:\d|an?\s))")
STOP = re.compile(r"[.!?…][\"'”’)\]]{0,3}$")


@dataclass(frozen=True)
class Line:
    """A stripped line of text with its offsets in code points."""

    text: str
    start: int
    end: int


def cards(lines: list[Line], captured: datetime | None = None) -> list[Related]:
    """The stories that `lines`, taken from after the article, point to.

    A story is a headline before the line that gives its age, or a bare headline in a list headed 'Related ...'.

    Parameters
    ----------
    captured : when the page was fetched; without it `published` stays None
    """
    found: dict[str, Related] = {}
    block: list[str] = []
    listed = False
    aged = any(AGE.search(x.text) for x in lines if len(x.text) < 250)
    for line in lines:
        text = _BULLET.sub("", line.text)
        age = AGE.search(text) if len(text) < 250 else None
        if age:
            story = _card(block, text, age, captured)
            if story:
                found.setdefault(story.title, story)
            block = []
        elif _LIST.match(text) and len(text) < 60:
            listed, block = True, []
        elif _is_headline(text):
            block.append(text)
            if listed and not aged and len(text.split()) >= 4:
                found.setdefault(text, Related(text, None, None, None))
        elif len(text.split()) > 12:
            block = []
    return _without_bare_repeats(found)


def _without_bare_repeats(found: dict[str, Related]) -> list[Related]:
    return [story for story in found.values() if len(story.title.split()) >= 3]


def _card(block: list[str], text: str, age: re.Match[str], captured: datetime | None) -> Related | None:
    """One story from the lines before its age; the age's own line may hold headline and publisher too."""
    parts = [p.strip() for p in _SPLIT.split(text[: age.start()]) if p.strip(" (,|")]
    lines = [*block[-4:], *parts]
    if not lines:
        return None
    title = max(lines, key=lambda x: len(x.split()))
    later = [x for x in lines[lines.index(title) + 1 :] if x != title and len(x.split()) <= 6]
    said = re.sub(r"^time\s?", "", age.group().strip())
    return Related(title, later[-1] if later else None, said, _published(age, captured))


def _published(age: re.Match[str], captured: datetime | None) -> str | None:
    if captured is None:
        return None
    count = age.group(1).lower()
    unit = age.group(2).lower()
    hours = next(h for prefix, h in _HOURS.items() if unit.startswith(prefix))
    then = captured - timedelta(hours=hours * (_WORDS[count] if count in _WORDS else int(count)))
    return then.replace(microsecond=0).isoformat()


def _is_headline(text: str) -> bool:
    return 1 <= len(text.split()) <= 30 and len(text) < 250 and not STOP.search(text)
