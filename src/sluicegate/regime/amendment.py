"""Entries as other entries amend them: a spell of suspension, an end, or a clause that says what was eased."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from typing import Any

from sluicegate.regime.measure import Amends, Clause, Measure, Suspended


def amended(measures: Sequence[Measure]) -> dict[str, Measure]:
    """The measures by id, each with what the others say of it, in the order of their announcement.

    Raises
    ------
    ValueError : an amendment that gives a measure dates it cannot have.
    """
    found = {measure.id: measure for measure in measures}
    for act in sorted(measures, key=lambda m: (m.announced_on, m.id)):
        for amends in act.amends:
            found[amends.measure] = _with(found[amends.measure], act, amends)
    return found


def _with(measure: Measure, act: Measure, amends: Amends) -> Measure:
    clause = Clause(id=act.id, topic=amends.how, text=act.scope, dated=amends.first, confidence=act.confidence,
                    source=f"{act.source.publisher}, {act.source.url}")  # fmt: skip
    update: dict[str, Any] = {"clauses": (*measure.clauses, clause)}
    if amends.how == "suspended" and amends.last is not None:
        spell = Suspended(first=amends.first, last=amends.last, by=act.id, confidence=act.confidence,
                          afterwards="not known")  # fmt: skip
        update["suspended"] = (*measure.suspended, spell)
    if amends.how == "lifted":
        update |= {"ends_on": amends.first - timedelta(days=1), "end_announced_on": act.announced_on}
    return Measure.model_validate(measure.model_dump() | {k: _plain(v) for k, v in update.items()})


def _plain(value: Any) -> Any:
    return [entry.model_dump() for entry in value] if isinstance(value, tuple) else value
