"""What the questions of the library take; whose marks and notes they are is told by who asks."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any, Literal

from pydantic import Field

from sluicegate.desk.library import wish_of
from sluicegate.terms import parse_place
from sluicegate.terms.errors import InputError
from sluicegate.web.asked import LONGEST_TEXT, Asked, Day, Word, Words

Number = Annotated[int, Field(ge=1, le=2**31 - 1)]
Language = Annotated[str, Field(max_length=20)]


class Articles(Asked):
    """Articles, the newest first."""

    material: Words = Field([])
    country: Words = Field([])
    type: Words = Field([])
    since: Day | None = None
    for_you: bool = False
    unread: bool = False
    starred: bool = False
    hidden: bool = False
    copies: bool = False
    limit: int = Field(20, ge=1, le=200)
    offset: int = Field(0, ge=0, le=1_000_000)
    language: Language = "en"

    def given(self, folder: Path) -> dict[str, Any]:  # noqa: ARG002
        """Arguments of the library's function.

        Raises
        ------
        NotFoundError : no such place.
        """
        wish = wish_of(materials=self.material, countries=self.country, types=self.type, since=self.since,
                       unread=self.unread, starred=self.starred, hidden=self.hidden, copies=self.copies,
                       where="country")  # fmt: skip
        return {"wish": wish, "for_you": self.for_you, "language": self.language, "limit": self.limit,
                "offset": self.offset}  # fmt: skip


class OneArticle(Asked):
    """One article."""

    article_id: Number = Field(alias="article")
    language: Language = "en"


class Timeline(Asked):
    """What happened to a material."""

    material: Word
    place: Word | None = None

    def given(self, folder: Path) -> dict[str, Any]:  # noqa: ARG002
        """The material, and the place by its code; raises NotFoundError."""
        return {"material": self.material, "place": parse_place(self.place, where="place") if self.place else None}


class Search(Asked):
    """Words to look for."""

    words: Word
    language: Language = "en"
    limit: int = Field(20, ge=1, le=200)


class Ask(Asked):
    """A question in words."""

    question: Word


class Since(Asked):
    """What changed since the last look, or since a day; `look` counts this as one."""

    after: Day | None = None
    look: bool = False
    language: Language = "en"

    def given(self, folder: Path) -> dict[str, Any]:  # noqa: ARG002
        """Arguments of the library's function."""
        return {"after": str(self.after) if self.after else None, "look": self.look, "language": self.language}


class Peek(Since):
    """The same without counting as a look: asking with GET changes nothing."""

    look: Literal[False] = False


class Accept(Asked):
    """A claim to take, or all that a rule takes."""

    claim: Number | None = None
    by_rule: bool = False
    measure: Word | None = None

    @property
    def names_one(self) -> bool:
        """Whether a claim is named."""
        return self.claim is not None

    def given(self, folder: Path) -> dict[str, Any]:  # noqa: ARG002
        """The claim.

        Raises
        ------
        InputError : both or neither of a claim and the rule.
        """
        if self.names_one == self.by_rule:
            raise InputError("both or neither of a claim and by_rule", where="arguments", expected="one of the two",
                             do="Name a claim, or say by_rule.")  # fmt: skip
        return {"claim": self.claim, "measure": self.measure} if self.names_one else {}


class Claim(Asked):
    """A claim by its number."""

    claim: Number


class Mark(Asked):
    """A mark on an article: read, starred or hidden."""

    article: Number
    name: Word = Field(alias="mark")
    on: bool = True


class Note(Asked):
    """A note on an article, or on one of its claims."""

    article: Number
    text: str = Field(min_length=1, max_length=20_000)
    claim: Number | None = None


class Profile(Asked):
    """The reader's region and language."""

    region: str | None = Field(None, max_length=80)
    language: str | None = Field(None, max_length=20)


class Add(Asked):
    """An article by its text."""

    text: str = Field(min_length=1, max_length=LONGEST_TEXT)
    url: str | None = Field(None, max_length=2000, pattern="^https?://")


class Rule(Asked):
    """Alerts, of one rule or all."""

    rule: Word | None = None


class Fetch(Asked):
    """Feeds to ask: those that are due, or all."""

    everything: bool = Field(False, alias="all", description="Also feeds that are not due.")

    def given(self, folder: Path) -> dict[str, Any]:  # noqa: ARG002
        """Arguments of the library's function; the door has seen that the network is allowed."""
        return {"everything": self.everything, "network": True}


class Feed(Asked):
    """A feed to follow. One on a private network is followed from the command line alone."""

    url: str = Field(max_length=2000, pattern="^https?://")
    title: Word | None = None
    folder: Word | None = None
    source_class: Word | None = Field(None, alias="class")


class FeedName(Asked):
    """A feed by its number or address."""

    name: str = Field(alias="feed", min_length=1, max_length=2000)


class Opml(Asked):
    """A list of feeds."""

    opml: str = Field(min_length=1, max_length=LONGEST_TEXT)

    def given(self, folder: Path) -> dict[str, Any]:  # noqa: ARG002
        """The file's bytes."""
        return {"data": self.opml.encode(), "where": "opml"}


class NewRule(Asked):
    """A rule on claims."""

    name: Annotated[str, Field(min_length=1, max_length=80)]
    types: Words = Field([], alias="type")
    materials: Words = Field([], alias="material")
    places: Words = Field([], alias="country")
    statuses: Words = Field([], alias="status")
    region: Word | None = None
    least_exposure: float | None = Field(None, alias="exposure", gt=0, le=1)
    webhook: str | None = Field(None, max_length=2000, pattern="^https?://")


class RuleName(Asked):
    """A rule by its name."""

    name: Word = Field(alias="rule")


class Send(Asked):
    """Alerts to the rules' webhooks."""

    def given(self, folder: Path) -> dict[str, Any]:  # noqa: ARG002
        """The door has seen that the network is allowed."""
        return {"network": True}


class Export(Asked):
    """The library in one form."""

    form: Literal["jsonl", "csv", "opml"] = Field("jsonl", alias="as")


class Lines(Asked):
    """Articles as lines of JSON, as `news export` gives them."""

    lines: str = Field(min_length=1, max_length=LONGEST_TEXT)


class SecondReading(OneArticle):
    """A model to ask, at an OpenAI-compatible chat endpoint."""

    endpoint: str = Field(max_length=2000, pattern="^https?://")
    model: Word
    private: bool = Field(False, description="It may lie on the desk's machine or its network.")

    def given(self, folder: Path) -> dict[str, Any]:  # noqa: ARG002
        """Arguments of the library's function; the door has seen that the network is allowed."""
        asked = {k: v for k, v in dict(self).items() if k != "language"}
        return asked | {"network": True}


class ClaimForecast(Asked):
    """An accepted claim, and the month that a figure will tell of."""

    claim: Number
    month: Word | None = None
    above: float | None = None
    draws: int = Field(256, ge=2)
    seed: int = Field(1, ge=0, le=2**53)
    on: Day | None = Field(None, alias="as_of")
