"""What a page says in the reader's language: fixed phrases, place names, and texts put together of them.

A text is looked up whole first. Else a number before it, parts between dots and what stands before a colon are said
one by one, so that a heading with a name or a count in it is understood; what is in no file stays English.
"""

from __future__ import annotations

import re
from functools import cache, lru_cache

from markupsafe import Markup, escape

from sluicegate.terms.language import SOURCE, Language
from sluicegate.terms.place import GROUPS, place_name, spoken_names

_NUMBERED = re.compile(r"([−-]?\d[\d.,]*(?:\s?%)?)[ \u00a0](.+)")
_BRACKETED = re.compile(r"(.+?) (\([^()]+\))")
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
    for mark in (" · ", ": ", "; "):
        head, between, tail = text.partition(mark)
        if between and tail:
            return f"{say(language, head)}{between}{say(language, tail)}"
    if numbered := _NUMBERED.fullmatch(text):
        return f"{numbered.group(1)} {say(language, numbered.group(2))}"
    if bracketed := _BRACKETED.fullmatch(text):
        return f"{say(language, bracketed.group(1))} {bracketed.group(2)}"
    return text


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
