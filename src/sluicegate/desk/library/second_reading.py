"""The question `news second-reading`: what a language model of the user's own proposes and doubts; nothing is kept."""

from __future__ import annotations

import os
from dataclasses import asdict

from sqlalchemy import Engine

from sluicegate.desk.library.briefing import kept_reading
from sluicegate.desk.library.keeping import claim_of
from sluicegate.desk.number import Document
from sluicegate.news.fetch import ask
from sluicegate.news.second_reader import read_answer, request
from sluicegate.store.article import article_row
from sluicegate.store.claim import claims_of
from sluicegate.terms import InputError, SluicegateError

KEY = "SLUICEGATE_MODEL_KEY"
"""Variable with the endpoint's key; it is sent to the endpoint and kept nowhere."""
MAX_BYTES = 2_000_000
TIMEOUT_S = 180.0


def second_reading(engine: Engine, article_id: int, *, endpoint: str, model: str, network: bool = False,
                   private: bool = False, timeout_s: float = TIMEOUT_S) -> Document:  # fmt: skip
    """Ask a model about a kept article, and give what it can prove by a quote.

    Parameters
    ----------
    endpoint : address of an OpenAI-compatible chat endpoint, `…/v1/chat/completions`
    network : must be asked for
    private : whether the endpoint may lie on this machine or a private network
    timeout_s : seconds for the whole answer

    Raises
    ------
    NotFoundError : no such article.
    InputError : the network is off, or the endpoint may not be asked.
    SluicegateError : the endpoint answers with an error.
    """
    if not network:
        raise InputError("the network is off", where="news second-reading", expected="--network beside it",
                         do="Add --network; the article's text goes to the endpoint.")  # fmt: skip
    with engine.connect() as connection:
        article = kept_reading(article_row(connection, article_id)).article
        rows = claims_of(connection, article_id)
    claims = [claim_of(r.document) for r in rows]
    numbers = {c.id: r.id for c, r in zip(claims, rows, strict=True)}
    key = os.environ.get(KEY)
    headers = {"Content-Type": "application/json", "Accept": "application/json"}
    answer = ask(endpoint, max_bytes=MAX_BYTES, headers=headers | ({"Authorization": f"Bearer {key}"} if key else {}),
                 private=private, body=request(article, claims, model=model), timeout_s=timeout_s)  # fmt: skip
    if answer.status != 200:
        raise SluicegateError(f"{endpoint[:200]} answered {answer.status}")
    proposals, verdicts, dropped = read_answer(answer.data, article, claims)
    return {"id": article_id, "model": model, "dropped": dropped, "proposals": [asdict(p) for p in proposals],
            "verdicts": [{"claim": numbers[v.claim_id], "supported": v.supported, "quote": v.quote}
                         for v in verdicts]}  # fmt: skip
