"""What a question of the interface takes: the command line's options by their names, and texts instead of files."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Annotated, Any, ClassVar, Literal

from pydantic import BaseModel, ConfigDict, Field

from sluicegate.scenario import bundled_names
from sluicegate.terms.day import EARLIEST, LATEST
from sluicegate.terms.errors import InputError, NotFoundError
from sluicegate.terms.mapping import read_mapping, read_pairs

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
    set: Words = []

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


class Company(Written):
    """One company's lines; `text` is the company's file."""

    kind: ClassVar[str] = "company"
    parameter: ClassVar[str] = "path"
    scenario: Word = "status-quo"
    weeks: int = Field(52, ge=4, le=520)
    draws: int = Field(256, ge=1)
    seed: Seed = 1
    as_of: Day | None = None
    set: Words = []

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


class Past(Asked):
    """Recorded episodes."""

    name: Word | None = Field(None, alias="episode")
    draws: int = Field(1024, ge=1)
    seed: Seed = 1


class Fit(Asked):
    """A fit on all recorded episodes."""

    draws: int = Field(1024, ge=1)
    seed: Seed = 1


class Check(Asked):
    """A shipment."""

    origin: Word = Field(alias="from")
    destination: Word = Field(alias="to")
    on: Day | None = None
    hs: Word | None = None
    material: Word | None = None
    purity: Word | None = None
    content: Words = []
    property: Words = []
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


class Why(Asked):
    """A number's id."""

    number_id: Word = Field(alias="id")
    run: str | None = Field(None, pattern="^[0-9a-f]{12}$", description="A kept run's key.")


class Nothing(Asked):
    """No argument."""


class OnDay(Asked):
    """What was known on a day."""

    as_of: Day | None = None


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


class Named(Asked):
    """One thing of the world by its name."""

    name: Word


class MaybeNamed(Asked):
    """One thing, or all."""

    name: Word | None = None


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


class Questions(Asked):
    """Kept forecasts."""

    still_open: bool = Field(False, alias="open")


def _alone(one: str, given: dict[str, Any]) -> dict[str, Any]:
    others = [k for k, v in given.items() if k != one and v is not None]
    if given[one] is not None and others:
        raise InputError(f"{given[one]!r} with {' and '.join(others)}", where="arguments",
                         expected="one name, or filters of the list", do="Leave one of them out.")  # fmt: skip
    return given


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
