"""The news room: one article in, sourced claims out. It never runs the model."""

from sluicegate.news.article import Article, Reading, Related
from sluicegate.news.candidate import Candidate
from sluicegate.news.claim import Amount, Claim
from sluicegate.news.extraction import Extraction, extract, extract_claims
from sluicegate.news.reading import read_article
from sluicegate.news.source import Source, load_source

__all__ = [
    "Amount",
    "Article",
    "Candidate",
    "Claim",
    "Extraction",
    "Reading",
    "Related",
    "Source",
    "extract",
    "extract_claims",
    "load_source",
    "read_article",
]
