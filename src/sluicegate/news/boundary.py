"""Where the article begins and ends on a page that also carries furniture and other stories."""

from __future__ import annotations

import re
from dataclasses import dataclass

from sluicegate.news.related import AGE, STOP, Line, cards
from sluicegate.news.tables import table
from sluicegate.news.wraps import is_double_spaced

_FURNITURE = re.compile(
    rf"^[\W_]{{0,5}}(?:{'|'.join(table('furniture'))})[\W_]{{0,5}}$|^[_\-=*•·.\s]{{3,80}}$", re.IGNORECASE
)
_DATE = re.compile(
    r"\b(?:19|20)\d\d-\d{1,2}-\d{1,2}\b|\b\d{1,2}[-/.]\d{1,2}[-/.](?:19|20)\d\d(?!\d)"
    r"|\b(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]{0,6}\.?\s{1,2}\d{1,2},?\s{1,2}(?:19|20)\d\d"
    r"|\b\d{1,2}\s{1,2}(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]{0,6}\.?,?\s{1,2}(?:19|20)\d\d",
    re.IGNORECASE,
)
_GLUED_DATE = re.compile(r"(?<=[A-Za-z])\d{1,2}[-/.]\d{1,2}[-/.](?:19|20)\d\d$")
_BYLINE = re.compile(r"^(?:by|from|published|updated|posted|reporting by|written by|source)\b[:\s]", re.IGNORECASE)
_READING_TIME = re.compile(r"^\d{1,2}\s?min(?:ute)?s?\s(?:read|listen)\b", re.IGNORECASE)
# Chinese and Japanese put no space between words; one of their characters carries about half a word.
_UNSPACED = re.compile(r"[\u3041-\u30ff\u4e00-\u9fff]")
_UNSPACED_PROSE = 20
_OPEN_END = re.compile(r"(?:,|\b(?:the|a|an|of|to|in|and|for|from|with|by|on|its|at|that|U\.S\.))$")
_LONGEST_JOINED = 2_000
_LOOK_AHEAD = 8
_HEADER_LINES = 25


@dataclass(frozen=True)
class Boundary:
    """Where the article is.

    Attributes
    ----------
    title : first headline; None when there is none
    header : lines between title and body, with the title (bylines and dates are looked for there)
    start, end : the article alone, in code points
    tail : the lines after the article
    """

    title: str | None
    header: tuple[Line, ...]
    start: int
    end: int
    tail: tuple[Line, ...]


def find_boundary(text: str) -> Boundary | None:
    """The article's place in `text`; None when no line of it is prose."""
    lines = split_lines(text)
    first = next((i for i, line in enumerate(lines) if is_prose(line.text)), None)
    if first is None:
        return None
    last = _end(lines, first)
    header = tuple(lines[:first])[-_HEADER_LINES:]
    return Boundary(_title(header), header, lines[first].start, lines[last].end, tuple(lines[last + 1 :]))


def split_lines(text: str) -> list[Line]:
    """The lines of `text` that hold something, stripped, with their offsets; soft-wrapped ones joined."""
    lines: list[Line] = []
    longest = 2 if is_double_spaced(text) else 1
    for match in re.finditer(r"[^\r\n\u2028\u2029]+", text):
        bare = match.group().strip()
        if not bare:
            continue
        start = match.start() + match.group().index(bare[0])
        line = Line(bare, start, start + len(bare))
        if lines and _goes_on(lines[-1], line, text, longest):
            first = lines.pop()
            line = Line(f"{first.text} {bare}", first.start, line.end)
        lines.append(line)
    return lines


def _goes_on(line: Line, after: Line, text: str, longest: int) -> bool:
    """Whether a break of `longest` line ends at most is a soft wrap: the next line begins in mid-sentence."""
    breaks = len(re.findall(r"\r\n|\n|\r", text[line.end : after.start]))
    if not 1 <= breaks <= longest or len(line.text) > _LONGEST_JOINED:
        return False
    if any(is_furniture(x) or is_byline(x) for x in (line.text[-200:], after.text)) or AGE.search(after.text[:40]):
        return False
    return after.text[0].islower() or _OPEN_END.search(line.text) is not None


