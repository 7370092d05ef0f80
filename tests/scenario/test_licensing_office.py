"""What a scenario may say of the office of a place, and what it may not."""

import pytest

from sluicegate.scenario import parse_scenario
from sluicegate.terms import InputError

HEAD = """
name: mine
title: mine
start: 2025-01-06
weeks: 60
as_of: 2025-06-30
"""
OWN = "controls: [{name: try, origin: CHN, products: {dysprosium oxide: 1}, effective_from: 2025-03-01%s}]\n"
KNOWN = "label: practice, reason: talks"
FROM = "effective_from: 2025-11-10"
CALM = f"{{{FROM}, swing_factor: 0.5, clampdown_rate_factor: [0.1, 0.2, 0.5], {KNOWN}}}"


def _offices(*changes, place="CHN"):
    return f"offices:\n  - {{place: {place}, changes: [{', '.join(changes)}]}}\n"


def _one(said):
    return _offices(f"{{{FROM}, {said}, {KNOWN}}}")


@pytest.mark.parametrize(
    "text",
    [OWN % "" + _offices(CALM, place="China"), "controls: [{register: CN-2025-18}]\n" + _offices(CALM),
     "in_force: true\n" + _offices(CALM), OWN % ", form: long" + _one("clampdown_depth_factor: 0"),
     OWN % ", form: long, office: {capacity: {per_week: 2, unit: t, label: practice, reason: x}}" + _offices(CALM)],
    ids=["by name", "of the register", "in force", "long", "capacity"],
)  # fmt: skip
def test_an_office_of_a_control_may_change(text, bundled):
    found = parse_scenario(HEAD + text, bundled, where="mine.yaml")
    assert [office.place for office in found.offices] == ["CHN"]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (_offices(CALM, place="Atlantis"), "Atlantis"),
        (_offices(CALM, place="JPN"), "offices.0: no control here is licensed by JPN; known are CHN"),
        (_offices(CALM.replace("2025-11-10", "2026-03-02")), "offices.0.changes.0: begins on 2026-03-02"),
        (_offices(CALM.replace("2025-11-10", "1825-11-10")), "1990"),
        (_offices(CALM, CALM), "two from 2025-11-10 on"),
        (_offices(CALM) + _offices(CALM).removeprefix("offices:\n"), "two offices of one place"),
        (_offices(), "offices.0: changes: none is stated"),
        (_one("swing_factor: -1"), "1 mistake:\n  - offices.0.changes.0.swing_factor: expected greater"),
        (_one("clampdown_rate_factor: [1, 2, 101]"), "expected less than or equal to 100 (found 101)"),
        (_one("swing_memory_factor: 0"), "swing_memory_factor: expected greater than or equal to 0.01"),
        (_one("clampdown_depth_factor: [0.4, 0.3, 0.5]"), "the quantiles 0.4, 0.3, 0.5 do not rise"),
        (_one("clampdown_length_factor: [0, 0.5, 1]"), "must lie above 0"),
        (_one("swing_factor: [0.5, 1]"), "expected one number, or three"),
        (_one("swing_factor: .inf"), "a finite number"),
        (_one("swing_factor: half"), "offices.0.changes.0.swing_factor"),
        (_one("swing: 0.5"), "no such field"),
        (_offices(f"{{{FROM}, {KNOWN}}}"), "changes nothing; state one or more of swing_factor"),
        (_offices(f"{{{FROM}, swing_factor: 2, reason: x}}"), "label: missing"),
        (_offices(f"{{{FROM}, swing_factor: 2, label: guess, reason: x}}"), "label: expected"),
    ],
    ids=lambda x: x[-30:],
)  # fmt: skip
def test_what_an_office_cannot_mean_is_refused_in_words(text, said, bundled):
    with pytest.raises(InputError) as error:
        parse_scenario(HEAD + OWN % "" + text, bundled, where="mine.yaml")
    assert said in str(error.value)


@pytest.mark.parametrize("controls", [
    OWN % ", kind: ban", OWN % ", kind: quota, quota: {t_per_period: 5, period: year}",
    "controls: [{register: CN-2024-46}]\n",
])  # fmt: skip
def test_a_ban_and_a_quota_have_no_office_to_change(controls, bundled):
    with pytest.raises(InputError, match="no control here is licensed by CHN"):
        parse_scenario(HEAD + controls + _offices(CALM), bundled, where="mine.yaml")


def test_a_swing_needs_something_that_swings(bundled):
    with pytest.raises(InputError, match="nothing here swings"):
        parse_scenario(HEAD + OWN % ", form: long" + _offices(CALM), bundled, where="mine.yaml")
