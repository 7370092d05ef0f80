"""What a control's office, rules and quota may not be."""

import pytest

from sluicegate.scenario import parse_scenario
from sluicegate.terms import InputError

HEAD = """
name: mine
title: mine
start: 2025-01-06
weeks: 52
as_of: 2025-04-04
controls:
  - name: yttrium
    origin: CHN
    products: {yttrium oxide: 1}
    effective_from: 2025-03-03
"""
PART = "{share: 0.4, label: judgement, reason: guess}"
RULE = "    rules: [{setting: %s, value: %s, label: judgement, reason: guess}]\n"


@pytest.mark.parametrize(("lines", "said"), [
    ("    form: long\n" + RULE % ("validity_weeks", "-4"), "validity_weeks: -4 is below 1"),
    ("    form: long\n" + RULE % ("returned_share", "1"), "no paper would ever be accepted"),
    ("    form: long\n" + RULE % ("approved_share", "1.2"), "above 1"),
    ("    form: long\n" + RULE % ("preparation_weeks", "[4, 3, 8]"), "do not rise"),
    ("    form: long\n" + RULE % ("preparation_weeks", "[0, 3, 8]"), "inside the range"),
    ("    form: long\n" + RULE % ("review_weeks_mean", ".nan"), "finite"),
    ("    form: long\n" + RULE % ("review_weeks_mean", ".inf"), "finite"),
    ("    form: long\n" + RULE % ("patience_weeks", "2"), "patience_weeks"),
    (RULE % ("preparation_weeks", "2"), "needs `form: long`"),
    ("    form: long\n" + RULE % ("eligible_share", "0.5"), "takes approved_share"),
    ("    kind: ban\n" + RULE % ("office_start_weeks", "2"), "an office that licenses"),
    (RULE.replace("}", ", end_use: military}") % ("eligible_share", "0.1"), "no `military_share`"),
    (RULE.replace("}", ", applicants: big}") % ("eligible_share", "0.1"), "no tier of applicants"),
    (RULE.replace("}", ", effective_from: 2025-04-01}") % ("leak_delay_weeks", "3"), "by destination alone"),
    (RULE.replace("}", ", destinations: [FJI]}") % ("leak_share", "0.1"), "FJI buys none"),
    (RULE % ("frontload_surge_limit", "0.5"), "is below 1"),
    ("    form: long\n" + RULE.replace("}", ", applicants: big}") % ("refused_share", "0.1"),
     "no tier of applicants is called 'big'"),
    ("    form: long\n    rules: [{setting: refused_share, value: 0.1, label: judgement, reason: ''}]\n", "reason"),
    ("    office: {capacity: {per_week: 9, unit: t, label: judgement, reason: x}}\n", "need `form: long`"),
    ("    kind: ban\n    office: {military_share: {aerospace and defence: " + PART + "}}\n", "an office that licenses"),
    ("    form: long\n    office: {military_share: {aerospace and defense: " + PART + "}}\n",
     "did you mean 'aerospace and defence'"),
    ("    form: long\n    office: {applicants: {trusted: " + PART + ", others: " + PART + "}}\n", "add up to 0.8"),
    ("    form: long\n    office: {capacity: {per_week: 9, unit: applications, label: judgement, reason: x}}\n",
     "contract_t"),
    ("    form: long\n    office: {capacity: {per_week: 9, unit: t, label: judgement, reason: x, changes: ["
     + 2 * "{per_week: 8, effective_from: 2025-05-05, label: judgement, reason: x}, " + "]}}\n",
     "two capacities from 2025-05-05 on"),
    ("    form: long\n    office: {capacity: {per_week: 0, unit: t, label: judgement, reason: x}}\n", "greater than 0"),
    ("    kind: quota\n", "the one needs the other"),
    ("    quota: {t_per_period: 5, period: year}\n", "the one needs the other"),
    ("    kind: quota\n    quota: {t_per_period: 5}\n", "period"),
    ("    kind: quota\n    quota: {t_per_period: 5, period: week}\n", "period"),
    ("    kind: quota\n    quota: {t_per_period: -5, period: year}\n", "greater than or equal to 0"),
    ("    kind: ban\n    form: long\n", "an office that licenses"),
    ("    suspended: [[2025-06-01, 2025-05-01]]\n", "ends (2025-05-01) before it begins"),
    ("    abroad: {threshold: 2}\n", "less than or equal to 1"),
    ("    abroad: {threshold: 0.1, content: [yttrium oxid]}\n", "did you mean 'yttrium oxide'"),
])  # fmt: skip
def test_a_setting_out_of_range_is_refused_in_words(lines, said, bundled):
    with pytest.raises(InputError, match=None) as error:
        parse_scenario(HEAD + lines, bundled, where="mine.yaml")
    assert said in str(error.value)
