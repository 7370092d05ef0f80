"""Every adapter's rows in one form: numbers, units, periods, the day known, the source's id."""

from __future__ import annotations

import re
from datetime import date

import pandas as pd
from ingest.figures.names import slug
from ingest.figures.periods import COLLECTED_ON, known_on, period_end, period_of
from ingest.figures.units import unit_of

GRADES = {"A": "official", "B": "reported", "C": "secondary", "D": "derived"}
_FLOWS = {
    "production",
    "consumption",
    "trade quantity",
    "trade value",
    "units",
    "value added",
    "gross output",
    "gdp",
    "sales",
    "growth",
    "import share",
    "export share",
    "net import reliance",
    "share of world consumption",
}
"""Metrics that run over a period: said before the period is over, they are estimates."""

_UNBOUNDED = {"growth", "price change", "tariff", "export duty", "value-added tax", "export tax refund", "elasticity"}
"""Metrics printed in percent that are no share of a whole."""


def normalised(rows: pd.DataFrame) -> pd.DataFrame:
    """The rows with numbers in our units, our periods, the day each became known and its grade in words."""
    out = rows.copy()
    units = [unit_of(u) for u in rows["unit"]]
    factors = pd.Series([f for _, f in units], index=rows.index)
    for column in ("value", "low", "high"):
        out[column] = [_rounded(v * f) for v, f in zip(pd.to_numeric(rows[column].str.strip()), factors, strict=True)]
    out["unit"] = [
        "ratio" if u == "share" and m in _UNBOUNDED else u for (u, _), m in zip(units, rows["metric"], strict=True)
    ]
    notes = rows["note"].map(_own_words)
    out["note"] = [_with_print(*r) for r in zip(notes, rows["value"], rows["unit"], factors, strict=True)]
    out["grade"] = rows["grade"].map(GRADES)
    out["period"] = rows["period"].map(period_of)
    out["status"] = rows["status"].replace("", "observed")
    dated = [_dated(r) for r in out.itertuples()]
    out[["period", "known_on", "status"]] = pd.DataFrame(dated, index=out.index)
    out["source_id"] = [source_id(s, u) for s, u in zip(out["source"], out["url"], strict=True)]
    return _bounds(out)


def _rounded(number: float) -> float:
    """Ten significant digits: a conversion leaves no digits of its own."""
    return number if pd.isna(number) else float(f"{number:.10g}")


def _with_print(note: str, value: str, unit: str, factor: float) -> str:
    """The note, with the printed number where a conversion is more than a shift of the decimal point."""
    shift = factor == 1 or re.fullmatch(r"1e[-+]?\d+|10+\.0|1\.0|0\.0*1", f"{factor!r}") is not None
    return note if shift or not value else "; ".join(t for t in (note, f"printed as {value} {unit}") if t)


def _own_words(note: str) -> str:
    """A note without words that only make sense beside the collected tables."""
    asides = [
        r"[^;]*\b(first round|seed article|remembered|unverified)\b[^;]*",
        r"[^;]*exact page not kept[^;]*",
        r"\(?[a-z_/]+\.csv\)?",
        r"via github\.com/\S+( data/\S+)?",
        r" flagged below",
    ]
    for aside in asides:
        note = re.sub(aside, "", note)
    return "; ".join(t for t in (part.strip(" ,") for part in note.split(";")) if t)


def _dated(row: object) -> tuple[str, str, str]:
    """Period, day known and status of a row.

    A state (a capacity, a price, a share) told before its stated year is over is dated by the day it was told; a flow
    told so early is a forecast. A dated price point on a page without a date was known when the point ended.
    """
    period, status, metric = row.period, row.status, row.metric  # type: ignore[attr-defined]
    known, how = known_on(row.source, row.url)  # type: ignore[attr-defined]
    end = period_end(period)
    if end is None or status != "observed":
        return period, known.isoformat(), status
    if how == "read" and metric in ("price", "price ratio") and len(period) > 4:
        known = end
    if known >= end:
        return period, known.isoformat(), status
    begins = date(int(period[:4]), 1, 1)
    if how in ("year", "read"):
        if end <= COLLECTED_ON:
            return period, end.isoformat(), status
        known = COLLECTED_ON
    if metric in _FLOWS or known < begins:
        return period, known.isoformat(), "forecast" if metric in _FLOWS else "planned"
    return known.isoformat()[:7] if known == _end_of_month(known) else known.isoformat(), known.isoformat(), status


def _end_of_month(day: date) -> date:
    return period_end(day.isoformat()[:7]) or day


def _bounds(rows: pd.DataFrame) -> pd.DataFrame:
    """Rows with bounds the right way round and inside which the value lies; a bound equal to the other is a value."""
    out = rows.copy()
    lower, upper = out[["low", "high"]].min(axis=1), out[["low", "high"]].max(axis=1)
    both = out["low"].notna() & out["high"].notna()
    out.loc[both, "low"], out.loc[both, "high"] = lower[both], upper[both]
    return out


def source_id(source: str, url: str) -> str:
    """A readable id of a source: its publisher and year, and a few words of the page where the publisher has many."""
    known = {
        r"^derived from World Mining Data 2026": "derived-wmd-2026",
        r"Mining Data 2026": "wmd-2026",
        r"Mining Data 2018-2022": "wmd-2024",
        r"^derived from WMD 2026 and": "derived-wmd-usgs-2026",
        r"^BACI": "baci-2026",
        r"WDI NY\.GDP": "world-bank-gdp-2024",
        r"BEA 2017": "bea-2017",
        r"BEA gross": "bea-gross-output-2024",
        r"US BEA": "bea-2024",
        r"Outlook 2024": "iea-gcmo-2024",
        r"^IEA commentary": "iea-commentary-2025",
        r"OFR 2025-1047": "usgs-ofr-2025-1047",
        r"OFR 2024-1057": "usgs-ofr-2024-1057",
        r"NSB-2024-7": "nsb-2024-7",
        r"Comtrade, China reporter": "comtrade-china",
    }
    if source.startswith("derived") and "Mining Data" not in source:
        return "derived-" + slug(source.removeprefix("derived"))[:48].strip("-")
    for pattern, name in known.items():
        if re.search(pattern, source):
            return name
    if edition := re.search(r"(?:Summaries|MCS) (20\d\d)( v1\.3)?", source):
        rest = re.sub(r"USGS,?|Mineral Commodity Summaries|MCS|20\d\d(-\d\d)*|Feb|citing|May|v1\.3", " ", source)
        chapter = slug(rest)[:28].strip("-")
        version = "-v1-3" if edition.group(2) else ""
        return f"usgs-mcs-{edition.group(1)}{version}" + (f"-{chapter}" if chapter else "")
    host = re.sub(r"^https?://(www\.)?", "", url).split("/")[0]
    return slug(source)[:56].strip("-") or slug(host)
