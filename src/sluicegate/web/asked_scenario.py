"""What the questions about a scenario take, bundled or one's own."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any, ClassVar

from pydantic import Field

from sluicegate.scenario import bundled_names
from sluicegate.terms.errors import InputError, NotFoundError
from sluicegate.terms.mapping import read_pairs
from sluicegate.web.asked import Asked, Day, Seed, Word, Words, Written


class OnScenario(Written):
    """A bundled scenario by name, or one's own as a text."""

    kind: ClassVar[str] = "scenario"
    parameter: ClassVar[str] = "name"
    scenario: Word | None = Field(None, description="Name of a bundled scenario.")
    seed: Seed = 1
    as_of: Day | None = None
    set: Words = Field([], description="QUESTION=SETTING, how an open question turns out; may be repeated.")

    def given(self, folder: Path) -> dict[str, Any]:
        """Arguments of the desk's function."""
        name = str(self.file(folder)) if self.text is not None else bundled(self.scenario)
        rest = {k: v for k, v in self.rest().items() if k not in {"scenario", "set"}}
        return rest | {self.parameter: name, "settings": read_pairs(self.set, "set")}


class ScenarioFile(Written):
    """A scenario to be read."""

    kind: ClassVar[str] = "scenario"
    scenario: Word | None = Field(None, description="Name of a bundled scenario.")

    def given(self, folder: Path) -> dict[str, Any]:
        """The scenario's name or file."""
        return {"name": str(self.file(folder)) if self.text is not None else bundled(self.scenario)}


class Run(OnScenario):
    """A scenario and how many draws."""

    draws: int = Field(256, ge=1)


class Edge(Run):
    """Who has the edge, also with levers of the other side held."""

    levers: Word | None = None


class Reroute(OnScenario):
    """Who would ship to whom if it were planned."""

    place: Word | None = None
    on: Day | None = None
    weeks: int = Field(52, ge=4, le=520)
    draws: int = Field(64, ge=1)


class Years(OnScenario):
    """The years between the end of stocks and capacity elsewhere."""

    horizon: int = Field(15, alias="years", ge=2, le=20)
    chance: float | None = Field(None, ge=0, le=1)
    draws: int = Field(64, ge=1)


class Drivers(OnScenario):
    """What drives the edge."""

    draws: int = Field(64, ge=1)


class Static(Written):
    """Measures without a simulation."""

    kind: ClassVar[str] = "scenario"
    scenario: Word | None = Field(None, description="Name of a bundled scenario.")
    as_of: Day | None = None
    set: Words = Field([])

    def given(self, folder: Path) -> dict[str, Any]:
        """Arguments of the desk's function."""
        name = str(self.file(folder)) if self.text is not None else bundled(self.scenario)
        return {"name": name, "as_of": self.as_of, "settings": read_pairs(self.set, "set")}


class Ensemble(OnScenario):
    """What a long ensemble needs."""

    draws: int = Field(1024, ge=1)


class Series(Run):
    """One quantity over time."""

    parameter: ClassVar[str] = "scenario"
    measure: Word
    product: Word | None = None
    hs: Word | None = None
    origin: Word | None = Field(None, alias="from")
    destination: Word | None = Field(None, alias="to")
    place: Word | None = None
    area: Word = "outside"
    every: Word = "week"
    samples: int = Field(0, ge=0, le=10_000)


class Forecast(Run):
    """A question that a published figure will settle."""

    parameter: ClassVar[str] = "scenario"
    month: Word
    product: Word | None = None
    hs: Word | None = None
    above: float | None = None
    measure: Word = "exports"
    origin: Word | None = Field(None, alias="from")
    destination: Word | None = Field(None, alias="to")


class Settle(Asked):
    """The figure that came."""

    name: Word = Field(alias="id")
    value: float
    source: Word
    on: Day | None = None


class Sensitivity(OnScenario):
    """Which inputs decide an outcome."""

    of: Word = "loss"
    place: Word | None = None
    product: Word | None = None
    base: int = Field(128, ge=1, le=65_536)
    top: int = Field(8, ge=1, le=64)

    @property
    def draws(self) -> int:
        """What it will run, for the bound on draws."""
        return self.base * (self.top + 4)


class Negotiate(Run):
    """Talks on a day."""

    on: Day | None = None


class Plan(OnScenario):
    """What to hold under a budget, million 2024 USD."""

    budget: float = Field(ge=0, le=1e12)
    place: Word | None = None
    on: Day | None = None
    aversion: float = Field(0.5, ge=0, le=1)
    futures: Words = Field([], description="Bundled scenarios in which the plan is simulated too; may be repeated.")
    draws: int = Field(64, ge=1)

    def given(self, folder: Path) -> dict[str, Any]:
        """Arguments of the desk's function."""
        return super().given(folder) | {"futures": tuple(bundled(name) for name in self.futures)}


class Past(Asked):
    """Recorded episodes."""

    name: Word | None = Field(None, alias="episode")
    draws: int = Field(1024, ge=1)
    seed: Seed = 1


class Fit(Asked):
    """A fit on all recorded episodes."""

    draws: int = Field(1024, ge=1)
    seed: Seed = 1


class Questions(Asked):
    """Kept forecasts."""

    still_open: bool = Field(False, alias="open")


def bundled(name: str | None) -> str:
    """A bundled scenario's name: an address names no file of this machine.

    Raises
    ------
    InputError, NotFoundError : none is named, or there is no such scenario.
    """
    known: Sequence[str] = bundled_names()
    if name is None:
        raise InputError("nothing", where="scenario", expected="a bundled scenario, or a `text`",
                         do=f"Known are: {', '.join(known)}.")  # fmt: skip
    if name not in known:
        raise NotFoundError(name, kind="scenario", known=known, where="scenario")
    return name
