"""The words the reader knows: classes of words, materials, places, firms, and one automaton that finds them all."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Any

import ahocorasick

from sluicegate.news.inflection import plural, verb_forms
from sluicegate.news.tables import table
from sluicegate.terms import spoken_names
from sluicegate.world.facility import load_facilities

_NOUN_COMPOUNDS = {
    "FLOW",
    "EXPORTS_N",
    "IMPORT",
    "TAX",
    "QUOTA",
    "LICENCE",
    "CONTROL",
    "TARIFF",
    "RESERVE",
    "STOCK",
    "OUTPUT",
    "SHIP",
    "IMPORT_V",
    "IMPORT_OF",
    "PLANT",
    "MINE",
    "COST",
    "MAKE",
    "MINE_WORK",
    "VOLUME_N",
    "SUPPLY",
    "PRICE",
}
_LONGEST_ONLY = {"MATERIAL", "PLACE", "REGION", "ORG", "NOTHING"}


@dataclass(frozen=True)
class Hit:
    """A known word or phrase in a sentence: class, value (material, place code or firm), and offsets in it."""

    tag: str
    value: str
    start: int
    end: int


@dataclass(frozen=True)
class _Entry:
    tag: str
    value: str
    spelling: str | None


def normal(text: str) -> str:
    """`text` in lower case, with hyphens inside words as spaces and plain apostrophes; of the same length."""
    flat = text.translate({0x2019: "'", 0x2018: "'", 0xA0: " ", 0x2011: "-"})
    flat = re.sub(r"(?<=[^\W_])-(?=[^\W_])", " ", flat)
    low = flat.lower()
    return low if len(low) == len(flat) else "".join(c.lower() if len(c.lower()) == 1 else c for c in flat)


def find_words(text: str) -> list[Hit]:
    """All known words in a sentence, longest material, place and firm only, ordered by place."""
    key = normal(text)
    hits = []
    for last, (length, entries) in _automaton().iter(key):
        start, end = last + 1 - length, last + 1
        if not _whole(key, start, end):
            continue
        found = text[start:end]
        hits += [Hit(e.tag, e.value, start, end) for e in entries if e.spelling is None or e.spelling == found]
    return sorted(_without_nested(hits), key=lambda h: (h.start, h.end, h.tag))


def is_known(word: str) -> bool:
    """Whether a word has a meaning of its own here: a place, a material or a word of some class."""
    return any(h.end - h.start == len(word) for h in find_words(word))


@cache
def doubtful_places() -> frozenset[str]:
    """Spellings of places that also name people or other things."""
    return frozenset(table("places")["doubtful"])


def _whole(key: str, start: int, end: int) -> bool:
    before, after = key[start - 1 : start], key[end : end + 1]
    joined = key[start] in "'n;-—–" and key[start:end] in {"'s", "'re", "'d", "'ll", "n't", ";", "--", "—", "–"}
    return joined or not (before.isalnum() or after.isalnum())


def _without_nested(hits: list[Hit]) -> list[Hit]:
    """Drop hits inside a longer one of the same kind, and nouns inside a longer noun ('export' in 'export ban').

    Of materials that overlap the first stays: 'heavy rare earth' of 'heavy rare earth products'.
    """
    tags: dict[tuple[int, int], set[str]] = {}
    for hit in hits:
        tags.setdefault((hit.start, hit.end), set()).add(hit.tag)
    over = _tags_over(tags)
    kept = [h for h in hits if not _swallowed(h.tag, over[h.start, h.end])]
    ends = [(h.start, h.end) for h in kept if h.tag == "MATERIAL"]
    return [h for h in kept if h.tag != "MATERIAL" or not any(a < h.start < b for a, b in ends)]


def _tags_over(tags: dict[tuple[int, int], set[str]]) -> dict[tuple[int, int], set[str]]:
    """For every place the classes of the longer hits that hold it."""
    over: dict[tuple[int, int], set[str]] = {}
    open_: list[tuple[int, int]] = []
    for place in sorted(tags, key=lambda p: (p[0], -p[1])):
        start, end = place
        open_ = [p for p in open_ if p[1] > start]
        longer = [tags[p] for p in open_ if p[1] >= end]
        over[place] = set().union(*longer) if longer else set()
        open_.append(place)
    return over


def _swallowed(tag: str, over: set[str]) -> bool:
    if not over:
        return False
    return (
        (tag in _LONGEST_ONLY and not over.isdisjoint(_LONGEST_ONLY))
        or (tag in _NOUN_COMPOUNDS and not over.isdisjoint(_NOUN_COMPOUNDS | _SWALLOWING))
        or (tag in _OF_FORECASTS and "FORECAST" in over)
    )


_OF_FORECASTS = {"WORKS", "ABILITY", "OUTPUT", "LINE"}
_SWALLOWING = {
    "EXPORT_TAX",
    "PRICE",
    "SHORTAGE",
    "STOCKPILE",
    "CAPACITY",
    "DEAL",
    "FUNDING",
    "MAGNET_PLANT",
    "NOTHING",
    "LINE",
    "ORG",
    "PLACE",
    "LEAD_TIME",
    "NONE_N",
    "FORECAST",
    "SHARES",
    "CONTROL_LIST",
}


@cache
def _automaton() -> Any:
    entries: dict[str, dict[_Entry, None]] = {}
    for phrase, entry in _entries():
        entries.setdefault(normal(phrase), {})[entry] = None
    automaton = ahocorasick.Automaton()
    for key, found in entries.items():
        automaton.add_word(key, (len(key), tuple(found)))
    automaton.make_automaton()
    return automaton


def _entries() -> Iterator[tuple[str, _Entry]]:
    yield from _word_entries()
    yield from _material_entries()
    yield from _place_entries()
    yield from _facility_entries()
    for name in table("companies"):
        yield name, _Entry("ORG", name, name)


def _word_entries() -> Iterator[tuple[str, _Entry]]:
    for tag, kinds in table("words").items():
        forms = set(kinds.get("phrases", []))
        for noun in kinds.get("nouns", []):
            forms |= {noun, plural(noun)}
        for verb in kinds.get("verbs", []):
            forms |= verb_forms(verb)
        for form in forms:
            yield form, _Entry(tag, form, None)
    for rules in table("rules").values():
        for rule in rules:
            for literal in re.findall(
                r"'([^']+)'", " ".join([rule["row"], *rule.get("unless", []), *rule.get("need", [])])
            ):
                yield literal, _Entry(f"'{literal}'", literal, None)


def _material_entries() -> Iterator[tuple[str, _Entry]]:
    for name, aliases in table("materials").items():
        for spelling in {name, *aliases}:
            for form in {spelling, plural(spelling)}:
                yield form, _Entry("MATERIAL", name, None)


def _place_entries() -> Iterator[tuple[str, _Entry]]:
    places = table("places")
    ours = {
        n: code
        for kind in ("demonyms", "spellings", "seats", "localities")
        for code, ns in places[kind].items()
        for n in ns
    }
    taken = {normal(name) for name in ours}
    for name, code in spoken_names().items():
        if len(name) > 3 and code not in {"ROW", "WLD", "EUO"} and "." not in name and name not in taken:
            yield name, _Entry("PLACE", code, None if any(c in name for c in " -’'") else name.capitalize())
    for name, code in ours.items():
        yield name, _Entry("PLACE", code, name)
    for code, names in places["localities"].items():
        for name in names:
            yield name, _Entry("SITE", code, name)
    for name in places["regions"]:
        yield name, _Entry("REGION", name, name)
    for name in places["not_places"]:
        yield name, _Entry("NOTHING", name, name)


def _facility_entries() -> Iterator[tuple[str, _Entry]]:
    """The dataset's plants: each spelling is the plant, and a site of its country."""
    plants = load_facilities()
    for slug, spellings in table("facilities").items():
        for spelling in spellings:
            yield spelling, _Entry("FACILITY", slug, spelling)
            yield spelling, _Entry("SITE", plants[slug].place, spelling)


@cache
def company_countries() -> dict[str, str | None]:
    """Firms the reader knows, with the country of their seat; None where it is not told."""
    return dict(table("companies"))
