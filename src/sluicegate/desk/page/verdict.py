"""The answer of `check` in words, for one screen: the answer first, then why, what to file, how long, what is open."""

from __future__ import annotations

import textwrap
from collections.abc import Iterable

from sluicegate.desk.number import Document

_MOST_MEASURES, _MOST_QUESTIONS = 6, 8
_INDENT = " " * 10


def check_text(document: Document, *, width: int = 100) -> str:
    """The `check` document as text.

    Parameters
    ----------
    width : columns of the screen
    """
    parts = [
        [_headline(document)],
        _part("Why", _reasons(document), width),
        _part("Also", _also(document), width),
        _part("File", document["file"], width),
        _part("How long", _duration(document), width),
        _part("Ask", _cut(document["questions"], _MOST_QUESTIONS, "questions"), width),
        _part("Looked at", _cut(_others(document), _MOST_MEASURES, "rules"), width),
        [f"As known on {document['as_of']}. `sluicegate register show ID` gives a measure in full. Not legal advice."],
    ]
    return "\n".join(line for part in parts for line in part)


def _headline(document: Document) -> str:
    """The answer in one sentence."""
    if document["barred"] is True:
        return "NO EXPORT: it is barred, or refused in principle."
    if document["barred"] == "depends" and document["licence_required"] is True:
        return "YES, a licence is required; whether it can be had depends on the questions below."
    said = {True: "YES, an export licence is required.", False: "NO export licence is required."}
    return said.get(document["licence_required"], "IT DEPENDS: the questions below settle it.")


def _reasons(document: Document) -> list[str]:
    """The rules that decide: those that apply, else those that are open, else those that do not."""
    for answer in (True, "depends", False):
        rows = [row for row in document["measures"] if row["applies"] is answer]
        if rows:
            return _cut([_rule(row) for row in rows], _MOST_MEASURES, "rules")
    return ["No measure of the register lists such goods on this route."]


def _others(document: Document) -> list[str]:
    """The rules that are not among the reasons."""
    rows = [_rule(row) for row in document["measures"]]
    reasons = set(_reasons(document))
    return [row for row in dict.fromkeys(rows) if row not in reasons]


def _rule(row: Document) -> str:
    """A rule with its clause, its days and why it applies or not."""
    days = f"from {row['effective']}" if row["effective"] else "without a day of effect"
    if row["until"]:
        days += f" to {row['until']}"
    return f"{row['id']} {row['clause']}, {days}: {row['item']} ({row['why'] or row['state']}; {row['confidence']})"


def _also(document: Document) -> list[str]:
    """A general licence and a licence held, where the question arises."""
    words = {True: "yes", False: "no", "depends": "depends"}
    asked = {"general_licence": "a general licence may be used", "licence_valid": "the licence held still serves"}
    return [f"{what}: {words[document[name]]}" for name, what in asked.items() if document[name] is not None]


def _duration(document: Document) -> list[str]:
    """How long the office takes and what passes."""
    days, share = document["waiting_days"], document["approval_share"]
    if days is None or share is None:
        return []
    return [
        f"{days['q50']:.0f} calendar days from filing to decision (5 to 95 %: {days['q05']:.0f} to {days['q95']:.0f})",
        f"{share['q50']:.0%} of the flow before control passes (5 to 95 %: {share['q05']:.0%} to {share['q95']:.0%})",
        *(f"sluicegate why {name}" for name in document["ids"].values()),
    ]


def _cut(rows: Iterable[str], most: int, what: str) -> list[str]:
    """The first rows, and how many more there are."""
    kept = list(rows)
    return kept if len(kept) <= most else [*kept[:most], f"and {len(kept) - most} more {what} (--json)"]


def _part(title: str, rows: Iterable[str], width: int) -> list[str]:
    """Rows under a title that stands before the first, wrapped; nothing where there are none."""
    lines = []
    for number, row in enumerate(rows):
        first = title.ljust(len(_INDENT)) if number == 0 else _INDENT
        lines += textwrap.wrap(row, width, initial_indent=first, subsequent_indent=_INDENT, break_on_hyphens=False)
    return lines
