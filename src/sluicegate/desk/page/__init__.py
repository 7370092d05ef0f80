"""A brief as a page: text for a terminal, HTML for everything else, from its JSON document.

`document.py` lists the fields a page reads beyond the contract's; whatever is absent is left out or said to be
missing.
"""

from __future__ import annotations

from typing import Any

from sluicegate.desk.page.layout import brief_page, exposure_page, plan_page, result_page
from sluicegate.desk.page.terminal import page_text
from sluicegate.desk.page.web import page_html

__all__ = [
    "brief_html",
    "brief_text",
    "exposure_html",
    "exposure_text",
    "plan_html",
    "plan_text",
    "result_html",
    "result_text",
]


def brief_text(document: dict[str, Any], *, colour: bool = False, width: int = 100) -> str:
    """A brief in lines of at most `width` cells; `colour` adds escape codes and changes no word."""
    return page_text(brief_page(document), colour=colour, width=width)


def brief_html(document: dict[str, Any]) -> str:
    """A brief as one HTML document that needs nothing else."""
    return page_html(brief_page(document))


def result_text(document: dict[str, Any], *, colour: bool = False, width: int = 100) -> str:
    """Outcome, edge and provenance of a run as text."""
    return page_text(result_page(document), colour=colour, width=width)


def result_html(document: dict[str, Any]) -> str:
    """Outcome, edge and provenance of a run as one HTML document."""
    return page_html(result_page(document))


def exposure_text(document: dict[str, Any], *, colour: bool = False, width: int = 100) -> str:
    """A company's lines as text."""
    return page_text(exposure_page(document), colour=colour, width=width)


def exposure_html(document: dict[str, Any]) -> str:
    """A company's lines as one HTML document; it holds what the company's file says."""
    return page_html(exposure_page(document))


def plan_text(document: dict[str, Any], *, colour: bool = False, width: int = 100) -> str:
    """A plan under a budget as text."""
    return page_text(plan_page(document), colour=colour, width=width)


def plan_html(document: dict[str, Any]) -> str:
    """A plan under a budget as one HTML document; a company's holds what its file says."""
    return page_html(plan_page(document))
