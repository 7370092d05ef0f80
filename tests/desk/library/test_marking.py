"""What a reader did stays the reader's; what changed since the last look is told once."""

import pytest

from sluicegate.desk import library
from sluicegate.terms import InputError, NotFoundError

BAN = "China banned exports of antimony to the United States on August 15, 2025, the ministry of commerce said."


def test_marks_are_of_one_reader_and_can_be_taken_away(database, told):
    number = told(database, "China bans antimony", BAN)["id"]
    library.mark(database, number, "starred", reader="ann")
    library.mark(database, number, "hidden", reader="ben")
    starred = library.list_articles(database, library.Wish(starred=True), reader="ann")
    assert [a["id"] for a in starred["articles"]] == [number]
    assert library.list_articles(database, reader="ben")["total"] == 0
    library.mark(database, number, "hidden", on=False, reader="ben")
    assert library.list_articles(database, reader="ben")["total"] == 1
    with pytest.raises(NotFoundError):
        library.mark(database, number, "burnt")


def test_notes_are_on_an_article_or_on_a_claim_and_ones_own_to_remove(database, told):
    shown = told(database, "China bans antimony", BAN)
    claim = shown["claims"][0]["number"]
    one = library.note(database, shown["id"], "To check <b>", reader="ann")
    two = library.note(database, shown["id"], "Confirmed", claim=claim, reader="ben")
    assert [(n["text"], n["claim"]) for n in library.show(database, shown["id"])["notes"]] == [
        ("To check <b>", None), ("Confirmed", claim)]  # fmt: skip
    with pytest.raises(NotFoundError):
        library.unnote(database, two["id"], reader="ann")
    library.unnote(database, one["id"], reader="ann")
    assert len(library.show(database, shown["id"])["notes"]) == 1


@pytest.mark.parametrize("text", ["", "  ", "x" * 10_001])
def test_a_note_has_something_in_it_and_is_not_a_book(shelf, told, text):
    number = told(shelf, "China bans antimony", BAN)["id"]
    with pytest.raises(InputError):
        library.note(shelf, number, text)


def test_what_changed_is_told_once(database, told):
    url = "https://courier.example/a"
    told(database, "China bans antimony", BAN, url=url)
    assert library.since(database)["new_total"] == 1
    assert library.since(database)["new_total"] == 0
    told(database, "China bans antimony", BAN.replace("banned", "did not ban"), url=url)
    seen = library.since(database)
    assert [(c["dated"], c["former_title"]) for c in seen["changed"]] == [(False, "China bans antimony")]
    assert library.since(database, reader="ben")["new_total"] == 1


def test_a_decision_on_a_claim_that_its_article_withdrew_is_marked(shelf, told, own_home):
    url = "https://courier.example/a"
    claim = told(shelf, "China bans antimony", BAN, url=url)["claims"][0]["number"]
    library.reject(shelf, claim)
    told(shelf, "China bans antimony", "China has said nothing of the kind about antimony, it turned out.", url=url)
    assert [d["withdrawn"] for d in library.list_decisions(shelf)["decisions"]] == [True]
    assert own_home


def test_a_reader_has_a_region_and_a_language(shelf):
    library.reader_profile(shelf, region="Germany", language="zh")
    assert library.reader_profile(shelf)["region"] == "DEU"
    assert library.reader_profile(shelf, region="")["region"] is None
    with pytest.raises(NotFoundError):
        library.reader_profile(shelf, language="tlh")


def test_a_story_that_would_move_numbers_is_named_with_what_it_moves(shelf, told):
    told(shelf, "China controls rare earths", "China imposed export controls on rare earths on April 4, 2025.",
         day="2025-05-28")  # fmt: skip
    told(shelf, "A figure and no measure", "China mines 60% of the world's antimony.")
    found = library.since(shelf)["would_move"]
    assert [w["title"] for w in found] == ["China controls rare earths"]
    assert any(what.startswith("CN-2025-18") for what in found[0]["what"])
