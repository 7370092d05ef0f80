"""A page of the desk as data: what is on it, which raw rows it was made from, where its twin lies."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from starlette.requests import Request

from sluicegate.desk.page.block import Aside, Block, Entry, Page, Section, Spans, words
from sluicegate.web.pages.form import Form

Rows = Sequence[Mapping[str, Any]]
Part = Block | Form


@dataclass(frozen=True)
class Group:
    """A headed part of a page that may hold forms; as `Section` else."""

    key: str
    title: str
    blocks: tuple[Part, ...]


@dataclass(frozen=True)
class Dated:
    """The as-of day a page stands at (empty for today's knowledge), and the rest of its address to keep."""

    day: str = ""
    kept: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True)
class View:
    """One page.

    Parameters
    ----------
    above : a line over the title that leads back
    opening : the lines to read first
    sections : headed parts in order
    twin : address of the JSON document behind it under `/api/v1`; empty where the page itself gives it
    data : raw rows by name, each to be had as CSV
    document : what `?format=json` answers
    dated : for pages that can be asked as of a day
    run : the kept run behind its numbers, for `why`
    problem : what went wrong, in one message
    template, more : a template of its own, and what it reads beside the view
    refresh : seconds after which the page asks again where no script does
    """

    title: str
    sections: tuple[Section | Group, ...] = ()
    opening: tuple[Entry, ...] = ()
    detail: tuple[Aside, ...] = ()
    above: Spans = ()
    byline: Spans = ()
    language: str = "en"
    twin: str = ""
    data: Mapping[str, Rows] = field(default_factory=dict)
    document: Any = None
    dated: Dated | None = None
    run: str = ""
    sources: tuple[str, ...] = ()
    problem: str = ""
    template: str = "view.html"
    more: Mapping[str, Any] = field(default_factory=dict)
    refresh: int = 0


def view_of_page(page: Page, **more: Any) -> View:
    """A page of the command line as a page of the desk."""
    byline = words(page.byline, tone="muted", link="")
    return View(
        title=page.title,
        sections=page.sections,
        opening=page.opening,
        detail=page.detail,
        byline=byline,
        language=page.language,
        sources=page.sources,
        **more,
    )


def read_day(text: str) -> date | None:
    """The day of an address; None where it names none."""
    try:
        return date.fromisoformat(text) if text else None
    except ValueError:
        return None


def kept(request: Request) -> tuple[tuple[str, str], ...]:
    """What else the address asks for, to be kept by the form that changes its day."""
    left_out = {"as_of", "format", "part", "token"}
    return tuple((k, v) for k, v in request.query_params.multi_items() if k not in left_out)


def kept_day(request: Request) -> tuple[tuple[str, str], ...]:
    """The day of the address, to be kept by forms that ask for something else."""
    return (("as_of", str(request.state.as_of)),) if request.state.as_of else ()
