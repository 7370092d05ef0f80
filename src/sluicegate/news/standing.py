"""How a claim stands: whose word it is, of when, a ban or a licence, done or only promised."""

from __future__ import annotations

import re
from datetime import date

from sluicegate.news.claim import Claim
from sluicegate.news.lexicon import find_words

BANNING = re.compile(r"\b(?:ban(?:s|ned|ning)?|(?:block|halt|prohibit|suspend)(?:s|ed|ing)?|embargo(?:es|ed)?)\b", re.I)
"""Words of a quote that make a control a ban rather than a licence; whole words, for the sake of banks."""
PROMISING = ("undertook to", "agreed to", "pledged to", "promised to", "agreed in", "will ", "would ")
"""Words that make an easing a promise, whoever says it: what is promised is not yet done."""
OFFICES = ("ministry", "regulator", "government", "customs", "commerce", "minister", "official")
"""Words of an attribution that make it an office's own word."""
HISTORIC_YEARS = 2
"""A control dated earlier than this many years before the article, and no longer in force, is history."""


def is_ban(claim: Claim) -> bool:
    """Whether the quote speaks of a ban rather than of licences."""
    return BANNING.search(claim.quote) is not None


def is_promise(claim: Claim) -> bool:
    """Whether the quote speaks of what somebody will do."""
    return any(word in claim.quote.casefold() for word in PROMISING)


def is_official(claim: Claim) -> bool:
    """Whether an office of the acting place says it: then it is the act itself, not hearsay about it."""
    said = claim.attribution.casefold()
    named = {hit.value for hit in find_words(claim.attribution) if hit.tag == "PLACE"}
    if named and not named & set(claim.actor):
        return False
    state_itself = any(
        hit.tag == "PLACE" and hit.end - hit.start >= len(said) - 4 for hit in find_words(claim.attribution)
    )
    return state_itself or any(word in said for word in OFFICES)


def history(claim: Claim, as_of: date) -> int | None:
    """The year of a claim about what is long past; None when it is not."""
    year = _year(claim)
    return year if year and year < as_of.year - HISTORIC_YEARS else None


def first_day(claim: Claim) -> date | None:
    """First day of the earliest date the claim gives, to the precision it gives."""
    for text in sorted(claim.dates):
        part = text.split("/")[0]
        try:
            return date.fromisoformat({4: f"{part}-01-01", 7: f"{part}-01"}.get(len(part), part))
        except ValueError:
            continue
    return None


def _year(claim: Claim) -> int | None:
    years = [int(d[:4]) for text in claim.dates for d in text.split("/") if d[:4].isdigit()]
    return max(years) if years else None
