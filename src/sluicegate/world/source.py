"""Sources: who published what, when, where, under which licence."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Any

import pandas as pd

from sluicegate.terms import NotFoundError
from sluicegate.world.file import read_words
from sluicegate.world.overlay import Stamp, own_sources, stamp

CARDS = ("sources", "sources_published")
"""The sources of the figures, and those of results that others have printed; a source is in one of them."""


@dataclass(frozen=True)
class Source:
    """One publication.

    Parameters
    ----------
    source_id : readable id
    publisher : who published it
    title : what it is called; `via X` where it was read in another's copy
    year : year of publication
    url : address of the page, empty where none is known
    licence : terms under which its figures may be passed on
    known_on : the day it was public
    """

    source_id: str
    publisher: str
    title: str
    year: int
    url: str
    licence: str
    known_on: date

    def citation(self) -> str:
        """One line: publisher, title, year."""
        if not self.title or self.title.startswith(self.publisher):
            return f"{self.title or self.publisher} ({self.year})"
        return f"{self.publisher}, {self.title} ({self.year})"


def load_sources() -> dict[str, Source]:
    """Every source by its id, those of the user's imports last."""
    return _sources(stamp())


@lru_cache(maxsize=4)
def _sources(_own: Stamp) -> dict[str, Source]:
    table = pd.concat([read_words(name) for name in CARDS])
    rows: list[dict[Any, Any]] = [*table.to_dict("records"), *own_sources()]
    return {
        row["source_id"]: Source(
            source_id=row["source_id"],
            publisher=row["publisher"],
            title=row["title"],
            year=int(row["year"]),
            url=row["url"],
            licence=row["licence"],
            known_on=date.fromisoformat(row["known_on"]),
        )
        for row in rows
    }


def load_source(source_id: str) -> Source:
    """One source.

    Raises
    ------
    NotFoundError : no such source; the message names the nearest.
    """
    sources = load_sources()
    if source_id not in sources:
        raise NotFoundError(source_id, kind="source", known=sources, where="sources")
    return sources[source_id]
