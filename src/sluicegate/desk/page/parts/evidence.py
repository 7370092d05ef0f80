"""What stands behind the page: figures checked, what is not known, how sure it is."""

from __future__ import annotations

import shlex

from sluicegate.desk.page.block import Block, Entry, Listing, Note, Section, Span, words
from sluicegate.desk.page.document import Record, record, records, said, texts
from sluicegate.desk.page.figure import NBSP, finite, number, one_share, percent
from sluicegate.desk.page.marks import Marks
from sluicegate.desk.page.parts.shortages import MOST_ROWS, rest_of
from sluicegate.terms.inert import shortened

_TONES = {"agrees": "good", "disagrees": "bad"}
_LONGEST_QUOTE = 140
_SHARES = {"share", "1"}
_PERCENT = {"percent", "%"}


def checked(document: Record, marks: Marks) -> Section:
    """The article's own figures against the dataset, contradictions first, both sides shown."""
    rows = [claim for claim in records(document, "claims") if record(claim, "check").get("verdict")]
    verdicts = ["disagrees", "agrees"]
    found = sorted(
        (c for c in rows if record(c, "check")["verdict"] in verdicts),
        key=lambda c: verdicts.index(record(c, "check")["verdict"]),
    )
    blocks: list[Block] = []
    if found:
        blocks += [Listing(tuple(_check(c, marks) for c in found[:MOST_ROWS])), *rest_of(len(found), "checks")]
    missing = [_quoted(c, 60) for c in rows if record(c, "check")["verdict"] not in verdicts]
    if missing:
        blocks.append(Listing((Entry("Not in the dataset", words("; ".join(missing[:MOST_ROWS]))),)))
    if not blocks:
        blocks.append(Note(words("No figure of the article could be checked.", tone="muted")))
    return Section("checked", "Checked", tuple(blocks))


def _quoted(claim: Record, most: int = _LONGEST_QUOTE) -> str:
    return f"“{shortened(said(claim, 'quote'), most)}”"


def _check(claim: Record, marks: Marks) -> Entry:
    """The quote, the verdict in words, and every figure with its year and source."""
    check = record(claim, "check")
    verdict = said(check, "verdict")
    spans = (Span(verdict, strong=True, tone="bad" if _TONES.get(verdict) == "bad" else "good"),)
    says = said(check, "says")
    figures = tuple(_figure(figure, marks) for figure in records(check, "figures"))
    listed = tuple(Span("; ") if k % 2 else figures[k // 2] for k in range(max(0, 2 * len(figures) - 1)))
    return Entry(_quoted(claim), spans + words(f": {says}" if says else ""), (listed,) if listed else ())


def _figure(figure: Record, marks: Marks) -> Span:
    """A published figure as `48 % (2023)` with its mark."""
    value, unit, year = finite(figure.get("value")), said(figure, "unit"), said(figure, "year")
    if value is None:
        text = "not known"
    elif unit in _SHARES:
        text = f"{percent(value)}{NBSP}%"
    else:
        text = f"{number(value, 3)}{NBSP}{'%' if unit in _PERCENT else unit}".rstrip(NBSP)
    name = said(figure, "label")
    words_ = f"{name} {text}" if name else text
    return Span(f"{words_} ({year})" if year else words_, mark=marks.cited(figure.get("id"), figure.get("source")))


def not_known(document: Record) -> Section:
    """What neither the article nor the data settle."""
    found = texts(document, "unknown")
    blocks: tuple[Block, ...] = tuple(Note(words(f"– {text}")) for text in found[:MOST_ROWS])
    return Section("unknown", "Not known", blocks or (Note(words("Nothing was listed.", tone="muted")),))


def open_questions(document: Record) -> tuple[Section, ...]:
    """What the register leaves open, how this run answers it, and how to answer it otherwise."""
    rows = records(document, "open_questions")
    if not rows:
        return ()
    entries = tuple(Entry(said(row, "setting") or "no lever yet", words(said(row, "question")), _otherwise(row))
                    for row in rows)  # fmt: skip
    return (Section("open", "Open, and how it is taken here", (Listing(entries),)),)


def _otherwise(row: Record) -> tuple[tuple[Span, ...], ...]:
    """The options that answer a question otherwise."""
    others = [name for name in record(row, "settings") if name != said(row, "setting")]
    options = ["--set " + shlex.quote(f"{said(row, 'id')}={name}") for name in others]
    return (words(f"or {', '.join(options)}", tone="muted"),) if options else ()


def how_sure(document: Record) -> Section:
    """The inputs that decide, and how the model did on past episodes."""
    sure = record(document, "how_sure")
    decides = records(sure, "decides")
    entries = []
    if decides:
        listed = tuple(Span(_input(row, last=k == len(decides) - 1)) for k, row in enumerate(decides))
        entries.append(Entry("What decides", listed))
    else:
        entries.append(Entry("What decides", words("not computed in this run", tone="muted")))
    past = said(sure, "past") or "not yet scored"
    entries.append(Entry("Past episodes", words(past)))
    return Section("sure", "How sure", (Listing(tuple(entries)),))


def _input(row: Record, *, last: bool) -> str:
    """`review time (38 % of the spread, graded judgement)`, and the comma to the next."""
    part = finite(row.get("share"))
    inner = [f"{one_share(part)} of the spread" if part is not None else ""]
    inner.append(f"graded {said(row, 'label')}" if said(row, "label") else "")
    text = f"{said(row, 'parameter')} ({', '.join(i for i in inner if i)})".replace(" ()", "")
    return text if last else f"{text}; "
