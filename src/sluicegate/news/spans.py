"""The words a claim quotes: its clause, without joining words and without the neighbours' claims."""

from __future__ import annotations

import re

from sluicegate.news.passage import Passage
from sluicegate.news.rules import Fit

_JOINT = re.compile(r",?\s(?:and|or|while|but|plus|as well as)\s|,\s|;\s")
_LEAD = re.compile(
    r"^(?:[\s,;:–—•*·-]|and\s|but\s|that\s|while\s|whereas\s|although\s|though\s|as\s(?!a\s)|[\"“‘](?=\w))+",
    re.IGNORECASE,
)
_TRAIL = re.compile(r"[\s,;:.!?–—\"”’'-]+$")


_MOVEMENTS = {"price_move", "trade_volume", "production_volume", "quota_set"}
_GOES_ON = re.compile(
    r"[,\s]{1,2}(?:with|closing|trading|hitting|reaching|marking|rising|falling|up|down|to|settling|allocating|"
    r"allotting|capping|limiting|setting)",
    re.IGNORECASE,
)
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
    return _joined(found, text)


def _joined(found: list[tuple[Fit, tuple[int, int]]], text: str) -> list[tuple[Fit, tuple[int, int]]]:
    """Movements told in one breath are one claim: 'hit a record high, with powder trading at $700'."""
    kept: list[tuple[Fit, tuple[int, int]]] = []
    for fit, span in found:
        last = kept[-1] if kept else None
        if (
            last is not None
            and last[0].rule.type == fit.rule.type
            and fit.rule.type in _MOVEMENTS
            and last[1][1] <= span[0]
            and _GOES_ON.fullmatch(text[last[1][1] : span[0]] + text[span[0] :].split(" ", 1)[0])
        ):
            best = max(last[0], fit, key=lambda f: f.rule.trust)
            kept[-1] = (best, (last[1][0], span[1]))
        else:
            kept.append((fit, span))
    return kept


def _anchor(fit: Fit) -> int:
    """Where the words that are a claim's own begin: its amount when it has one, else its first word."""
    return min((h.start for h in fit.hits if h.tag in _AMOUNTS), default=fit.start)


def _cut(text: str, first: int, last: int, otherwise: int) -> int:
    """Where two claims part: at a joining word between them; `otherwise` when there is none."""
    joints = list(_JOINT.finditer(text, first, last))
    return joints[-1].start() if joints else otherwise


_BESIDE = re.compile(r",?\s(?:compared (?:with|to)|versus|in comparison (?:with|to))\s", re.IGNORECASE)


def _trimmed(text: str, start: int, end: int) -> tuple[int, int]:
    lead = _LEAD.match(text[start:end])
    start += lead.end() if lead else 0
    trail = _TRAIL.search(text[start:end])
    if trail and not re.search(r"\b(?:U\.S|Co|Corp|Inc|Ltd)$", text[start : start + trail.start()]):
        end = start + trail.start()
    return start, end
