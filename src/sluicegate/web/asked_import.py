"""What laying one's own figures over the world takes: a file's text, its form, and who published it."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any, Literal

from pydantic import Field

from sluicegate.desk.intake import read_wish
from sluicegate.web.asked import LONGEST_TEXT, Asked, Day, Word, Words


class Import(Asked):
    """A file of figures or of rows of the chain."""

    text: str = Field(min_length=1, max_length=LONGEST_TEXT, description="The file's content.")
    file: str = Field("figures.csv", pattern=r"^[A-Za-z0-9][A-Za-z0-9._-]{0,79}$",
                      description="Its name; rows of the chain are known by it, as `producers.csv`.")  # fmt: skip
    form: Literal["baci", "tidy", "chain", "comtrade"] | None = Field(
        None, alias="as", description="Its form; seen from its header without."
    )
    name: Word = Field(description="Of the import: small letters, digits and hyphens.")
    replace: bool = Field(False, description="An import of the same name gives way.")
    year: Words = Field([])
    code: Words = Field([])
    everything: bool = Field(False, alias="all", description="Also codes that are no good of the dataset.")
    new_material: Words = Field([])
    publisher: Word | None = None
    title: Word | None = None
    known_on: Day | None = Field(None, description="The day it became public; today without.")
    published: Annotated[str, Field(pattern=r"^\d{4}$")] | None = Field(None, description="Year of publication.")
    url: str | None = Field(None, max_length=2000, pattern="^https?://")
    licence: Word | None = None

    def given(self, folder: Path) -> dict[str, Any]:
        """The file in a folder, and what is said of it."""
        path = folder / self.file
        path.write_text(self.text, "utf-8")
        said = {"publisher": self.publisher, "title": self.title, "year": self.published, "url": self.url,
                "licence": self.licence, "known_on": str(self.known_on) if self.known_on else None}  # fmt: skip
        wish = read_wish(years=self.year, codes=self.code, everything=self.everything, new_materials=self.new_material,
                         reporters=None, said=said)  # fmt: skip
        return {"path": path, "kind": self.form, "name": self.name, "wish": wish, "replace": self.replace}
