"""What becomes of a story: new, known, a copy, changed; on both engines."""

from datetime import date

from sluicegate.desk import library
from sluicegate.desk.library import keeping
from sluicegate.news import Article, extract_claims

WIRE = (
    "The notice came late on a Friday, after the markets had closed, and traders in Antwerp and Houston spent the "
    "weekend on the telephone. One of them had eleven containers at sea and did not know whether they would be let in. "
    "The price for the next week was not quoted at all, since nobody was willing to name one before the office opened."
)
BAN = "China banned exports of antimony to the United States on August 15, 2025, the ministry of commerce said."


def test_the_same_story_twice_changes_nothing(database, told):
    first = told(database, "China bans antimony", BAN, url="https://courier.example/a?utm_source=x")
    again = told(database, "China bans antimony", BAN, url="http://www.courier.example/a#top")
    assert (first["outcome"], again["outcome"], again["id"]) == ("new", "known", first["id"])
    assert library.list_articles(database)["total"] == 1


def test_pasted_text_is_known_by_itself(database, told):
    assert [told(database, "China bans antimony", BAN)["outcome"] for _ in range(2)] == ["new", "known"]


def test_a_wire_story_printed_elsewhere_is_a_copy_and_adds_no_voice(database, told):
    told(
        database, "China bans antimony", f"BEIJING (Reuters) - {BAN} {WIRE}", "Reuters", url="https://reuters.example/a"
    )
    copy = told(database, "Antimony cut off", f"BEIJING (Reuters) - {BAN} {WIRE} Read on.", "Daily Post",
                url="https://post.example/b")  # fmt: skip
    assert (copy["outcome"], copy["claims"][0]["standing"]["independent_sources"]) == ("copy", 1)
    assert library.list_articles(database)["total"] == 1


def test_a_changed_story_runs_its_claims_again_and_says_what_changed(database, told):
    url = "https://courier.example/quota"
    told(database, "Quota", "China mines 80% of the world's antimony. " + BAN, url=url)
    new = told(database, "Quota", "China mines 60% of the world's antimony. " + BAN, url=url)
    altered = [a["fields"]["amounts"] for a in new["change"]["altered"]]
    assert (new["outcome"], [[x[0]["value"] for x in pair] for pair in altered]) == ("changed", [[80, 60]])
    assert not new["change"]["dated"]
    kept = {c["type"]: c["number"] for c in new["claims"]}
    assert kept["control_imposed"] < kept["production_share"]
    assert library.search(database, "mines 80")["all_words"] is False


def test_offsets_and_quotes_agree_in_what_was_kept(database, told):
    document = told(database, "China bans antimony", BAN)
    text = document["article"]["text"]
    assert document["claims"]
    assert all(text[c["start"] : c["end"]] == c["quote"] for c in document["claims"])


def test_reading_again_changes_nothing_until_the_reader_does(database, told, monkeypatch):
    shown = told(database, "China bans antimony", f"{BAN} China mines 60% of the world's antimony.")
    same = {"articles": 1, "changed": 0, "added": 0, "withdrawn": 0}
    assert library.reread_all(database) == same
    library.reject(database, shown["claims"][0]["number"])
    kept = [c for c in extract_claims(kept_article(shown)) if c.type == "control_imposed"]
    monkeypatch.setattr(keeping, "extract_claims", lambda _: kept)
    assert library.reread_all(database) == same | {"changed": 1, "withdrawn": len(shown["claims"]) - len(kept)}
    again = library.show(database, shown["id"])
    assert [c["decision"]["verdict"] for c in again["claims"]] == ["rejected"]
    assert again["revisions"] == []


def kept_article(shown):
    said = shown["article"]
    return Article(said["title"], said["publisher"], date.fromisoformat(said["published"]), None, "en", said["text"],
                   said["body_start"], said["body_end"])  # fmt: skip
