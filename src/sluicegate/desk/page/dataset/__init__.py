"""The dataset's documents as text: a name's card, plants, sources, and how sound the world is."""

from __future__ import annotations

from typing import Any

from sluicegate.desk.page.block import Page
from sluicegate.desk.page.dataset.plants import plant_page, plants_page
from sluicegate.desk.page.dataset.shown import names_page, shown_page
from sluicegate.desk.page.dataset.soundness import soundness_page
from sluicegate.desk.page.dataset.sources import source_page, sources_page
from sluicegate.desk.page.terminal import page_text

__all__ = ["check_text", "facilities_text", "facility_text", "names_text", "show_text", "source_text", "sources_text"]


def show_text(document: dict[str, Any], *, colour: bool = False, width: int = 100) -> str:
    """A `world show` document in lines of at most `width` cells."""
    return _text(shown_page(document), colour, width)


def names_text(document: dict[str, Any], *, colour: bool = False, width: int = 100) -> str:
    """The names of a `world list` document."""
    return _text(names_page(document), colour, width)


def facility_text(document: dict[str, Any], *, colour: bool = False, width: int = 100) -> str:
    """One plant."""
    return _text(plant_page(document), colour, width)


def facilities_text(document: dict[str, Any], *, colour: bool = False, width: int = 100) -> str:
    """A list of plants."""
    return _text(plants_page(document), colour, width)


def sources_text(document: dict[str, Any], *, colour: bool = False, width: int = 100) -> str:
    """A list of sources."""
    return _text(sources_page(document), colour, width)


def source_text(document: dict[str, Any], *, colour: bool = False, width: int = 100) -> str:
    """One source's card."""
    return _text(source_page(document), colour, width)


def check_text(document: dict[str, Any], *, colour: bool = False, width: int = 100) -> str:
    """How sound the world is."""
    return _text(soundness_page(document), colour, width)


def _text(page: Page, colour: bool, width: int) -> str:
    return page_text(page, colour=colour, width=width)
