"""What a reading gives: the article, the other stories on its page, and notes on what was not certain."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True)
class Article:
    """One news article.

    Attributes
    ----------
    title : headline; None when the source has none
    publisher : who published it; None when not stated
    published : day of publication; None when not stated
    url : where it was read; None for a file or pasted text
    language : ISO 639-1 code
    text : what offsets count in (code points): the decoded input, or the text extracted from HTML
    body_start, body_end : the article alone is `text[body_start:body_end]`
    """

    title: str | None
    publisher: str | None
    published: date | None
    url: str | None
    language: str
    text: str
    body_start: int
    body_end: int

    @property
    def body(self) -> str:
        """The article without title, byline, page furniture and other stories."""
        return self.text[self.body_start : self.body_end]

    def as_json(self) -> dict[str, str | int | None]:
        """The article's fields as JSON values."""
        return {
            "title": self.title,
            "publisher": self.publisher,
            "published": self.published.isoformat() if self.published else None,
            "url": self.url,
            "language": self.language,
            "text": self.text,
            "body": self.body,
            "body_start": self.body_start,
            "body_end": self.body_end,
        }


@dataclass(frozen=True)
class Related:
    """Another story that the page points to; its text is never read for claims.

    Attributes
    ----------
    title : its headline
    publisher : None when the page does not say
    age : as the page says it ('23 minutes ago'); None when it does not
    published : ISO time; None when the page's capture time is unknown
    """

    title: str
    publisher: str | None
    age: str | None
    published: str | None

    def as_json(self) -> dict[str, str | None]:
        """The story's fields as JSON values."""
        return {"title": self.title, "publisher": self.publisher, "age": self.age, "published": self.published}


@dataclass(frozen=True)
class Reading:
    """An article, the other stories on its page, and what the reading could not settle."""

    article: Article
    related: tuple[Related, ...]
    notes: tuple[str, ...]
