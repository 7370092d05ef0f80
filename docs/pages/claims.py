"""The page of claims."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import yaml
from scipy.stats import binomtest

from pages.markdown import table, title
from sluicegate.news.claim import CLAIM_TYPES, STATUSES
from sluicegate.news.consequence import EASING, IMPOSING, LEFT_ALONE


def claims() -> str:
    """Types of claims, and what each does to the model."""
    rows = [[f"`{kind}`", _moves(kind)] for kind in CLAIM_TYPES]
    return "\n".join([
        title("Claims"), f"Statuses: {', '.join(f'`{s}`' for s in STATUSES)}. [The reader](../explanation/reader.md) "
        "says how they are told; a denied claim never changes anything.\n",
        table(["type", "what it does to the model"], rows), "## Score\n", _SCORE, _rounds(),
    ])  # fmt: skip


LEDGER = Path(__file__).parents[2] / "bench" / "claims_rounds.yaml"

_SCORE = """\
A claim counts when its type is equal and its span covers half of the quote an annotator marked. Each round is a set of
articles of the press that nobody had tuned the reader on, marked by one annotator before seeing what the reader finds.
The reader was tuned on a round afterwards, so only its first score, shown here with its 95 % interval (Wilson), says
anything; a round said to be kept was not tuned on. One annotator, dense marking, a few dozen facts a round, openings of
articles of some two thousand characters. The goal is precision 0.75, recall 0.55, attributes right in 85 of 100.

Candidates hold 95 to 100 % of the facts of each English round, all 64 of round 12, and 35 of the 40 of round C2. Of 138
facts in sentences of our own, 72 % were found at first sight; of two later lots of 52 and 37, written to find gaps, 45
and 35 %.
"""
LATE = ("9", "10", "11", "12")
"""Rounds since the reader was last reworked; they are summed."""


def _rounds() -> str:
    """The ledger of rounds, oldest first."""
    ledger = yaml.safe_load(LEDGER.read_text("utf-8"))["rounds"]
    attributes = ("amounts", "actor", "materials", "status")
    rows = [
        [r["round"], r["topics"], str(r["articles"]), str(r["facts"]), _share(r["matched"], r["predicted"]),
         _share(r["matched"], r["facts"]), *(f"{r[a][0]} of {r[a][1]}" for a in attributes)]
        for r in ledger
    ]  # fmt: skip
    return table(["round", "about", "articles", "facts", "precision", "recall", *attributes], rows) + _late(ledger)


def _late(ledger: Sequence[Mapping[str, Any]]) -> str:
    """The late rounds together."""
    rows = [r for r in ledger if r["round"] in LATE]
    matched, predicted, facts = (sum(r[k] for r in rows) for k in ("matched", "predicted", "facts"))
    told = ", ".join(f"{a} {_share(*(sum(r[a][k] for r in rows) for k in (0, 1)))}"
                     for a in ("amounts", "actor", "materials", "status"))  # fmt: skip
    found = f"precision {_share(matched, predicted)}, recall {_share(matched, facts)} of {facts} facts"
    return f"\nRounds {LATE[0]} to {LATE[-1]} together: {found}; right: {told}.\n"


def _share(hits: int, of: int) -> str:
    """A share with its 95 % interval by Wilson."""
    interval = binomtest(hits, of).proportion_ci(0.95, method="wilson")
    return f"{hits / of:.2f} ({interval.low:.2f}-{interval.high:.2f})"


def _moves(kind: str) -> str:
    if kind in IMPOSING:
        return "enters the base when asserted or said by an office; else makes a future"
    if kind in EASING or kind == "deal_statement":
        return "makes a future; an asserted easing or lifting changes the base"
    if kind == "licence_granted":
        return "the office decides by that day; how much passes stays as practice has it"
    return f"nothing: {LEFT_ALONE[kind]}" if kind in LEFT_ALONE else "nothing"
