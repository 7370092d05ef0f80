"""The text of an HTML page, line by line, and what its metadata say."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

from trafilatura import bare_extraction

from sluicegate.terms import InputError

_HTML = re.compile(r"<!doctype html|<html[\s>]|<head[\s>]|<body[\s>]|<article[\s>]", re.IGNORECASE)
_TAG = re.compile(r"</?(?:p|div|span|a|h[1-6]|br|section|li)[\s/>]", re.IGNORECASE)
_HEAD = 20_000
_SHORT = 200


@dataclass(frozen=True)
class PageText:
    """Text of a page with the title, publisher, date and address its metadata give; None where they do not."""

    text: str
    title: str | None
    publisher: str | None
    published: date | None
    url: str | None


def looks_like_html(text: str) -> bool:
    """Whether the beginning of `text` holds the tags of a page."""
    head = text[:_HEAD]
    return _HTML.search(head) is not None or len(_TAG.findall(head)) >= 4


def page_text(html: str, *, url: str | None, where: str) -> PageText:
    """The main text of an HTML page, quick extraction first and the thorough one when that finds little.

    Raises
    ------
    InputError : the page holds no article
    """
    for fast in (True, False):
        found = bare_extraction(html, url=url, fast=fast, with_metadata=True, include_comments=False)
        text = (getattr(found, "text", None) or "").strip()
        if len(text) >= _SHORT:
            return PageText(
                text,
                getattr(found, "title", None),
                getattr(found, "sitename", None),
                _iso(getattr(found, "date", None)),
                getattr(found, "url", None),
            )
    raise no_article(where)


def no_article(where: str) -> InputError:
    """The error for a source without running text."""
    return InputError(
        "no article (no running text)",
        where=where,
        expected="a news article of at least a few sentences",
        do="Paste the article's text into a file and read that.",
    )


def _iso(text: str | None) -> date | None:
    try:
        return date.fromisoformat(text) if text else None
    except ValueError:
        return None
