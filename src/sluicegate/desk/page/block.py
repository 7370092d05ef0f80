"""What a page is made of, before it is text or HTML: spans, entries, tables, charts, sections."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cache
from typing import Literal

from sluicegate.desk.page.figure import Figure
from sluicegate.desk.page.marks import Mark

Tone = Literal["plain", "muted", "bad", "good"]
"""A second signal only: the words say the same."""


_LONGEST_LABEL = 24


@dataclass(frozen=True)
class Span:
    """Words with one look, and the mark of the source they come from; `link` leads on in the desk, nowhere else."""

    text: str
    strong: bool = False
    tone: Tone = "plain"
    mark: Mark | None = None
    link: str = ""


Spans = tuple[Span, ...]


def words(text: str, *, strong: bool = False, tone: Tone = "plain", mark: Mark | None = None, link: str = "") -> Spans:
    """One span, or none for an empty text."""
    return (Span(text, strong, tone, mark, link),) if text else ()


@dataclass(frozen=True)
class Cell:
    """A cell of a table: the median over its band; `spark` is a path drawn small under both."""

    over: Spans = ()
    under: Spans = ()
    spark: tuple[float | None, ...] = ()


def figure_cell(figure: Figure, *, mark: Mark | None = None, strong: bool = False) -> Cell:
    """The median, its mark, and the band below."""
    return Cell(words(figure.median, strong=strong, mark=mark), words(figure.band, tone="muted"))


@dataclass(frozen=True)
class Table:
    """Rows under named columns; the first column names the row."""

    columns: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]
    caption: str = ""


@dataclass(frozen=True)
class Entry:
    """A line with a label before it."""

    label: str
    spans: Spans
    more: tuple[Spans, ...] = ()


@dataclass(frozen=True)
class Listing:
    """Entries, numbered where their order is a ranking."""

    entries: tuple[Entry, ...]
    ranked: bool = False

    @property
    def long_labels(self) -> bool:
        """Whether the labels are sentences, which stand above their entries rather than beside them."""
        return any(len(entry.label) > _LONGEST_LABEL for entry in self.entries)


@dataclass(frozen=True)
class Note:
    """A paragraph."""

    spans: Spans


@dataclass(frozen=True)
class Chart:
    """A picture with the same numbers as a table.

    Parameters
    ----------
    title : heading over the picture
    wide, narrow : draw the picture for a page and for a phone
    twin : the numbers drawn
    glance : what a terminal shows in the picture's place
    scrolls : a phone pans over the wide picture, since no narrow one could be read
    """

    title: str
    wide: Callable[[], str]
    narrow: Callable[[], str]
    twin: Table
    glance: tuple[Entry, ...] = ()
    scrolls: bool = False

    def __post_init__(self) -> None:
        """Draw once, however often it is shown."""
        object.__setattr__(self, "wide", cache(self.wide))
        object.__setattr__(self, "narrow", cache(self.narrow))


@dataclass(frozen=True)
class Panels:
    """Small pictures on common scales, side by side; a terminal leaves them out, its rows carry sparklines.

    Parameters
    ----------
    twins : the numbers of each picture ; legend : what the marks on the pictures are
    """

    title: str
    pictures: Callable[[], tuple[str, ...]]
    twins: tuple[Table, ...]
    legend: Table | None = None

    def __post_init__(self) -> None:
        """Draw once, however often they are shown."""
        object.__setattr__(self, "pictures", cache(self.pictures))


@dataclass(frozen=True)
class Aside:
    """Detail that a page folds away and a terminal leaves out."""

    summary: str
    table: Table


Block = Table | Listing | Note | Chart | Panels | Aside


@dataclass(frozen=True)
class Section:
    """A headed part of the page; `key` is its anchor."""

    key: str
    title: str
    blocks: tuple[Block, ...]


@dataclass(frozen=True)
class Page:
    """The whole page in order: title, opening lines with their detail, sections, sources."""

    title: str
    language: str
    byline: str
    url: str
    opening: tuple[Entry, ...]
    detail: tuple[Aside, ...] = ()
    sections: tuple[Section, ...] = ()
    sources: tuple[str, ...] = field(default=())
