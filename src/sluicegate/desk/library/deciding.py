"""The questions `news accept`, `news reject` and `news undo`: what of the news the lasting overlay takes."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Connection, Engine, Row, select

from sluicegate.desk.library import entry as overlay
from sluicegate.desk.library.keeping import claim_of
from sluicegate.desk.library.showing import decision_line
from sluicegate.desk.library.standing import PERSON, standing
from sluicegate.desk.number import Document
from sluicegate.store.article import article_row
from sluicegate.store.claim import claim_row
from sluicegate.store.decision import ACCEPTED, REJECTED, decisions, put_decision, set_entry, undo_decision
from sluicegate.store.decision import standing as decided
from sluicegate.store.schema import CLAIM, DECISION
from sluicegate.store.writer import writing
from sluicegate.terms import InputError


def accept(engine: Engine, claim: int, *, measure: str | None = None, reader: str = "me") -> Document:
    """Accept a claim as a person: recorded, and laid over the world where it has a form there.

    Parameters
    ----------
    measure : the entry of the register that an easing or lifting amends; `none` to amend none; None for the one that
        fits

    Raises
    ------
    NotFoundError : no such claim or entry.
    InputError : decided already, withdrawn by its article, no entry or several fit an easing, or the overlay cannot be
        written; nothing is recorded.
    """
    return _decide(engine, claim, ACCEPTED, reason=PERSON, reader=reader, measure=measure)


def reject(engine: Engine, claim: int, *, reader: str = "me") -> Document:
    """Reject a claim as a person: recorded, and never taken by rule; raises as `accept`."""
    return _decide(engine, claim, REJECTED, reason=PERSON, reader=reader)


def accept_by_rule(engine: Engine, *, reader: str = "me", limit: int = 500) -> Document:
    """Accept every undecided claim of an official source or of two independent ones, each with its reason.

    Nothing does this by itself: numbers move when somebody asks for it. `unsettled` are those that wait for the name of
    the entry they ease.
    """
    done: list[Document] = []
    unsettled: list[Document] = []
    with engine.connect() as connection:
        waiting = [(r.id, reason) for r in _undecided(connection, limit)
                   if (reason := standing(connection, r)["may_be_taken"])]  # fmt: skip
    for number, reason in waiting:
        with engine.connect() as connection:  # one acceptance may settle what the next said
            if number in decided(connection, [number]):
                continue
        try:
            done.append(_decide(engine, number, ACCEPTED, reason=reason, reader=reader))
        except InputError as error:
            unsettled.append({"claim": number, "why": error.found, "do": error.do})
    return {"accepted": done, "left": len(waiting) - len(done), "unsettled": unsettled}


def undo(engine: Engine, claim: int, *, reader: str = "me") -> Document:
    """Undo the decision that stands on a claim: what it laid over the world is taken away; both stay on record.

    Raises
    ------
    NotFoundError : no such claim.
    InputError : nothing was decided.
    """
    with writing(engine) as connection:
        claim_row(connection, claim)
        decision = decided(connection, [claim]).get(claim)
        if decision is None:
            raise InputError("nothing decided", where=f"claim {claim}", expected="an accepted or rejected claim",
                             do="See `sluicegate news show`.")  # fmt: skip
        overlay.lift(decision.entry)
        undo_decision(connection, decision.id, reader=reader)
        row = connection.execute(select(DECISION).where(DECISION.c.id == decision.id)).one()
        return decision_line(row)


def list_decisions(engine: Engine, *, limit: int = 500) -> Document:
    """Every decision, the newest first, undone ones too; those whose article has since changed are marked."""
    with engine.connect() as connection:
        return {"decisions": [decision_line(r) | {"article": r.article_id, "type": r.type, "quote": r.document["quote"],
                                                  "withdrawn": r.gone_in is not None}
                              for r in decisions(connection, limit=limit)]}  # fmt: skip


def _decide(engine: Engine, number: int, verdict: str, *, reason: str, reader: str,
            measure: str | None = None) -> Document:  # fmt: skip
    with writing(engine) as connection:
        row = claim_row(connection, number)
        _free(connection, row)
        decision = put_decision(connection, number, verdict, reason=reason, reader=reader)
        laid = None
        if verdict == ACCEPTED:
            article = article_row(connection, row.article_id)
            laid = overlay.lay(claim_of(row.document), article, number=number, measure=measure)
            set_entry(connection, decision, laid)
    with engine.connect() as connection:
        made = connection.execute(select(DECISION).where(DECISION.c.id == decision)).one()
        return decision_line(made) | {"type": row.type, "quote": row.document["quote"], "article": row.article_id}


def _free(connection: Connection, row: Row[Any]) -> None:
    """See that a claim may be decided on."""
    if row.gone_in is not None:
        raise InputError("withdrawn: the article no longer says it", where=f"claim {row.id}",
                         expected="a claim that stands", do="See `sluicegate news show`.")  # fmt: skip
    known = decided(connection, [row.id]).get(row.id)
    if known is not None:
        raise InputError(f"already {known.verdict} by {known.reader} on {known.at[:10]}", where=f"claim {row.id}",
                         expected="an undecided claim", do="Undo that first: `sluicegate news undo`.")  # fmt: skip


def _undecided(connection: Connection, limit: int) -> list[Row[Any]]:
    """Claims nobody decided on, the newest first."""
    seen = select(DECISION.c.claim_id).where(DECISION.c.undone_at.is_(None))
    query = select(CLAIM).where(CLAIM.c.gone_in.is_(None), CLAIM.c.id.not_in(seen)).order_by(CLAIM.c.id.desc())
    return list(connection.execute(query.limit(limit)))
