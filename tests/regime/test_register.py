from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sluicegate.regime import load_register, read_measure
from sluicegate.regime.register import build_register
from sluicegate.regime.tariff import TariffFile
from sluicegate.terms import InputError, NotFoundError

REGISTER = load_register()
DAYS = st.dates(date(2005, 1, 1), date(2027, 12, 31))
NO_TARIFFS = TariffFile(last_verified=date(2026, 1, 1), rates=(), talks=())
ENTRY = """
id: XX-1
title: a test
jurisdiction: CHN
kind: licence
announced_on: 2025-01-01
effective_from: 2025-02-01
status: in force
scope: nothing
source: {publisher: nobody, title: nothing, url: 'https://example.org/'}
confidence: secondary
last_verified: 2025-03-01
"""


def test_every_measure_was_announced_no_later_than_it_took_effect() -> None:
    late = [m.id for m in REGISTER.measures.values() if m.effective_from and m.effective_from < m.announced_on]
    assert late == []


def test_every_item_has_a_clause_and_every_listed_item_a_way_to_be_named() -> None:
    for measure in REGISTER.measures.values():
        for item in measure.items:
            assert item.clause
            assert item.names or item.materials or item.items_of or item.effect == "none", (measure.id, item.name)


def test_codes_are_text_of_six_to_ten_digits() -> None:
    codes = [code for measure in REGISTER.measures.values() for item in measure.items for code in item.hs]
    assert all(code.isdigit() and 6 <= len(code) <= 10 for code in codes)


@given(DAYS, DAYS)
def test_nothing_announced_after_the_as_of_date_is_in_force(on: date, as_of: date) -> None:
    assert all(measure.announced_on <= as_of for measure in REGISTER.in_force(on, as_of))


@pytest.mark.parametrize(
    ("day", "state"),
    [
        (date(2025, 10, 9), "not yet"), (date(2025, 11, 8), "suspended"), (date(2026, 11, 10), "suspended"),
        (date(2026, 11, 11), "doubtful"), (date(2027, 1, 11), "doubtful"),
    ],
)  # fmt: skip
def test_the_october_notices_never_operated_and_may_return(day: date, state: str) -> None:
    assert REGISTER.state(REGISTER.measure("CN-2025-57"), day) == state


def test_the_end_of_the_halt_of_2010_was_not_known_while_it_lasted() -> None:
    halt, later = REGISTER.measure("CN-JP-HALT-2010"), date(2011, 2, 1)
    assert REGISTER.state(halt, later, as_of=date(2010, 10, 1)) == "in force"
    assert REGISTER.state(halt, later) == "ended"


def test_number_18_lists_dysprosium_magnets_whole_and_the_others_not_at_all() -> None:
    route = {"origin": "CN", "destination": "DE", "on": date(2025, 6, 1)}
    listed = REGISTER.covering(product="NdFeB magnet, Dy/Tb", **route)
    free = REGISTER.covering(product="NdFeB magnet, Dy/Tb-free", **route)
    assert {c.covered.p50 for c in listed} == {1.0}
    assert [(c.covered.p50, c.covered.overcomplied) for c in free] == [(0.0, True)]


def test_gallium_to_the_united_states_was_refused_between_the_two_notices() -> None:
    def effects(on: date) -> set[str]:
        found = REGISTER.covering(product="gallium, low purity", origin="CN", destination="US", on=on)
        return {cover.effect for cover in found}

    assert effects(date(2024, 12, 2)) == {"licence"}
    assert effects(date(2024, 12, 3)) == {"licence", "refused"}
    assert effects(date(2025, 11, 9)) == {"licence"}


def test_the_tariff_steps_are_those_of_2025() -> None:
    def added(on: date) -> float | None:
        return REGISTER.tariff(by="US", on_goods_of="CN", on=on)

    assert [added(date(2025, m, 20)) for m in range(1, 8)] == [None, 0.10, 0.20, 1.45, 0.30, 0.30, 0.30]
    assert REGISTER.tariff(by="US", on_goods_of="CN", on=date(2025, 6, 1), as_of=date(2025, 5, 1)) is None


def test_tariff_steps_of_one_pair_do_not_overlap() -> None:
    steps = sorted(REGISTER.rates, key=lambda rate: (rate.by, rate.first))
    for one, next_one in pairwise(steps):
        if one.by == next_one.by:
            assert one.last is not None
            assert one.last + timedelta(days=1) <= next_one.first


def test_the_timeline_is_in_order_and_tells_announcement_from_effect() -> None:
    lines = REGISTER.timeline(date(2023, 7, 1), date(2023, 8, 31))
    assert [(line.measure, line.what) for line in lines] == [("CN-2023-23", "announced"), ("CN-2023-23", "in effect")]


def test_an_unknown_measure_names_the_nearest() -> None:
    with pytest.raises(NotFoundError, match="CN-2025-58"):
        REGISTER.measure("CN-2025-59")


def test_all_problems_of_a_file_are_reported_at_once() -> None:
    broken = ENTRY.replace("kind: licence", "kind: whim").replace("CHN", "Atlantis") + "colour: red\n"
    with pytest.raises(InputError) as caught:
        read_measure(broken, where="xx-1.yaml")
    assert all(word in str(caught.value) for word in ("kind", "Atlantis", "colour", "xx-1.yaml"))


def test_effect_before_announcement_is_refused() -> None:
    with pytest.raises(InputError, match="lies before announced_on"):
        read_measure(ENTRY.replace("2025-02-01", "2024-02-01"), where="xx-1.yaml")


def test_problems_of_several_files_are_reported_together() -> None:
    texts = {"a.yaml": ENTRY, "b.yaml": ENTRY, "c.yaml": "id: [", "d.yaml": ENTRY.replace("XX-1", "XX-2") +
             "suspended: [{first: 2025-03-01, last: 2025-04-01, by: XX-9}]\n"}  # fmt: skip
    with pytest.raises(InputError) as caught:
        build_register(texts, NO_TARIFFS)
    assert all(words in str(caught.value) for words in ("c.yaml: no YAML", "XX-1 is used 2 times", "refers to XX-9"))
