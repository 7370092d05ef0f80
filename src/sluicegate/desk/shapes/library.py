"""The shapes of the library's documents, as `--schema` prints them."""

from __future__ import annotations

from typing import Any, Literal

from sluicegate.desk.shapes.shape import Shape


class TopicShape(Shape):
    """What an article is about."""

    kind: Literal["material", "place", "organisation"]
    value: str
    hashtag: str


class LineShape(Shape):
    """An article in a list; `age` is None where no date is known, `moved` where no brief was made."""

    id: int
    ref: str
    title: str | None
    publisher: str | None
    published: str | None
    age: str | None
    source_class: str
    url: str | None
    lead: str | None
    claims: int
    copies: int
    topics: list[TopicShape]
    read: bool
    starred: bool
    hidden: bool
    moved: dict[str, Any] | None


class NewsListShape(Shape):
    """Articles, the newest first."""

    articles: list[LineShape]
    total: int
    offset: int
    limit: int
    region: str | None


class DecisionShape(Shape):
    """A decision on a claim; `entry` says what it became in the overlay."""

    id: int
    claim: int
    verdict: Literal["accepted", "rejected"]
    reason: str
    reader: str
    at: str
    entry: dict[str, Any] | None
    undone_at: str | None
    undone_by: str | None


class DecisionsShape(Shape):
    """Decisions, the newest first."""

    decisions: list[DecisionShape]


class AcceptedShape(Shape):
    """One decision, or with `--by-rule` those that were made under `accepted`."""


class StandingShape(Shape):
    """How a claim stands among the others; `may_be_taken` is the reason, None where only a person may accept it."""

    event: int | None
    support: list[dict[str, Any]]
    contradiction: list[dict[str, Any]]
    independent_sources: int
    voices: list[str]
    may_be_taken: str | None


class KeptClaimShape(Shape):
    """A claim as under `claims`, with its number on record."""

    number: int
    article: int
    type: str
    quote: str
    start: int
    end: int
    status: str
    day: str
    voice: str
    decision: DecisionShape | None
    standing: StandingShape


class StoryShape(Shape):
    """Another article on the topic."""

    id: int
    title: str | None
    publisher: str | None
    published: str | None
    age: str | None
    url: str | None


class NoteShape(Shape):
    """A note on an article, or on a claim of it."""

    id: int
    article: int
    claim: int | None
    reader: str
    text: str
    at: str


class NewsShowShape(Shape):
    """An article with all that is known of it; `news add` gives the same with `outcome` and `change`."""

    id: int
    article: dict[str, Any]
    source_class: str
    related: list[dict[str, Any]]
    summary: list[dict[str, Any]]
    claims: list[KeptClaimShape]
    topics: list[TopicShape]
    stories: list[StoryShape]
    copies: list[dict[str, Any]]
    copy_of: int | None
    revisions: list[dict[str, Any]]
    notes: list[NoteShape]
    marks: dict[str, bool]
    moved: dict[str, Any] | None
    reading_notes: list[str]


class NewsAddShape(NewsShowShape):
    """What became of a source, and the article."""

    outcome: Literal["new", "copy", "changed", "known"]
    change: dict[str, Any] | None


class RelatedStoriesShape(Shape):
    """Stories of the library on the article's topic, and those its page names."""

    id: int
    stories: list[StoryShape]
    on_its_page: list[dict[str, Any]]


class TimelineShape(Shape):
    """Events of a material, the latest first."""

    material: str
    place: str | None
    events: list[dict[str, Any]]
    left_out: int


class SearchShape(Shape):
    """Articles that hold the words; `marks` are places of hits in the excerpt."""

    query: str
    words: list[str]
    all_words: bool
    results: list[dict[str, Any]]


class AskShape(Shape):
    """An answer with what it rests on; `found` is false where it is not in what was read."""

    question: str
    read_as: dict[str, Any]
    answer: str
    claims: list[KeptClaimShape]
    passages: list[dict[str, Any]]
    found: bool


class FetchShape(Shape):
    """What came of each feed that was asked."""

    feeds: list[dict[str, Any]]
    asked: int
    new: int
    changed: int
    known: int


class FeedsShape(Shape):
    """The feeds that are followed, or what became of one."""


class AlertsShape(Shape):
    """Rules and what they hit, or what became of a rule."""


class ImportShape(Shape):
    """What was read and what became of it, or for OPML the feeds."""


class ExportShape(Shape):
    """The library in one form: its content, or the file it was written to and how many lines."""

    form: str


class RereadShape(Shape):
    """What reading everything again changed."""

    articles: int
    changed: int
    added: int
    withdrawn: int


class SecondReadingShape(Shape):
    """What a model proposes and doubts, each with words of the article; `dropped` had none."""

    id: int
    model: str
    dropped: int
    proposals: list[dict[str, Any]]
    verdicts: list[dict[str, Any]]


class SinceShape(Shape):
    """What changed since a reader last looked."""

    since: str
    until: str
    region: str | None
    new: list[LineShape]
    new_total: int
    for_you: list[int] | None
    changed: list[dict[str, Any]]
    decisions: list[DecisionShape]
    moved: list[dict[str, Any]]
    would_move: list[dict[str, Any]]
    alerts: list[dict[str, Any]]


class MarksShape(Shape):
    """The marks on an article."""

    id: int
    marks: dict[str, bool]


class ReaderShape(Shape):
    """Who a reader is."""

    name: str
    region: str | None
    language: str | None
    looked_at: str | None


SHAPES: dict[str, Any] = {
    "news accept": AcceptedShape,
    "news add": NewsAddShape,
    "news alerts": AlertsShape,
    "news ask": AskShape,
    "news decisions": DecisionsShape,
    "news export": ExportShape,
    "news feeds": FeedsShape,
    "news fetch": FetchShape,
    "news import": ImportShape,
    "news list": NewsListShape,
    "news mark": MarksShape,
    "news note": NoteShape,
    "news reader": ReaderShape,
    "news reject": DecisionShape,
    "news reread": RereadShape,
    "news related": RelatedStoriesShape,
    "news search": SearchShape,
    "news second-reading": SecondReadingShape,
    "news show": NewsShowShape,
    "news since": SinceShape,
    "news timeline": TimelineShape,
    "news undo": DecisionShape,
}
