"""Figures as words, no more precise than they are.

Two significant digits, one where the 90 % band exceeds a factor of three or changes sign; dates as a week
or a month, the end of an edge as a quarter, shares in percent. What is absent reads "not known", never 0.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, Literal

from sluicegate.terms import Band

NBSP = "\u00a0"
"""Holds a number and its unit on one line."""
MINUS = "\u2212"
NOT_KNOWN = "not known"
MATERIAL_SHARE_OF_GDP = 1e-4
"""Below 0.01 % of the target's GDP an edge is a ratio of two nothings."""

_LARGEST = 1e18
"""No tonnage, sum of dollars or ratio of this subject comes near it; a figure above it is a fault."""
_WIDE = 3.0
_WEEKS_BAND = timedelta(weeks=13)
_SMALL, _MILLION, _BILLION = 1e4, 1e6, 1e9


@dataclass(frozen=True)
class Figure:
    """A number in words, with its 90 % band in words; `band` is empty where there is none."""

    median: str
    band: str = ""

    def __str__(self) -> str:
        return f"{self.median} ({self.band})" if self.band else self.median


ABSENT = Figure(NOT_KNOWN)


def finite(value: Any) -> float | None:
    """`value` as a float; None when it is absent, no number, NaN, or larger than anything is."""
    if isinstance(value, bool) or not isinstance(value, int | float):
        return None
    return float(value) if abs(value) < _LARGEST else None


def read_band(value: Any) -> Band | None:
    """The `{Q}` object `value` as a band; None without a median. A quantile that is absent is NaN."""
    if not isinstance(value, Mapping) or finite(value.get("q50")) is None:
        return None
    found = {q: finite(value.get(q)) for q in ("q05", "q25", "q50", "q75", "q95")}
    return Band(**{q: math.nan if x is None else x for q, x in found.items()})


def rounded(x: float, digits: int) -> float:
    """`x` to `digits` significant digits; 0, NaN and infinities as they are."""
    if x == 0 or not math.isfinite(x):
        return x
    return float(f"{x:.{digits - 1}e}")


def two_digits(x: float) -> float:
    """`x` to two significant digits; 0, NaN and infinities as they are."""
    return rounded(x, 2)


def digits_of(band: Band) -> Literal[1, 2]:
    """How many significant digits `band` supports: 1 if its 90 % band exceeds a factor of three or changes sign."""
    low, high = sorted((abs(band.q05), abs(band.q95)))
    if math.isnan(low) or math.isnan(high):
        return 2
    return 1 if band.q05 * band.q95 < 0 or high > _WIDE * low else 2


def number(x: float, digits: int = 2) -> str:
    """`x` to `digits` significant digits in plain notation: `1,300`, `0.42`, `−7`; NaN reads "not known"."""
    if not math.isfinite(x):
        return NOT_KNOWN
    value = rounded(x, digits)
    if value == 0:
        return "0"
    decimals = max(0, digits - 1 - math.floor(math.log10(abs(value))))
    return f"{value:,.{decimals}f}".replace("-", MINUS)


def _span(low: str, high: str, unit: str = "") -> str:
    """`low to high unit`."""
    tail = f"{NBSP}{unit}" if unit else ""
    return f"{low}{NBSP}to{NBSP}{high}{tail}"


def _ends(band: Band, low: str, high: str, unit: str) -> str:
    """The 90 % band in words; nothing where an end is not known or there is no spread."""
    if NOT_KNOWN in (low, high) or band.q05 == band.q95:
        return ""
    return _span(low, high, unit)


def quantity(band: Band | None, unit: str = "", *, scale: float = 1.0) -> Figure:
    """`band` times `scale` in `unit`, digits as the band allows."""
    if band is None:
        return ABSENT
    digits = digits_of(band)
    low, median, high = (number(q * scale, digits) for q in (band.q05, band.q50, band.q95))
    tail = f"{NBSP}{unit}" if unit else ""
    return Figure(median + tail, _ends(band, low, high, unit))


def money_of(unit: str) -> tuple[float, str] | None:
    """How much of which currency one of `unit` is: `m USD` is a million USD, `million 2024 USD per week` too.

    None where it is no sum of money: `t`, or a price such as `USD/kg`.
    """
    found = _MONEY.fullmatch(unit.strip().replace("_", " "))
    if found is None:
        return None
    size = (found["size"] or found["joined"] or "").casefold()
    return _SIZES[size[:1]], found["currency"].upper()


_SIZES = {"": 1.0, "m": _MILLION, "b": _BILLION}
_MONEY = re.compile(
    r"(?:(?P<size>m|mn|million|b|bn|billion) +)?(?:\d{4} +)?(?P<joined>(?i:m|bn?))?(?P<currency>[A-Z]{3}|usd)"
    r"(?: *(?:/|per|a) *(?:week|wk|year|yr))?"
)


def money(band: Band | None, unit: str = "USD") -> Figure:
    """Money in millions of its currency, or billions from a median of one; `unit` says what the band is in.

    A band below ten thousand stands in the currency itself.
    """
    known = money_of(unit)
    if band is None or known is None:
        return quantity(band, unit)
    median, ends = rounded(band.q50, digits_of(band)), (band.q05, band.q95)
    largest = max(abs(q) * known[0] for q in (median, *ends) if math.isfinite(q))
    if largest < 1.0:  # less than one of the currency is what a sum of millions leaves behind
        return quantity(Band(0.0, 0.0, 0.0, 0.0, 0.0), f"m {known[1]}")
    wide = largest >= _SMALL
    scale, shown = money_axis([max(abs(median), _SMALL / known[0]) if wide else median], unit)
    return quantity(band, shown, scale=scale)


