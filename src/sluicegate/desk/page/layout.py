"""The order of a page: one list of parts, the same for the terminal and the browser."""

from __future__ import annotations

from typing import Any

from sluicegate.desk.page.block import Aside, Page, Section
from sluicegate.desk.page.document import Record, record, said
from sluicegate.desk.page.marks import Marks
from sluicegate.desk.page.parts import exposure as company
from sluicegate.desk.page.parts import plan
from sluicegate.desk.page.parts.answer import answer
from sluicegate.desk.page.parts.edge import edge_section
from sluicegate.desk.page.parts.evidence import checked, how_sure, not_known, open_questions
from sluicegate.desk.page.parts.futures import futures
from sluicegate.desk.page.parts.opening import byline, detail, moves_nothing, opening, title
from sluicegate.desk.page.parts.reproduce import reproduce
from sluicegate.desk.page.parts.shortages import pain, shortages
from sluicegate.terms.inert import inert


def brief_page(raw: dict[str, Any]) -> Page:
    """The page of a brief; where nothing moves a number it ends after saying so."""
    document, marks = _opened(raw)
    article = record(document, "article")
    sections: tuple[Section, ...] = ()
    asides: tuple[Aside, ...] = ()
    if not moves_nothing(document):
        asides = detail(document, marks)
        sections = (
            shortages(document, marks),
            pain(document, marks),
            edge_section(document, marks),
            futures(document, marks),
            answer(document, marks),
            checked(document, marks),
            not_known(document),
            how_sure(document),
            reproduce(document),
        )
    return Page(
        title=title(document),
        language=said(article, "language") or "en",
        byline=byline(article),
        url=_web_address(said(article, "url")),
        opening=opening(document),
        detail=asides,
        sections=sections,
        sources=marks.listing(),
    )


def result_page(raw: dict[str, Any]) -> Page:
    """The page of a run: outcome, edge and provenance alone; of the edge alone where no outcome was asked for."""
    document, marks = _opened(raw)
    outcome = (shortages(document, marks), pain(document, marks)) if "outcome" in document else ()
    sections = (*outcome, edge_section(document, marks), *open_questions(document), reproduce(document))
    name = said(document, "title") or said(document, "scenario") or "Result of a run"
    return Page(title=name, language="en", byline="", url="", opening=(), sections=sections, sources=marks.listing())


def exposure_page(raw: dict[str, Any]) -> Page:
    """The page of a company's lines."""
    document, marks = _opened(raw)
    sections = (company.running(document), company.inputs(document), *company.applications(document),
                company.to_do(document), company.assumed(document), reproduce(document))  # fmt: skip
    return Page(title=said(document, "title"), language="en", byline=said(document, "scenario"), url="",
                opening=company.opening(document), sections=sections, sources=marks.listing())  # fmt: skip


def plan_page(raw: dict[str, Any]) -> Page:
    """The page of a plan, of a place or of a company."""
    document, marks = _opened(raw)
    return Page(title=said(document, "title"), language="en", byline=said(document, "scenario"), url="",
                opening=plan.opening(document), sections=(*plan.sections(document), reproduce(document)),
                sources=marks.listing())  # fmt: skip


def _opened(raw: dict[str, Any]) -> tuple[Record, Marks]:
    """The document with its texts made inert, and the marks of its sources."""
    document: Record = inert(raw)
    return document, Marks(record(document, "provenance", "sources"))


def _web_address(url: str) -> str:
    """`url` if a browser may follow it, else empty."""
    return url if url.casefold().startswith(("http://", "https://")) else ""
