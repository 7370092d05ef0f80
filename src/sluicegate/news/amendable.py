"""Register entries that an easing or lifting is about, and the days it gives."""

from __future__ import annotations

import re
from datetime import date, timedelta
from typing import Literal

import pandas as pd

from sluicegate.news.claim import Claim
from sluicegate.news.goods import products_of
from sluicegate.news.standing import first_day
from sluicegate.regime import Measure, Register, listed_products
from sluicegate.world import World

_NO_HOLD = {"suspension", "facilitation", "ruling", "plan", "frame", "enforcement", "disruption"}
"""Kinds of entry that hold nothing back, so that nothing in them can be eased."""
_BAN = re.compile(r"\b(?:bans?|banned|embargo\w*|prohibit\w*)\b", re.IGNORECASE)
_LICENCE = re.compile(r"\b(?:licen[cs]\w*|permits?)\b", re.IGNORECASE)
_UNTIL = re.compile(r"\b(?:until|till|through|by the end of)\b", re.IGNORECASE)
_FOR_A_TIME = re.compile(r"\b(?:suspen\w+|paus\w+|defer\w*|postpon\w+|freez\w+|until)\b", re.IGNORECASE)
_MONTHS = {"year": 12, "month": 1}


def entries_about(claim: Claim, *, register: Register, world: World, on: date) -> tuple[Measure, ...]:
    """Entries of the acting place on the claim's goods that were known and not ended on a day.

    Those of the kind the quote speaks of (a ban, a licence) go before the others. A lifting for some destinations is
    only of entries on just these.
    """
    products = set(products_of(claim.materials, world))
    found = [m for m in register.known(on) if m.jurisdiction in claim.actor and m.kind not in _NO_HOLD
             and register.state(m, on) != "ended" and listed_products(register, m) & products]  # fmt: skip
    if claim.target:
        aimed = [m for m in found if m.destinations != "all" and set(m.destinations) & set(claim.target)]
        found = aimed if aimed or claim.type == "control_lifted" else found
    of_kind = [m for m in found if _is_kind(m, claim.quote)]
    return tuple(of_kind or found)


def _is_kind(measure: Measure, quote: str) -> bool:
    if _BAN.search(quote):
        return measure.kind in ("ban", "halt")
    return _LICENCE.search(quote) is not None and measure.kind == "licence"


def days_of(claim: Claim, told_on: date) -> tuple[date, date | None]:
    """First and last day of what a claim eases; no last day where it gives none.

    Parameters
    ----------
    told_on : the article's day, from which it holds where the claim names no other
    """
    days = sorted(d for d in (_last_day(text) for text in claim.dates) if d is not None)
    if _UNTIL.search(claim.quote) and days and days[-1] > told_on:
        named = first_day(claim)
        return (named if named and len(days) > 1 and named <= days[-1] else told_on), days[-1]
    start = first_day(claim) or told_on
    lasts = next((a for a in claim.amounts if a.unit in _MONTHS), None)
    if lasts is not None and float(lasts.value).is_integer():
        return start, _months_later(start, int(lasts.value) * _MONTHS[lasts.unit]) - timedelta(days=1)
    return start, None


def how(claim: Claim, last: date | None) -> Literal["suspended", "lifted", "eased"]:
    """Whether the entry is eased, suspended for a time, or lifted."""
    if claim.type == "control_eased":
        return "eased"
    return "suspended" if last is not None and _FOR_A_TIME.search(claim.quote) else "lifted"


def _last_day(text: str) -> date | None:
    """The last day that a date of a claim stands for; None where it is no date of the calendar."""
    part = text.split("/")[-1]
    try:
        if len(part) == 4:
            return date(int(part), 12, 31)
        if len(part) == 7:
            return _months_later(date.fromisoformat(f"{part}-01"), 1) - timedelta(days=1)
        return date.fromisoformat(part)
    except ValueError:
        return None


def _months_later(day: date, months: int) -> date:
    return (pd.Timestamp(day) + pd.DateOffset(months=months)).date()
