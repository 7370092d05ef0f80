"""The rules an answer rests on, each as one row with its clause and citation."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

from sluicegate.regime.case import FRAME, Case
from sluicegate.regime.finding import Finding, known_spells
from sluicegate.regime.limit import Verdict
from sluicegate.regime.measure import Clause, Measure

Answer = bool | Literal["depends"] | None
"""`depends` where the facts given do not settle it; None where the question does not arise."""


@dataclass(frozen=True)
class Ground:
    """One rule that was looked at: what it says, whether it applies and why, and where it stands.

    Parameters
    ----------
    id, measure : id and title of the measure
    applies : None for a notice that only suspends another
    until : the last day it runs, as far as known
    """

    id: str
    measure: str
    item: str
    clause: str
    applies: Answer
    why: str
    effective: date | None
    until: date | None
    state: str
    source: str
    url: str
    confidence: str


def grounds(case: Case) -> tuple[Ground, ...]:
    """The rules looked at: those that apply first, then the open ones, then those that do not."""
    rows = [_of_finding(finding, case) for finding in case.found]
    rows += [_of_notice(case.register.measure(name)) for name in sorted(_pausing(case))]
    if case.party:
        measure, parties = case.party
        why = f"{case.shipment.end_user} is on the {parties.listed}"
        rows.append(_row(measure, parties.listed, parties.clause, True, why, measure.confidence))
    rows += [_of_article(case.register.measure(FRAME), clause) for clause in _articles(case)]
    order: dict[Answer, int] = {True: 0, "depends": 1, None: 2, False: 3}
    return tuple(sorted(rows, key=lambda row: order[row.applies]))


def answer(verdict: Verdict) -> Answer:
    """A verdict in the words of the contract."""
    return "depends" if verdict is None else verdict


def _of_finding(finding: Finding, case: Case) -> Ground:
    """The row of an item held against the shipment."""
    item, measure = finding.item, finding.measure
    return Ground(
        id=measure.id, measure=measure.title, item=item.name, clause=item.clause, applies=answer(finding.applies),
        why=finding.why, effective=item.effective_from or measure.effective_from, until=_until(finding, case),
        state=finding.state, source=measure.source.publisher, url=measure.source.url, confidence=item.confidence,
    )  # fmt: skip


def _of_notice(notice: Measure) -> Ground:
    """The row of a notice that suspends what would apply."""
    return _row(notice, notice.title, "whole", None, notice.scope, notice.confidence)


def _of_article(frame: Measure, clause: Clause) -> Ground:
    """The row of an article of the Regulations that the answer uses."""
    return _row(frame, clause.topic, clause.id, True, clause.text, clause.confidence)


def _row(measure: Measure, item: str, clause: str, applies: Answer, why: str, confidence: str) -> Ground:
    """A row about a measure as a whole."""
    return Ground(
        id=measure.id, measure=measure.title, item=item, clause=clause, applies=applies, why=why,
        effective=measure.effective_from, until=measure.ends_on, state="in force",
        source=measure.source.publisher, url=measure.source.url, confidence=confidence,
    )  # fmt: skip


def _pausing(case: Case) -> set[str]:
    """The notices that suspend a rule looked at."""
    paused = [f.measure for f in case.found if f.state in ("suspended", "doubtful")]
    return {spell.by for measure in paused for spell in known_spells(measure, case.register, case.as_of)}


def _articles(case: Case) -> list[Clause]:
    """The articles of the Regulations that the answer uses."""
    frame = case.register.measure(FRAME)
    if not case.under_regulations:
        return []
    used = [f"licences: {case.shipment.licence}"] if case.shipment.licence else []
    if case.party:
        used.append("Art. 26" if case.party[1].listed == "watch list" else "Arts. 28-30")
    return [clause for clause in map(frame.clause, used) if clause]


def _until(finding: Finding, case: Case) -> date | None:
    """The last day a rule runs, as far as known: its end, or the day before its first suspension."""
    ends = [finding.measure.ends_on] if finding.measure.ends_on else []
    ends += [
        spell.first - timedelta(days=1)
        for spell in known_spells(finding.measure, case.register, case.as_of)
        if not spell.clauses or finding.item.clause in spell.clauses
    ]
    known = [end for end in ends if end and (finding.measure.end_announced_on or end.min) <= case.as_of]
    return min(known, default=None)
