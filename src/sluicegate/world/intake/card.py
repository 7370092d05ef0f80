"""The card of what is imported: who published it, what it is called, when, under which licence."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace
from datetime import date, timedelta
from typing import Any

from sluicegate.terms import InputError

_MONTHS = ("January", "February", "March", "April", "May", "June", "July", "August", "September", "October",
           "November", "December")  # fmt: skip


@dataclass(frozen=True)
class Card:
    """A source, with the columns of `sources.csv` but its id.

    Parameters
    ----------
    publisher, title, year, url, licence : as in `sluicegate.world.source.Source`
    known_on : the day its figures became public, ISO
    """

    publisher: str
    title: str
    year: int
    url: str
    licence: str
    known_on: str

    def with_said(self, said: Mapping[str, str | None]) -> Card:
        """The card with what the user says instead; what is None stays.

        Raises
        ------
        InputError : a year that is none.
        """
        given: dict[str, Any] = {k: v.strip() for k, v in said.items() if v is not None and v.strip()}
        if "year" in given:
            if not re.fullmatch(r"(19|20)\d\d", given["year"]):
                raise InputError(f"{given['year']!r}", where="the source's year", expected="a year such as 2025",
                                 do="Write four digits.")  # fmt: skip
            given["year"] = int(given["year"])
        return replace(self, **given)

    def row(self, source_id: str) -> dict[str, Any]:
        """The row of `sources.csv` it makes."""
        return {"source_id": source_id, **asdict(self)}


def own_card(file: str, today: date) -> Card:
    """The card of a file whose publisher nobody names."""
    return Card("own figures", file, today.year, "", "not stated; for own use", today.isoformat())


def baci_card(file: str, today: date) -> Card:
    """CEPII's card; the edition is read from a name such as `BACI_HS92_Y2024_V202601.csv`.

    The month's last day stands for the day it became known.
    """
    found = re.search(r"V(20\d\d)(0[1-9]|1[0-2])", file)
    nomenclature = re.search(r"HS(\d\d)", file)
    title = f"BACI: international trade at the product level{f', HS{nomenclature[1]}' if nomenclature else ''}"
    year, known = today.year, today
    if found:
        year, month = int(found[1]), int(found[2])
        known = date(year + month // 12, month % 12 + 1, 1) - timedelta(days=1)
        title += f", {_MONTHS[month - 1]} {year} edition"
    return Card("CEPII", title, year, "https://www.cepii.fr/CEPII/en/bdd_modele/bdd_modele_item.asp?id=37",
                "Etalab 2.0", known.isoformat())  # fmt: skip


def comtrade_card(today: date) -> Card:
    """The United Nations' card, known the day it was fetched."""
    return Card("United Nations", "UN Comtrade", today.year, "https://comtradeplus.un.org/",
                "UN Comtrade terms, for own use", today.isoformat())  # fmt: skip
