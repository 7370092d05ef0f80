"""Why a shortage or a loss happens: the questions that a walk answers."""

from __future__ import annotations

from sluicegate.sim.cause import Cause
from sluicegate.sim.result import Result
from sluicegate.sim.walk import Walk
from sluicegate.terms import InputError, NotFoundError


def causes(result: Result, product: str, place: str, *, until_week: int) -> list[Cause]:
    """Roots of the shortfall of a product arriving in a place up to a week, largest first.

    What is missing from each link is the base flow less what arrived, mean over draws. A link held at the
    border gives its missing goods to the measure; any other gives them to what its origin's makers lacked, else to
    what kept them from making it, or had others take it. Empty when nothing is missing.
    """
    return Walk(result, until_week).causes(product, place)


def why(result: Result, industry: str, place: str, *, week: int | None = None, of: str = "loss") -> list[Cause]:
    """Roots of what an industry in a place loses or lacks up to the end of a week, largest first; shares sum to one.

    A loss is walked back through the input that is worst in each week and draw, as E15 counts it, and what is lost
    to a next stage from abroad through what that stage stands in for; shortages count each input by the use that is
    missing, over its use. Empty when nothing is lost.

    Parameters
    ----------
    week : 0 for the first; the last when None ; of : loss or shortage

    Raises
    ------
    NotFoundError : the run has no such line.
    InputError : a week the run does not have, or neither loss nor shortage.
    """
    last = result.weeks - 1 if week is None else week
    if not 0 <= last < result.weeks or of not in ("loss", "shortage"):
        raise InputError(f"week {week}, {of}", where="why", do="Name others.",
                         expected=f"a week from 0 to {result.weeks - 1}, loss or shortage")  # fmt: skip
    line = f"{industry}|{place}"
    if line not in set(result.uses["line"]):
        raise NotFoundError(line, kind="line", known=result.lines["line"], where="why")
    walk = Walk(result, last + 1)
    return walk.of_lines([line], missing=of == "shortage")
