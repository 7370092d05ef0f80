"""Spells of a measure: from when to when it bites on goods, as the record of a day has it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from sluicegate.regime.measure import Item, Measure
from sluicegate.regime.register import Register, State

DAY = timedelta(days=1)


@dataclass(frozen=True)
class Spell:
    """A time in which the state of a measure does not change.

    Parameters
    ----------
    first, last : both days are inside; `last` is None where nothing is known to end it
    """

    first: date
    last: date | None
    state: State


def spells(register: Register, measure: Measure, as_of: date, item: Item | None = None) -> tuple[Spell, ...]:
    """The spells of a measure, or of one of its items, from its effect on, as known on a day, in order.

    Empty where it had not been announced by then or has no date of effect.
    """
    start = item.effective_from if item and item.effective_from else measure.effective_from
    if start is None or measure.announced_on > as_of:
        return ()
    days = {start, *(s.first for s in measure.suspended), *(s.last + DAY for s in measure.suspended)}
    days |= {end + DAY for end in (measure.ends_on, item and item.ends_on) if end}
    found: list[Spell] = []
    for day in sorted(d for d in days if d >= start):
        state = register.state(measure, day, as_of, item)
        if found and found[-1].state == state:
            continue
        if found:
            found[-1] = Spell(found[-1].first, day - DAY, found[-1].state)
        found.append(Spell(day, None, state))
    return tuple(found)
