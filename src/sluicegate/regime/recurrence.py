"""How often a jurisdiction has announced controls, and what that says of the next."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from sluicegate.regime.register import Register, reaches

SINCE = date(2010, 1, 1)
"""The register holds no halt or licence before the dispute of 2010 that its makers looked for."""
HOLDING = ("licence", "ban", "halt", "extraterritorial")
"""Kinds of measure that hold goods back; lists, frames and yearly quotas are left out."""


@dataclass(frozen=True)
class Recurrence:
    """Days on which controls were announced, over some years."""

    days: tuple[date, ...]
    years: float

    @property
    def rate_per_year(self) -> float:
        """Mean of the rate after Jeffreys' prior: (n + 1/2) / years (Gelman and others 2013, section 2.8)."""
        return (len(self.days) + 0.5) / self.years

    def chance(self, years: float) -> float:
        """Chance of at least one more within some years, the rate not known: 1 - (T / (T + t))^(n + 1/2).

        Announcements as a Poisson process with a gamma-distributed rate, so a negative binomial with none.
        """
        return float(1 - (self.years / (self.years + years)) ** (len(self.days) + 0.5))


def recurrence(register: Register, jurisdiction: str, target: str | None, as_of: date) -> Recurrence:
    """Announcements known on a day that hold goods back from a target, several on one day counted once."""
    days = {
        m.announced_on for m in register.known(as_of)
        if m.jurisdiction == jurisdiction and m.kind in HOLDING and m.announced_on >= SINCE
        and (target is None or reaches(m.destinations, target))
    }  # fmt: skip
    return Recurrence(tuple(sorted(days)), (as_of - SINCE).days / 365.25)
