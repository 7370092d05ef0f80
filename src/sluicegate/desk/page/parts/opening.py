"""The top of the page: title, the three lines, and what the article moved."""

from __future__ import annotations

from typing import Any

from sluicegate.desk.page.block import Aside, Cell, Entry, Table, figure_cell, words
from sluicegate.desk.page.document import Record, record, records, said, texts
from sluicegate.desk.page.figure import day, money, read_band
from sluicegate.desk.page.marks import Marks
from sluicegate.terms.inert import shortened

NOTHING_MOVES = "Nothing in this article moves a number of the model."
_NOT_WRITTEN = "Not written for this run."
_LONGEST_QUOTE = 320


def moves_nothing(document: Record) -> bool:
    """Whether the article moved no number: its list of moved numbers is there and empty."""
    return document.get("moved") == []


def title(document: Record) -> str:
    """The article's title, shortened to what a heading holds."""
    return shortened(said(record(document, "article"), "title"), 200) or "Untitled article"


def byline(article: Record) -> str:
    """Publisher and date of the article, as far as they are known."""
    published = day(article["published"]) if article.get("published") else "date not known"
    return ", ".join(part for part in (said(article, "publisher"), published) if part)


def opening(document: Record) -> tuple[Entry, ...]:
    """The three lines; only the first and one sentence where nothing moves."""
    headline = record(document, "headline")
    says = Entry("What it says", words(said(headline, "says") or _NOT_WRITTEN, strong=True))
    if moves_nothing(document):
        return says, Entry("What it moves", words(NOTHING_MOVES, strong=True))
    return (
        says,
        Entry("What it moves", words(said(headline, "moves") or _NOT_WRITTEN)),
        Entry("The answer", words(said(headline, "answer") or _NOT_WRITTEN, strong=True)),
    )


def detail(document: Record, marks: Marks) -> tuple[Aside, ...]:
    """Folded away under the lines: every claim with its quote, every number moved, what overrides the register."""
    found = (_claims(document), _moved(document, marks), _overrides(document))
    return tuple(aside for aside in found if aside is not None)


def _claims(document: Record) -> Aside | None:
    claims = records(document, "claims")
    if not claims:
        return None
    ignored = {said(row, "claim"): said(row, "why") for row in records(document, "scenario", "ignored")}
    rows = tuple(
        (
            _cell(said(claim, "id")),
            _cell(f"“{shortened(said(claim, 'quote'), _LONGEST_QUOTE)}”"),
            _cell(said(claim, "type").replace("_", " ")),
            _cell(said(claim, "status"), ignored.get(said(claim, "id"), "")),
        )
        for claim in claims
    )
    return Aside(f"Its claims, with quotes ({len(claims)})", Table(("Claim", "Quote", "Kind", "Status"), rows))


def _moved(document: Record, marks: Marks) -> Aside | None:
    moved = records(document, "moved")
    if not moved:
        return None
    rows = tuple(
        (
            _cell(said(row, "number")),
            figure_cell(money(read_band(row.get("before")), said(row, "unit"))),
            figure_cell(money(read_band(row.get("after")), said(row, "unit")), mark=marks.of(row.get("id"))),
            _cell(", ".join(texts(row, "by"))),
        )
        for row in moved
    )
    return Aside(f"The numbers it moves ({len(moved)})", Table(("Number", "Before", "After", "By claim"), rows))


def _overrides(document: Record) -> Aside | None:
    overrides = records(document, "scenario", "overrides")
    if not overrides:
        return None
    rows = tuple(
        tuple(_cell(_in_words(row.get(key))) for key in ("measure", "register", "article")) for row in overrides
    )
    return Aside("Where it differs from the register", Table(("Measure", "Register says", "Article says"), rows))


def _in_words(value: Any) -> str:
    """A value of the register in words; an object as its fields."""
    if isinstance(value, dict):
        return ", ".join(f"{key} {_in_words(item)}" for key, item in value.items())
    return "nothing" if value is None else str(value)


def _cell(over: str, under: str = "") -> Cell:
    return Cell(words(over), words(under, tone="muted"))
