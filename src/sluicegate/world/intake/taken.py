"""What was read out of a user's file, before it is put in its place."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

import pandas as pd

from sluicegate.terms import InputError
from sluicegate.terms.slug import slug
from sluicegate.world.intake.card import Card
from sluicegate.world.overlay import OWN

MOST_FIGURES = 500_000
"""Figures of one import; more would make every answer wait."""

COLUMNS = ("figure_id", "metric", "material", "item", "stage", "place", "partner", "period", "value", "low", "high",
           "unit", "status", "source_id", "page", "known_on", "grade", "preferred", "contradicts", "note")  # fmt: skip
"""The columns of `figures.csv`."""


@dataclass(frozen=True)
class Taken:
    """The readable part of a file that has no problems.

    Parameters
    ----------
    kind : what it was read as, one of `kind.KINDS`
    card : its source
    more : further sources, by the word that `figures` has in a column `card`; an empty word there is `card`
    rows : rows read
    figures : columns of `COLUMNS` but figure_id, source_id, preferred, contradicts; None without any
    tables : rows of the chain by table
    left_out : what was not taken, as `{"what", "rows"}`
    files : further files to lie beside, such as `measure.yaml` of the register
    """

    kind: str
    card: Card
    rows: int
    figures: pd.DataFrame | None = None
    tables: dict[str, pd.DataFrame] = field(default_factory=dict)
    left_out: list[dict[str, Any]] = field(default_factory=list)
    files: dict[str, bytes] = field(default_factory=dict)
    more: dict[str, Card] = field(default_factory=dict)

    def sources(self, name: str) -> list[dict[str, Any]]:
        """Rows of `sources.csv` for an import of this name."""
        return [card.row(source_id(name, word)) for word, card in {"": self.card, **self.more}.items()]


def source_id(name: str, word: str = "") -> str:
    """The id of a source card of an import."""
    return f"{OWN}{name}.{word}" if word else f"{OWN}{name}"


def with_ids(figures: pd.DataFrame, name: str) -> pd.DataFrame:
    """Figures as they are kept: every column of `COLUMNS`, each with an id that begins with `own.` and the name.

    Raises
    ------
    InputError : more than `MOST_FIGURES`.
    """
    if len(figures) > MOST_FIGURES:
        raise InputError(f"{len(figures):,} figures", where=name, expected=f"at most {MOST_FIGURES:,}",
                         do="Name fewer years (--year) or codes (--code).")  # fmt: skip
    parts = [figures[c].map({v: slug(v) for v in figures[c].unique()})
             for c in ("metric", "material", "stage")] + [
        figures["item"].map({v: _item(v) for v in figures["item"].unique()}),
        (figures["place"] + "-" + figures["partner"]).str.strip("-"),
        figures["period"].str.replace("/", "-to-"),
    ]  # fmt: skip
    ids = pd.Series(f"{OWN}{name}", index=figures.index)
    for part in parts:
        ids += part.where(part == "", "." + part)
    count = ids.groupby(ids).cumcount()
    ids = ids.where(count == 0, ids + "." + (count + 1).astype(str))
    words = figures["card"] if "card" in figures else pd.Series("", index=figures.index)
    sources = words.map({word: source_id(name, word) for word in words.unique()})
    whole = figures.assign(figure_id=ids, source_id=sources, preferred=True, contradicts="")
    return whole[list(COLUMNS)].reset_index(drop=True)


def _item(item: str) -> str:
    """A code alone where the item begins with one, else its words."""
    words = item.split()
    if len(words) > 1 and words[0] == "HS" and words[1][:6].rstrip(",").isdigit():
        return f"hs-{words[1].rstrip(',')}" + ("-" + slug(item.rpartition(";")[2]) if ";" in item else "")
    return slug(item)[:60].strip("-")
