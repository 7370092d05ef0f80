"""A claim: one thing an article says about supply, with its quote."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from typing import Any

CLAIM_TYPES = (
    "control_imposed", "control_eased", "control_lifted", "control_extended", "licence_granted", "quota_set", "tariff",
    "deal_statement", "production_share", "trade_share", "import_dependence", "production_volume",
    "trade_volume", "reserve",
    "capacity", "production_start", "mine_halt", "mine_restart", "supply_disruption", "investment",
    "financing", "project_cost",
    "stockpiling", "price_move", "depletion", "capability", "lead_time",
)  # fmt: skip
STATUSES = ("asserted", "claimed", "planned", "conditional", "negated")


@dataclass(frozen=True)
class Amount:
    """A number in the article's own unit: 80 'percent', 780000000 'USD', 8 'month', 18000 't'."""

    value: float
    unit: str
    qualifier: str

    def as_json(self) -> dict[str, float | int | str]:
        """The amount as JSON values, whole numbers without a fraction."""
        whole = float(self.value).is_integer()
        return {"value": int(self.value) if whole else self.value, "unit": self.unit, "qualifier": self.qualifier}


@dataclass(frozen=True)
class Claim:
    """One claim of an article.

    Attributes
    ----------
    id : 'claim-' and a hash of type, start and quote
    type : one of `CLAIM_TYPES`
    quote, start, end : `article.text[start:end] == quote`, in code points
    materials : names of materials
    actor, target : place codes (alpha-3, EUU), or names of regions; empty when none or when everybody is meant
    organisations : firms and offices named
    amounts : numbers in the article's units
    dates : ISO dates, partial dates (`2025-04`) or intervals (`2020/2023`)
    status : one of `STATUSES`
    attribution : who says so; '' when the article itself does
    confidence : 0-1
    """

    id: str
    type: str
    quote: str
    start: int
    end: int
    materials: tuple[str, ...]
    actor: tuple[str, ...]
    target: tuple[str, ...]
    organisations: tuple[str, ...]
    amounts: tuple[Amount, ...]
    dates: tuple[str, ...]
    status: str
    attribution: str
    confidence: float

    def as_json(self) -> dict[str, Any]:
        """The claim's fields as JSON values."""
        fields = {name: getattr(self, name) for name in self.__dataclass_fields__}
        return {k: list(v) if isinstance(v, tuple) else v for k, v in fields.items()} | {
            "amounts": [a.as_json() for a in self.amounts]
        }


def claim_id(kind: str, start: int, quote: str) -> str:
    """The stable id of a claim."""
    return "claim-" + hashlib.sha256(f"{kind}\n{start}\n{quote}".encode()).hexdigest()[:12]
