"""A claim: one thing an article says about supply, with its quote."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sluicegate.terms import InputError

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
    organisations : firms and offices named, then plants of the dataset by their names there
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

    @classmethod
    def of_json(cls, document: Mapping[str, Any]) -> Claim:
        """A claim from its JSON values; what else the document holds is left aside.

        Raises
        ------
        InputError : a field is missing, or type or status is none of those there are.
        """
        lacking = [n for n in cls.__dataclass_fields__ if n not in document]
        if lacking or document["type"] not in CLAIM_TYPES or document["status"] not in STATUSES:
            found = f"no {', '.join(lacking)}" if lacking else f"{document['type']}, {document['status']}"
            raise InputError(found, where="claim", expected="a claim as `sluicegate claims --json` gives it",
                             do="Take one from there.")  # fmt: skip
        try:
            amounts = tuple(Amount(**a) for a in document["amounts"])
        except TypeError as error:
            raise InputError(f"amounts: {error}", where="claim", expected="value, unit and qualifier in each",
                             do="Take the claim from `sluicegate claims --json`.") from error  # fmt: skip
        fields: dict[str, Any] = {n: document[n] for n in cls.__dataclass_fields__} | {"amounts": amounts}
        values: dict[str, Any] = {n: tuple(v) if isinstance(v, list) else v for n, v in fields.items()}
        return cls(**values)

    def as_json(self) -> dict[str, Any]:
        """The claim's fields as JSON values."""
        fields = {name: getattr(self, name) for name in self.__dataclass_fields__}
        return {k: list(v) if isinstance(v, tuple) else v for k, v in fields.items()} | {
            "amounts": [a.as_json() for a in self.amounts]
        }


def claim_id(kind: str, start: int, quote: str) -> str:
    """The stable id of a claim."""
    return "claim-" + hashlib.sha256(f"{kind}\n{start}\n{quote}".encode()).hexdigest()[:12]
