"""The `claims` document: the article, its claims, what else it might say."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from sluicegate.desk.shapes.shape import Shape


class ArticleShape(Shape):
    """The article; `start` and `end` of claims count code points in `text`."""

    title: str | None
    publisher: str | None
    published: str | None
    url: str | None
    language: str
    text: str
    body: str


class RelatedShape(Shape):
    """Another story the page points to."""

    title: str
    publisher: str | None
    age: str | None
    published: str | None


class AmountShape(Shape):
    """A number in the article's own unit."""

    value: float
    unit: str
    qualifier: str


class FigureShape(Shape):
    """A figure of the dataset a claim was compared with."""

    id: str
    value: float | None
    unit: str
    year: str | int | None
    source: str


class CheckedShape(Shape):
    """A claim's number against the dataset."""

    verdict: Literal["agrees", "disagrees", "not in dataset"]
    figures: list[FigureShape]


class ClaimShape(Shape):
    """One claim with its quote; `check` where it has a number."""

    id: str
    type: str
    quote: str
    start: int
    end: int
    materials: list[str]
    actor: list[str]
    target: list[str]
    organisations: list[str]
    amounts: list[AmountShape]
    dates: list[str]
    status: Literal["asserted", "claimed", "planned", "conditional", "negated"]
    attribution: str
    confidence: float = Field(ge=0, le=1)
    check: CheckedShape | None = None


class GuessShape(Shape):
    """A type too uncertain to be a claim."""

    type: str
    confidence: float = Field(ge=0, le=1)


class CandidateShape(Shape):
    """A sentence about supply; `claims` are the ids of what was made of it, empty when it got no type."""

    quote: str
    start: int
    end: int
    materials: list[str]
    carried: bool
    amounts: list[AmountShape]
    claims: list[str]
    guesses: list[GuessShape]


class ClaimsShape(Shape):
    """The `claims` document."""

    article: ArticleShape
    related: list[RelatedShape]
    claims: list[ClaimShape]
    candidates: list[CandidateShape]
