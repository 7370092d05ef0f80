"""What a door was told of the articles wanted, as the shelf takes it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from sluicegate.store.shelf import Wish
from sluicegate.terms import parse_place


def wish_of(*, materials: Sequence[str], countries: Sequence[str], types: Sequence[str], since: date | None,
            unread: bool, starred: bool, hidden: bool, copies: bool, where: str) -> Wish:  # fmt: skip
    """The wish for a list of articles.

    Parameters
    ----------
    countries : codes or names ; where : what a message calls the option that names them
    since : first day on which they may have been published

    Raises
    ------
    NotFoundError : no such place.
    """
    places = [parse_place(country, where=where) for country in countries]
    return Wish(materials=materials, places=places, types=types, published=(str(since) if since else None, None),
                unread=unread, starred=starred, hidden=hidden, copies=copies)  # fmt: skip
