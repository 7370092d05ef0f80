"""The questions `news search` and `news ask`: words found, questions answered from what was read, with citations."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from functools import lru_cache
from typing import Any

from sqlalchemy import Connection, Engine, Row, select

from sluicegate.desk.library.showing import article_lines, claim_line
from sluicegate.desk.library.standing import standing
from sluicegate.desk.number import Document
from sluicegate.news.address import host_of
from sluicegate.news.asked_value import holds
from sluicegate.news.question import Question, read_question, stems
from sluicegate.news.sentences import split_sentences
from sluicegate.store.claim import naming
from sluicegate.store.decision import standing as decided
from sluicegate.store.fulltext import find, words_of
from sluicegate.store.schema import ARTICLE, CLAIM
from sluicegate.store.shelf import Wish, shelf
from sluicegate.terms import InputError

ANSWERS, PASSAGES = 5, 3
NOT_READ = "Not in what I have read."
ENOUGH = 0.6
"""Share of a question's words that a passage must hold to answer it; below, saying nothing is the honest answer."""
_LOOKED_AT = 400
_ANYWHERE = 12
_WITH_NEXT = 3
"""Sentences of one passage at most: the one with the words, and those after it up to the value asked for."""
_WHOLE_DAY = len("2025-06-12")


def search(engine: Engine, words: str, *, reader: str = "me", language: str = "en", limit: int = 20,
           offset: int = 0) -> Document:  # fmt: skip
    """Articles that hold the words, best first, each with an excerpt and where its hits are.

    Parameters
    ----------
    words : quoted words are a phrase; where no article holds them all, those that hold some are given

    Raises
    ------
    InputError : a limit out of range.
    """
    if not 1 <= limit <= 200 or not 0 <= offset <= 100_000:
        raise InputError(f"{limit} from {offset}", where="limit", expected="1 to 200, from 0 to 100,000",
                         do="Ask for fewer.")  # fmt: skip
    asked = words_of(words)
    with engine.connect() as connection:
        hits = find(connection, asked, limit=limit, offset=offset)
        every = bool(hits) or offset > 0
        if not every:
            hits = find(connection, asked[:8], every=False, limit=limit)
        lines = _lines(connection, [h.article_id for h in hits], reader, language)
    found = [lines[h.article_id] | {"excerpt": h.excerpt, "marks": [list(m) for m in h.marks]} for h in hits]
    return {"query": words, "words": asked, "all_words": every, "results": found}


def ask(engine: Engine, question: str, *, limit: int = ANSWERS) -> Document:
    """Answer a question from the claims on record, else from passages, each with its article; or say it is not there.

    Raises
    ------
    InputError : no question, or too long a one.
    """
    read = read_question(question)
    with engine.connect() as connection:
        claims = _claims(connection, read)[:limit]
        marks = decided(connection, [c.id for c in claims])
        told = [{**claim_line(c, marks.get(c.id)), **_cited(connection, c.article_id),
                 "standing": standing(connection, c)} for c in claims]  # fmt: skip
        passages = _passages(connection, read)
    best = _best(told, passages, read)
    return {
        "question": read.text,
        "read_as": {"types": list(read.types), "materials": list(read.materials), "places": list(read.places),
                    "period": [read.period[0], read.period[1].rstrip("~")] if read.period else None,
                    "value": read.value},
        "answer": _sentence(best, read),
        "claims": told,
        "passages": passages,
        "found": bool(told or passages),
    }  # fmt: skip


def _claims(connection: Connection, asked: Question) -> list[Row[Any]]:
    """Claims that may answer, best first: of a type the question asks for, naming what it names."""
    if not asked.types or not (asked.materials or asked.places):
        return []
    query = select(CLAIM).where(CLAIM.c.gone_in.is_(None), CLAIM.c.type.in_(asked.types))
    if asked.materials:
        query = naming(query, ["material"], asked.materials)
    for place in asked.places:
        query = naming(query, ["actor", "target"], [place])
    if asked.period:
        query = query.where(CLAIM.c.day.between(*asked.period))
    rows = connection.execute(query.order_by(CLAIM.c.day.desc(), CLAIM.c.id.desc()).limit(_LOOKED_AT)).all()
    ranked = sorted(rows, key=lambda r: -_fit(r, asked))
    seen: set[object] = set()
    return [r for r in ranked if not (r.event_id in seen or seen.add(r.event_id))]  # type: ignore[func-returns-value]


def _fit(row: Row[Any], asked: Question) -> float:
    """How well a claim answers.

    A value of the kind asked for counts most, then every material asked for, words in common, the likeliest type and
    how sure the claim is.
    """
    said = row.document
    order = asked.types.index(row.type)
    materials = len(set(asked.materials) & set(said["materials"])) / max(len(asked.materials), 1)
    value = 2.0 * (asked.value is not None and _holds(asked, said["quote"], row.day))
    return float(value + 2.0 * materials - 0.4 * order + 2.0 * _covered(asked.text, said["quote"]) + row.confidence)


