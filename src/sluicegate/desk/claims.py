"""The question `claims SOURCE`: what an article says, each claim with its quote, checked against the dataset."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from sluicegate.desk.number import Document
from sluicegate.news import Candidate, Claim, Reading, extract, extract_claims, load_source, read_article
from sluicegate.world.claimed import check_claim


def read(source: str, *, network: bool = False) -> tuple[Reading, list[Claim]]:
    """An article and its claims.

    Raises
    ------
    InputError : the source cannot be read as an article.
    """
    reading = read_article(load_source(source, network=network))
    return reading, list(extract_claims(reading.article))


def claims(source: str, *, network: bool = False, as_of: date | None = None) -> Document:
    """The `claims` document of the contract: the reading alone, no model.

    Beside the claims it holds the candidates: every sentence about supply, also those that got no type.
    """
    reading = read_article(load_source(source, network=network))
    found = extract(reading.article)
    day = as_of or reading.article.published or date.today()
    return claims_document(reading, list(found.claims), day) | {"candidates": candidates_document(found.candidates)}


def candidates_document(candidates: Iterable[Candidate]) -> list[Document]:
    """The candidates of an article, in order."""
    return [candidate.as_json() for candidate in candidates]


def claims_document(reading: Reading, found: list[Claim], day: date) -> Document:
    """Article, related stories and claims; every claim with a figure is compared with what was known on the day."""
    return {
        "article": reading.article.as_json(),
        "related": [r.as_json() for r in reading.related],
        "claims": [claim.as_json() | _checked(claim, day) for claim in found],
    }


def _checked(claim: Claim, day: date) -> Document:
    if not claim.amounts or claim.status == "negated":
        return {}
    amounts = [a.as_json() for a in claim.amounts]
    check = check_claim(claim.type, claim.materials, claim.actor, claim.target, amounts, claim.dates, day)
    return {"check": check.as_dict()}
