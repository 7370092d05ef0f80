from datetime import date
from itertools import pairwise

import pytest

from sluicegate.regime import goods_items, load_register, spells

TODAY = date(2026, 11, 23)


def _spells(name, as_of):
    register = load_register()
    measure = register.measure(name)
    return [
        (str(s.first), str(s.last), s.state)
        for s in spells(register, measure, as_of, goods_items(register, measure)[0])
    ]


def test_a_measure_without_suspension_holds_on():
    assert _spells("CN-2025-18", TODAY) == [("2025-04-04", "None", "in force")]


def test_article_2_of_no_46_held_until_its_suspension_and_is_open_after_it():
    assert _spells("CN-2024-46", TODAY) == [
        ("2024-12-03", "2025-11-08", "in force"),
        ("2025-11-09", "2026-11-27", "suspended"),
        ("2026-11-28", "None", "doubtful"),
    ]


def test_a_suspension_not_yet_announced_is_not_known():
    assert _spells("CN-2024-46", date(2025, 6, 1)) == [("2024-12-03", "None", "in force")]


def test_a_measure_not_yet_announced_has_no_spell():
    assert _spells("CN-2025-57", date(2025, 6, 1)) == []


@pytest.mark.parametrize("measure", load_register().measures.values(), ids=lambda m: m.id)
def test_spells_follow_each_other_and_agree_with_the_state_on_their_first_and_last_day(measure):
    register = load_register()
    found = spells(register, measure, TODAY)
    for a, b in pairwise(found):
        assert (b.first - a.last).days == 1
        assert a.state != b.state
    for spell in found:
        for day in (spell.first, spell.last or date(2030, 1, 1)):
            assert register.state(measure, day, TODAY) == spell.state
