"""The controls that stand: those of the register, as known on the as-of date, with its open questions answered."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from sluicegate.regime import Measure, OpenQuestion, Register, Spell, goods_items, load_register, open_questions, spells
from sluicegate.scenario.event import Control
from sluicegate.scenario.scenario import Scenario
from sluicegate.terms import InputError, NotFoundError

IN_BASE_UNTIL = date(2024, 11, 30)
"""What took effect by then lies in the base year for a month and more, and is not played again (decision 0005)."""
PLAYED = ("licence", "ban", "halt")
"""Kinds of measure the border knows; quotas, duties and lists of exporters are not simulated."""


def settled(scenario: Scenario, chosen: Mapping[str, str] | None = None) -> Scenario:
    """A scenario with the controls in force on its as-of date added, and each open question answered.

    Nothing changes for a scenario that does not ask for the controls `in_force`.

    Parameters
    ----------
    chosen : setting by id of the open question; goes before the scenario's own `settings`, then comes the default

    Raises
    ------
    NotFoundError : no such question open on the as-of date, or no such setting; names the nearest.
    InputError : settings for a scenario that does not take its controls from the register.
    """
    wanted = {**scenario.settings, **(chosen or {})}
    if not scenario.in_force:
        if wanted:
            raise InputError(f"settings for {', '.join(wanted)}", where=scenario.name,
                             expected="a scenario with `in_force: true`",
                             do="Leave the settings out, or run status-quo.")  # fmt: skip
        return scenario
    questions = {q.id: q for q in open_questions(scenario.as_of) if q.settings}
    _check(wanted, questions)
    answers = {name: wanted.get(name) or str(q.default) for name, q in questions.items()}
    controls = [*scenario.controls, *standing_controls(scenario.as_of)]
    for name, setting in answers.items():
        controls += _returning(questions[name], setting, scenario.as_of)
    return scenario.model_copy(update={"controls": tuple(controls), "settings": answers})


def standing_controls(as_of: date) -> tuple[Control, ...]:
    """One control for each spell in which a measure of the register holds up goods, by the record of a day.

    Left out: what took effect before `IN_BASE_UNTIL`, and spells of which the record does not say whether they came.
    """
    register = load_register()
    return tuple(_control(measure, spell)
                 for measure in register.known(as_of) if measure.kind in PLAYED
                 for spell in _goods_spells(register, measure, as_of)
                 if spell.state == "in force" and spell.first > IN_BASE_UNTIL)  # fmt: skip


def doubtful_measures(as_of: date) -> frozenset[str]:
    """Measures on goods of the chain of which the record leaves some day open; each needs an open question."""
    register = load_register()
    return frozenset(m.id for m in register.known(as_of) if m.kind in PLAYED
                     and any(s.state == "doubtful" for s in _goods_spells(register, m, as_of)))  # fmt: skip


def _goods_spells(register: Register, measure: Measure, as_of: date) -> tuple[Spell, ...]:
    """The spells of the measure's goods; one item speaks for all, since they come and go together."""
    items = goods_items(register, measure)
    return spells(register, measure, as_of, items[0]) if items else ()


def _control(measure: Measure, spell: Spell) -> Control:
    until = spell.last.fromordinal(spell.last.toordinal() + 1) if spell.last else None
    first = spell.first == measure.effective_from
    return Control(register=measure.id, effective_from=spell.first, until=until,
                   announced_on=None if first else spell.first)  # fmt: skip


def _returning(question: OpenQuestion, setting: str, as_of: date) -> list[Control]:
    """The question's measures on goods, from the day they come back; they come without notice."""
    back = question.settings[setting].back_on
    if back is None:
        return []
    register = load_register()
    measures = [register.measure(name) for name in question.measures]
    return [Control(register=m.id, announced_on=back, effective_from=back)
            for m in measures if m.announced_on <= as_of and m.kind in PLAYED and goods_items(register, m)]  # fmt: skip


def _check(wanted: Mapping[str, str], questions: Mapping[str, OpenQuestion]) -> None:
    for name, setting in wanted.items():
        if name not in questions:
            raise NotFoundError(name, kind="open question", known=questions, where="settings")
        if setting not in questions[name].settings:
            raise NotFoundError(setting, kind="setting", known=questions[name].settings, where=name)
