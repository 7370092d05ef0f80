"""What became of a story: claims that came, went or changed between two of its texts, and whether it says so."""

from __future__ import annotations

import difflib
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from sluicegate.news.claim import Claim

_COMPARED = ("status", "amounts", "materials", "actor", "target", "dates", "attribution")
_ALIKE = 0.6
_MOST_LINES = 40


@dataclass(frozen=True)
class Altered:
    """A claim that stands in both texts and is not the same: field, before, after."""

    before: Claim
    after: Claim
    fields: dict[str, tuple[Any, Any]] = field(default_factory=dict)


@dataclass(frozen=True)
class Change:
    """What a new text of an article did to its claims.

    Parameters
    ----------
    kept : pairs of the former and the present claim that say the same
    dated : whether the article gives its new text a new date; without one the edit is backdated
    """

    kept: tuple[tuple[Claim, Claim], ...]
    altered: tuple[Altered, ...]
    added: tuple[Claim, ...]
    gone: tuple[Claim, ...]
    lines: tuple[str, ...]
    dated: bool

    def as_json(self) -> dict[str, Any]:
        """What changed, as JSON values."""
        return {
            "added": [c.as_json() for c in self.added],
            "gone": [c.as_json() for c in self.gone],
            "altered": [{"before": a.before.as_json(), "after": a.after.as_json(),
                         "fields": {k: list(v) for k, v in a.fields.items()}} for a in self.altered],
            "lines": list(self.lines),
            "dated": self.dated,
        }  # fmt: skip


def change(before: Sequence[Claim], after: Sequence[Claim], *, bodies: tuple[str, str],
           dates: tuple[date | str | None, date | str | None]) -> Change:  # fmt: skip
    """Compare the claims of an article's former text with those of its present one.

    Parameters
    ----------
    bodies, dates : former and present
    """
    rest = list(before)
    kept, altered, added = [], [], []
    for claim in after:
        other = _partner(claim, rest)
        if other is None:
            added.append(claim)
            continue
        rest.remove(other)
        fields = _differences(other, claim)
        if fields:
            altered.append(Altered(other, claim, fields))
        else:
            kept.append((other, claim))
    dated = dates[0] != dates[1] and dates[1] is not None
    return Change(tuple(kept), tuple(altered), tuple(added), tuple(rest), _lines(*bodies), dated)


def _partner(claim: Claim, others: Sequence[Claim]) -> Claim | None:
    """The former claim that this one is: of its type, with the same quote or the most like it."""
    same = [o for o in others if o.type == claim.type]
    exact = [o for o in same if o.quote == claim.quote]
    if exact:
        return exact[0]
    scored = [(difflib.SequenceMatcher(None, o.quote[:600], claim.quote[:600]).ratio(), o) for o in same[:50]]
    best = max(scored, key=lambda s: s[0], default=None)
    return best[1] if best and best[0] >= _ALIKE else None


def _differences(before: Claim, after: Claim) -> dict[str, tuple[Any, Any]]:
    one, other = before.as_json(), after.as_json()
    return {name: (one[name], other[name]) for name in _COMPARED if one[name] != other[name]}


def _lines(before: str, after: str) -> tuple[str, ...]:
    """Lines that came (`+`) and went (`-`)."""
    found = difflib.unified_diff(before.splitlines(), after.splitlines(), lineterm="", n=0)
    kept = [line[:300] for line in found if line[:1] in "+-" and line[:3] not in ("+++", "---") and line[1:].strip()]
    return tuple(kept[:_MOST_LINES])