def is_furniture(text: str) -> bool:
    """Whether a line is page furniture: buttons, comment boxes, headings of link lists."""
    return len(text) <= 200 and _FURNITURE.match(text) is not None


def is_byline(text: str) -> bool:
    """Whether a line names author, publisher or date and nothing else."""
    if len(text) > 120:
        return False
    dated = _DATE.search(text) or _GLUED_DATE.search(text)
    sentence = STOP.search(text) is not None and len(text.split()) >= 8
    bare = dated is not None and len(text) - len(dated.group()) <= 60 and not sentence
    return bare or _READING_TIME.match(text) is not None or (_BYLINE.match(text) is not None and len(text.split()) < 14)


def is_prose(text: str) -> bool:
    """Whether a line reads as a sentence or more of running text."""
    if is_furniture(text) or (AGE.search(text) and len(text) < 60):
        return False
    if len(_UNSPACED.findall(text)) >= _UNSPACED_PROSE:
        return True
    words = len(text.split())
    if STOP.search(text):
        return words >= 6 and not is_byline(text)
    return words >= 12 and (len(text) >= 160 or text.endswith((",", ":", ";")) or ". " in text)


def _title(header: tuple[Line, ...]) -> str | None:
    """The first header line that repeats, else the first of headline length; the last where cards come before it."""
    likely = [x.text for x in header if len(x.text.split()) >= 3 and not is_furniture(x.text) and not is_byline(x.text)]
    repeated = [t for t in likely if likely.count(t) > 1]
    carded = any(AGE.search(x.text) for x in header)
    return next(iter((repeated or likely)[:: -1 if carded else 1]), None)


def _end(lines: list[Line], first: int) -> int:
    """Index of the article's last line: before the first marker that furniture or cards follow."""
    last_prose = max(i for i in range(first, len(lines)) if i == first or is_prose(lines[i].text))
    for i in range(first + 1, len(lines)):
        if is_furniture(lines[i].text) and (i > last_prose or _cuts(lines, i)):
            return _last_of_article(lines, first, i)
    return _last_of_article(lines, first, _before_unmarked_cards(lines, first))


def _cuts(lines: list[Line], at: int) -> bool:
    """Whether what follows the marker at `at` looks like furniture or cards and not like the article going on."""
    near = lines[at + 1 : at + 1 + _LOOK_AHEAD]
    if any(is_furniture(x.text) for x in near[:4]) and sum(is_furniture(x.text) for x in near) >= 2:
        return True
    return _opens_card(near)


def _opens_card(lines: list[Line]) -> bool:
    """Whether a headline said twice, or the age of a story, comes before two lines of prose."""
    prose = 0
    for i, line in enumerate(lines):
        if len(line.text) < 60 and AGE.search(line.text):
            return True
        repeated = i + 1 < len(lines) and line.text == lines[i + 1].text
        if repeated and len(line.text.split()) >= 4 and not STOP.search(line.text):
            return True
        prose += is_prose(line.text)
        if prose >= 2:
            return False
    return False


def _before_unmarked_cards(lines: list[Line], first: int) -> int:
    """Index of the first line of a run of cards that no marker announces; `len(lines)` when there is none."""
    for i in range(first + 2, len(lines) - 1):
        repeated = lines[i].text == lines[i + 1].text and len(lines[i].text.split()) >= 4
        if repeated and not is_prose(lines[i].text) and cards(lines[i : i + 6]):
            return i
    return len(lines)


def _last_of_article(lines: list[Line], first: int, stop: int) -> int:
    """Step back from `stop` over furniture and bylines."""
    last = stop - 1
    while last > first and (is_furniture(lines[last].text) or is_byline(lines[last].text)):
        last -= 1
    return last
