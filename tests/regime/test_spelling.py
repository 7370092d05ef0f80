"""Who writes the goods otherwise, or the code longer, gets no other answer without a question."""

from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from sluicegate.regime import Item, Measure, check_shipment, load_register, read_shipment

LISTED = [
    (measure, item)
    for measure in load_register().measures.values()
    for item in measure.items
    if measure.jurisdiction == "CHN" and item.effect == "licence" and measure.effective_from and not item.made
]
NAMED = [(m, i) for m, i in LISTED if i.names]
WRITTEN = [(m, name) for m, i in NAMED for name in i.names]
CODED = [(m, i, code) for m, i in LISTED for code in i.hs]
VARIANTS = {
    "as written": str,
    "a capital": lambda name: name[0].upper() + name[1:],
    "plural": lambda name: f"{name}s" if name.split()[-1].islower() and not name.endswith("s") else name,
    "hyphens": lambda name: name.replace(" ", "-"),
    "spaces": lambda name: f"  {name.replace(' ', '  ')} ",
    "a grade": lambda name: f"{name}, industrial grade",
    "a use": lambda name: f"{name} for the customer's own production",
}


def answer(**fields: Any) -> Any:
    return check_shipment(read_shipment(origin="CN", destination="DE", **fields)).licence_required


@settings(max_examples=150, deadline=None)
@given(st.sampled_from(WRITTEN), st.sampled_from(sorted(VARIANTS)))
def test_a_name_written_otherwise_gives_the_same_answer(written: tuple[Measure, str], how: str) -> None:
    measure, name = written
    day = (measure.effective_from or date.max).isoformat()
    assert answer(on=day, material=VARIANTS[how](name)) == answer(on=day, material=name)


@settings(max_examples=150, deadline=None)
@given(st.sampled_from(CODED), st.integers(6, 9))
def test_a_longer_code_never_turns_yes_into_no(listed: tuple[Measure, Item, str], digits: int) -> None:
    measure, _, code = listed
    day = (measure.effective_from or date.max).isoformat()
    assume(digits < len(code))
    shorter, longer = answer(on=day, hs=code[:digits]), answer(on=day, hs=code)
    assert "depends" in (shorter, longer) or shorter == longer


@settings(max_examples=150, deadline=None)
@given(st.sampled_from(NAMED), st.integers(1, 4000))
def test_nothing_applies_before_it_was_announced(listed: tuple[Measure, Item], days: int) -> None:
    measure, item = listed
    day = measure.announced_on - timedelta(days)
    found = check_shipment(
        read_shipment(origin="CN", destination="DE", on=day.isoformat(), material=item.names[0])
    ).measures
    assert measure.id not in {ground.id for ground in found}


@settings(max_examples=60, deadline=None)
@given(st.floats(0.9, 1.0), st.floats(0.9, 1.0))
def test_purer_oxide_is_never_freer(one: float, other: float) -> None:
    low, high = (answer(on="2025-01-15", material="antimony oxide", purity=f"{p:.6f}") for p in sorted((one, other)))
    assert high or not low


@settings(max_examples=60, deadline=None)
@given(st.floats(0, 0.05), st.floats(0, 0.05), st.floats(0, 0.02))
def test_more_dysprosium_is_never_freer(one: float, other: float, terbium: float) -> None:
    def magnet(dysprosium: float) -> Any:
        shares = [f"Dy={dysprosium:.6f}", f"Tb={terbium:.6f}"]
        return answer(on="2026-03-01", material="NdFeB magnet", content=shares)

    low, high = sorted((one, other))
    assert magnet(high) or not magnet(low)


@pytest.mark.parametrize(
    "purity", ["99.99%", "99.99 %", "0.9999", "4N", "4 N", "99,99 %", "99.99 wt%", "99.99 percent"]
)
def test_a_purity_is_read_in_any_spelling(purity: str) -> None:
    assert answer(on="2025-01-15", material="antimony oxide", purity=purity) is True


@pytest.mark.parametrize("name", ["Dy2O3", "Dy oxide", "DY2O3", "dysprosium(III) oxide", "dysprosia", "Dy₂O₃"])
def test_an_oxide_is_known_by_formula_symbol_and_name(name: str) -> None:
    assert answer(on="2025-05-01", material=name) is True


@pytest.mark.parametrize(
    ("name", "required"),
    [
        ("Nd-Fe-B magnet, Dy 2.5 %", True), ("ndfeb magnets with 3% dysprosium", True),
        ("Dy/Tb-free NdFeB magnet", False), ("NdFeB magnet", "depends"),
        ("magnets for motors", "depends"), ("motor with magnets", False),
        ("SMCO MAGNET", True), ("Sm-Co magnets", True), ("samarium cobalt", True),
        ("magnets, NdFeB", "depends"), ("magnet of samarium-cobalt", True),
    ],
)  # fmt: skip
def test_a_magnet_is_told_by_its_words(name: str, required: Any) -> None:
    assert answer(on="2026-03-01", material=name) == required
