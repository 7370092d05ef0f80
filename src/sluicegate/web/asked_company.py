"""What the questions about one company or one plant take: its file as a text."""

from __future__ import annotations

from pathlib import Path
from typing import Any, ClassVar

from pydantic import Field

from sluicegate.terms.mapping import read_mapping, read_pairs
from sluicegate.web.asked import Day, Seed, Word, Words, Written
from sluicegate.web.asked_scenario import bundled


class Company(Written):
    """One company's lines; `text` is the company's file."""

    kind: ClassVar[str] = "company"
    parameter: ClassVar[str] = "path"
    scenario: Word = "status-quo"
    weeks: int = Field(52, ge=4, le=520)
    draws: int = Field(256, ge=1)
    seed: Seed = 1
    as_of: Day | None = None
    set: Words = Field([])

    def given(self, folder: Path) -> dict[str, Any]:
        """Arguments of the desk's function."""
        rest = {k: v for k, v in self.rest().items() if k != "set"} | {"scenario": bundled(self.scenario)}
        return rest | {"path": str(self.file(folder)), "settings": read_pairs(self.set, "set")}


class CompanyPlan(Company):
    """What a company does under a budget, in its own currency."""

    budget: float = Field(ge=0, le=1e15)
    aversion: float = Field(0.5, ge=0, le=1)
    draws: int = Field(128, ge=1)


class Project(Written):
    """One plant; `text` is the project's file."""

    kind: ClassVar[str] = "project"
    parameter: ClassVar[str] = "file"
    draws: int = Field(1024, ge=16)
    seed: Seed = 1
    as_of: Day | None = None

    def given(self, folder: Path) -> dict[str, Any]:
        """Arguments of the desk's function; the file may name a bundled scenario, no file of this machine."""
        path = self.file(folder)
        data = read_mapping(self.text or "", where="project", fields="name", start="sluicegate project --template")
        confrontation = data.get("confrontation")
        if isinstance(confrontation, dict) and "scenario" in confrontation:
            bundled(str(confrontation["scenario"]))
        return self.rest() | {"file": str(path)}
