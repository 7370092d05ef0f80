"""What the questions about the world and the register take."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

from pydantic import Field

from sluicegate.terms.errors import InputError
from sluicegate.terms.mapping import read_pairs
from sluicegate.web.asked import Asked, Day, OnDay, Word, Words


class Check(Asked):
    """A shipment."""

    origin: Word = Field(alias="from")
    destination: Word = Field(alias="to")
    on: Day | None = None
    hs: Word | None = None
    material: Word | None = None
    purity: Word | None = None
    content: Words = Field([])
    property: Words = Field([])
    end_use: Word | None = None
    end_user: Word | None = None
    made_in: Word | None = None
    chinese_content: Word | None = None
    licence: Word | None = None
    licence_issued: Day | None = None
    as_of: Day | None = None

    def given(self, folder: Path) -> dict[str, Any]:  # noqa: ARG002
        """Arguments of the desk's function."""
        rest = {k: v for k, v in dict(self).items() if k not in {"content", "property"}}
        return rest | {"on": self.on or date.today(), "content": read_pairs(self.content, "content"),
                       "properties": read_pairs(self.property, "property")}  # fmt: skip


class OpenOn(OnDay):
    """Open questions of a day, today's by default."""

    def given(self, folder: Path) -> dict[str, Any]:  # noqa: ARG002
        """The day."""
        return {"as_of": self.as_of or date.today()}


class Measures(OnDay):
    """A list of the register."""

    jurisdiction: Word | None = None
    material: Word | None = None
    on: Day | None = None


class Measure(OnDay):
    """One measure of the register."""

    measure_id: Word = Field(alias="id")
    on: Day | None = None


class Licences(OnDay):
    """Licences known of."""

    material: Word | None = None
    destination: Word | None = None


class Facility(Asked):
    """A plant, or those of a material or place."""

    name: Word | None = None
    material: Word | None = None
    place: Word | None = None

    @property
    def names_one(self) -> bool:
        """Whether a plant is named."""
        return self.name is not None

    def given(self, folder: Path) -> dict[str, Any]:  # noqa: ARG002
        """The name, or the filters of the list.

        Raises
        ------
        InputError : both are given: one of the two would be ignored.
        """
        return _alone("name", dict(self))


class Source(Asked):
    """A source, or those with figures of a material."""

    source_id: Word | None = Field(None, alias="id")
    material: Word | None = None
    limit: int = Field(1_000, ge=1, le=10_000, description="How many figures of one, or sources.")
    offset: int = Field(0, ge=0, le=10_000_000, description="From which on; the answer's `next_offset` goes on.")

    @property
    def names_one(self) -> bool:
        """Whether a source is named."""
        return self.source_id is not None

    def given(self, folder: Path) -> dict[str, Any]:  # noqa: ARG002
        """The id, or the filter of the list.

        Raises
        ------
        InputError : both are given: one of the two would be ignored.
        """
        asked = dict(self)
        paged = {name: asked.pop(name) for name in ("limit", "offset")}
        return _alone("source_id", asked) | paged


class Compare(Asked):
    """Indices side by side."""

    material: Word | None = None
    place: Word = "USA"
    year: int = Field(2024, ge=1990, le=2100)


class Worth(Asked):
    """Value added."""

    industry: Word | None = None
    place: Word | None = None


def _alone(one: str, given: dict[str, Any]) -> dict[str, Any]:
    others = [k for k, v in given.items() if k != one and v is not None]
    if given[one] is not None and others:
        raise InputError(f"{given[one]!r} with {' and '.join(others)}", where="arguments",
                         expected="one name, or filters of the list", do="Leave one of them out.")  # fmt: skip
    return given
