"""The order of events is one list, and it is what runs."""

import re

from sluicegate.sim import order_of_events
from sluicegate.sim.run import advance_week
from sluicegate.sim.twin import ORDER


def test_the_printed_order_numbers_every_step_once_and_follows_the_list_that_runs():
    printed = order_of_events()
    numbers = [int(re.match(r"(\d+)\. ", line).group(1)) for line in printed]
    assert numbers == list(range(1, 12))
    assert printed == [step.__doc__.splitlines()[0] for step in ORDER]
    assert [ORDER[i].__name__ for i in (2, 4, 6, 7, 9)] == ["border", "production", "transit", "use", "prices"]


def test_a_week_takes_the_steps_in_that_order(monkeypatch):
    taken = []
    steps = tuple(lambda *_, name=step.__name__: taken.append(name) for step in ORDER)
    monkeypatch.setattr("sluicegate.sim.run.ORDER", steps)
    advance_week(None, None, 0)
    assert taken == [step.__name__ for step in ORDER]
