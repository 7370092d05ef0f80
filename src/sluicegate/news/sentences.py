"""Sentences of an article with their offsets: soft wraps, abbreviations, and 'project.The loan'."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from sluicegate.news.wraps import ends_open, is_double_spaced

_END = re.compile(r"[.!?…]{1,3}[\"'”’)\]]{0,3}(?=\s|$)|(?<=[a-z0-9)%])[.!?][\"'”’]{0,2}(?=[\"'“‘]?[A-Z][a-z\s])")
_NEVER_ENDS = {
    "mr", "mrs", "ms", "dr", "prof", "gen", "sen", "rep", "gov", "st", "mt", "no", "nos", "vs", "fig", "approx", "est",
    "jan", "feb", "mar", "apr", "jun", "jul", "aug", "sep", "sept", "oct", "nov", "dec", "col", "lt", "sgt", "rev",
    "hon", "messrs", "e.g", "i.e", "cf", "al",
}  # fmt: skip
_MAY_END = {
    "co",
    "corp",
    "inc",
    "ltd",
    "llc",
    "plc",
    "u.s",
    "u.k",
    "e.u",
    "a.m",
    "p.m",
    "jr",
    "sr",
    "etc",
    "u.n",
    "d.c",
    "s.a",
    "bros",
}
_STARTERS = {
    "the", "it", "its", "in", "but", "he", "she", "they", "we", "however", "a", "an", "this", "that", "these",
    "on", "at",
    "if", "and", "for", "as", "while", "although", "there", "since", "after", "when", "last", "under", "according",
    "some", "many", "beijing", "china", "trump", "president", "meanwhile", "separately", "by", "to", "exports",
    "prices",
}  # fmt: skip
_HEADING_WORDS = 14
ADDRESSES_READER = re.compile(
    r"\b(?:ignore|disregard|forget)\s(?:\w+\s){0,3}(?:above|previous|prior|instructions?|prompts?)\b|"
    r"\byou are (?:now )?an? (?:\w+\s){0,3}(?:assistant|analyst|model|ai|agent)\b|\bsystem prompt\b|\bas an ai\b|"
    r"\b(?:assistant|system|user):\s|"
    r"\b(?:report|output|respond|state|answer)\s(?:\w+\s){0,4}(?:instead|verbatim|only as)\b",
    re.IGNORECASE,
)
"""Text that speaks to a machine reading it; no news does. Nothing obeys it, and no claim is made of it."""
MAX_SENTENCE = 1500
"""Characters; what is longer is no sentence (a table, a script, a run of one word) and is left out."""


@dataclass(frozen=True)
class Sentence:
    """A sentence: its text with line breaks as spaces (same length as in the article) and its place there.

    `paragraph` counts the blocks of the article from 0.
    """

    text: str
    start: int
    end: int
    paragraph: int


def split_sentences(text: str, start: int, end: int) -> list[Sentence]:
    """The sentences of `text[start:end]`; headings and other lines without a full stop are left out."""
    found = []
    for number, (first, last) in enumerate(_paragraphs(text, start, end)):
        block = re.sub(r"\s", " ", text[first:last])
        pieces = list(_pieces(block))
        for a, b in pieces:
            bare = block[a:b].strip()
            if bare and len(bare) <= MAX_SENTENCE and not (len(pieces) == 1 and _is_heading(bare)):
                at = first + a + block[a:b].index(bare[0])
                found.append(Sentence(bare, at, at + len(bare), number))
    return found


def _is_heading(text: str) -> bool:
    return len(text.split()) <= _HEADING_WORDS and re.search(r"[.!?…:;,][\"'”’)]{0,3}$", text) is None


def _paragraphs(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Blocks between line breaks that are not soft wraps."""
    lines = [(m.start() + start, m.end() + start) for m in re.finditer(r"[^\r\n\u2028\u2029]+", text[start:end])]
    lines = [(a, b) for a, b in lines if text[a:b].strip()]
    wrapped = _is_wrapped(text, lines)
    spaced = is_double_spaced(text[start:end])
    first = last = None
    for a, b in lines:
        if first is None or last is None:
            first, last = a, b
        elif (spaced and ends_open(text[first:last].rstrip())) or _is_soft(
            text[first:last], text[last:a], text[a:b], wrapped=wrapped
        ):
            last = b
        else:
            yield first, last
            first, last = a, b
    if first is not None and last is not None:
        yield first, last


def _is_wrapped(text: str, lines: list[tuple[int, int]]) -> bool:
    """Whether the text was broken at a fixed width: most lines do not end a sentence."""
    open_ended = sum(not re.search(r"[.!?:;\"'”’)]\s*$", text[a:b]) and b - a > 40 for a, b in lines)
    return len(lines) >= 6 and open_ended > 0.4 * len(lines)


def _is_soft(before: str, gap: str, after: str, *, wrapped: bool) -> bool:
    if len(re.findall(r"\r\n|\n|\r", gap)) > 1:
        return False
    if re.search(r"\bU\.S\.\s*$|,\s*$", before[-12:]):
        return True
    if re.search(r"[.!?…:][\"'”’)]{0,3}\s*$", before[-8:]):
        return wrapped and len(before.rsplit("\n", 1)[-1]) > 40
    return wrapped or after.lstrip()[:1].islower()


def _pieces(block: str) -> Iterator[tuple[int, int]]:
    start = 0
    for match in _END.finditer(block):
        if _ends(block, start, match):
            yield start, match.end()
            start = match.end()
    if block[start:].strip():
        yield start, len(block)


def _ends(block: str, start: int, match: re.Match[str]) -> bool:
    """Whether the stop at `match` ends a sentence and not an abbreviation."""
    after = block[match.end() : match.end() + 40].lstrip(" \"'“‘(")
    if after[:1].islower():
        return False
    if block[match.start()] != "." or (len(match.group()) > 1 and match.group()[1] in "\"'”’)]"):
        return True
    word = re.search(r"[A-Za-z][A-Za-z.]{0,12}$", block[max(start, match.start() - 14) : match.start()])
    if word is None or block[max(start, match.start() - 14) : match.start()][: -len(word.group())][-1:].isdigit():
        return True  # a unit after its number: '2,272t.'
    name = word.group().lower()
    next_word = re.match(r"[A-Za-z']+", after)
    if name in _NEVER_ENDS:
        return False
    if name in _MAY_END or len(name) == 1:
        starts = next_word is not None and next_word.group().lower() in _STARTERS
        return not after or (starts and len(name) > 1)
    return True
