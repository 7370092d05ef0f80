"""What an article is about: materials, places and firms it names, and when a claim's event took place."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from datetime import date
from functools import lru_cache

from sluicegate.news.article import Article
from sluicegate.news.claim import Claim
from sluicegate.news.lexicon import find_words
from sluicegate.news.sentences import split_sentences

KINDS = {"MATERIAL": "material", "PLACE": "place", "ORG": "organisation"}
STANDING = frozenset({"production_share", "trade_share", "import_dependence", "reserve", "capability", "depletion",
                      "capacity", "lead_time"})  # fmt: skip
"""Types that tell a state of things, not an event; without a date of their own they are of the article's year."""
_LEAD = 12
"""Sentences of the lead, in which a story says what it is about."""
_MOST = 12
_FOR_A_CLAIM = 2


def topics_of(article: Article, claims: Iterable[Claim]) -> list[tuple[str, str, int]]:
    """Kind (material, place, organisation), value and how often it is named, the most named first."""
    counts: Counter[tuple[str, str]] = Counter()
    sentences = split_sentences(article.text, article.body_start, article.body_end)[:_LEAD]
    for text in [article.title or "", *(s.text for s in sentences)]:
        counts.update((KINDS[h.tag], h.value) for h in find_words(text[:1_500]) if h.tag in KINDS)
    for claim in claims:
        for mention in mentions_of(claim):
            counts[("place" if mention[0] in {"actor", "target"} else mention[0], mention[1])] += _FOR_A_CLAIM
    ordered = sorted(counts.items(), key=lambda c: (-c[1], c[0]))
    return [(kind, value, n) for (kind, value), n in ordered[:_MOST]]


def mentions_of(claim: Claim) -> list[tuple[str, str]]:
    """What a claim names: kind (material, actor, target, organisation) and value, each once."""
    named = [("material", m) for m in claim.materials] + [("actor", p) for p in claim.actor]
    named += [("target", p) for p in claim.target] + [("organisation", o) for o in claim.organisations]
    return list(dict.fromkeys(named))


@lru_cache(maxsize=4096)
def hashtag(value: str) -> str:
    """A topic as a hashtag: `#RareEarths`."""
    return "#" + "".join(w[:1].upper() + w[1:] for w in re.findall(r"\w+", value))


def day_of(claim: Claim, published: date | None) -> str:
    """The day of a claim's event: the first full date it gives, else its first partial one, else the article's.

    A standing state of things without a date is of the article's year; empty where nothing is known.
    """
    full = [d for d in claim.dates if _is_day(d)]
    if full or claim.dates:
        return (full or list(claim.dates))[0]
    if published is None:
        return ""
    return str(published.year) if claim.type in STANDING else str(published)


def _is_day(text: str) -> bool:
    try:
        date.fromisoformat(text)
    except ValueError:
        return False
    return len(text) == 10
