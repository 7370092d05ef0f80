"""Lists, questions and timelines over what was kept."""

import pytest

from sluicegate.desk import library
from sluicegate.terms import InputError

STORIES = [
    ("China bans antimony", "China banned exports of antimony to the United States on August 15, 2025.", "2025-08-20"),
    ("Who mines the antimony", "China mines 60% of the world's antimony. Tajikistan mines 17% of it.", "2025-08-21"),
    ("A mill opens again",
     "Kazakhstan opened a tungsten mine on August 1, 2025, which makes 3,000 tonnes.", "2025-08-02"),
]  # fmt: skip


@pytest.fixture
def corpus(database, told):
    for title, body, day in STORIES:
        told(database, title, body, day=day, url=f"https://courier.example/{title.replace(' ', '-')}")
    return database


def test_articles_are_listed_newest_first_and_narrowed(corpus):
    assert [a["title"] for a in library.list_articles(corpus)["articles"]] == [
        "Who mines the antimony", "China bans antimony", "A mill opens again"]  # fmt: skip
    narrowed = library.list_articles(corpus, library.Wish(materials=["tungsten"]))
    assert [a["title"] for a in narrowed["articles"]] == ["A mill opens again"]
    assert library.list_articles(corpus, library.Wish(types=["control_imposed"]))["total"] == 1


@pytest.mark.parametrize(("question", "inside"), [
    ("Who banned exports of antimony?", "banned exports of antimony"),
    ("What share of antimony does China mine?", "60%"),
    ("what share of antimony does china mine", "60%"),
])  # fmt: skip
def test_a_question_is_answered_by_a_quote_with_its_article(corpus, question, inside):
    answer = library.ask(corpus, question)
    assert inside in answer["answer"]
    assert "news:" in answer["answer"]


@pytest.mark.parametrize("question", ["Who mines helium on the moon?", "What did the pope say about lithium in 1997?"])
def test_what_was_not_read_is_said_so(corpus, question):
    answer = library.ask(corpus, question)
    assert (answer["answer"], answer["found"]) == ("Not in what I have read.", False)


def test_an_empty_question_is_refused(corpus):
    with pytest.raises(InputError):
        library.ask(corpus, "  ")


def test_related_stories_are_on_the_topic(corpus):
    ids = {a["title"]: a["id"] for a in library.list_articles(corpus)["articles"]}
    stories = library.related(corpus, ids["China bans antimony"])["stories"]
    assert [s["title"] for s in stories] == ["Who mines the antimony"]
    assert stories[0]["age"]


def test_a_timeline_is_in_order_of_events(corpus):
    events = library.timeline(corpus, "antimony")["events"]
    assert [e["type"] for e in events][:1] == ["control_imposed"] or events[0]["day"] >= events[-1]["day"]
    assert {"control_imposed", "production_share"} <= {e["type"] for e in events}


def test_for_you_needs_a_region_and_follows_what_it_depends_on(corpus):
    with pytest.raises(InputError, match="no region"):
        library.list_articles(corpus, for_you=True)
    library.reader_profile(corpus, region="US")
    titles = [a["title"] for a in library.list_articles(corpus, for_you=True)["articles"]]
    assert "China bans antimony" in titles
    assert "A mill opens again" not in titles


def test_a_question_may_use_other_words_than_the_article(shelf, told):
    told(
        shelf, "Money for a mine", "The U.S. Defense Department gave $439 million in financing for rare earth magnets."
    )
    told(shelf, "Money for another", "A bank in Canada lent $20 million for a gallium plant.")
    assert "$439 million" in library.ask(shelf, "What did the Pentagon fund in magnets?")["answer"]


ROW = (
    "In 2010, China suspended its rare earth exports to Japan in a row over a trawler. The ban was lifted after about "
    "two months. Japan cut its reliance on China from 90% to 60%. The Pentagon committed $439 million to rare earth "
    "supply chains and Lynas will build a plant in Texas by 2026."
)


@pytest.mark.parametrize(("question", "inside"), [
    ("How long did China suspend rare earth exports to Japan?", "two months"),
    ("How many months was the suspension of rare earth exports to Japan?", "two months"),
    ("When did China suspend rare earth exports to Japan?", "In 2010"),
    ("How much did the Pentagon commit to rare earth supply chains?", "$439 million"),
    ("What share of Japan's rare earths comes from China?", "60%"),
    ("Who suspended rare earth exports to Japan?", "China suspended"),
])  # fmt: skip
def test_the_answer_holds_the_kind_of_value_that_was_asked_for(shelf, told, question, inside):
    told(shelf, "An embargo of ten years ago", ROW)
    assert inside in library.ask(shelf, question)["answer"]


def test_where_no_such_value_was_read_the_answer_says_so(corpus):
    answer = library.ask(corpus, "How long will the ban on exports of antimony to the United States last?")
    assert answer["answer"].startswith("I have read no duration of it; the nearest is “")
    assert answer["read_as"]["value"] == "a duration"
