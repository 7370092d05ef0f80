"""Ids of figures, groups of rows that state the same quantity, and which of a group to prefer."""

from __future__ import annotations

import re

import pandas as pd
from ingest.figures.names import slug

_STAGE_FIRST = {"production": "output", "capacity": "capacity", "share of world output": "share"}
_SAME = ["metric", "material", "item", "stage", "place", "partner", "period", "unit", "status", "basis"]
_RANK = [
    r"usgs-mcs-2026-v1-3",
    r"usgs-mcs-2026",
    r"usgs-minerals-yearbook",
    r"wmd-2026",
    r"usgs-mcs-2025",
    r"usgs-mcs",
    r"wmd-2024",
]
"""Editions in order of preference: the latest of the geological survey, then World Mining Data, then earlier ones."""

_GRADES = ["official", "reported", "secondary", "derived", "assumption"]
_NOT_PREFERRED = re.compile(r"chemanalyst|rbtfl|okx|sscollege|pmarketresearch", re.I)
"""Sources that the survey of sources calls unreliable."""


_DOUBTED = re.compile(
    r"implausible|outlier: exclude|probable misclassif|low confidence|no basis stated|do not use", re.I
)


def with_ids(rows: pd.DataFrame) -> pd.DataFrame:
    """The rows with a readable id each: what, of what, where, when, from whom; a number where these are not enough."""
    base = [
        ".".join(
            part
            for part in (_what(r), slug(r.material), _item(r.item), _where(r), _when(r.period), _from(r.source_id))
            if part
        )
        for r in rows.itertuples()
    ]
    out = rows.assign(figure_id=base)
    count = out.groupby("figure_id").cumcount()
    out["figure_id"] = [b if n == 0 else f"{b}.{n + 1}" for b, n in zip(out["figure_id"], count, strict=True)]
    return out


def _what(row: object) -> str:
    metric, stage = row.metric, row.stage  # type: ignore[attr-defined]
    return f"{slug(stage)}-{_STAGE_FIRST[metric]}" if metric in _STAGE_FIRST and stage else slug(metric)


def _item(item: str) -> str:
    if code := re.match(r"HS (\d{4,6})", item):
        return f"hs-{code.group(1)}"
    return slug(item)[:60].strip("-")


def _from(source_id: str) -> str:
    """A source's part of an id: the edition alone where it is enough, the first words otherwise."""
    if edition := re.match(r"(usgs-mcs-\d{4})(-v1-3)?|wmd-\d{4}", source_id):
        return edition.group(1) or edition.group()
    return source_id[:40].strip("-")


def _where(row: object) -> str:
    return "-".join(p for p in (row.place, row.partner) if p)  # type: ignore[attr-defined]


def _when(period: str) -> str:
    return period.replace("/", "-to-") if "/" in period and len(period) > 9 else period.replace("/", "-")


def with_preference(rows: pd.DataFrame) -> pd.DataFrame:
    """The rows with `contradicts` (a key shared by rows of the same quantity) and `preferred` (one of a key)."""
    out = rows.copy()
    key = out[_SAME].fillna("").agg("|".join, axis=1)
    shared = key.map(key.value_counts()) > 1
    out["contradicts"] = [slug(k.replace("|", " "))[:110] if s else "" for k, s in zip(key, shared, strict=True)]
    order = pd.DataFrame(
        {
            "weak": out["source_id"].str.contains(_NOT_PREFERRED),
            "rank": out["source_id"].map(_edition_rank),
            "grade": out["grade"].map(_GRADES.index),
            "blank": out["value"].isna(),
            "newest": -pd.to_datetime(out["known_on"]).map(pd.Timestamp.toordinal),
        }
    )
    first = order.sort_values(["weak", "rank", "grade", "blank", "newest"], kind="stable").index
    best = key.loc[first].drop_duplicates().index
    out["preferred"] = out.index.isin(best) & ~order["weak"] & ~out["note"].str.contains(_DOUBTED)
    return out


def _edition_rank(source_id: str) -> int:
    for rank, pattern in enumerate(_RANK):
        if source_id.startswith(pattern):
            return rank
    return len(_RANK)
