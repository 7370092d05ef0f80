"""The words a claim quotes: its clause, without joining words and without the neighbours' claims."""

from __future__ import annotations

import re

from sluicegate.news.passage import Passage
from sluicegate.news.rules import Fit

_JOINT = re.compile(r",?\s(?:and|or|while|but|plus|as well as)\s|,\s|;\s")
_LEAD = re.compile(
    r"^(?:[\s,;:–—-]|and\s|but\s|that\s|while\s|whereas\s|although\s|though\s|as\s(?!a\s)|[\"“‘](?=\w))+", re.IGNORECASE
)
_TRAIL = re.compile(r"[\s,;:.!?–—\"”’'-]+$")


_AMOUNTS = {"PERCENT", "MASS", "MONEY"}


def spans_of(fits: list[Fit], passage: Passage) -> list[tuple[Fit, tuple[int, int]]]:
    """Each fit with the offsets of its claim in the sentence."""
    text = passage.sentence.text
    found: list[tuple[Fit, tuple[int, int]]] = []
    for fit in fits:
        neighbours = [f for f in fits if f is not fit and f.segment == fit.segment]
        start, end = fit.segment
        before = [f for f in neighbours if f.end <= fit.start]
        after = [f for f in neighbours if f.start >= fit.end]
        if before:
            start = _cut(text, max(f.end for f in before), _anchor(fit), start)
        if after:
            end = _cut(text, fit.end, min(_anchor(f) for f in after), end)
        span = _trimmed(text, start, end)
        if not any(f.rule.type == fit.rule.type and s == span for f, s in found):
            found.append((fit, span))
    return found


def _anchor(fit: Fit) -> int:
    """Where the words that are a claim's own begin: its amount when it has one, else its first word."""
    return min((h.start for h in fit.hits if h.tag in _AMOUNTS), default=fit.start)


def _cut(text: str, first: int, last: int, otherwise: int) -> int:
    """Where two claims part: at a joining word between them; `otherwise` when there is none."""
    joints = list(_JOINT.finditer(text, first, last))
    return joints[-1].start() if joints else otherwise


def _trimmed(text: str, start: int, end: int) -> tuple[int, int]:
    lead = _LEAD.match(text[start:end])
    start += lead.end() if lead else 0
    trail = _TRAIL.search(text[start:end])
    if trail and not re.search(r"\b(?:U\.S|Co|Corp|Inc|Ltd)$", text[start : start + trail.start()]):
        end = start + trail.start()
    return start, end
