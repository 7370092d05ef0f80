"""Rows of word classes: reading the table of rules and finding where a row fits in a sentence."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, cached_property

from sluicegate.news.lexicon import Hit
from sluicegate.news.passage import Passage
from sluicegate.news.tables import table

_SURE = 0.75
"""Rules trusted this much may fit across clauses."""
_PART = re.compile(r"(\.\.|~)(\d+)|((?:'[^']+'|\w+)(?:\|(?:'[^']+'|\w+))*)")


@dataclass(frozen=True)
class Row:
    """Classes of words in order.

    `gaps[i]` is the most words allowed before class i (0 for the first), `lists[i]` whether a comma may stand there.
    """

    classes: tuple[tuple[str, ...], ...]
    gaps: tuple[int, ...]
    lists: tuple[bool, ...]


@dataclass(frozen=True)
class Rule:
    """A row that gives a type of claim, what the clause must hold, what forbids it, and how far it is trusted."""

    type: str
    row: Row
    need: tuple[tuple[str, ...], ...]
    unless: tuple[Row, ...]
    trust: float

    @cached_property
    def wanted(self) -> tuple[frozenset[str], ...]:
        """Sets of classes, of each of which a clause must hold one."""
        return tuple(frozenset(alternatives) for alternatives in (*self.row.classes, *self.need))


@dataclass(frozen=True)
class Fit:
    """Where a rule fits: the hits of its row, inside the clause `segment` (offsets in the sentence)."""

    rule: Rule
    hits: tuple[Hit, ...]
    segment: tuple[int, int]

    @property
    def start(self) -> int:
        """Where the first hit begins."""
        return self.hits[0].start

    @property
    def end(self) -> int:
        """Where the last hit ends."""
        return self.hits[-1].end


@cache
def rules() -> tuple[Rule, ...]:
    """The table of rules."""
    return tuple(
        Rule(
            kind,
            parse_row(entry["row"]),
            tuple(tuple(n.split("|")) for n in entry.get("need", [])),
            tuple(parse_row(r) for r in entry.get("unless", [])),
            float(entry["trust"]),
        )
        for kind, entries in table("rules").items()
        for entry in entries
    )


def parse_row(text: str) -> Row:
    """A row from its writing: `RESTRICT ..7 FLOW|'word'`; `~7` is a gap without a comma."""
    classes: list[tuple[str, ...]] = []
    gaps: list[int] = []
    lists: list[bool] = []
    gap, comma = 0, True
    for kind, number, names in _PART.findall(text):
        if number:
            gap, comma = int(number), kind == ".."
        else:
            classes.append(tuple(names.split("|")))
            gaps.append(gap)
            lists.append(comma)
            gap, comma = 0, True
    return Row(tuple(classes), tuple(gaps), tuple(lists))


def find_fits(passage: Passage) -> list[Fit]:
    """Every place in the passage's clauses where a rule fits."""
    found: list[Fit] = []
    for segment in passage.segments:
        for rule in _possible(passage, segment):
            found.extend(_fits(rule, passage, segment))
    return found or _fits_across(passage)


def _possible(passage: Passage, segment: tuple[int, int]) -> list[Rule]:
    """The rules of whose wanted classes a clause holds each, in the table's order."""
    bits = _bits()
    held = 0
    for hit in passage.hits:
        if hit.start >= segment[0] and hit.end <= segment[1]:
            held |= bits.get(hit.tag, 0)
    return [rule for rule, first, others in _masked() if held & first and _holds_each(held, others)]


def _holds_each(held: int, masks: tuple[int, ...]) -> bool:
    for mask in masks:  # noqa: SIM110, the innermost loop of the reader: a generator would double its time
        if not held & mask:
            return False
    return True


@cache
def _bits() -> dict[str, int]:
    """A bit for every class that some rule wants."""
    classes = sorted({tag for rule in rules() for alternatives in rule.wanted for tag in alternatives})
    return {tag: 1 << number for number, tag in enumerate(classes)}


@cache
def _masked() -> tuple[tuple[Rule, int, tuple[int, ...]], ...]:
    """Every rule with its sets of wanted classes as bits: those its row begins with, and the others."""
    bits = _bits()
    masks = ((rule, [sum(bits[tag] for tag in wanted) for wanted in rule.wanted]) for rule in rules())
    return tuple((rule, first, tuple(others)) for rule, (first, *others) in masks)


def _fits_across(passage: Passage) -> list[Fit]:
    """Fits over the joints of clauses: 'The rule, which took effect in May, covers ...'."""
    if len(passage.segments) < 2:
        return []
    wholes = [(a, b) for a, b in passage.speech.parts if (a, b) not in passage.segments]
    return [
        fit
        for whole in wholes
        for rule in _possible(passage, whole)
        if rule.trust >= _SURE
        for fit in _fits(rule, passage, whole)
    ]


def _fits(rule: Rule, passage: Passage, segment: tuple[int, int]) -> Iterator[Fit]:
    tightest = {hits[-1].end: hits for hits in _rows(rule.row, passage, segment)}
    if not tightest or any(next(_rows(row, passage, segment), None) for row in rule.unless):
        return
    for hits in tightest.values():
        yield Fit(rule, hits, segment)


def _rows(row: Row, passage: Passage, segment: tuple[int, int]) -> Iterator[tuple[Hit, ...]]:
    """The shortest sequence of hits from each first hit."""
    for first in passage.within(row.classes[0], *segment):
        hits = _rest(row, 1, (first,), passage, segment)
        if hits:
            yield hits


def _rest(
    row: Row, at: int, hits: tuple[Hit, ...], passage: Passage, segment: tuple[int, int]
) -> tuple[Hit, ...] | None:
    if at == len(row.classes):
        return hits
    last = hits[-1]
    for hit in passage.within(row.classes[at], last.end, segment[1]):
        if passage.words_between(last.end, hit.start) > row.gaps[at] or _barred(passage, last.end, hit.start):
            return None
        if not row.lists[at] and "," in passage.sentence.text[last.end : hit.start]:
            return None
        found = _rest(row, at + 1, (*hits, hit), passage, segment)
        if found:
            return found
    return None


def _barred(passage: Passage, start: int, end: int) -> bool:
    return bool(passage.within(("BARRIER",), start, end))
