"""A shipment with everything the register says of it: what the answers are read from."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from sluicegate.regime.finding import Finding, findings
from sluicegate.regime.limit import Verdict, any_of
from sluicegate.regime.measure import Measure, Parties
from sluicegate.regime.naming import names
from sluicegate.regime.register import Register, reaches
from sluicegate.regime.shipment import Shipment

FRAME = "CN-REG-2024"
"""The Regulations that set the kinds of licence."""


@dataclass(frozen=True)
class Case:
    """A shipment, what was found on it, and the list its end user is on.

    Parameters
    ----------
    party : the measure and the list that name the end user, if one does on that day
    """

    shipment: Shipment
    register: Register
    as_of: date
    found: tuple[Finding, ...]
    party: tuple[Measure, Parties] | None

    @classmethod
    def open(cls, shipment: Shipment, register: Register, as_of: date) -> Case:
        """Hold a shipment against the register as known on a day."""
        found = tuple(findings(shipment, register, as_of))
        return cls(shipment, register, as_of, found, _party(shipment, register, as_of))

    @property
    def under_regulations(self) -> bool:
        """Whether a Chinese measure was looked at and the Regulations were in effect."""
        start = self.register.measure(FRAME).effective_from
        chinese = any(finding.measure.jurisdiction == "CHN" for finding in self.found)
        return chinese and start is not None and self.shipment.on >= start

    @property
    def licensing(self) -> tuple[Finding, ...]:
        """The items that ask for a licence, or may."""
        return tuple(f for f in self.found if f.effect == "licence" and f.applies is not False)

    @property
    def silent(self) -> bool:
        """Whether the goods leave another country than China and no sure entry of the register speaks of them."""
        return self.shipment.origin != "CHN" and all(f.measure.confidence == "unverified" for f in self.found)

    def bites(self, effect: str) -> Verdict:
        """Whether any item with an effect applies."""
        return any_of(finding.applies for finding in self.found if finding.effect == effect)


def _party(shipment: Shipment, register: Register, as_of: date) -> tuple[Measure, Parties] | None:
    """The list entry that names the end user on the day, if any."""
    if not shipment.end_user:
        return None
    lists = [(measure, p) for measure in register.in_force(shipment.on, as_of)
             for p in measure.parties if p.listed_on(shipment.on)]  # fmt: skip
    by_name = [entry for entry in lists if any(names(shipment.end_user, name) for name in entry[1].names)]
    by_list = [
        e for e in lists if _says_listed(shipment.end_user, e[1]) and reaches((e[1].place,), shipment.destination)
    ]
    return next(iter(by_name + by_list), None)


def _says_listed(end_user: str, parties: Parties) -> bool:
    """Whether the user is described as being on such a list, as in `TDK (watch list)`."""
    return names(end_user, parties.listed) or names(end_user, parties.listed.replace("list", "listed"))
