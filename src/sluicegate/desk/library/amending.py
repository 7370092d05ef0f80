"""An accepted easing or lifting as an entry of the user's that amends the entry of the register it is about."""

from __future__ import annotations

import hashlib
from datetime import date
from typing import Any

from sqlalchemy import Row

from sluicegate.desk.number import Document
from sluicegate.news import Claim
from sluicegate.news.amendable import days_of, entries_about, how
from sluicegate.regime import Measure, Register
from sluicegate.terms import InputError
from sluicegate.world import World

ALONE = "none"
"""What stands for 'amend no entry' where one is asked for."""


def amended_entry(claim: Claim, day: date, *, register: Register, world: World, named: str | None) -> Measure | str:
    """The entry that a claim amends, or why it amends none.

    Parameters
    ----------
    day : on which the article became known
    named : the entry that the user names, `ALONE` for none; None to take the one that fits

    Raises
    ------
    NotFoundError : no entry of the name.
    InputError : none fits, or several do, and the user named none; or the named one had not been announced or is over.
    """
    if named is not None:
        return "recorded alone, as asked" if named == ALONE else _named(register, named, day)
    about = entries_about(claim, register=register, world=world, on=day)
    first, _ = days_of(claim, day)
    held = [m for m in about if register.state(m, max(first, day), day) != "suspended"]
    if about and not held:
        ids = ", ".join(m.id for m in about)
        return f"the register holds {ids} as suspended then"
    if len(held) != 1:
        ids = ", ".join(m.id for m in held)
        what = f"{len(held)} entries of the register fit: {ids}" if held else "no entry of the register fits it"
        example = held[0].id if held else "CN-2025-18"
        raise InputError(what, where=f"claim “{claim.quote[:80]}”", expected="one entry that it eases or lifts",
                         do=f"Name it: `--measure {example}` (see `sluicegate register list`), or `--measure {ALONE}` "
                         "to record the claim and amend nothing.")  # fmt: skip
    return held[0]


def _named(register: Register, name: str, day: date) -> Measure:
    measure = register.measure(name)
    if measure.announced_on > day or register.state(measure, day) == "ended":
        state = "is over" if measure.announced_on <= day else f"was announced only on {measure.announced_on}"
        raise InputError(f"{measure.id} {state}", where="--measure", expected=f"an entry that stood on {day}",
                         do="See `sluicegate register list`.")  # fmt: skip
    return measure


def amendment(claim: Claim, measure: Measure, article: Row[Any], day: date) -> Document | str:
    """The entry that amends another, as the register reads it; or why there can be none."""
    first, last = days_of(claim, day)
    act = how(claim, last)
    if act == "lifted" and measure.effective_from and first <= measure.effective_from:
        return f"{measure.id} is in effect from {measure.effective_from} only: it cannot end on {first}"
    hashed = hashlib.sha256(f"{article.id} {claim.quote}".encode()).hexdigest()[:8].upper()
    spell = f" to {last}" if act == "suspended" else ""
    return {
        "id": f"OWN-{measure.jurisdiction}-{hashed}",
        "title": f"{measure.id} {act} from {first}{spell} (from an article)",
        "jurisdiction": measure.jurisdiction,
        "kind": "facilitation" if act == "eased" else "suspension",
        "announced_on": min(day, first),
        "effective_from": first,
        "ends_on": last if act == "suspended" else None,
        "amends": [{"measure": measure.id, "how": act, "first": first, "last": last if act == "suspended" else None}],
        "destinations": "all" if measure.destinations == "all" else list(measure.destinations),
        **as_told(claim, article, day),
    }


def as_told(claim: Claim, article: Row[Any], day: date) -> Document:
    """What an entry of the register has of the claim it comes from: its words and its source."""
    return {
        "status": "as an accepted claim states it",
        "scope": claim.quote,
        "source": {"publisher": article.publisher or "not named", "title": article.title or "not named",
                   "url": article.url or f"news:{article.id}"},
        "confidence": "secondary",
        "last_verified": day,
        "note": f"“{claim.quote}”",
    }  # fmt: skip


def amended_by(register: Register, name: str) -> list[str]:
    """The entries that amend an entry."""
    return [m.id for m in register.measures.values() if name in {a.measure for a in m.amends}]
