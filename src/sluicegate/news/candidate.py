"""Candidates: sentences about supply that a person or a second method should look at, whether typed or not."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from sluicegate.news.claim import Amount, Claim
from sluicegate.news.passage import Passage

_SUPPLY_WORDS = frozenset(
    {
        "FLOW", "IMPORT", "CONTROL", "CONTROL_OF_EXPORT", "LICENCE", "QUOTA", "TARIFF", "EXPORT_TAX",
        "RESTRICT", "DEAL", "OUTPUT", "VOLUME_N", "MINE", "MINE_WORK", "RESERVE", "CAPACITY", "SHORTAGE",
        "FORCE_MAJEURE", "RUN_OUT", "IDLE", "FUNDING", "INVEST", "INVESTMENT", "STAKE", "STOCKPILE",
        "STOCK", "PRICE", "RISEN", "DEPLETED", "UNABLE", "RELY", "DEPENDENCE", "LEAD_TIME", "MONOPOLY",
        "MINING_BAN", "PLANT", "MAKE", "SOLE_MAKER", "SUPPLY", "LINE", "CONTROL_LIST", "CUSTOMS",
    }
)  # fmt: skip
"""Classes of words that, beside a material, make a sentence worth a look."""


@dataclass(frozen=True)
class Candidate:
    """A sentence that names or carries a material and holds a number or a word of supply.

    Attributes
    ----------
    quote, start, end : the sentence; `article.text[start:end] == quote`
    materials : named in it, else carried from before
    carried : whether the materials were carried
    amounts : every number in it, in the article's units
    claims : ids of the claims made of it; empty when the reader could give it no type
    guesses : types that were too uncertain to be claims, with their confidence
    """

    quote: str
    start: int
    end: int
    materials: tuple[str, ...]
    carried: bool
    amounts: tuple[Amount, ...]
    claims: tuple[str, ...]
    guesses: tuple[tuple[str, float], ...]

    def as_json(self) -> dict[str, Any]:
        """The candidate's fields as JSON values."""
        return {
            "quote": self.quote,
            "start": self.start,
            "end": self.end,
            "materials": list(self.materials),
            "carried": self.carried,
            "amounts": [a.as_json() for a in self.amounts],
            "claims": list(self.claims),
            "guesses": [{"type": kind, "confidence": confidence} for kind, confidence in self.guesses],
        }


def candidate_of(
    passage: Passage,
    text: str,
    named: tuple[str, ...],
    carried: tuple[str, ...],
    claims: list[Claim],
    weak: list[Claim],
) -> Candidate | None:
    """The sentence as a candidate; None when no material is in play or nothing in it is about supply.

    Parameters
    ----------
    text : the article's text, which offsets count in
    named, carried : materials in the sentence, and those it may go on about
    claims, weak : what was made of the sentence, and what was too uncertain
    """
    materials = named or carried
    if not (claims or weak or (materials and (passage.quantities or _SUPPLY_WORDS & set(passage.by_tag)))):
        return None
    start, end = passage.sentence.start, passage.sentence.end
    return Candidate(
        quote=text[start:end],
        start=start,
        end=end,
        materials=materials,
        carried=not named,
        amounts=tuple(Amount(q.value, q.unit, q.qualifier) for q in passage.quantities),
        claims=tuple(c.id for c in claims),
        guesses=tuple((c.type, c.confidence) for c in weak),
    )
