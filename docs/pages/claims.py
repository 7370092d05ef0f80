"""The page of claims."""

from __future__ import annotations

from pathlib import Path

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
anything; a round said to be kept was not tuned on. One annotator, dense marking, a few dozen facts a round. Candidates,
a layer made after the first eight rounds, hold 95 to 100 % of the facts of each of these. Of 138 facts in sentences of
our own, 72 % were found at first sight, and 93 % of what was found was right.
"""


def _rounds() -> str:
    """The ledger of rounds, oldest first."""
    ledger = yaml.safe_load(LEDGER.read_text("utf-8"))["rounds"]
    attributes = ("amounts", "actor", "materials", "status")
    rows = [
        [r["round"], r["topics"], str(r["articles"]), str(r["facts"]), _share(r["matched"], r["predicted"]),
         _share(r["matched"], r["facts"]), *(f"{r[a][0]} of {r[a][1]}" for a in attributes)]
        for r in ledger
    ]  # fmt: skip
    return table(["round", "about", "articles", "facts", "precision", "recall", *attributes], rows)


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
