from datetime import date

import pytest
from pydantic import ValidationError

from sluicegate.regime import OpenQuestion, load_register, open_questions

BARE = {"id": "q", "question": "?", "record": "r", "open_from": "2026-01-01", "known_on": "2026-01-01", "source": "s"}


def test_every_measure_of_a_question_is_in_the_register():
    for question in open_questions(date(2026, 11, 23)):
        for measure in question.measures:
            load_register().measure(measure)


def test_a_question_is_not_asked_before_it_was_open():
    assert not open_questions(date(2025, 6, 1))


def test_a_return_comes_after_the_last_day_the_record_settles():
    returns = [
        (q.open_from, s.back_on) for q in open_questions(date(2026, 11, 23)) for s in q.settings.values() if s.back_on
    ]
    assert returns
    assert all(back >= opened for opened, back in returns)


@pytest.mark.parametrize("more", [
    {"default": "a"},
    {"settings": {"a": {"why": "w"}}, "measures": ["m"]},
    {"settings": {"a": {"why": "w"}}, "default": "a"},
    {"settings": {"a": {"why": "w"}}, "default": "b", "measures": ["m"]},
])  # fmt: skip
def test_a_question_needs_settings_default_and_measures_together(more):
    with pytest.raises(ValidationError):
        OpenQuestion.model_validate(BARE | more)
