"""Reading the collected rows: as text, without the rows that may not be used, mended by the second reading."""

from __future__ import annotations

import re
from pathlib import Path

import pandas as pd

COLUMNS = [
    "metric",
    "material",
    "item",
    "stage",
    "place",
    "partner",
    "period",
    "value",
    "low",
    "high",
    "unit",
    "status",
    "grade",
    "source",
    "url",
    "page",
    "note",
    "facility",
    "basis",
]
"""What every adapter hands on: text as printed, with our names for metric, material, stage and place; `facility` is the
slug of the plant a row is about, `basis` tells apart goods that one item of a plant names; neither ships."""

_TRACED = {"page", "dataset", "derived"}


def read(folder: Path, name: str, *, numbered: bool = True) -> pd.DataFrame:
    """One collected table as text, only its usable rows.

    Left out: grade U, sources from memory, rows whose page was lost or never kept, rows marked not to be used,
    the article under test itself, and (unless `numbered` is false) rows without any number.
    """
    table = pd.read_csv(folder / f"{name}.csv", dtype=str, keep_default_na=False)
    keep = pd.Series(True, index=table.index)
    if "grade" in table:
        keep &= table["grade"] != "U"
    if "trace" in table:
        keep &= table["trace"].isin(_TRACED)
    if "source" in table:
        keep &= ~table["source"].str.contains("unverified|seed article, 2025-06-12", case=False)
    if "note" in table:
        keep &= ~table["note"].str.contains("DO NOT USE|do not use this", regex=True)
    numbers = [c for c in ("value", "low", "high") if c in table]
    if numbers and numbered:
        keep &= (table[numbers] != "").any(axis=1)
    return table[keep].reset_index(drop=True)


def mended(folder: Path, file: str, keys: list[str], *, numbered: bool = True) -> pd.DataFrame:
    """A table of the first reading less the rows that the second reading replaces, then the second reading's own."""
    first, second = (read(folder, f"{part}/{file}", numbered=numbered) for part in ("rare-earths", "second-reading"))
    gone = set(second["replaces"])
    names = f"rare-earths/{file}.csv: " + first[keys].agg("|".join, axis=1)
    return pd.concat([first[~names.isin(gone)], second.drop(columns="replaces")], ignore_index=True).fillna("")


def tidy(rows: list[dict[str, str]]) -> pd.DataFrame:
    """Rows of an adapter as a frame with every column; what a row does not say is empty."""
    return pd.DataFrame(rows, columns=COLUMNS).fillna("")


def carried(row: pd.Series) -> dict[str, str]:
    """The columns that go over unchanged."""
    return {c: row.get(c, "") for c in ("value", "low", "high", "unit", "grade", "source", "url", "note")}


def grade_of(source: str) -> str:
    """The grade of a row whose table carries none: A official, B company or press, C aggregator, D derived."""
    low = source.casefold()
    if low.startswith(("derived", "computed")):
        return "D"
    if any(
        w in low for w in ("usgs, mineral", "usgs mcs", "world mining data", "baci", "usgs ofr", "mnr notice", "crs r")
    ):
        return "B" if "via" in low or "citing" in low else "A"
    weak = (
        "rbtfl",
        "okx",
        "sscollege",
        "quest metals",
        "pmarketresearch",
        "ameco",
        "wikipedia",
        "blog",
        "repost",
        "studymode",
        "hardcoreporcelain",
        "guanyan",
        "strategic-metal",
        "daily8",
        "burstable",
        "sikhona",
        "chemanalyst",
    )
    return "C" if any(w in low for w in weak) else "B"


def less_audit(note: str) -> str:
    """A note without the words on how the publisher's table was read: those stand with the source."""
    copy = r"(read through transcription|via) github\.com/pranava0x0\S*( data/audit\S*)?( \(captured [^)]*\))?"
    return re.sub(rf"(;\s*)?{copy};?\s*", "", note).strip("; ")
