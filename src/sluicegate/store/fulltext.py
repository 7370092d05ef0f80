"""Full text of titles and bodies: FTS5 on SQLite, a vector of words on PostgreSQL, one way to ask both."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import Connection, text

UNSPACED = "\u3041-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff"
"""Characters that stand without spaces between words, as a class of a regular expression."""
_WORD = re.compile(rf"[{UNSPACED}]+|[^\W_{UNSPACED}]+")
_PHRASE = re.compile(r'"([^"]{1,200})"')
_ONE = re.compile(rf"([{UNSPACED}])")
_MOST_WORDS = 12
RANKED = 1_000
"""Articles that hold the words and are ranked, the newest kept first: common words would rank the whole library."""
_STOP = frozenset(
    """a an and are as at be by did do does for from had has have how in is it its of on or that the their there these
    they this those to was were what when where which who whom whose why will with much many""".split()  # noqa: SIM905
)
_OPEN, _CLOSE = "\ue000", "\ue001"
"""Marks of a hit in an excerpt; no text that we take in holds them."""
_APART = re.compile(
    rf"([{UNSPACED}\u3000-\u303f\uff00-\uffef][{_OPEN}{_CLOSE}]*) "
    rf"(?=[{_OPEN}{_CLOSE}]*[{UNSPACED}\u3000-\u303f\uff00-\uffef])"
)


@dataclass(frozen=True)
class Hit:
    """An article that holds the words asked for.

    Parameters
    ----------
    rank : lower is better; comparable within one answer alone
    excerpt : words around the hits
    marks : where the hits are in the excerpt, in code points
    """

    article_id: int
    rank: float
    excerpt: str
    marks: tuple[tuple[int, int], ...]


def spaced(body: str) -> str | None:
    """The body with Chinese and Japanese characters apart, so that each can be found; None where it has none."""
    return _ONE.sub(r" \1 ", body) if _ONE.search(body) else None


def words_of(question: str, *, most: int = _MOST_WORDS) -> list[str]:
    """The words and quoted phrases of a question, without those that say nothing; none of them holds an operator."""
    phrases = [" ".join(_WORD.findall(p)) for p in _PHRASE.findall(question)]
    rest = [w for w in _WORD.findall(_PHRASE.sub(" ", question)) if w.casefold() not in _STOP]
    found = [" ".join(_ONE.sub(r" \1 ", w).split()) for w in (*phrases, *rest)]
    return list(dict.fromkeys(w for w in found if w))[:most]


def find(connection: Connection, words: Sequence[str], *, every: bool = True, limit: int = 20,
         offset: int = 0) -> list[Hit]:  # fmt: skip
    """Articles that hold the words, best first; none for no words.

    Parameters
    ----------
    words : as `words_of` gives them; one of several words is a phrase
    every : all of them, else any
    """
    if not words:
        return []
    asked = {"limit": limit, "offset": offset, "ranked": RANKED + offset}
    if connection.dialect.name == "sqlite":
        joined = (" AND " if every else " OR ").join(f'"{w}"' for w in words)
        rows = connection.execute(text(_SQLITE), {**asked, "words": joined}).all()
    else:
        parts = (" & " if every else " | ").join(f"phraseto_tsquery('english', :w{k})" for k in range(len(words)))
        joined = parts.replace(" & ", " && ").replace(" | ", " || ")
        values = {f"w{k}": w for k, w in enumerate(words)}
        rows = connection.execute(text(_POSTGRES.format(query=joined)), {**asked, **values}).all()
    return [_hit(*row) for row in rows]


_SQLITE = f"""
SELECT found.rowid, found.score, snippet(article_index, -1, '{_OPEN}', '{_CLOSE}', ' … ', 24)
FROM (SELECT rowid, score FROM (
          SELECT rowid, bm25(article_index, 4.0, 1.0) AS score FROM article_index WHERE article_index MATCH :words
          ORDER BY rowid DESC LIMIT :ranked)
      ORDER BY score, rowid LIMIT :limit OFFSET :offset) AS found
JOIN article_index ON article_index.rowid = found.rowid WHERE article_index MATCH :words ORDER BY found.score
"""
_POSTGRES = f"""
SELECT id, rank, ts_headline('english', body, query, 'StartSel={_OPEN}, StopSel={_CLOSE}, MaxWords=32, MinWords=12')
FROM (SELECT id, -ts_rank_cd(words, query) AS rank, query, left(coalesce(spaced,
             substr(text, body_start + 1, body_end - body_start)), 20000) AS body
      FROM (SELECT article.*, query FROM article, (SELECT {{query}} AS query) AS asked WHERE words @@ query
            ORDER BY id DESC LIMIT :ranked) AS held
      ORDER BY rank, id LIMIT :limit OFFSET :offset) AS found ORDER BY rank, id
"""


def _hit(article_id: int, rank: float, excerpt: str | None) -> Hit:
    """A row as a hit: marks taken out, characters that were set apart joined again."""
    told = _APART.sub(r"\1", " ".join((excerpt or "").split())).replace(_CLOSE + _OPEN, "")
    plain, marks, start = "", [], 0
    for piece in re.split(f"([{_OPEN}{_CLOSE}])", told):
        if piece == _OPEN:
            start = len(plain)
        elif piece == _CLOSE:
            marks.append((start, len(plain)))
        else:
            plain += piece
    return Hit(int(article_id), float(rank), plain, tuple(marks))