def _holds(asked: Question, text: str, day: str | None) -> bool:
    """Whether a text holds the kind of value that was asked for; any text does where none was."""
    published = date.fromisoformat(day) if day and len(day) == _WHOLE_DAY else None
    return asked.value is None or holds(asked.value, text, published=published, named=asked.places)


def _passages(connection: Connection, asked: Question) -> list[Document]:
    """Sentences that hold most of the question's words, the best of each article."""
    words = words_of(asked.text)
    hits = find(connection, words, limit=_ANYWHERE) or find(connection, words[:8], every=False, limit=_ANYWHERE)
    ids = [h.article_id for h in hits]
    rows = {r.id: r for r in connection.execute(select(ARTICLE).where(ARTICLE.c.id.in_(ids)))}
    found = [p for i in ids if rows[i].copy_of is None and (p := _passage(connection, rows[i], asked))]
    return sorted(found, key=lambda p: -float(p["covered"]))[:PASSAGES]


def _passage(connection: Connection, row: Row[Any], asked: Question) -> Document | None:
    """The sentence that holds most of the question's words; with those after it up to the value that was asked for."""
    sentences = split_sentences(row.text, row.body_start, row.body_end)
    spans = [sentences[i : i + n] for n in range(1, _WITH_NEXT + 1) for i in range(len(sentences) - n + 1)]
    found = [(share, span) for span in spans if (share := _covered(asked.text, span[0].text)) >= ENOUGH
             and (len(span) == 1 or _holds(asked, span[-1].text, row.published))]  # fmt: skip
    if asked.value is not None:
        found += [(share, span) for span in spans if len(span) > 1 and _holds(asked, span[-1].text, row.published)
                  and (share := _covered(asked.text, " ".join(s.text for s in span))) >= ENOUGH]  # fmt: skip
    if not found:
        return None
    share, best = max(found, key=lambda f: (_holds(asked, f[1][-1].text, row.published), f[0], -len(f[1])))
    start, end = best[0].start, best[-1].end
    return {"quote": row.text[start:end], "start": start, "end": end, "covered": round(share, 2),
            **_cited(connection, row.id)}  # fmt: skip


def _covered(question: str, text: str) -> float:
    """The share of the question's words that stand in a text, by their stems and synonyms."""
    asked = _stems_asked(question)
    return len(asked & stems(text)) / len(asked) if asked else 0.0


@lru_cache(maxsize=8)
def _stems_asked(question: str) -> frozenset[str]:
    return stems(" ".join(words_of(question)))


def _cited(connection: Connection, article_id: int) -> Document:
    row = connection.execute(
        select(ARTICLE.c.id, ARTICLE.c.title, ARTICLE.c.publisher, ARTICLE.c.published, ARTICLE.c.url)
        .where(ARTICLE.c.id == article_id)
    ).one()  # fmt: skip
    return {"citation": {"article": row.id, "title": row.title, "publisher": row.publisher,
                         "published": row.published, "url": row.url}}  # fmt: skip


def _best(claims: Sequence[Document], passages: Sequence[Document], asked: Question) -> Document | None:
    """The first claim, else passage, that holds the kind of value asked for; else the first of all."""
    every = [*claims, *passages]
    return next((d for d in every if _answers(d, asked)), next(iter(every), None))


def _answers(found: Document, asked: Question) -> bool:
    return _holds(asked, found["quote"], found["citation"]["published"])


def _sentence(best: Document | None, asked: Question) -> str:
    """The answer in words: the best quote with who says it, or that it is not there."""
    if best is None:
        return NOT_READ
    lacking = "" if _answers(best, asked) else f"I have read no {str(asked.value).split()[-1]} of it; the nearest is "
    cited = best["citation"]
    who = (
        ", ".join(str(x) for x in (cited["publisher"] or host_of(cited["url"]), cited["published"]) if x)
        or cited["title"]
        or "no publisher"
    )
    said = f", {best['attribution']} says" if best.get("attribution") else ""
    hedge = f" ({best['status']}{said})" if best.get("status") not in (None, "asserted") else ""
    return f"{lacking}“{' '.join(best['quote'].split())}”{hedge} [{who}, news:{cited['article']}]"


def _lines(connection: Connection, ids: Sequence[int], reader: str, language: str) -> dict[int, Document]:
    rows, _ = shelf(connection, Wish(ids=ids, hidden=True), reader=reader, limit=max(len(ids), 1))
    return {line["id"]: line for line in article_lines(connection, rows, language=language)}
