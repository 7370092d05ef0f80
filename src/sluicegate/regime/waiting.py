"""How long the office takes and what it approves, for one shipment, by the practice known on a day."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Self, get_args

import numpy as np
from scipy.special import gammaincinv

from sluicegate.regime.practice import MATERIAL_GROUPS, EndUse, eligible_at, eligible_schedule, load_practice
from sluicegate.terms import Band
from sluicegate.terms.parameter import Parameter

_GRID = 60


@dataclass(frozen=True)
class Filing:
    """An application at the Chinese office.

    Parameters
    ----------
    group : the group of practice, one of `MATERIAL_GROUPS`
    destination : a place code
    effective_from : when the measure took effect; on : day of filing
    as_of : no practice known later is used
    """

    group: str
    destination: str
    end_use: EndUse
    effective_from: date
    on: date
    as_of: date

    @property
    def key(self) -> str:
        """The filing as text; `read` takes it back."""
        group = self.group.replace(" ", "-")
        return ".".join(map(str, (group, self.destination, self.end_use, self.effective_from, self.on, self.as_of)))

    @classmethod
    def read(cls, key: str) -> Self | None:
        """The filing of a key; None where the text is no key."""
        parts = key.split(".")
        groups = {group.replace(" ", "-"): group for group in MATERIAL_GROUPS}
        if len(parts) != 6 or parts[0] not in groups or parts[2] not in get_args(EndUse):
            return None
        try:
            days = [date.fromisoformat(part) for part in parts[3:]]
        except ValueError:
            return None
        return cls(groups[parts[0]], parts[1], "military" if parts[2] == "military" else "civil", *days)

    @property
    def waiting_days(self) -> Band:
        """Calendar days from filing to decision.

        The office start, as far as it still lies ahead, and an Erlang review: its mean is uncertain, and
        each application varies about it. Computed on a grid of probabilities, so without chance.
        """
        practice = load_practice(self.as_of, self.group, self.destination)
        u = (np.arange(_GRID) + 0.5) / _GRID
        start = practice["office_start_weeks"].quantile(u) - (self.on - self.effective_from).days / 7
        mean = practice["review_weeks_mean"].quantile(u)
        stages = practice["review_stages"].p50
        review = mean[:, None] * np.asarray(gammaincinv(stages, u), dtype=float) / stages
        return Band.of(7 * (np.maximum(start, 0)[:, None, None] + review))

    @property
    def waiting_inputs(self) -> tuple[Parameter, ...]:
        """The parameters of practice behind the waiting time."""
        practice = load_practice(self.as_of, self.group, self.destination)
        return tuple(practice[name] for name in ("office_start_weeks", "review_weeks_mean", "review_stages"))

    @property
    def approval_share(self) -> Band:
        """The share of the pre-control flow that passes (0-1)."""
        u = np.array([0.05, 0.25, 0.5, 0.75, 0.95])
        return Band(*(float(q) for q in self.approval_input.quantile(u)))

    @property
    def approval_input(self) -> Parameter:
        """The step of the schedule of practice that holds on the day of filing."""
        schedule = eligible_schedule(self.as_of, self.group, self.destination, self.end_use)
        return eligible_at(schedule, (self.on - self.effective_from).days / 7)