def amount(value: Any, unit: str = "USD") -> str:
    """One sum of money as `money` writes it; not known where it is absent."""
    known = finite(value)
    return NOT_KNOWN if known is None else money(Band(known, known, known, known, known), unit).median


def money_axis(values: Iterable[float | None], unit: str = "USD") -> tuple[float, str]:
    """The factor and unit that bring sums onto one scale: millions; billions where one reaches a billion.

    Sums that are all below ten thousand stand in the currency itself. A unit that is no money stays as it is.
    """
    known = money_of(unit)
    if known is None:
        return 1.0, unit
    size, currency = known
    largest = max((abs(v) * size for v in values if v is not None and math.isfinite(v)), default=0.0)
    if 0 < largest < _SMALL:
        return size, currency
    by, short = (_BILLION, "bn") if largest >= _BILLION else (_MILLION, "m")
    return size / by, f"{short} {currency}"


def percent(x: float) -> str:
    """A share in whole percent without the sign, below one percent to one digit: `42`, `4`, `0.3`, `over 99`."""
    if 0 < x < 0.001:
        return "below 0.1"
    if 0.99 < x < 1:
        return "over 99"
    return number(x * 100, 2 if abs(x) >= 0.1 else 1)


def share(band: Band | None) -> Figure:
    """A share (0 to 1) in percent."""
    if band is None:
        return ABSENT
    low, median, high = (percent(q) for q in (band.q05, band.q50, band.q95))
    return Figure(f"{median}{NBSP}%", _ends(band, low, high, "%"))


def one_share(x: Any) -> str:
    """A single share in percent with its sign."""
    value = finite(x)
    return NOT_KNOWN if value is None else f"{percent(value)}{NBSP}%"


def change(band: Band | None) -> Figure:
    """A relative change in percent, a rise with its plus sign."""
    figure = quantity(band, "%", scale=100)
    return Figure(f"+{figure.median}", figure.band) if band and band.q50 > 0 else figure


def read_date(value: Any) -> date | None:
    """The ISO date (or date and time) `value`; None when absent or no date."""
    if isinstance(value, date):
        return value
    try:
        return date.fromisoformat(str(value)[:10])
    except ValueError:
        return None


def day(value: Any) -> str:
    """A day: `12 June 2025`."""
    found = read_date(value)
    return NOT_KNOWN if found is None else f"{found.day}{NBSP}{found:%B}{NBSP}{found.year}"


def week(value: date) -> str:
    """The week a day stands in, by its first day: `12 May 2025`."""
    monday = value - timedelta(days=value.weekday())
    return f"{monday.day}{NBSP}{monday:%b}{NBSP}{monday.year}"


def month(value: date) -> str:
    """The month a day stands in: `May 2025`."""
    return f"{value:%b}{NBSP}{value.year}"


def quarter(value: date) -> str:
    """The quarter a day stands in: `2025 Q4`."""
    return f"{value.year}{NBSP}Q{(value.month + 2) // 3}"


def _dates(value: Any) -> dict[str, date | None]:
    """The three quantiles shown of a `{Q}` object of dates."""
    quantiles = value if isinstance(value, Mapping) else {}
    return {q: read_date(quantiles.get(q)) for q in ("q05", "q50", "q95")}


def start(value: Any) -> Figure:
    """When something starts: weeks if the 90 % band is at most a quarter long, months if longer or open."""
    dates = _dates(value)
    low, median, high = dates["q05"], dates["q50"], dates["q95"]
    if median is None:
        return ABSENT
    if low is not None and high is not None and high - low <= _WEEKS_BAND:
        ends = _span(week(low), week(high)) if week(low) != week(high) else "the same week"
        return Figure(f"week of{NBSP}{week(median)}", ends)
    if low is None:
        return Figure(month(median))
    if high is None:
        return Figure(month(median), f"{month(low)}{NBSP}to{NBSP}beyond the horizon")
    return Figure(month(median), _span(month(low), month(high)))


def expiry(value: Any, p_not_within_horizon: Any = None) -> Figure:
    """When an edge ends, in quarters, with the share of runs in which it outlasts the horizon."""
    dates = _dates(value)
    beyond = finite(p_not_within_horizon)
    rest = "" if beyond is None else f"not within the horizon: {'0' + NBSP + '%' if beyond == 0 else one_share(beyond)}"
    if dates["q50"] is None:
        return Figure(rest or "not within the horizon")
    ends = [quarter(d) if d else "beyond the horizon" for d in (dates["q05"] or dates["q50"], dates["q95"])]
    band = ends[0] if ends[0] == ends[1] else _span(*ends)
    return Figure(quarter(dates["q50"]), f"{band}; {rest}" if rest else band)


def edge_index(band: Band | None, share_of_gdp: Any = None) -> Figure:
    """The edge from −1 (the target's) to 1 (the controller's); no number where it is not material.

    Parameters
    ----------
    band : the index A
    share_of_gdp : the target's loss as a share of its GDP; None if it was not computed
    """
    size = finite(share_of_gdp)
    if size is not None and size < MATERIAL_SHARE_OF_GDP:
        return Figure("no material edge")
    if band is None:
        return ABSENT
    decimals = digits_of(band)
    low, median, high = (_index(q, decimals) for q in (band.q05, band.q50, band.q95))
    return Figure(median, _ends(band, low, high, ""))


def _index(x: float, decimals: int) -> str:
    """A value on the scale from −1 to 1; the scale is fixed, so decimals and not digits are what it supports."""
    if not math.isfinite(x):
        return NOT_KNOWN
    text = f"{x:.{decimals}f}".replace("-", MINUS)
    return "0" if float(f"{x:.{decimals}f}") == 0 else text
