"""A summary by extraction: the sentences most central to an article, claims first (TextRank, Mihalcea 2004)."""

from __future__ import annotations

import math
import re
from collections.abc import Sequence

import numpy as np

from sluicegate.news.article import Article
from sluicegate.news.claim import Claim
from sluicegate.news.sentences import split_sentences

SENTENCES = 3
_WORD = re.compile(r"[^\W\d_]{3,}")
_MOST = 120
"""Sentences looked at; a news story has fewer, and the comparison is of all pairs."""
_DAMPING = 0.85
_FOR_A_CLAIM, _FOR_THE_LEAD = 0.6, 0.25
_SHORTEST, _LONGEST = 40, 600


def summarise(article: Article, claims: Sequence[Claim], *, most: int = SENTENCES) -> list[dict[str, object]]:
    """The sentences that stand for the article, in its order: text, start, end and the claims each holds."""
    sentences = [s for s in split_sentences(article.text, article.body_start, article.body_end)
                 if _SHORTEST <= len(s.text) <= _LONGEST][:_MOST]  # fmt: skip
    if not sentences:
        return []
    held = [[c.id for c in claims if s.start <= c.start < s.start + len(s.text) and c.status != "negated"]
            for s in sentences]  # fmt: skip
    score = _central([s.text for s in sentences])
    score = score / max(score.max(), 1e-9) + np.array([_FOR_A_CLAIM * bool(h) for h in held])
    score[0] += _FOR_THE_LEAD
    best = sorted(np.argsort(-score, kind="stable")[:most])
    return [{"text": " ".join(sentences[k].text.split()), "start": sentences[k].start,
             "end": sentences[k].start + len(sentences[k].text), "claims": held[k]} for k in best]  # fmt: skip


def _central(texts: Sequence[str]) -> np.ndarray:
    """PageRank of sentences linked by the words they share (n,)."""
    bags = [set(_WORD.findall(t.casefold())) for t in texts]
    n = len(bags)
    links = np.zeros((n, n))
    for i in range(n):
        for j in range(i):
            shared = len(bags[i] & bags[j])
            if shared > 1:
                links[i, j] = links[j, i] = shared / (math.log(len(bags[i]) + 1) + math.log(len(bags[j]) + 1))
    out = links.sum(axis=0)
    step = links / np.where(out > 0, out, 1.0)
    rank = np.full(n, 1.0 / n)
    for _ in range(30):
        rank = (1 - _DAMPING) / n + _DAMPING * (step @ rank)
    return rank
