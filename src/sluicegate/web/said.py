"""What a page says in the reader's language: fixed phrases, place names, and texts put together of them.

A text is looked up whole first, then as a sentence with places to fill (`{lines} lines in half of the draws or more`),
what fills them said in its turn. Else a number before it, parts between dots and what stands before a colon are said
one by one, so that a heading with a name or a count in it is understood; what is in no file stays English, and is
marked as English for whoever has the page read aloud.
"""

from __future__ import annotations

import re
from datetime import date
from functools import cache, lru_cache, partial

from babel.dates import format_skeleton
from markupsafe import Markup, escape

from sluicegate.terms.language import SOURCE, Language
from sluicegate.terms.place import GROUPS, place_name, spoken_names

_NUMBERED = re.compile(r"([−-]?\d[\d.,]*(?:\s?%)?)[ \u00a0](.+)")
_BRACKETED = re.compile(r"(.+?) (\([^()]+\))")
_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
_DAY = re.compile(rf"(?:(\d{{1,2}}) )?((?:{'|'.join(_MONTHS)})[a-z]*) (\d{{4}})")
_WORD = re.compile(r"[a-z]{3}")
_TEXT_NODE = re.compile(r">([^<>]*[^\W\d_][^<>]*)<")


@lru_cache(maxsize=60_000)
def say(language: Language, text: str) -> str:
    """A text of a page in a language."""
    if language.code == SOURCE or not text:
        return text
    found = language.text(text)
    if found != text:
        return found
    if code := _codes().get(text):
        return language.place(code) if code not in GROUPS else text
    if day := _DAY.fullmatch(text):
        return _day(language, *day.groups())
    if sentence := language.sentence(text, partial(say, language)):
        return sentence
    for mark in (" · ", ": ", "; "):
        head, between, tail = text.partition(mark)
        if between and tail:
            return f"{say(language, head)}{between}{say(language, tail)}"
    if numbered := _NUMBERED.fullmatch(text):
        return f"{numbered.group(1)} {say(language, numbered.group(2))}"
    if bracketed := _BRACKETED.fullmatch(text):
        return f"{say(language, bracketed.group(1))} {bracketed.group(2)}"
    return text


def _day(language: Language, day: str | None, month: str, year: str) -> str:
    """A day or a month written as this language writes it."""
    number = _MONTHS.index(month[:3]) + 1
    try:
        found = date(int(year), number, int(day or 1))
    except ValueError:  # a day no calendar has, as somebody wrote it
        return " ".join(filter(None, (day, month, year)))
    return language.date(found) if day else str(format_skeleton("yMMM", found, locale=language.locale))


def tongue(language: Language, text: str) -> Markup:
    """What marks an element whose text stayed English on a page of another language; nothing where it is no words."""
    if language.code == SOURCE or not _WORD.search(text) or say(language, text) != text:
        return Markup("")
    return Markup(' lang="en"')


def say_place(language: Language, code: str) -> str:
    """A place by its code; the code itself where nobody knows it."""
    try:
        return language.place(code)
    except KeyError:
        return code


def say_picture(language: Language, svg: str) -> Markup:
    """A chart of ours with its words in a language; its numbers and shapes stay."""
    if language.code == SOURCE:
        return Markup(svg)
    return Markup(_TEXT_NODE.sub(lambda m: f">{escape(say(language, Markup(m.group(1)).unescape()))}<", svg))


@cache
def _codes() -> dict[str, str]:
    """English name of a place, to its code."""
    return {place_name(code): code for code in set(spoken_names().values())}
