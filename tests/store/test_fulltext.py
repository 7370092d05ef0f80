"""Full text finds what is there, on both engines; no question can be an operator."""

import pytest
from sqlalchemy import insert, update

from sluicegate.store.fulltext import find, spaced, words_of
from sluicegate.store.schema import ARTICLE, moment

BODIES = {
    1: "China imposed licences on exports of gallium. The licence takes weeks.",
    2: "A mine of tungsten opened in Kazakhstan, and gallium is not mined there.",
    3: "商务部宣布对镓和锗实施出口管制。",
}


def _row(number: int, body: str) -> dict[str, object]:
    return {"id": number, "key": str(number), "title": f"Story {number}", "language": "en", "source_class": "press",
            "voice": "x", "added_at": moment(), "changed_at": moment(), "revision": 1, "digest": str(number),
            "text": f"Head!\n{body}", "body_start": 6, "body_end": 6 + len(body), "spaced": spaced(body), "summary": [],
            "related": [], "notes": []}  # fmt: skip


@pytest.fixture
def shelf(database):
    with database.begin() as connection:
        connection.execute(insert(ARTICLE), [_row(n, b) for n, b in BODIES.items()])
    return database


def ids(shelf, question, **how):
    with shelf.connect() as connection:
        return [h.article_id for h in find(connection, words_of(question), **how)]


@pytest.mark.parametrize(("question", "found"), [
    ("gallium licence", [1]), ("gallium", [1, 2]), ("mines of tungsten", [2]), ('"exports of gallium"', [1]),
    ("出口管制", [3]), ("镓", [3]), ("管制出口", []), ("zirconium", []), ("the of and", []), ("", []),
])  # fmt: skip
def test_words_are_found_by_their_stems_and_chinese_by_its_characters(shelf, question, found):
    assert sorted(ids(shelf, question)) == found


def test_any_of_the_words_is_enough_when_asked_so(shelf):
    assert sorted(ids(shelf, "licence tungsten", every=False)) == [1, 2]
    assert ids(shelf, "licence tungsten") == []


@pytest.mark.parametrize("question", ['" OR 1=1 --', "NEAR(a b)", "title:x", "a* OR b", "-x", "'; DROP TABLE article;",
                                      "((((", "\x00\ue000", "a & | ! <-> b:*"])  # fmt: skip
def test_no_question_is_an_operator(shelf, question):
    ids(shelf, question)
    assert ids(shelf, "gallium")


def test_the_excerpt_shows_where_the_words_are(shelf):
    with shelf.connect() as connection:
        hit = find(connection, words_of("tungsten"))[0]
        han = find(connection, words_of("出口管制"))[0]
    assert [hit.excerpt[a:b] for a, b in hit.marks] == ["tungsten"]
    assert "出口管制" in han.excerpt


def test_a_changed_text_is_found_by_its_new_words_alone(shelf):
    with shelf.begin() as connection:
        body = "Antimony instead."
        connection.execute(update(ARTICLE).where(ARTICLE.c.id == 1).values(text=body, body_start=0, body_end=len(body)))
    assert ids(shelf, "licence") == []
    assert ids(shelf, "antimony") == [1]
