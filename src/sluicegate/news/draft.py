"""A consequence in the making: what the claims of an article have added up to so far."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

from sluicegate.news.claim import Claim
from sluicegate.regime import Register
from sluicegate.scenario import Control
from sluicegate.world import World


@dataclass
class Draft:
    """What is known so far.

    Parameters
    ----------
    controls : of the base, by measure or name ; events, ignored, overrides : as in `Consequence`
    licensed, lifted : claims that wait until all controls are known
    hoped, conditions : claims that make futures ; announced : controls to come, with the claims that say so
    last_imposed : the last control the article named, which dates a lifting without a date
    """

    as_of: date
    register: Register
    world: World
    controls: dict[str, Control] = field(default_factory=dict)
    events: list[dict[str, str]] = field(default_factory=list)
    ignored: list[dict[str, str]] = field(default_factory=list)
    overrides: list[dict[str, str]] = field(default_factory=list)
    licensed: list[Claim] = field(default_factory=list)
    hoped: list[Claim] = field(default_factory=list)
    conditions: list[Claim] = field(default_factory=list)
    announced: list[tuple[list[Claim], Control]] = field(default_factory=list)
    lifted: list[Claim] = field(default_factory=list)
    last_imposed: Claim | None = None

    def event(self, claim: Claim, kind: str, what: str, **more: str) -> None:
        """Note that a claim changes the base."""
        self.events.append({"claim": claim.id, "kind": kind, "what": what, **more})

    def leave(self, claim: Claim, why: str) -> None:
        """Note that a claim changes nothing, and why."""
        self.ignored.append({"claim": claim.id, "why": why})
