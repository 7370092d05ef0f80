"""What a question of the interface takes: the command line's options by their names, and texts instead of files."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Annotated, Any, ClassVar, Literal

from pydantic import BaseModel, ConfigDict, Field

from sluicegate.terms.day import EARLIEST, LATEST
from sluicegate.terms.errors import InputError

Day = Annotated[date, Field(ge=EARLIEST, le=LATEST)]
Word = Annotated[str, Field(min_length=1, max_length=200)]
Words = Annotated[list[Annotated[str, Field(max_length=300)]], Field(max_length=50)]
Seed = Annotated[int, Field(ge=0, le=2**53)]
LONGEST_TEXT = 1_000_000
_ENDINGS = {"html": ".html", "text": ".txt", "yaml": ".yaml", "csv": ".csv"}


class Asked(BaseModel):
    """Base of all: nothing but what is named."""

    model_config = ConfigDict(extra="forbid", populate_by_name=True)

    @property
    def names_one(self) -> bool:
        """Whether it is about one thing, where the question also has a list."""
        return True

    def given(self, folder: Path) -> dict[str, Any]:  # noqa: ARG002 - those with texts write them there
        """Arguments of the desk's function.

        Raises
        ------
        InputError : what was asked cannot be.
        """
        return dict(self)


class Written(Asked):
    """Takes a text of one's own, or the id of a kept file that holds it."""

    kind: ClassVar[str] = ""
    parameter: ClassVar[str] = ""
    text: str | None = Field(None, max_length=LONGEST_TEXT, description="The file's content.")
    own: str | None = Field(None, max_length=40, description="Id of one of your kept files instead.")
    form: Literal["text", "html", "yaml", "csv"] | None = Field(None, description="What the text is.")

    def file(self, folder: Path) -> Path:
        """The text as a file in a folder.

        Raises
        ------
        InputError : there is none.
        """
        if self.text is None:
            raise InputError("nothing", where="text", expected=f"a {self.kind}", do="Send `text`, or `own`.")
        path = folder / f"{self.kind}{_ENDINGS[self.form or ('text' if self.kind == 'article' else 'yaml')]}"
        path.write_text(self.text, "utf-8")
        return path

    def rest(self) -> dict[str, Any]:
        """The other arguments."""
        return {k: v for k, v in dict(self).items() if k not in {"text", "own", "form"}}

    def given(self, folder: Path) -> dict[str, Any]:
        """Arguments of the desk's function, the file under its parameter's name."""
        return self.rest() | {self.parameter: str(self.file(folder))}


class Article(Written):
    """An article by its text, its number in the library, or its address where the desk may use the network."""

    kind: ClassVar[str] = "article"
    url: str | None = Field(None, max_length=2000, pattern="^https?://", description="Its address instead.")
    article: int | None = Field(None, ge=1, le=2**31 - 1, description="Its number in the library instead.")
    revision: int | None = Field(None, ge=1, description="Which text of that number; the desk says it: the newest.")
    as_of: Day | None = None

    @property
    def is_kept(self) -> bool:
        """Whether it is one of the library."""
        return self.article is not None

    def given(self, folder: Path) -> dict[str, Any]:
        """The source to read, or its number; an address is fetched, which the door has allowed.

        Raises
        ------
        InputError : several are given, or none.
        """
        several = [name for name in ("text", "url", "article") if getattr(self, name) is not None]
        if len(several) > 1:
            raise InputError(" and ".join(several), where="arguments", expected="one of them",
                             do="Leave the others out.")  # fmt: skip
        rest = {k: v for k, v in self.rest().items() if k not in {"url", "article", "revision"}}
        if self.is_kept:
            return rest | {"article_id": self.article}
        source = self.url if self.url is not None else str(self.file(folder))
        return rest | {"source": source, "network": self.url is not None}


class Brief(Article):
    """The main question."""

    draws: int = Field(256, ge=1)
    seed: Seed = 1


class Game(Written):
    """A game in a text."""

    kind: ClassVar[str] = "game"
    parameter: ClassVar[str] = "file"


class Shock(Asked):
    """Capacity that industries of an input-output table lose; over HTTP the table is the small one that pymrio ships.

    A table of one's own lies on a disk of the machine, which is reached from the command line alone.
    """

    table: Literal["test"] = "test"
    lost: Words = Field(alias="lose", min_length=1, description="REGION/SECTOR=SHARE, such as reg1/mining=0.4.")
    start: int = Field(1, ge=1, le=3650)
    last: int = Field(30, ge=1, le=3650)
    recovery_days: int = Field(1, alias="recovery", ge=1, le=3650)
    days: int = Field(365, ge=1, le=3650)
    inventory_days: float = Field(30.0, alias="inventory", gt=0, le=3650)


class Why(Asked):
    """A number's id."""

    number_id: Word = Field(alias="id")
    run: str | None = Field(None, pattern="^[0-9a-f]{12}$", description="A kept run's key.")


class Nothing(Asked):
    """No argument."""


class OnDay(Asked):
    """What was known on a day."""

    as_of: Day | None = None


class Named(Asked):
    """One thing of the world by its name."""

    name: Word


class MaybeNamed(Asked):
    """One thing, or all."""

    name: Word | None = None
