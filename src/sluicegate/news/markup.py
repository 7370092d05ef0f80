"""Markup of strangers: its words alone."""

from __future__ import annotations

import html
import re

import nh3

from sluicegate.terms.inert import inert_text

LONGEST_TITLE = 500
_KEPT = {"p", "br", "ul", "ol", "li", "blockquote", "h2", "h3", "h4", "em", "strong", "b", "i", "a", "table", "tr",
         "td", "th"}  # fmt: skip
_BLOCK = re.compile(
    r"</?(?:p|br|div|li|h[1-6]|tr|blockquote|ul|ol|table|section|article)\b[^<>]{0,200}>", re.IGNORECASE
)
_TAG = re.compile(r"<[a-zA-Z/!?]")


def words(markup: str | None, *, most: int = LONGEST_TITLE) -> str:
    """The words of a title, author or category on one line; nothing of it can be run or turn a line."""
    said = (markup or "")[: most * 20]
    for _ in range(3):  # feeds escape once or twice
        if not _TAG.search(said) and "&" not in said:
            break
        said = html.unescape(nh3.clean(said, tags=set()))
    return inert_text(said.replace("<", " ") if _TAG.search(said) else said)[:most]


def paragraphs(markup: str) -> str:
    """The text of a fragment of HTML, a paragraph a line."""
    broken = _BLOCK.sub("\n", nh3.clean(markup, tags=_KEPT | {"div", "section", "article", "h1", "h5", "h6"}))
    lines = (" ".join(line.split()) for line in html.unescape(nh3.clean(broken, tags=set())).split("\n"))
    return "\n\n".join(line for line in lines if line)
