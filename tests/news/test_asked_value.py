"""The kind of value a question asks for, and whether words hold one."""

from datetime import date

import pytest

from sluicegate.news.asked_value import AMOUNT, DURATION, MONEY, PARTY, SHARE, TIME, holds, value_asked


@pytest.mark.parametrize(
    ("question", "kind"),
    [
        ("How long did the embargo last?", DURATION), ("How many weeks does a licence take?", DURATION),
        ("Since when is gallium controlled?", TIME), ("In which year was graphite banned?", TIME),
        ("What share of cobalt does Congo mine?", SHARE), ("How much money did the Pentagon lend?", MONEY),
        ("At what price does tungsten trade?", MONEY), ("How much tin does Peru mine?", AMOUNT),
        ("How many tonnes of nickel were shipped?", AMOUNT), ("Who refines germanium?", PARTY),
        ("Which countries restrict lithium?", PARTY), ("Where are magnets made?", PARTY),
        ("Why did prices rise?", None), ("What did the ministry announce?", None),
    ],
)  # fmt: skip
def test_a_question_asks_for_a_kind_of_value(question: str, kind: str | None) -> None:
    assert value_asked(question) == kind


@pytest.mark.parametrize(
    ("kind", "yes", "no"),
    [
        (DURATION, "The ban was lifted after about two months.", "China suspended exports in 2010."),
        (DURATION, "The suspension runs until November 27, 2026.", "China suspended exports of gallium."),
        (TIME, "China suspended exports in 2010.", "China suspended exports."),
        (SHARE, "Congo mines 70% of all cobalt.", "Congo mines 200,000 tonnes of cobalt."),
        (MONEY, "The bank lent $400 million.", "The bank lent a third of the sum."),
        (AMOUNT, "Peru mined 30,000 tonnes of tin.", "Peru mines tin."),
        (PARTY, "Belgium refines germanium.", "A plant refines germanium."),
    ],
)
def test_words_hold_a_value_of_the_kind_or_none(kind: str, yes: str, no: str) -> None:
    assert holds(kind, yes, published=date(2025, 6, 12))
    assert not holds(kind, no, published=date(2025, 6, 12))


def test_a_place_that_the_question_names_answers_no_who() -> None:
    assert not holds(PARTY, "Exports to Japan were stopped.", published=None, named=["JPN"])
